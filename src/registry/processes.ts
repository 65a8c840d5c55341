// Which process this is, and whether another one that left a mark is still running.
import { readFileSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from a later one with the same number. */
export interface ProcessMark {
  pid: number;
  host: string;
  /** When the process started, in the kernel's count; empty where the system does not tell. */
  started: string;
}

/** What the system tells of a process, from its state on: the name before that may hold spaces. */
function fieldsOf(pid: number | string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function startOf(pid: number): string | undefined {
  return fieldsOf(pid)?.[19];
}

/** This process. */
export function ownMark(): ProcessMark {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) ?? '' };
}

/** Whether a process still runs. One on another machine counts as running: only that machine can tell. */
export function isRunning(mark: ProcessMark): boolean {
  if (mark.host !== hostname()) return true;
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const started = startOf(mark.pid);
  return started === undefined || mark.started === '' || started === mark.started;
}

/** The processes that this one started, and those that they started, where the system tells. */
export function descendants(): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  const children = new Map<number, number[]>();
  for (const name of names) {
    const parent = Number(fieldsOf(name)?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const below = (parent: number): void => {
    for (const child of children.get(parent) ?? []) {
      found.push(child);
      below(child);
    }
  };
  below(process.pid);
  return found;
}
