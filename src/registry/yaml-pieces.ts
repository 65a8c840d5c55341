// Reads plain YAML piece by piece, a top-level key at a time, and no piece twice: versions of one file share most of theirs.
// What is read shares the values of equal pieces, so that comparing two versions looks only at what differs. Nobody may
// change it.
import { maximumValues, mostValues, readPlain } from './yaml-plain.js';
import { YamlFault, checkCharacters } from './yaml-text.js';

interface Piece {
  data: Record<string, unknown>;
  values: number;
}

/** Pieces that were read; undefined ones are not plain. Forgotten when there are too many. */
export type KnownPieces = Map<string, Piece | undefined>;

const mostKnown = 20_000;
// What a line that begins a key of the outermost mapping does not begin with.
const notAKey = new Set(['\n', ' ', '\t', '#', '-'].map((sign) => sign.charCodeAt(0)));

/** Where the keys of the outermost mapping begin. */
function keyLines(text: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length;) {
    if (!notAKey.has(text.charCodeAt(at))) starts.push(at);
    const end = text.indexOf('\n', at);
    at = end < 0 ? text.length : end + 1;
  }
  return starts;
}

/** Whether a piece holds nothing that no record holds; what does is told by reading the file as a whole. */
function isClean(text: string): boolean {
  try {
    checkCharacters(text);
    return true;
  } catch (error) {
    if (error instanceof YamlFault) return false;
    throw error;
  }
}

function readPiece(text: string, known: KnownPieces): Piece | undefined {
  if (known.has(text)) return known.get(text);
  const data = isClean(text) ? readPlain(text) : undefined;
  const piece = data && { data, values: mostValues(text, text.split('\n').length) };
  if (known.size >= mostKnown) known.clear();
  known.set(text, piece);
  return piece;
}

/** The data of a plain file; undefined where it has to be read as a whole. */
export function readPieces(text: string, known: KnownPieces): Record<string, unknown> | undefined {
  const starts = keyLines(text);
  const data: Record<string, unknown> = {};
  let values = 0;
  for (const [index, start] of starts.entries()) {
    const piece = readPiece(text.slice(index === 0 ? 0 : start, starts[index + 1]), known);
    if (!piece) return undefined;
    values += piece.values;
    for (const [key, value] of Object.entries(piece.data)) {
      if (Object.hasOwn(data, key)) return undefined;
      data[key] = value;
    }
  }
  return starts.length === 0 || values > maximumValues ? undefined : data;
}
