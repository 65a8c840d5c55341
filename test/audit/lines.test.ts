// Lines and merges without a repository: who arrives when, by whose rules, and what a merge may make of each file.
import { describe, expect, test } from 'vitest';
import { differencesOf, isEqual, showValue } from '../../src/lifecycle/audit/differences.js';
import { arrivalsOf, rulesOf } from '../../src/lifecycle/audit/lines.js';
import { type ChangedPaths, type MergedSide, mergeProblems } from '../../src/lifecycle/audit/merges.js';
import { ordersOf } from '../../src/lifecycle/audit/orders.js';
import type { Trace } from '../../src/lifecycle/audit/trace.js';

/** `b: a c` says that b has the parents a and c. Parents stand above their children. */
function history(text: string): { id: string; parents: string[] }[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', parents = ''] = line.trim().split(':');
      return { id, parents: parents.trim().split(' ').filter(Boolean) };
    });
}

describe('lines', () => {
  const commits = history(`
    a:
    b: a
    s1: a
    s2: s1
    m1: b s2
    s3: s2
    u1: s3 m1
    m2: m1 u1
    t1: a
    m3: m2 t1
  `);
  const mainline = ['a', 'b', 'm1', 'm2', 'm3'];
  const arrivals = arrivalsOf(commits, mainline);

  test('a commit arrives with the merge that brings it', () => {
    expect(Object.fromEntries(arrivals)).toEqual({
      a: 0,
      b: 1,
      s1: 2,
      s2: 2,
      m1: 2,
      s3: 3,
      u1: 3,
      m2: 3,
      t1: 4,
      m3: 4,
    });
  });

  test('the newest state of the branch that a commit builds on has the say', () => {
    const sides = commits.filter(({ id }) => !mainline.includes(id));
    const rules = Object.fromEntries(
      [...rulesOf(sides, arrivals)].map(([id, place]) => [id, mainline[place]]),
    );
    expect(rules).toEqual({ s1: 'a', s2: 'a', s3: 'm1', u1: 'm1', t1: 'a' });
  });

  test('what builds on nothing of the branch has no rules', () => {
    const [root, next] = history('x:\n y: x') as [
      { id: string; parents: string[] },
      { id: string; parents: string[] },
    ];
    expect(
      rulesOf(
        [root, next],
        new Map([
          ['x', 5],
          ['y', 5],
        ]),
      ).size,
    ).toBe(0);
  });
});

const paths = (text: string): ChangedPaths =>
  new Map(
    text
      .split(' ')
      .filter(Boolean)
      .map((entry) => entry.split('=') as [string, string])
      .map(([file, blob]) => [file, blob === '-' ? null : blob]),
  );
const side = (theirs: string, ours = '', ...more: [string, string][]): MergedSide => ({
  related: true,
  partings: [[theirs, ours], ...more].map(([t = '', o = '']) => ({ theirs: paths(t), ours: paths(o) })),
});

describe('merges', () => {
  const cases: [name: string, result: string, sides: MergedSide[], codes: string][] = [
    ['take what the side changed', 'f=1', [side('f=1')], ''],
    ['leave what ours changed', '', [side('', 'f=1')], ''],
    ['leave what both changed alike', '', [side('f=1', 'f=1')], ''],
    ['take a file that the side took away', 'f=-', [side('f=-')], ''],
    ['drop a change', '', [side('f=1')], 'merge/dropped'],
    ['drop that a file goes', '', [side('f=-')], 'merge/dropped'],
    ['make a change', 'f=1', [side('')], 'merge/evil'],
    ['make another change', 'f=2', [side('f=1')], 'merge/evil'],
    ['undo what ours changed', 'f=0', [side('', 'f=1')], 'merge/evil'],
    ['blend', 'f=3', [side('f=1', 'f=2')], 'merge/conflict'],
    ['choose theirs', 'f=1', [side('f=1', 'f=2')], 'merge/conflict'],
    ['choose ours', '', [side('f=1', 'f=2')], 'merge/conflict'],
    ['take from three sides', 'f=1 g=2', [side('f=1'), side('g=2')], ''],
    ['take from two sides alike', 'f=1', [side('f=1'), side('f=1')], ''],
    ['choose between two sides', 'f=1', [side('f=1'), side('f=2')], 'merge/conflict'],
    ['take what is newer than one of two partings', 'f=2', [side('f=2', 'f=1', ['f=2', ''])], ''],
    ['leave what is older than one of two partings', '', [side('f=1', 'f=2', ['', 'f=2'])], ''],
    ['conflict since both partings', 'f=3', [side('f=3', 'f=2', ['f=3', 'f=2'])], 'merge/conflict'],
    ['bring in a stranger', 'f=1', [{ ...side('f=1'), related: false }], 'merge/unrelated'],
    ['bring in a stranger without records', '', [{ ...side(''), related: false }], ''],
  ];
  test.each(cases)('%s', (_name, result, sides, codes) => {
    expect(
      mergeProblems(paths(result), sides)
        .map(({ code }) => code)
        .join(' '),
    ).toBe(codes);
  });
});

describe('differences', () => {
  test('are named by their keys, outermost first', () => {
    expect(differencesOf({ a: 1, b: [1, { c: 2 }], d: 0 }, { a: 1, b: [1, { c: 3 }, 4], e: 0 })).toEqual([
      { path: ['b', 1, 'c'], before: 2, after: 3 },
      { path: ['b', 2], before: undefined, after: 4 },
      { path: ['d'], before: 0, after: undefined },
      { path: ['e'], before: undefined, after: 0 },
    ]);
  });

  test('tell numbers from texts, lists from mappings, and nothing from null', () => {
    for (const [a, b] of [
      [1, '1'],
      [[], {}],
      [null, undefined],
      [0, -0],
      [[1], [1, 1]],
      [{ a: null }, {}],
    ])
      expect(isEqual(a, b), JSON.stringify([a, b])).toBe(false);
    expect(isEqual({ a: undefined, b: 1 }, { b: 1 })).toBe(true);
  });

  test('are shown in a few characters', () => {
    expect(showValue('x'.repeat(200))).toHaveLength(80);
    expect(showValue(undefined)).toBe('nothing');
  });
});

describe('orders', () => {
  const trace = (at: string, name: string): Trace => ({
    at,
    by: name,
    rank: 0,
    sequence: 0,
    versions: [],
    candidates: [],
  });
  const names = (all: readonly Trace[]): string =>
    [...ordersOf(all)].map((order) => order.map(({ by }) => by).join('')).join(' ');

  test('differ within one second alone, and the given one comes first', () => {
    expect(names([trace('2026-01-01T00:00:00Z', 'a'), trace('2026-01-01T00:00:01Z', 'b')])).toBe('ab');
    const three = [
      trace('2026-01-01T00:00:00Z', 'a'),
      trace('2026-01-01T00:00:01Z', 'b'),
      trace('2026-01-01T00:00:01Z', 'c'),
    ];
    expect(names(three)).toBe('abc abc acb');
  });

  test('are not tried for ever', () => {
    const many = Array.from({ length: 30 }, (_, index) => trace('2026-01-01T00:00:00Z', String(index)));
    expect([...ordersOf(many)].length).toBeLessThan(200);
  });
});
