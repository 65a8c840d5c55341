// Reads the files that `register --from` and `retire --from` take: YAML or JSON, held against their schemas.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { usage } from '../errors.js';
import type { RegistrationEvidence, RetirementRequest } from '../generated/types.js';
import { loadSchema, schemaProblems } from '../registry/schema-problems.js';
import { readYaml } from '../registry/yaml-read.js';

interface Requests {
  evidence: RegistrationEvidence;
  retirement: RetirementRequest;
}

/** Reads a request and checks it; every problem has its line. JSON is read as the YAML that it is. */
export async function readRequest<K extends keyof Requests>(
  kind: K,
  cwd: string,
  name: string,
): Promise<Requests[K]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path.resolve(cwd, name));
  } catch {
    throw usage('path/not-found', `${name} cannot be read`, `ls ${path.dirname(name)}`);
  }
  const read = await readYaml(bytes, name);
  const problems = read.ok ? await schemaProblems(await loadSchema(kind), read.value, name) : read.problems;
  if (!read.ok || problems.length > 0) {
    throw usage(
      'input/invalid',
      `${name} is not what ${kind === 'evidence' ? 'mlc register --from' : 'mlc retire --from'} reads`,
      `mlc schema ${kind}`,
      problems,
    );
  }
  return read.value.data;
}
