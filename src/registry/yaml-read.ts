// Reads YAML strictly: plain data of one mapping, bounded in size, depth and number of values, every fault with its place.
import type { Problem } from '../lifecycle/problems.js';
import { readPlain } from './yaml-plain.js';
import { YamlFault, checkCharacters, decode, problemAt } from './yaml-text.js';

/** A file that was read. */
export interface ReadYaml {
  data: Record<string, unknown>;
  text: string;
}

export type YamlOutcome = { ok: true; value: ReadYaml } | { ok: false; problems: Problem[] };

async function readText(text: string): Promise<Record<string, unknown>> {
  const plain = readPlain(text);
  if (plain) return plain;
  const { readWithLibrary } = await import('./yaml-library.js');
  return readWithLibrary(text);
}

/** Reads one YAML file. `file` names it in problems. */
export async function readYaml(bytes: Buffer, file: string): Promise<YamlOutcome> {
  let text = '';
  try {
    text = decode(bytes);
    checkCharacters(text);
    return { ok: true, value: { data: await readText(text), text } };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    const shown = text === '' ? bytes.subarray(0, 4096).toString('utf8') : text;
    return { ok: false, problems: [problemAt(file, shown, error.fault)] };
  }
}
