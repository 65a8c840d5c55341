// Names: which model ids and version numbers are refused, which ids are mistaken for one another, how addresses read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  collisionKey,
  isVersionNumber,
  modelIdProblem,
  parseAddress,
} from '../../src/lifecycle/identifiers.js';

describe('model ids', () => {
  test.each(['a', '7', 'churn', 'churn-v2', 'a.b_c-d', 'x'.repeat(100), 'console', 'com10', 'lock'])(
    '%s is a name',
    (id) => {
      expect(modelIdProblem(id)).toBeUndefined();
    },
  );

  test.each([
    '',
    '.',
    '..',
    'a..b',
    '../churn',
    'a/b',
    'a\\b',
    '/etc/passwd',
    '-rf',
    '--help',
    '.git',
    '_churn',
    'churn-',
    'churn.',
    'Churn',
    'CHURN',
    'churn model',
    'churn\n',
    'churn\0',
    'chürn',
    'chu\u202ern',
    'a@b',
    'a:b',
    '~',
    '*',
    'x'.repeat(101),
  ])('%j is refused', (id) => {
    expect(modelIdProblem(id)).toMatchObject({ code: 'name/model-id' });
  });

  test.each(['con', 'prn', 'aux', 'nul', 'com1', 'com9', 'lpt1', 'aux.v2', 'nul.model.yaml', 'churn.lock'])(
    '%s is reserved, and a way out is named',
    (id) => {
      expect(modelIdProblem(id)).toMatchObject({
        code: 'name/reserved',
        hint: expect.stringMatching(/^try /) as string,
      });
    },
  );

  test.each([
    ['Churn Model', 'try churn-model'],
    ['--churn--', 'try churn'],
    ['../churn', 'try churn'],
    ['a..b', 'try a.b'],
  ])('for %j a better one is suggested', (id, hint) => {
    expect(modelIdProblem(id)?.hint).toBe(hint);
  });

  test('what is let through is one safe path segment, and a suggestion is let through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const wrong = modelIdProblem(text);
        if (!wrong) expect(text).toMatch(/^(?!.*\.\.)[a-z0-9][a-z0-9._-]*$/);
        else if (wrong.hint)
          expect(modelIdProblem(wrong.hint.slice('try '.length))?.code).not.toBe('name/model-id');
      }),
      { numRuns: 500 },
    );
  });
});

describe('ids that people would mistake for one another', () => {
  test.each([
    ['churn-v2', 'churn_v2'],
    ['churn.v2', 'churnv2'],
    ['a-b.c', 'a_b-c'],
    ['churn', 'CHURN'],
  ])('%s and %s collide', (a, b) => {
    expect(collisionKey(a)).toBe(collisionKey(b));
  });

  test.each([
    ['churn-v1', 'churn-v2'],
    ['ab', 'abc'],
  ])('%s and %s do not', (a, b) => {
    expect(collisionKey(a)).not.toBe(collisionKey(b));
  });
});

describe('version numbers', () => {
  test.each(['0.0.1', '1.0.0', '10.20.30', '1.0.0-rc.1'])('%s is one', (text) => {
    expect(isVersionNumber(text)).toBe(true);
  });

  test.each([
    '',
    '1',
    '1.0',
    'v1.0.0',
    '=1.0.0',
    ' 1.0.0',
    '1.0.0\n',
    '01.0.0',
    '1.0.0+build',
    '1.0.x',
    'latest',
    '../1.0.0',
    '-1.0.0',
    `1.0.0-${'a'.repeat(64)}`,
  ])('%j is none', (text) => {
    expect(isVersionNumber(text)).toBe(false);
  });
});

describe('addresses', () => {
  test.each([
    ['churn@1.0.0', { model: 'churn', selector: '1.0.0' }],
    ['churn@latest', { model: 'churn', selector: 'latest' }],
    ['a.b@production', { model: 'a.b', selector: 'production' }],
  ])('%s', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  test.each(['', '@', 'churn', 'churn@', '@1.0.0'])('%j names no version, and forms are shown', (text) => {
    expect(parseAddress(text)).toMatchObject({
      code: 'address/form',
      hint: expect.stringContaining('@latest') as string,
    });
  });

  test.each(['../x@1.0.0', '-x@1.0.0', 'con@1.0.0', 'Churn@1.0.0'])('%s names no model', (text) => {
    expect(parseAddress(text)).toMatchObject({ code: expect.stringMatching(/^name\//) as string });
  });
});
