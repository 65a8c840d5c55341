// Hostile records in one registry, each with its exact code: shapes that exhaust, traps of types, escapes, names, trailers.
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unsafeCharacter } from '../../src/lifecycle/escape.js';
import { copyOf } from '../commands/support.js';
import { now, servingWorld } from '../commands/stages.js';
import { withText } from '../registry/hand-written.js';
import type { World } from '../support/world.js';

const accuracy = '  accuracy: 0.93   # on the whole set\n';
const value = (text: string): string => withText('gdpr_status: assessed', `gdpr_status: ${text}`);
const metric = (text: string): string => withText(accuracy, `  accuracy: ${text}\n`);
const more = (text: string): string => withText(accuracy, `${accuracy}${text}`);
const deep = (open: string, close: string, levels: number): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

const cases: [name: string, text: string, code: string][] = [
  ['a list ten thousand levels deep', more(`  x: ${deep('[', ']', 10_000)}\n`), 'yaml/too-deep'],
  ['a mapping ten thousand levels deep', more(`  x: ${deep('{a: ', '}', 10_000)}\n`), 'yaml/too-deep'],
  ['dashes five hundred levels deep', more(`  x:\n    ${'- '.repeat(500)}1\n`), 'yaml/too-deep'],
  ['more bytes than a record has', more(`# ${'x'.repeat(70_000)}\n`), 'yaml/too-large'],
  ['an anchor', value('&a assessed'), 'yaml/anchor'],
  ['an alias', value('*a'), 'yaml/alias'],
  ['a billion laughs', more('  a: &a [x, x]\n  b: &b [*a, *a]\n  c: [*b, *b]\n'), 'yaml/anchor'],
  ['a tag', value('!!js/function "x"'), 'yaml/tag'],
  ['a tag of its own', value('!exec x'), 'yaml/tag'],
  ['a directive', `%YAML 1.1\n---\n${value('assessed')}`, 'yaml/directive'],
  ['a merge key', more('  <<: {a: 1}\n'), 'yaml/merge-key'],
  ['two documents', `${value('assessed')}---\na: 1\n`, 'yaml/several-documents'],
  ['a list', '- 1\n', 'yaml/not-a-mapping'],
  ['nothing', '', 'yaml/empty'],
  ['a key twice', more('  f1_macro: 1\n'), 'yaml/duplicate-key'],
  ['a byte order mark', `\ufeff${value('assessed')}`, 'yaml/byte-order-mark'],
  ['line ends of Windows', value('assessed').replace(/\n/g, '\r\n'), 'yaml/line-ends'],
  ['a lone carriage return', value('a\rb'), 'yaml/line-ends'],
  ['a conflict', more('<<<<<<< ours\n'), 'yaml/conflict-marker'],
  ...(
    [
      ['ESC', '\u001b[31m'],
      ['CSI of C1', '\u009b31m'],
      ['OSC 8', '\u001b]8;;https://example.com\u0007x'],
      ['OSC 52', '\u001b]52;c;eA==\u0007'],
      ['a bell', '\u0007'],
      ['a backspace', 'a\b\b'],
      ['a delete', '\u007f'],
      ['NUL', '\0'],
      ['an override', '\u202e'],
      ['an isolate', '\u2066'],
      ['a mark', '\u200f'],
      ['a line separator', '\u2028'],
    ] as const
  ).flatMap(([name, text]): [string, string, string][] => [
    [`${name}, as it is`, value(`"x${text}"`), 'yaml/control-character'],
    [
      `${name}, as an escape`,
      value(
        `"x${[...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`,
      ),
      'yaml/control-character',
    ],
  ]),
  ['a version that is a number', withText('version: "1.0.0"', 'version: 1.0'), ''],
  ['infinity', metric('.inf'), ''],
  ['no number', metric('.nan'), ''],
  [
    'a date that is none',
    withText('deprecation_target: "2027-01-10"', 'deprecation_target: "2027-02-30"'),
    '',
  ],
  [
    'a reference to a schema',
    withText('model_id', '$ref: http://127.0.0.1:9/schema.json\nmodel_id'),
    'schema/unknown-key',
  ],
  [
    'a schema elsewhere',
    withText('model_id', '$schema: http://127.0.0.1:9/schema.json\nmodel_id'),
    'schema/unknown-key',
  ],
  ['__proto__', withText('model_id', '__proto__: {polluted: true}\nmodel_id'), ''],
  ['constructor', withText('model_id', 'constructor: {prototype: {polluted: true}}\nmodel_id'), ''],
];

let world: World;
let problems: { code: string; file: string; message: string }[];
let printed: string;
const reached: string[] = [];
const connect = Object.getOwnPropertyDescriptor(net.Socket.prototype, 'connect');
const fetched = globalThis.fetch;

beforeAll(async () => {
  net.Socket.prototype.connect = function refuse(...args: unknown[]): never {
    reached.push(JSON.stringify(args[0]));
    throw new Error('nothing is reached from here');
  };
  globalThis.fetch = () => {
    reached.push('fetch');
    throw new Error('nothing is fetched from here');
  };
  world = await copyOf(await servingWorld());
  for (const [index, [, text]] of cases.entries())
    await world.write(
      `models/churn/versions/5.0.${index}.yaml`,
      text.replace('version: "1.0.0"', `version: "5.0.${index}"`),
    );
  const answer = await world.json<{ problems: typeof problems }>(['validate'], { at: now });
  expect(answer.code).toBe(1);
  problems = answer.data.problems;
  const said = await world.mlc(['validate', 'models/churn/versions'], {
    at: now,
    terminal: 80,
    env: { NO_COLOR: '1' },
  });
  printed = said.stdout + said.stderr + JSON.stringify(answer.data);
});
afterAll(() => {
  if (connect) Object.defineProperty(net.Socket.prototype, 'connect', connect);
  globalThis.fetch = fetched;
});

test.each(cases.map(([name, , code], index) => [name, code, index] as const))('%s', (_name, code, index) => {
  const found = problems
    .filter(({ file }) => file.endsWith(`/5.0.${index}.yaml`))
    .map((problem) => problem.code);
  expect(found.length).toBeGreaterThan(0);
  if (code !== '') expect(found).toEqual([code]);
  expect(found.filter((one) => one.startsWith('internal/'))).toEqual([]);
});

test('nothing of them reaches the terminal, the prototype or the network', () => {
  expect(unsafeCharacter(printed.replace(/\r/g, ''))).toBeUndefined();
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(reached).toEqual([]);
});

test('what a remote says when it refuses a push is shown escaped', async () => {
  const remote = await copyOf(world);
  const bare = `${remote.folder}/bare.git`;
  world.git('clone', '-q', '--bare', world.folder, bare);
  world.git('remote', 'add', 'origin', bare);
  await remote.write(
    'bare.git/hooks/pre-receive',
    "#!/bin/sh\nprintf '\\033[31mno\\033]52;c;eA==\\007\\n' >&2\nexit 1\n",
  );
  remote.git('-C', bare, 'config', 'core.hooksPath', 'hooks');
  const { chmod } = await import('node:fs/promises');
  await chmod(`${bare}/hooks/pre-receive`, 0o755);
  await import('node:child_process').then(({ execFileSync }) =>
    execFileSync('rm', ['-rf', `${world.folder}/models/churn/versions/`]),
  );
  world.git('restore', '.');
  const said = await world.mlc(['hold', 'churn@1.0.0', '-m', 'x', '--push'], {
    at: now,
    terminal: 80,
    env: { NO_COLOR: '1' },
  });
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('\\u001b');
  expect(unsafeCharacter(said.stdout + said.stderr)).toBeUndefined();
});
