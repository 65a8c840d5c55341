// Attacks on what was signed: signatures that are missing, and such as were made for something else.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Expected, expectCaught, expectClean, record, then } from './attack-world.js';
import { type SignedScene, approvedCopy, expectBoth, signedRegistry, signingAll } from './signed-world.js';

let template: SignedScene;
beforeAll(async () => {
  template = await signedRegistry();
});

test('a signed approval is clean, and counts as signed', async () => {
  const copy = await approvedCopy(template);
  const judgement = await copy.check();
  expectClean(judgement);
  expect(judgement.transitions).toBe(1);
  expectClean(await copy.audit());
});

describe('what was signed', () => {
  const edits: [name: string, file: string, from: string | RegExp, to: string, found: Expected][] = [
    [
      'nothing',
      record('1.2.0'),
      / +statement:\n(?: {8}.*\n)+ +signature: .*\n/,
      '',
      { code: 'approval/unsigned', says: /this one is not signed/ },
    ],
    [
      'a statement whose signature is gone',
      record('1.2.0'),
      / +signature: .*\n/,
      '',
      { code: 'approval/unsigned', says: /this one is not signed/ },
    ],
    [
      'another time',
      record('1.2.0'),
      /issued_at: .*/,
      'issued_at: "2026-03-09T09:00:00Z"',
      { code: 'approval/other-statement', says: /another time/ },
    ],
    [
      'another decision',
      record('1.2.0'),
      /( {8}decision: )approve/,
      '$1reject',
      { code: 'approval/other-statement', says: /another decision/ },
    ],
    [
      'another metric',
      record('1.2.0'),
      'accuracy: 0.95',
      'accuracy: 0.99',
      { code: 'approval/other-statement', says: /another content of the record/ },
    ],
    [
      'other artifacts',
      record('1.2.0'),
      / sha256: "[0-9a-f]{8}([0-9a-f]{56})"\n {4}kind: weights/,
      ' sha256: "00000000$1"\n    kind: weights',
      { code: 'approval/other-statement', says: /other artifacts/ },
    ],
    [
      'a review by somebody else',
      record('1.2.0'),
      '- by: grace@example.com',
      '- by: alan@example.com',
      {
        code: 'signature/other-person',
        says: /said to be by alan@example\.com, and the key is grace@example\.com's/,
      },
    ],
    [
      'a broken signature',
      record('1.2.0'),
      /signature: "?U1NIU0lH(.{40}).{4}/,
      'signature: U1NIU0lH$1AAAA',
      { code: 'signature/bad', says: /not a signature of this content/ },
    ],
  ];
  test.each(edits)('%s', async (_name, file, from, to, found) => {
    const copy = await approvedCopy(template);
    await copy.edit(file, from, to);
    if (found.code === 'signature/other-person')
      await copy.edit(file, /approved_by: .*/, 'approved_by: alan@example.com');
    copy.by({ as: 'grace', at: then }, 'commit', '-q', '-a', '--amend', '--no-edit');
    await expectBoth(copy, { file, commit: /^approve/, ...found });
  });

  test('another version', async () => {
    const copy = await approvedCopy(template);
    const review =
      / {4}- by: grace@example.com\n(?: {6}.*\n)+/.exec(await copy.read(record('1.2.0')))?.[0] ?? '';
    copy.git('reset', '-q', '--hard', 'main');
    await copy.register(
      { change: 'retraining', dataset: 'train@v7', weights: 'w7' },
      { at: '2026-03-09T09:00:00Z' },
    );
    const file = record('1.3.0');
    await copy.edit(
      file,
      /approved_by: null\n {2}approved_at: null\n/,
      `approved_by: grace@example.com\n  approved_at: "${then}"\n  reviews:\n${review}`,
    );
    await copy.edit(file, 'status: registered', 'status: approved');
    copy.commit('approve', { as: 'grace' });
    await expectBoth(copy, {
      code: 'approval/other-statement',
      says: /grace@example\.com signed another version: version is "1\.2\.0", and here it is "1\.3\.0"/,
      file,
      commit: 'approve',
    });
  });

  test('another policy', async () => {
    const copy = await approvedCopy(template);
    copy.git('checkout', '-q', 'main');
    await copy.edit('mlc.yaml', 'canary_max_pct: 10', 'canary_max_pct: 5');
    copy.commit('stricter', { as: 'olga', env: await signingAll(copy.keys.olga) });
    copy.git('checkout', '-q', 'feature');
    expectCaught(copy, await copy.check(), [
      {
        code: 'approval/other-statement',
        says: /signed another policy \(mlc\.yaml\)/,
        file: record('1.2.0'),
        commit: /^approve/,
      },
    ]);
  });
});
