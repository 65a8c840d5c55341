// What an observation comes to: the method or the gate says which side is bad, and nothing is guessed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../../../src/lifecycle/monitoring/observation.js';
import { verdictOf } from '../../../src/lifecycle/monitoring/verdict.js';
import { gateOf } from '../../support/records.js';

const gate = gateOf({ metrics: { accuracy: { better: 'higher' }, p95: { better: 'lower' } } });
const of = (changes: Partial<Observation>): string =>
  verdictOf({ name: 'tenure', method: 'psi', value: 0.3, threshold: 0.2, breached: null, ...changes }, gate);

test.each<[string, Partial<Observation>, string]>([
  ['a distance above its limit', {}, 'breached'],
  ['a distance below it', { value: 0.1 }, 'within'],
  ['a PSI that equals its limit, which triggers call quiet', { value: 0.2 }, 'within'],
  ['a PSI that equals its limit, where the tool counts it', { value: 0.2, breached: true }, 'breached'],
  ['a p-value below its limit', { method: 'chi-square-p-value', value: 0.01, threshold: 0.05 }, 'breached'],
  ['a p-value above it', { method: 'chi-square-p-value', value: 0.5, threshold: 0.05 }, 'within'],
  [
    'a p-value that equals a limit that it has to be below',
    { method: 'chi-square-p-value', value: 0.05, threshold: 0.05 },
    'within',
  ],
  [
    'a p-value that equals a limit that counts',
    { method: 'ks-p-value', value: 0.05, threshold: 0.05 },
    'breached',
  ],
  [
    'a metric better high, below its limit',
    { name: 'accuracy', method: 'value', value: 0.8, threshold: 0.9 },
    'breached',
  ],
  [
    'a metric better high, at its limit',
    { name: 'accuracy', method: 'value', value: 0.9, threshold: 0.9 },
    'within',
  ],
  [
    'a metric better low, above its limit',
    { name: 'p95', method: 'value', value: 301, threshold: 300 },
    'breached',
  ],
  [
    'a metric better low, at its limit',
    { name: 'p95', method: 'value', value: 300, threshold: 300 },
    'within',
  ],
  [
    'a metric whose direction nobody named',
    { name: 'mood', method: 'value', value: 1, threshold: 2 },
    'unjudged',
  ],
  ['a method that nobody knows', { method: 'mine' }, 'unjudged'],
  ['a name that two methods have', { method: 'ks' }, 'unjudged'],
  ['what has no limit', { threshold: null }, 'unjudged'],
  ['the tool’s own verdict, bad', { value: 0.1, breached: true }, 'breached'],
  ['the tool’s own verdict, good', { method: 'mine', breached: false }, 'within'],
  ['the tool’s own verdict that its own numbers contradict', { value: 0.3, breached: false }, 'breached'],
])('%s', (_what, changes, verdict) => {
  expect(of(changes)).toBe(verdict);
});

test('what is not measured is never fine, whatever else is said', () => {
  fc.assert(
    fc.property(
      fc.option(fc.double()),
      fc.option(fc.boolean()),
      fc.string(),
      (threshold, breached, method) => {
        expect(of({ value: null, threshold, breached, method })).toBe('unmeasured');
      },
    ),
  );
});
