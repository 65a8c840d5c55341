// Edits YAML text in place: only the lines of a change differ, whatever comments, order and quoting the rest has.
import { isDeepStrictEqual } from 'node:util';
import { type Edit, applyEdits } from '../lifecycle/edits.js';
import { editPlain } from './yaml-plain-edit.js';
import { readPlain } from './yaml-plain.js';

/**
 * Applies edits to the text of a record. What comes out is read again and held against the same edits on plain data.
 *
 * @throws Error when no way gives the data that the edits describe, which is a bug
 */
export async function editYaml(text: string, edits: readonly Edit[]): Promise<string> {
  const data = readPlain(text);
  const edited = data && editPlain(text, edits);
  if (edited !== undefined && isDeepStrictEqual(readPlain(edited), applyEdits(data, edits))) return edited;
  const { editWithLibrary } = await import('./yaml-library-edit.js');
  return editWithLibrary(text, edits);
}
