// Trees that only a stranger makes: links, submodules, names that lead out, names with escapes. Each has its exact answer.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { unsafeCharacter } from '../../src/lifecycle/escape.js';
import { copyOf, escape } from '../commands/support.js';
import { now, servingWorld } from '../commands/stages.js';
import type { World } from '../support/world.js';
import { type RawEntry, blob, commitEntries } from './raw-trees.js';

let world: World;
let head: string;
let record: string;
let model: string;
beforeAll(async () => {
  world = await copyOf(await servingWorld());
  head = world.git('rev-parse', 'HEAD');
  record = blob(world, await world.read('models/churn/versions/1.0.0.yaml'));
  model = blob(world, await world.read('models/churn/model.yaml'));
});
afterEach(() => {
  world.git('update-ref', 'refs/heads/main', head);
  // An audit would tell that history was rewritten, and rightly so.
  rmSync(path.join(world.folder, '.git', 'mlc', 'audit'), { recursive: true, force: true });
  expect(existsSync(path.join(world.folder, '..', 'evil.yaml'))).toBe(false);
});

/** Exit code and codes of problems of a few commands. */
type Answers = Readonly<Record<'list' | 'show' | 'audit' | 'hold', string>>;

const churn = ['models', 'churn'];
const versions = [...churn, 'versions'];
const link = (names: RawEntry['names'], target: string): RawEntry => ({
  names,
  mode: '120000',
  oid: blob(world, target),
});
const file = (names: RawEntry['names'], oid: string, mode = '100644'): RawEntry => ({ names, mode, oid });

const unknown = { list: '0 path/unknown', show: '0', audit: '1 path/unknown', hold: '0' };
const unseen = { ...unknown, list: '0' };
const linked = 'path/symlink';

const cases: [name: string, entries: () => RawEntry[], Answers][] = [
  [
    'a version that is a link',
    () => [link([...versions, '1.1.0.yaml'], '/etc/passwd')],
    { list: `0 ${linked}`, show: '0', audit: `1 ${linked}`, hold: `1 ${linked} record/invalid` },
  ],
  [
    'a model.yaml that is a link',
    () => [link([...churn, 'model.yaml'], '/etc/passwd')],
    {
      list: `0 ${linked}`,
      show: `1 ${linked} record/invalid`,
      audit: `1 ${linked}`,
      hold: `1 ${linked} record/invalid`,
    },
  ],
  [
    'a gate.yaml that is a link',
    () => [link([...churn, 'gate.yaml'], '/etc/passwd')],
    { list: '0', show: '0', audit: `1 ${linked}`, hold: `1 ${linked} record/invalid` },
  ],
  [
    'a folder of a model that is a link',
    () => [link(['models', 'evil'], '/etc')],
    { list: `0 ${linked}`, show: '0', audit: `1 ${linked}`, hold: '0' },
  ],
  [
    'a model in whose place is a link',
    () => [link(churn, '/etc')],
    {
      list: `0 ${linked}`,
      show: '2 model/unknown',
      audit: `1 file/deleted model/not-owner ${linked} record/deleted`,
      hold: '2 model/unknown',
    },
  ],
  [
    'models/ that is a link',
    () => [link(['models'], '/etc')],
    {
      list: `0 ${linked}`,
      show: '2 model/unknown',
      audit: `1 file/deleted model/not-owner ${linked} record/deleted`,
      hold: '2 model/unknown',
    },
  ],
  [
    'mlc.yaml that is a link',
    () => [link(['mlc.yaml'], '/etc/passwd')],
    {
      list: '0',
      show: '1 record/invalid yaml/not-a-mapping',
      audit: `1 ${linked}`,
      hold: '1 record/invalid yaml/not-a-mapping',
    },
  ],
  ['.mlc that is a link', () => [link(['.mlc'], '/etc')], { list: '0', show: '0', audit: '0', hold: '0' }],
  [
    'allowed signers that are a link',
    () => [link(['.mlc', 'allowed_signers'], '/etc/passwd')],
    { list: '0', show: '0', audit: `1 ${linked} policy/signers`, hold: '0' },
  ],
  [
    'a submodule',
    () => [file(['models', 'sub'], 'a'.repeat(40), '160000')],
    { list: '0 path/submodule', show: '0', audit: '1 path/submodule', hold: '0' },
  ],
  [
    'a submodule in the place of a record',
    () => [file([...versions, '2.0.0.yaml'], 'a'.repeat(40), '160000')],
    {
      list: '0 path/submodule',
      show: '0',
      audit: '1 path/submodule',
      hold: '1 path/submodule record/invalid',
    },
  ],
  ['..', () => [file(['models', '..', 'evil.yaml'], model)], unseen],
  ['.. twice', () => [file([...versions, '..', '..', 'x.yaml'], model)], unseen],
  ['.', () => [file(['models', '.', 'model.yaml'], model)], unknown],
  ['.git', () => [file([...churn, '.git', 'config'], model)], unseen],
  [
    'a name with a slash',
    () => [file([...churn, 'versions/1.2.0.yaml'], record)],
    {
      list: '0',
      show: '0',
      audit: '1 record/hand-written record/path',
      hold: '1 record/invalid record/path',
    },
  ],
  ['a name that leads out', () => [file([...churn, '../../evil.yaml'], record)], unseen],
  ['an absolute name', () => [file(['models', '/etc/passwd'], record)], unseen],
  [
    'an empty name',
    () => [file([...churn, ''], record)],
    { list: '2 git/failed', show: '2 git/failed', audit: '2 git/failed', hold: '2 git/failed' },
  ],
  [
    'a copy of a record',
    () => [file([...versions, '2.0.0.yaml'], record)],
    {
      list: '0',
      show: '0',
      audit: '1 record/hand-written record/path',
      hold: '1 record/invalid record/path',
    },
  ],
  [
    'a copy that may be executed',
    () => [file([...versions, '1.1.0.yaml'], record, '100755')],
    {
      list: '0',
      show: '0',
      audit: '1 ramp/not-there record/path status/not-allowed',
      hold: '1 record/invalid record/path',
    },
  ],
  [
    'one name twice',
    () => [file([...versions, '1.3.0.yaml'], record), file([...versions, '1.3.0.yaml'], model)],
    {
      list: '0 schema/missing schema/unknown-key schema/value',
      show: '0',
      audit: '1 record/path schema/missing schema/unknown-key schema/value',
      hold: '1 record/invalid record/path schema/missing schema/unknown-key schema/value',
    },
  ],
  ['a folder in the place of a record', () => [file([...versions, '2.0.0.yaml', 'x'], model)], unseen],
  [
    'an object that is not there',
    () => [file([...versions, '2.0.0.yaml'], 'b'.repeat(40))],
    {
      list: '0 object/missing',
      show: '0',
      audit: '1 object/missing',
      hold: '1 object/missing record/invalid',
    },
  ],
  ['a name with an escape', () => [file(['models', `e${escape}[31mvil`, 'model.yaml'], model)], unknown],
  [
    'a name with a control character of C1',
    () => [file(['models', 'e\u009b31mvil', 'model.yaml'], model)],
    unknown,
  ],
  ['a name that reads backwards', () => [file(['models', 'e\u202elmay.', 'model.yaml'], model)], unknown],
  ['a name with a line break', () => [file(['models', 'e\nvil', 'model.yaml'], model)], unknown],
  [
    'a name that is no UTF-8',
    () => [file(['models', Buffer.from([0xff, 0xfe]), 'model.yaml'], model)],
    unknown,
  ],
  ['a name like an option', () => [file(['models', '--help', 'model.yaml'], model)], unknown],
  ['a name like a revision', () => [file(['models', 'HEAD@{1}', 'model.yaml'], model)], unknown],
  ['a stream of Windows', () => [file(['models', 'churn:stream', 'model.yaml'], model)], unknown],
  ['a backslash', () => [file(['models', 'churn\\..\\evil', 'model.yaml'], model)], unknown],
  ['a name in other case', () => [file(['models', 'Churn', 'model.yaml'], model)], unknown],
  ['a name that looks the same', () => [file(['models', '\u0441hurn', 'model.yaml'], model)], unknown],
  ['a name with a mark apart', () => [file(['models', 'cafe\u0301', 'model.yaml'], model)], unknown],
  [
    'a name of three hundred letters',
    () => [file(['models', 'a'.repeat(300), 'model.yaml'], model)],
    unknown,
  ],
  [
    'a model called constructor',
    () => [file(['models', 'constructor', 'model.yaml'], model)],
    { list: '0', show: '0', audit: '1 record/path', hold: '0' },
  ],
  ['a version like a number', () => [file([...versions, '1e9.yaml'], record)], unknown],
  ['a version with an option', () => [file([...versions, '--1.0.0.yaml'], record)], unknown],
  [
    'a version that is too long',
    () => [file([...versions, `1.0.0-${'a'.repeat(400)}.yaml`], record)],
    unknown,
  ],
];

const together = (answers: Answers): typeof cases => cases.filter((entry) => entry[2] === answers);

test.each([
  ['names that no model and no version has', unknown, 'path/unknown'],
  ['names that git itself would not check out, and that are never even looked for', unseen, ''],
] as const)('%s', async (_name, answers, listed) => {
  const all = together(answers);
  expect(all.length).toBeGreaterThan(5);
  commitEntries(
    world,
    all.flatMap(([, entries]) => entries()),
  );
  const told = async (args: string[], code: string): Promise<number> =>
    (await world.mlc([...args, '--json'], { at: now })).stdout.split(`"code": "${code}"`).length - 1;
  expect(await told(['list'], 'path/unknown')).toBe(listed === '' ? 0 : all.length);
  expect(await told(['audit'], 'path/unknown')).toBe(all.length);
  const said = await world.mlc(['list'], { at: now, terminal: 80, env: { NO_COLOR: '1' } });
  const json = await world.mlc(['list', '--json'], { at: now });
  expect(unsafeCharacter(said.stdout + said.stderr + json.stdout)).toBeUndefined();
  expect((await world.mlc(['hold', 'churn@1.0.0', '-m', 'x', '--dry-run'], { at: now })).code).toBe(0);
});

const alone = cases.filter((entry) => ![unknown, unseen].includes(entry[2]));

test.each(alone)('%s', async (_name, entries, answers) => {
  commitEntries(world, entries());
  const commands: [keyof Answers, string[]][] = [
    ['list', ['list']],
    ['audit', ['audit']],
    ['hold', ['hold', 'churn@1.0.0', '-m', 'x', '--dry-run']],
  ];
  if (answers.show !== '0') commands.push(['show', ['show', 'churn@1.0.0']]);
  for (const [command, args] of commands) {
    const { code, stdout } = await world.mlc([...args, '--json'], { at: now });
    JSON.parse(stdout);
    const codes = [...new Set([...stdout.matchAll(/"code": "([^"]+)"/g)].map(([, found]) => found))].sort();
    expect({ command, answer: [code, ...codes].join(' ') }).toEqual({ command, answer: answers[command] });
    expect(unsafeCharacter(stdout)).toBeUndefined();
  }
});
