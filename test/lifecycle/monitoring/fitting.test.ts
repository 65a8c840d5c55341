// Which observations a record keeps of hundreds: key features, breaches and what is unmeasured before all else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitting, mostObservations } from '../../../src/lifecycle/monitoring/fitting.js';
import type { Observation } from '../../../src/lifecycle/monitoring/observation.js';

const seen = (name: string, value: number | null): Observation => ({
  name,
  method: 'psi',
  value,
  threshold: 0.2,
  breached: null,
});
const many = (count: number): Observation[] =>
  Array.from({ length: count }, (_, index) => seen(`f${index}`, 0.01));

test('all that fits is kept', () => {
  expect(fitting(many(mostObservations), [], undefined)).toEqual({
    kept: many(mostObservations),
    leftOut: undefined,
  });
});

test('key features, breaches and what is unmeasured stay, in the order of the file', () => {
  const given = [...many(mostObservations), seen('key', 0.01), seen('bad', 0.9), seen('gone', null)];
  const { kept, leftOut } = fitting(given, ['key'], undefined);
  expect(leftOut).toBe(3);
  expect(kept.slice(-3).map(({ name }) => name)).toEqual(['key', 'bad', 'gone']);
  expect(kept[0]?.name).toBe('f0');
});

test('a key feature goes before a breach, a breach before what is unmeasured', () => {
  const bad = Array.from({ length: mostObservations - 1 }, (_, index) => seen(`b${index}`, 0.9));
  const { kept } = fitting([seen('gone', null), ...bad, seen('key', 0.01)], ['key'], undefined);
  expect(kept.map(({ name }) => name)).not.toContain('gone');
  expect(kept.at(-1)?.name).toBe('key');
});

test('nothing is lost without being counted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 50 }), (calm, bad) => {
      const given = [...many(calm), ...Array.from({ length: bad }, (_, index) => seen(`b${index}`, 0.9))];
      const { kept, leftOut = 0 } = fitting(given, [], undefined);
      expect(kept.length + leftOut).toBe(given.length);
      expect(kept.filter(({ name }) => name.startsWith('b'))).toHaveLength(bad);
    }),
    { numRuns: 30 },
  );
});
