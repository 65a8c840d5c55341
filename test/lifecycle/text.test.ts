// Words for people: edits as data, near misses, and values that cannot drive a terminal.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, applyEdits, compact, set } from '../../src/lifecycle/edits.js';
import { escapeLine, escapeText, unsafeCharacter } from '../../src/lifecycle/escape.js';
import { count, listOf } from '../../src/lifecycle/problems.js';
import { didYouMean, nearest } from '../../src/lifecycle/similarity.js';

describe('edits', () => {
  interface Data {
    a: { b: number; c?: number };
    list?: unknown[];
    deep?: { list?: unknown[] };
  }
  const data: Data = { a: { b: 1 }, list: ['x', { y: 1 }] };

  test.each([
    ['set', [set(['a', 'b'], 2)], { a: { b: 2 }, list: ['x', { y: 1 }] }],
    ['set a key that is missing', [set(['a', 'c'], 3)], { a: { b: 1, c: 3 }, list: ['x', { y: 1 }] }],
    ['set below a list', [set(['list', 1, 'y'], 2)], { a: { b: 1 }, list: ['x', { y: 2 }] }],
    ['append', [append(['list'], 'z')], { a: { b: 1 }, list: ['x', { y: 1 }, 'z'] }],
    ['append where there is none', [append(['deep', 'list'], 1)], { ...data, deep: { list: [1] } }],
    ['in order', [set(['a', 'b'], 2), set(['a', 'b'], 3)], { ...data, a: { b: 3 } }],
    ['nothing', [], data],
  ])('%s', (_what, edits, expected) => {
    expect(applyEdits(data, edits)).toEqual(expected);
  });

  test('the original stays as it was, and the copy shares what did not change', () => {
    const before = structuredClone(data);
    const copy = applyEdits(data, [append(['list'], { z: 1 }), set(['list', 1, 'y'], 3)]);
    expect(data).toEqual(before);
    expect(copy.a).toBe(data.a);
    expect(copy.list).not.toBe(data.list);
  });

  test('what is undefined is dropped; null, false and 0 are kept', () => {
    expect(Object.keys(compact({ a: undefined, b: null, c: false, d: 0, e: '' }))).toEqual([
      'b',
      'c',
      'd',
      'e',
    ]);
  });
});

describe('near misses', () => {
  const environments = ['staging', 'production', 'latest'];
  test.each([
    ['prodution', ['production']],
    ['PRODUCTION', ['production']],
    ['prod', ['production']],
    ['stagign', ['staging']],
    ['xyz', []],
    ['', []],
  ])('%j may mean %j', (word, meant) => {
    expect(nearest(word, environments)).toEqual(meant);
  });

  test('closest first, three at most', () => {
    expect(nearest('1.1.0', ['1.3.0', '1.1.1', '2.1.0', '1.1.0', '9.9.9'])).toEqual([
      '1.1.0',
      '1.3.0',
      '1.1.1',
    ]);
  });

  test('what there is, where nothing is near', () => {
    expect(didYouMean('xyz', environments)).toBe('there is: staging, production, latest');
    expect(
      didYouMean(
        'xyz',
        Array.from({ length: 10 }, (_, index) => `name${index}`),
      ),
    ).toContain('and 2 more');
    expect(didYouMean('xyz', [])).toBeUndefined();
    expect(didYouMean('stagng', environments)).toBe('did you mean staging?');
  });
});

describe('escaping', () => {
  test.each([
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u009b31m', '\\u009b31m'],
    ['abc\u202ecba', 'abc\\u202ecba'],
    ['a\rb', 'a\\u000db'],
    ['bell\u0007', 'bell\\u0007'],
    ['\ufeffbom', '\\ufeffbom'],
    ['Grüße, 你好 🎉\n\tx', 'Grüße, 你好 🎉\n\tx'],
  ])('%j', (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  test('one line stays one line', () => {
    expect(escapeLine('a\r\nb\tc\n\nd')).toBe('a b c d');
  });

  test('nothing unsafe is left, and what is safe is left alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = escapeText(text);
        expect(unsafeCharacter(shown)).toBeUndefined();
        expect(escapeText(shown)).toBe(shown);
        expect(shown === text).toBe(unsafeCharacter(text) === undefined);
        expect(escapeLine(text)).not.toMatch(/[\r\n\t\u2028\u2029]/);
      }),
    );
  });

  test('the first unsafe character is named, every time it is asked', () => {
    expect(unsafeCharacter('ab\u0007c\u001b')).toBe('\u0007');
    expect(unsafeCharacter('ab\u0007c\u001b')).toBe('\u0007');
  });
});

test('lists and counts read as sentences', () => {
  expect([listOf([]), listOf(['a']), listOf(['a', 'b']), listOf(['a', 'b', 'c'], 'or')]).toEqual([
    '',
    'a',
    'a and b',
    'a, b or c',
  ]);
  expect([count(1, 'day'), count(0, 'day'), count(2, 'day')]).toEqual(['1 day', '0 days', '2 days']);
});
