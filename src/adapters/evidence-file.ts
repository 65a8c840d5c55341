// Reads the files that `register --from` and `retire --from` take: YAML or JSON, held against their schemas.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import type { EvidenceFile, RegistrationEvidence, RetirementRequest } from '../generated/types.js';
import { loadSchema, schemaProblems } from '../registry/schema-problems.js';
import { readYaml } from '../registry/yaml-read.js';

interface Requests {
  evidence: RegistrationEvidence;
  retirement: RetirementRequest;
}

/**
 * What other tools write and records may not hold: line ends of Windows, a byte order mark, tabs in JSON. A tab stays one
 * column wide, so that problems are told at their place.
 */
function forgiving(bytes: Buffer): Buffer {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');
  if (!/^\s*\{/.test(text)) return Buffer.from(text, 'utf8');
  return Buffer.from(text.replace(/\t/g, ' '), 'utf8');
}

/** A request, and what the record says of its file. */
export interface RequestFile<T> {
  data: T;
  evidence: EvidenceFile;
}

/** Reads a request and checks it; every problem has its line. JSON is read as the YAML that it is. */
export async function readRequest<K extends keyof Requests>(
  kind: K,
  cwd: string,
  name: string,
): Promise<RequestFile<Requests[K]>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path.resolve(cwd, name));
  } catch {
    throw usage('path/not-found', `${name} cannot be read`, `ls ${path.dirname(name)}`);
  }
  const read = await readYaml(forgiving(bytes), name);
  const problems = read.ok ? await schemaProblems(await loadSchema(kind), read.value, name) : read.problems;
  if (!read.ok || problems.length > 0) {
    const command = kind === 'evidence' ? 'mlc register --from' : 'mlc retire --from';
    throw usage('input/invalid', `${name} is not what ${command} reads`, `mlc schema ${kind}`, problems);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const format = /^\s*\{/.test(read.value.text) ? 'json' : 'yaml';
  return { data: read.value.data, evidence: { file: path.basename(name), sha256, format } };
}
