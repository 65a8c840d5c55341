// Ctrl-C reaches mlc and the programs that it started at once, and node may tell of a program's end first.
import { setTimeout as sleep } from 'node:timers/promises';

const arrives = 100;

/**
 * Waits for the signal that ended a program to reach mlc too: to be interrupted is no failure of that program. Where none
 * comes, the program was ended alone.
 */
export async function ownSignal(): Promise<void> {
  await sleep(arrives);
}
