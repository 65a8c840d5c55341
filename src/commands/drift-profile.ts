// Saved reference profiles: reading one from the registry or a file, and making one small enough to keep.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { refusal, usage } from '../errors.js';
import type { ReferenceProfile } from '../generated/types.js';
import { readObjects } from '../git/objects.js';
import type { ColumnProfile } from '../lifecycle/drift/profile.js';
import {
  type ProfileToSave,
  columnFault,
  profileDetails,
  profileOf,
  savedColumn,
  savedProfile,
} from '../lifecycle/drift/saved-profile.js';
import type { Registry } from '../registry/registry.js';
import { loadSchema, schemaProblems } from '../registry/schema-problems.js';
import { readYaml } from '../registry/yaml-read.js';
import { maximumBytes } from '../registry/yaml-text.js';
import { renderYaml } from '../registry/yaml-write.js';

/** Where the registry keeps the profile of a version and a signal, relative to its root. */
export function profileFile(model: string, version: string, signal: string): string {
  return `models/${model}/profiles/${version}/${signal}.yaml`;
}

/** The profiles in a file's bytes; whatever is wrong with them is told. */
async function parseProfile(bytes: Buffer, file: string): Promise<ColumnProfile[]> {
  const outcome = await readYaml(bytes, file);
  if (!outcome.ok)
    throw refusal('record/invalid', `${file} cannot be read`, 'mlc validate', outcome.problems);
  const problems = await schemaProblems(await loadSchema('profile'), outcome.value, file);
  if (problems.length > 0)
    throw refusal('record/invalid', `${file} is no reference profile`, 'mlc schema profile', problems);
  const { columns } = outcome.value.data as unknown as ReferenceProfile;
  const faults = columns.flatMap((column) => {
    const fault = columnFault(column);
    return fault === undefined ? [] : [`${column.name}: ${fault}`];
  });
  if (faults[0] !== undefined)
    throw refusal('record/invalid', `${file}: ${faults[0]}`, 'make it anew: mlc drift --save-profile');
  return columns.map(profileOf);
}

/** Reads a profile from a commit; undefined where there is none. */
export async function committedProfile(
  registry: Registry,
  commit: string,
  file: string,
): Promise<ColumnProfile[] | undefined> {
  const name = `${commit}:${registry.prefix}${file}`;
  const object = (await readObjects(registry.repository, [name])).get(name);
  return object?.type === 'blob' ? parseProfile(object.content, file) : undefined;
}

/** Reads a profile from a file that a user names. */
export async function namedProfile(cwd: string, name: string): Promise<ColumnProfile[]> {
  const full = path.resolve(cwd, name);
  const found = await stat(full).catch(() => undefined);
  if (!found?.isFile()) throw usage('path/not-found', `there is no file ${name}`, `ls ${path.dirname(name)}`);
  if (found.size > maximumBytes)
    throw usage('input/too-large', `${name} has ${found.size} bytes; a profile has at most ${maximumBytes}`);
  return parseProfile(await readFile(full), name);
}

/** The fullest profile that is small enough for the registry. */
export async function fittingProfile(
  columns: readonly ColumnProfile[],
  rest: Omit<ProfileToSave, 'columns'>,
): Promise<ProfileToSave> {
  for (const detail of profileDetails) {
    const profile = { ...rest, columns: columns.map((column) => savedColumn(column, detail)) };
    // Names and addresses of people are the only part that is not known yet.
    const text = await renderYaml(
      savedProfile(profile, { now: '2026-03-01T09:30:00Z', actor: 'x'.repeat(300) }),
    );
    if (Buffer.byteLength(text) < maximumBytes - 1024) return profile;
  }
  throw usage(
    'drift/profile-too-large',
    `the profile of ${columns.length} columns does not fit into ${maximumBytes} bytes`,
    'choose the columns that matter: --column NAME, or monitoring.key_features in model.yaml',
  );
}
