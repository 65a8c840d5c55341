// Examines what .gitattributes say of records: kept byte for byte, and never blended by a merge.
import { type Attribute, readAttributes } from '../../git/health.js';
import { readScopedSettings } from '../../git/settings.js';
import { trackedFiles } from '../../git/status.js';
import { configFile, versionFile } from '../paths.js';
import { initFiles } from '../start.js';
import { type Examination, type Found, type Subject, doubtful, shellWord, wrong } from './examination.js';
import { isRecordPath, recordScopes } from './working-files.js';

/** What each attribute does to a record where it is not switched off. */
const effects: Readonly<Record<string, string>> = {
  text: 'git changes its line ends on the way in and out',
  filter: 'a program rewrites it on the way in and out',
  ident: 'git writes into it',
  merge: 'two edits of it are blended into a state that nobody decided',
};

/** Switched off, or set to what amounts to the same. */
function isHarmless({ name, value }: Attribute): boolean {
  return value === 'unset' || (name === 'merge' && value === 'binary');
}

async function convertsLines({ registry: { repository } }: Subject): Promise<boolean> {
  const value = (await readScopedSettings(repository)).findLast(({ key }) => key === 'core.autocrlf')?.value;
  return value !== undefined && value.toLowerCase() !== 'false';
}

function whereOf(paths: readonly string[]): string {
  return paths.length > 1 ? `${paths[0]} and ${paths.length - 1} more` : (paths[0] ?? '');
}

/** One attribute that is set to something: a line after mlc's, or a file with more say, overrides it. */
function overridden(name: string, value: string, paths: readonly string[]): Found {
  const said = value === 'set' ? name : `${name}=${value}`;
  return wrong(
    'attributes/overridden',
    `${said} holds for ${whereOf(paths)}: ${effects[name]}`,
    `find the line, in a .gitattributes below mlc's lines or in .git/info/attributes, and take it out: git check-attr ${name} -- ${shellWord(paths[0] ?? '')}`,
  );
}

function missing(names: readonly string[], paths: readonly string[], crlf: boolean, wayOut: string): Found {
  const effect = names.map((name) => effects[name]).join('; ');
  const message = `nothing switches ${names.join(', ')} off for ${whereOf(paths)}: ${effect}`;
  if (crlf && names.includes('text'))
    return wrong('attributes/line-ends', `core.autocrlf is on, and ${message}`, wayOut);
  return doubtful('attributes/missing', message, wayOut);
}

/** Whether `mlc init` would write .gitattributes. */
async function initHelps({ registry, commit }: Subject): Promise<boolean> {
  if (commit === null) return false;
  return (await initFiles(registry, commit, undefined)).some((file) => file.path === '.gitattributes');
}

async function examineAttributes(subject: Subject): Promise<Found[]> {
  const { registry } = subject;
  const { repository, prefix } = registry;
  const tracked = (await trackedFiles(repository, recordScopes(registry))).map((file) => file.path);
  const probes = [`${prefix}${versionFile('model', '1.0.0')}`, `${prefix}${configFile}`];
  const paths = [...new Set([...tracked.filter((file) => isRecordPath(registry, file)), ...probes])];
  const unwanted = new Map<string, Attribute[]>();
  for (const attribute of await readAttributes(repository, Object.keys(effects), paths)) {
    const key = `${attribute.name} ${attribute.value}`;
    if (!isHarmless(attribute)) unwanted.set(key, [...(unwanted.get(key) ?? []), attribute]);
  }
  const groups = [...unwanted.values()].map((group) => ({
    name: group[0]?.name ?? '',
    value: group[0]?.value ?? '',
    paths: group.map((attribute) => attribute.path),
  }));
  const found = groups
    .filter(({ value }) => value !== 'unspecified')
    .map(({ name, value, paths: files }) => overridden(name, value, files));
  const unsaid = groups.filter(({ value }) => value === 'unspecified');
  if (unsaid.length === 0) return found;
  const wayOut = (await initHelps(subject))
    ? 'mlc init'
    : 'a later line takes it back with an exclamation mark, or .gitattributes is changed here: git diff HEAD -- .gitattributes';
  const names = unsaid.map(({ name }) => name);
  return [...found, missing(names, unsaid[0]?.paths ?? [], await convertsLines(subject), wayOut)];
}

export const attributes: Examination = {
  name: 'attributes',
  title: '.gitattributes',
  examine: examineAttributes,
};
