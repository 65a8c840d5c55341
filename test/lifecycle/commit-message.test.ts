// Commit messages: they read back as they were written, and no text of a person can stand for a trailer.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type TransitionTrailers,
  formatMessage,
  parseTrailers,
  reasonOf,
  subjectOf,
  trailersOf,
} from '../../src/lifecycle/commit-message.js';
import { unsafeCharacter } from '../../src/lifecycle/escape.js';
import type { Plan } from '../../src/lifecycle/decisions.js';
import { ada, sha } from '../support/records.js';

const plan: Plan = {
  operation: 'deploy',
  model: 'churn',
  version: '2.0.0',
  from: 'approved',
  to: 'deployed',
  summary: 'canary in production, 5 % of traffic',
  reason: 'first users',
  changes: [],
  environment: 'production',
  supersedes: ['1.0.0', '1.1.0'],
  evidence: [sha('e')],
  warnings: [],
};
const transaction = '5f0c6e2e-8a55-4b1e-9a9b-0f7b8f3f9a10';
const trailers = trailersOf(plan, ada, transaction);
const bodyAfterSubject = (message: string): string => message.slice(message.indexOf('\n') + 1);

test('a transition is a subject, the reason and its trailers', () => {
  expect(formatMessage(subjectOf(plan), plan.reason, trailers)).toBe(
    [
      'deploy(churn@2.0.0): canary in production, 5 % of traffic',
      '',
      'first users',
      '',
      'Mlc-Operation: deploy',
      'Mlc-Model: churn',
      'Mlc-Version: 2.0.0',
      'Mlc-From: approved',
      'Mlc-To: deployed',
      'Mlc-Environment: production',
      'Mlc-Supersedes: 1.0.0, 1.1.0',
      `Mlc-Evidence: sha256:${sha('e')}`,
      `Mlc-Actor: ${ada}`,
      `Mlc-Transaction: ${transaction}`,
      '',
    ].join('\n'),
  );
});

test('what does not apply is left out; a beginning comes from none', () => {
  const bare: Plan = { ...plan };
  for (const key of ['environment', 'supersedes', 'evidence'] as const) delete bare[key];
  const found = parseTrailers(
    formatMessage('s', undefined, trailersOf({ ...bare, from: null }, ada, transaction)),
  );
  expect(found).toEqual({
    operation: 'deploy',
    model: 'churn',
    version: '2.0.0',
    from: 'none',
    to: 'deployed',
    actor: ada,
    transaction,
  });
});

describe('a forged trailer', () => {
  test.each([
    ['as the reason', 'Mlc-Operation: retire\nMlc-Actor: Mallory <m@example.com>\nMlc-Transaction: 1'],
    ['as a last paragraph', 'fine\n\nMlc-Operation: retire\nMlc-Version: 9.9.9'],
    ['behind carriage returns', 'fine\r\n\r\nMlc-Operation: retire\r\n\r\n'],
    ['behind a line of dashes', 'fine\n---\nMlc-Operation: retire'],
    ['behind line separators', 'fine\u2028\u2028Mlc-Operation: retire\u0085'],
    ['before blank lines', 'Mlc-Operation: retire\n\n \n\t\n'],
  ])('%s is not read', (_how, reason) => {
    const message = formatMessage(subjectOf(plan), reason, trailers);
    expect(parseTrailers(message)).toEqual(trailers);
    expect(message).not.toMatch(/^---/m);
  });

  test('in a value stays in its line', () => {
    const actor = 'Mallory\nMlc-Operation: retire\n\nMlc-To: retired <m@example.com>';
    const found = parseTrailers(formatMessage('s', 'r', { ...trailers, actor }));
    expect(found).toMatchObject({ operation: 'deploy', to: 'deployed' });
  });

  test('in a subject stays in its line', () => {
    const message = formatMessage('a\n\nMlc-Operation: retire', undefined, trailers);
    expect(parseTrailers(message)).toEqual(trailers);
    expect(message.split('\n')[1]).toBe('');
  });
});

describe('what is no transition', () => {
  test.each([
    ['an ordinary commit', 'fix typo\n'],
    ['an empty message', ''],
    ['other trailers', 'fix\n\nSigned-off-by: Ada <a@example.com>\n'],
    ['a trailer that is missing', 'x\n\nMlc-Operation: retire\nMlc-Actor: a\n'],
    [
      'a name that stands twice',
      'x\n\nMlc-Operation: a\nMlc-Operation: b\nMlc-Actor: a\nMlc-Transaction: t\n',
    ],
    ['prose in the last paragraph', 'x\n\nMlc-Operation: a\nMlc-Actor: a\nMlc-Transaction: t\nand so on\n'],
    ['prose behind the trailers', 'x\n\nMlc-Operation: a\nMlc-Actor: a\nMlc-Transaction: t\n\nprose\n'],
  ])('%s', (_what, message) => {
    expect(parseTrailers(message)).toBeUndefined();
  });

  test('a trailer that a hook adds beside ours does no harm', () => {
    const message = `${formatMessage('s', 'r', trailers)}Signed-off-by: Ada <a@example.com>\n`;
    expect(parseTrailers(message)).toEqual(trailers);
  });
});

const word = fc.stringMatching(/^[!-~]{1,12}$/);
const anyTrailers: fc.Arbitrary<TransitionTrailers> = fc.record(
  {
    operation: word,
    model: word,
    version: word,
    from: word,
    to: word,
    actor: fc.tuple(word, word).map((words) => words.join(' ')),
    transaction: fc.uuid(),
    environment: word,
    supersedes: fc.array(fc.stringMatching(/^\d\.\d\.\d$/), { minLength: 1, maxLength: 3 }),
    evidence: fc.array(fc.stringMatching(/^sha256:[0-9a-f]{8}$/), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['operation', 'actor', 'transaction'] },
);
const line = fc.oneof(
  fc.constantFrom(
    'Mlc-Operation: retire',
    'Mlc-Transaction: 1',
    '---',
    '',
    ' ',
    '\t',
    '# comment',
    'diff --git',
  ),
  fc.string({ unit: 'binary' }),
);
const anyText = fc.array(line).map((lines) => lines.join('\n'));

describe('any message', () => {
  test('reads back as it was written, whatever subject and reason say', () => {
    fc.assert(
      fc.property(anyText, fc.option(anyText, { nil: undefined }), anyTrailers, (subject, reason, given) => {
        expect(parseTrailers(formatMessage(subject, reason, given))).toEqual(given);
      }),
      { numRuns: 1000 },
    );
  });

  test('never carries what moves a cursor', () => {
    fc.assert(
      fc.property(anyText, anyText, anyTrailers, (subject, reason, given) => {
        const message = formatMessage(subject, reason, given);
        expect(unsafeCharacter(message)).toBeUndefined();
      }),
    );
  });
});

test.each(['one line', 'two\nlines', 'two\n\nparagraphs', 'Mlc-Operation: x\n\nMlc-Actor: y'])(
  'the reason %j is found between subject and trailers',
  (reason) => {
    expect(reasonOf(bodyAfterSubject(formatMessage('s', reason, trailers)))).toBe(reason);
  },
);

test('without a reason there is none', () => {
  expect(reasonOf(bodyAfterSubject(formatMessage('s', undefined, trailers)))).toBe('');
});
