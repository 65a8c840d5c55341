// Takes a report's bytes as what they look like: JSON, YAML or a table; says what they are where they are none of them.
import { usage } from '../../errors.js';
import { decodeText } from '../text-file.js';
import { parseData } from '../tolerant-data.js';
import type { Content } from './content.js';
import { parseTable, separatorOf } from './csv.js';

const binaries: readonly { what: string; bytes: readonly number[]; hint: string }[] = [
  {
    what: 'Parquet',
    bytes: [0x50, 0x41, 0x52, 0x31],
    hint: 'in Python: result.to_df(multilevel=False).to_csv("report.csv", index=False)',
  },
  { what: 'gzip', bytes: [0x1f, 0x8b], hint: 'gunzip it first' },
  { what: 'a zip archive', bytes: [0x50, 0x4b, 0x03, 0x04], hint: 'unzip it first' },
  {
    what: 'a Python pickle',
    bytes: [0x80, 0x04],
    hint: 'write it as JSON; a pickle runs code when it is read',
  },
  {
    what: 'a Python pickle',
    bytes: [0x80, 0x05],
    hint: 'write it as JSON; a pickle runs code when it is read',
  },
];

function refuseBinary(bytes: Uint8Array, file: string): void {
  const found = binaries.find((binary) => binary.bytes.every((byte, index) => bytes[index] === byte));
  if (found) throw usage('report/binary', `${file} is ${found.what}, and no text`, found.hint);
}

/** Whether text is a table: by its name, or because its first line has the columns of one. */
function isTable(text: string, file: string): boolean {
  if (separatorOf(text) === undefined) return false;
  if (/\.[ct]sv$/i.test(file)) return true;
  const [first = ''] = text.split(/\r?\n/, 1);
  return /(?:^|[,;\t])"?(?:value|chunk_key|chunk)"?(?:[,;\t]|\s*$)/i.test(first);
}

/** Parses a report's bytes. */
export async function contentOf(bytes: Uint8Array, file: string): Promise<Content> {
  refuseBinary(bytes, file);
  const text = decodeText(bytes, file);
  if (text.trim() === '') throw usage('report/empty', `${file} is empty`, 'run the tool again');
  if (/^\s*</.test(text)) {
    throw usage(
      'report/html',
      `${file} is HTML or XML, and a report is read from JSON, YAML or CSV`,
      'have the tool write its numbers; for Evidently: save_json("report.json") instead of save_html',
    );
  }
  if (!/^\s*[[{]/.test(text) && isTable(text, file))
    return { kind: 'table', table: parseTable(text, separatorOf(text) ?? ',', file) };
  return { kind: 'data', data: (await parseData(text, file)).data };
}
