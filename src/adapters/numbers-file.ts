// Reads files of numbers as evaluation tools write them: JSON with Python's NaN and Infinity, or YAML.
import { usage } from '../errors.js';
import type { EvidenceFile } from '../generated/types.js';
import { decodeText, readFileBytes } from './text-file.js';
import { parseData } from './tolerant-data.js';

/** A file's data, and what the record says of it. */
export interface NumbersFile {
  data: Record<string, unknown>;
  evidence: EvidenceFile;
}

/** Reads a file that a user names. `cwd` is what a relative name starts from. */
export async function readNumbersFile(cwd: string, name: string): Promise<NumbersFile> {
  const { bytes, file, sha256 } = await readFileBytes(cwd, name, 'results');
  const { data, format } = await parseData(decodeText(bytes, name), name);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw usage(
      'input/shape',
      `${name} holds ${Array.isArray(data) ? 'a list' : 'no mapping'}; it has to map names to values`,
      '{"accuracy": 0.94, "evaluation_dataset": "golden@v1"}',
    );
  }
  return { data: data as Record<string, unknown>, evidence: { file, sha256, format } };
}
