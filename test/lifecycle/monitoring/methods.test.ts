// Drift methods: every spelling, which side drifts, what the limit itself is, and names that mean two things.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { methods } from '../../../src/lifecycle/monitoring/method-table.js';
import {
  badSide,
  isPossible,
  judge,
  methodOf,
  methodsNamed,
} from '../../../src/lifecycle/monitoring/methods.js';

function known(id: string) {
  const found = methodOf(id);
  if (!found) throw new Error(`no method ${id}`);
  return found;
}

describe('spellings', () => {
  // Short name, display name, id, threshold, the limit is drift, side: as the tool's registry of tests has them.
  test.each([
    ['ks', 'K-S p_value', 'ks-p-value', 0.05, true, 'low'],
    ['chisquare', 'chi-square p_value', 'chi-square-p-value', 0.05, false, 'low'],
    ['z', 'Z-test p_value', 'z-test-p-value', 0.05, false, 'low'],
    ['anderson', 'Anderson-Darling', 'anderson-darling-p-value', 0.1, false, 'low'],
    ['cramer_von_mises', 'Cramer-von Mises', 'cramer-von-mises-p-value', 0.1, true, 'low'],
    ['es', 'Epps-Singleton', 'epps-singleton-p-value', 0.05, false, 'low'],
    ['fisher_exact', "Fisher's Exact test", 'fisher-exact-p-value', 0.1, false, 'low'],
    ['g_test', 'g_test', 'g-test-p-value', 0.1, false, 'low'],
    ['mannw', 'Mann-Whitney U-rank test', 'mann-whitney-p-value', 0.05, false, 'low'],
    ['t_test', 't_test', 't-test-p-value', 0.05, false, 'low'],
    ['empirical_mmd', 'empirical_mmd', 'mmd-p-value', 0.1, false, 'low'],
    ['TVD', 'Total-Variation-Distance', 'total-variation-p-value', 0.1, false, 'low'],
    ['wasserstein', 'Wasserstein distance (normed)', 'wasserstein-normed', 0.1, true, 'high'],
    ['jensenshannon', 'Jensen-Shannon distance', 'jensen-shannon', 0.1, true, 'high'],
    ['kl_div', 'Kullback-Leibler divergence', 'kl-divergence', 0.1, true, 'high'],
    ['hellinger', 'Hellinger distance', 'hellinger', 0.1, true, 'high'],
    ['ed', 'Energy-distance', 'energy-distance', 0.1, false, 'high'],
    ['abs_text_content_drift', 'Absolute text content drift', 'text-domain-classifier', 0.55, false, 'high'],
    [
      'perc_text_content_drift',
      'Percentile text content drift',
      'text-domain-classifier-percentile',
      0.95,
      false,
      'high',
    ],
  ] as const)('%s and %s of Evidently', (short, display, id, threshold, inclusive, side) => {
    expect(methodOf(short, 'evidently')?.id).toBe(id);
    const method = methodOf(display, 'evidently');
    expect(method).toMatchObject({ id, defaultThreshold: threshold, inclusive });
    expect(method && badSide(method)).toBe(side);
  });

  test('PSI has the limit of the field, and the samples that it needs', () => {
    for (const name of ['psi', 'PSI', 'population_stability_index'])
      expect(methodOf(name)).toMatchObject({
        id: 'psi',
        side: 'high',
        defaultThreshold: 0.2,
        minimumSamples: 200,
      });
  });

  test.each([
    ['kolmogorov_smirnov', 'ks-statistic'],
    ['jensen_shannon', 'jensen-shannon'],
    ['wasserstein', 'wasserstein'],
    ['hellinger', 'hellinger'],
    ['chi2', 'chi-square-statistic'],
    ['l_infinity', 'l-infinity'],
  ])('%s of NannyML is a distance', (name, id) => {
    expect(methodOf(name, 'nannyml')).toMatchObject({ id, side: 'high' });
  });

  test.each([
    ['KSDrift', 'ks-p-value'],
    ['ChiSquareDrift', 'chi-square-p-value'],
    ['CVMDrift', 'cramer-von-mises-p-value'],
    ['FETDrift', 'fisher-exact-p-value'],
    ['MMDDrift', 'mmd-p-value'],
    ['TabularDrift', 'p-value'],
    ['ClassifierDrift', 'p-value'],
  ])('%s of Alibi Detect is a p-value', (name, id) => {
    expect(methodOf(name, 'alibi-detect')).toMatchObject({ id, side: 'low' });
  });

  test('spaces, case, hyphens, underscores and accents make no difference', () => {
    for (const name of ['Jensen–Shannon  Distance', 'jensen_shannon', 'JENSEN-SHANNON', 'jensenshannon'])
      expect(methodOf(name)?.id).toBe('jensen-shannon');
    expect(methodOf('Cramér–von Mises')?.id).toBe('cramer-von-mises-p-value');
  });

  test('every id names itself, whatever the tool', () => {
    expect(new Set(methods.map(({ id }) => id)).size).toBe(methods.length);
    for (const { id } of methods) expect(methodOf(id)?.id).toBe(id);
  });
});

describe('names that are no answer', () => {
  test.each([
    ['ks', ['ks-p-value', 'ks-statistic']],
    ['kolmogorov_smirnov', ['ks-p-value', 'ks-statistic']],
    ['chi2', ['chi-square-p-value', 'chi-square-statistic']],
    ['TVD', ['total-variation-p-value', 'total-variation']],
    ['Total-Variation-Distance', ['total-variation-p-value', 'total-variation']],
  ])('%s means two things without its tool', (name, ids) => {
    expect(methodOf(name)).toBeUndefined();
    expect(methodsNamed(name).map(({ id }) => id)).toEqual(ids);
  });

  test('what contains p_value is not for that a p-value', () => {
    for (const name of [
      'my p_value',
      'p_value corrected',
      'distance to p_value',
      "custom function 'p_value'",
      '',
    ])
      expect(methodOf(name, 'evidently')).toBeUndefined();
  });

  test('a plain value has no direction', () => {
    expect(methodOf('value')).toBeUndefined();
    expect(methodOf('unknown')).toBeUndefined();
    expect(methodOf('constructor')).toBeUndefined();
    expect(methodOf('__proto__')).toBeUndefined();
  });
});

describe('judging', () => {
  test('a p-value drifts low, a distance high', () => {
    expect(judge(known('ks-p-value'), 0.001, 0.05)).toBe(true);
    expect(judge(known('ks-p-value'), 0.9, 0.05)).toBe(false);
    expect(judge(known('psi'), 0.3, 0.2)).toBe(true);
    expect(judge(known('psi'), 0.01, 0.2)).toBe(false);
  });

  test('the total variation distance drifts high, the p-value of its permutation test low', () => {
    expect(judge(known('total-variation'), 0.35, 0.1)).toBe(true);
    expect(judge(known('total-variation-p-value'), 0.35, 0.1)).toBe(false);
    expect(judge(known('total-variation-p-value'), 0, 0.1)).toBe(true);
  });

  test('the limit itself', () => {
    expect(judge(known('ks-p-value'), 0.05, 0.05)).toBe(true);
    expect(judge(known('chi-square-p-value'), 0.05, 0.05)).toBe(false);
    expect(judge(known('psi'), 0.1, 0.1)).toBe(true);
    expect(judge(known('energy-distance'), 0.1, 0.1)).toBe(false);
  });

  test('farther to the bad side is never better', () => {
    const finite = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(fc.constantFrom(...methods), finite, finite, finite, (method, a, b, threshold) => {
        const [worse, better] = (badSide(method) === 'high') === a > b ? [a, b] : [b, a];
        if (judge(method, better, threshold)) expect(judge(method, worse, threshold)).toBe(true);
      }),
    );
  });

  test('what a method cannot give', () => {
    expect(isPossible(known('ks-p-value'), 5.3)).toBe(false);
    expect(isPossible(known('ks-p-value'), -0.1)).toBe(false);
    expect(isPossible(known('jensen-shannon'), 1 + 1e-12)).toBe(true);
    expect(isPossible(known('psi'), 7)).toBe(true);
    expect(isPossible(known('psi'), -1)).toBe(false);
  });
});
