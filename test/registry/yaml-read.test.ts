// Every fault of a YAML file gives one clear problem: code, place, the line quoted, a way out. Nothing throws or hangs.
import { expect, test } from 'vitest';
import { unsafeCharacter } from '../../src/lifecycle/escape.js';
import type { Problem } from '../../src/lifecycle/problems.js';
import { readYaml } from '../../src/registry/yaml-read.js';
import { handWritten, lineOf, withText } from './hand-written.js';

const file = 'models/churn/versions/1.0.0.yaml';

/** Reads what has to be refused with one problem, and answers that. */
async function refused(content: string | Buffer): Promise<Problem> {
  const begun = performance.now();
  const outcome = await readYaml(Buffer.from(content as string), file);
  expect(performance.now() - begun).toBeLessThan(5000);
  if (outcome.ok) throw new Error('the file was taken');
  expect(outcome.problems).toHaveLength(1);
  const [problem] = outcome.problems;
  if (!problem) throw new Error('there is no problem');
  expect(problem.file).toBe(file);
  expect(problem.message).not.toBe('');
  expect(problem.line).toBeGreaterThan(0);
  expect(problem.column).toBeGreaterThan(0);
  expect(problem.quoted).toBeDefined();
  expect(unsafeCharacter(`${problem.message}${problem.quoted}`)).toBeUndefined();
  return problem;
}

const accuracy = '  accuracy: 0.93   # on the whole set\n';
const faults: [name: string, text: string, code: string, at: string, hint: RegExp][] = [
  [
    'a key twice',
    withText('version: "1.0.0"\n', 'version: "1.0.0"\nversion: "1.0.1"\n'),
    'yaml/duplicate-key',
    'version: "1.0.1"',
    /delete one/,
  ],
  [
    'a nested key twice',
    withText(accuracy, `${accuracy}  accuracy: 0.99\n`),
    'yaml/duplicate-key',
    'accuracy: 0.99',
    /delete one/,
  ],
  [
    'a key twice, quoted once',
    withText(accuracy, `${accuracy}  "accuracy": 0.99\n`),
    'yaml/duplicate-key',
    '"accuracy"',
    /delete one/,
  ],
  [
    'a key twice in a flow mapping',
    withText(accuracy, '  x: {a: 1, a: 2}\n'),
    'yaml/duplicate-key',
    'a: 2',
    /delete one/,
  ],
  [
    'a key twice once normalised',
    withText(accuracy, '  caf\u00e9: 1\n  cafe\u0301: 2\n'),
    'yaml/duplicate-key',
    'cafe\u0301',
    /delete one/,
  ],
  ['a tab', withText(accuracy, '\taccuracy: 0.93\n'), 'yaml/tab', '\taccuracy', /spaces/],
  ['a tab after spaces', withText(accuracy, '  \taccuracy: 0.93\n'), 'yaml/tab', '\taccuracy', /spaces/],
  [
    'an anchor',
    withText('gdpr_status: assessed', 'gdpr_status: &done assessed'),
    'yaml/anchor',
    'assessed',
    /delete the anchor/,
  ],
  [
    'an alias',
    withText('soc2_evidence_id: null', 'soc2_evidence_id: *done'),
    'yaml/alias',
    '*done',
    /write the value/,
  ],
  [
    'a tag',
    withText('gdpr_status: assessed', 'gdpr_status: !!binary aGk='),
    'yaml/tag',
    '',
    /delete the tag/,
  ],
  [
    "a tag of one's own",
    withText('gdpr_status: assessed', 'gdpr_status: !exec ls'),
    'yaml/tag',
    '',
    /delete the tag/,
  ],
  ['a merge key', withText(accuracy, '  <<: {accuracy: 0.93}\n'), 'yaml/merge-key', '<<', /write the keys/],
  ['a directive', `%YAML 1.1\n---\n${handWritten}`, 'yaml/directive', '%YAML', /delete the line/],
  [
    'a directive after a comment',
    `# hello\n%TAG ! tag:x,2000:\n---\n${handWritten}`,
    'yaml/directive',
    '%TAG',
    /delete the line/,
  ],
  ['two documents', `${handWritten}---\nmodel_id: churn\n`, 'yaml/several-documents', '---\n', /./],
  ['a list', '- model_id: churn\n', 'yaml/not-a-mapping', '- model_id', /./],
  ['a word', 'churn\n', 'yaml/not-a-mapping', 'churn', /./],
  ['CRLF', handWritten.replaceAll('\n', '\r\n'), 'yaml/line-ends', '# Written', /./],
  ['a lone CR', withText('registered_by', '\rregistered_by'), 'yaml/line-ends', '\rregistered_by', /./],
  ['NUL', withText('assessed', 'asse\u0000ssed'), 'yaml/control-character', '\u0000', /delete/],
  ['a raw escape', withText('assessed', 'asse\u001b[31mssed'), 'yaml/control-character', '\u001b', /delete/],
  [
    'an escaped escape',
    withText('assessed', '"asse\\e[31mssed"'),
    'yaml/control-character',
    '"asse',
    /delete/,
  ],
  [
    'an escaped escape in a key',
    withText('  f1_macro: 0.9', '  "f1\\x1b": 0.9'),
    'yaml/control-character',
    '"f1',
    /delete/,
  ],
  [
    'text that runs backwards',
    withText('assessed', 'asse\u202edessed'),
    'yaml/control-character',
    '\u202e',
    /delete/,
  ],
  ['.nan', withText('0.93   #', '.nan   #'), 'yaml/not-finite', '.nan', /null/],
  ['.inf', withText('0.93   #', '.inf   #'), 'yaml/not-finite', '.inf', /null/],
  ['-.INF', withText('0.93   #', '-.INF   #'), 'yaml/not-finite', '-.INF', /null/],
  ['a number beyond all', withText('0.93   #', '1e999   #'), 'yaml/not-finite', '1e999', /null/],
  [
    'a huge integer',
    withText('0.93   #', '12345678901234567890   #'),
    'yaml/number-too-large',
    '12345678901234567890',
    /quotes/,
  ],
  [
    '__proto__',
    withText(accuracy, '  __proto__: {polluted: true}\n'),
    'yaml/key',
    '__proto__',
    /another name/,
  ],
  ['a number for a key', withText(accuracy, '  1: 0.93\n'), 'yaml/key', '1: 0.93', /quotes/],
  ['a truth value for a key', withText(accuracy, '  true: 0.93\n'), 'yaml/key', 'true: 0.93', /quotes/],
  ['a list for a key', withText(accuracy, '  ? [a, b]\n  : 0.93\n'), 'yaml/key', '[a, b]', /./],
  [
    'a conflict',
    withText(accuracy, `<<<<<<< HEAD\n${accuracy}=======\n  accuracy: 0.94\n>>>>>>> theirs\n`),
    'yaml/conflict-marker',
    '<<<<<<<',
    /choose one side/,
  ],
  ['an open quote', withText('gdpr_status: assessed', 'gdpr_status: "assessed'), 'yaml/syntax', '', /./],
  ['an open bracket', withText('gdpr_status: assessed', 'gdpr_status: [assessed'), 'yaml/syntax', '', /./],
];

test.each(faults)('%s is refused with its place', async (_name, text, code, at, hint) => {
  const problem = await refused(text);
  expect(problem.code).toBe(code);
  if (at !== '') expect(problem.line).toBe(lineOf(text, at));
  expect(problem.hint ?? '').toMatch(hint);
});

test('columns count from 1, and the line is quoted', async () => {
  const problem = await refused(withText('gdpr_status: assessed', 'gdpr_status: *done'));
  expect(problem).toMatchObject({ column: '  gdpr_status: '.length + 1, quoted: '  gdpr_status: *done' });
});

test.each([
  ['an empty file', ''],
  ['a comment alone', '# nothing\n'],
  ['a document marker alone', '---\n'],
])('%s is no record', async (_name, text) => {
  const { code, line } = await refused(text);
  expect(['yaml/empty', 'yaml/not-a-mapping']).toContain(code);
  expect(line).toBe(1);
});

test('a byte order mark is refused', async () => {
  const problem = await refused(`\ufeff${handWritten}`);
  expect(problem).toMatchObject({ code: 'yaml/byte-order-mark', line: 1, column: 1 });
  expect(problem.hint).toMatch(/UTF-8/);
});

test('bytes that are no UTF-8 are refused, whatever else is in the file', async () => {
  const bytes = Buffer.from(withText('assessed', 'ass\u00e9'), 'latin1');
  expect(await refused(bytes)).toMatchObject({ code: 'yaml/encoding' });
  expect(await refused(Buffer.from(handWritten, 'utf16le'))).toMatchObject({
    code: expect.stringMatching(/^yaml\//) as string,
  });
});

test('a bomb of aliases is refused before it goes off', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level++) {
    const links = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
    lines.push(`a${level}: &a${level} [${links}]`);
  }
  expect(['yaml/anchor', 'yaml/alias']).toContain((await refused(`${lines.join('\n')}\n`)).code);
});
