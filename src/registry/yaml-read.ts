// Reads YAML strictly: plain data of one mapping, bounded in size, depth and number of values, every fault with its place.
import type { Problem } from '../lifecycle/problems.js';
import { type KnownPieces, readPieces } from './yaml-pieces.js';
import { readPlain } from './yaml-plain.js';
import { YamlFault, checkCharacters, decode, problemAt } from './yaml-text.js';

/** A file that was read. */
export interface ReadYaml {
  data: Record<string, unknown>;
  text: string;
}

export type YamlOutcome = { ok: true; value: ReadYaml } | { ok: false; problems: Problem[] };

async function readText(text: string, known: KnownPieces | undefined): Promise<Record<string, unknown>> {
  const shared = known && readPieces(text, known);
  if (shared) return shared;
  checkCharacters(text);
  const plain = readPlain(text);
  if (plain) return plain;
  const { readWithLibrary } = await import('./yaml-library.js');
  return readWithLibrary(text);
}

/**
 * Reads one YAML file.
 *
 * @param file names it in problems
 * @param known pieces of other files that were read, where many versions of a file are; what is read shares their values
 */
export async function readYaml(bytes: Buffer, file: string, known?: KnownPieces): Promise<YamlOutcome> {
  let text = '';
  try {
    text = decode(bytes);
    return { ok: true, value: { data: await readText(text, known), text } };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    const shown = text === '' ? bytes.subarray(0, 4096).toString('utf8') : text;
    return { ok: false, problems: [problemAt(file, shown, error.fault)] };
  }
}
