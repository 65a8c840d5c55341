// Series of a year of weekly reports, the same in every run: some drift over their threshold, and a few weeks are unmeasured.
import type { HealthSeries } from '../../src/lifecycle/health/report.js';
import type { Signal, Verdict } from '../../src/lifecycle/monitoring/observation.js';

const lastDay = Date.parse('2026-10-31T06:00:00Z');
const week = 7 * 86_400_000;

/** Noise between 0 and 1, the same for the same numbers. */
function noise(...seeds: number[]): number {
  const mixed = seeds.reduce((sum, seed, index) => sum + seed * (12.9898 + 65.234 * index), 1.7);
  const spread = Math.sin(mixed) * 43_758.545;
  return spread - Math.floor(spread);
}

interface Kind {
  signal: Signal;
  name: string;
  method: string;
  badSide: 'high' | 'low' | null;
  threshold: number | null;
  /** The value at the start and how far it goes until the end. */
  from: number;
  drift: number;
  noise: number;
}

const kinds: readonly Kind[] = [
  {
    signal: 'input-drift',
    name: 'tenure_months',
    method: 'psi',
    badSide: 'high',
    threshold: 0.2,
    from: 0.04,
    drift: 0.27,
    noise: 0.05,
  },
  {
    signal: 'input-drift',
    name: 'monthly_charges',
    method: 'psi',
    badSide: 'high',
    threshold: 0.2,
    from: 0.03,
    drift: 0.02,
    noise: 0.06,
  },
  {
    signal: 'output-drift',
    name: 'probability',
    method: 'ks_p_value',
    badSide: 'low',
    threshold: 0.05,
    from: 0.8,
    drift: -0.6,
    noise: 0.3,
  },
  {
    signal: 'quality',
    name: 'accuracy',
    method: 'value',
    badSide: 'low',
    threshold: 0.9,
    from: 0.943,
    drift: -0.03,
    noise: 0.01,
  },
  {
    signal: 'latency',
    name: 'p95_latency_ms',
    method: 'value',
    badSide: 'high',
    threshold: 300,
    from: 180,
    drift: 40,
    noise: 40,
  },
  {
    signal: 'cost',
    name: 'eur_per_1000',
    method: 'value',
    badSide: null,
    threshold: null,
    from: 1.2,
    drift: 0.5,
    noise: 0.2,
  },
  {
    signal: 'input-drift',
    name: 'contract_type',
    method: 'jensen_shannon',
    badSide: 'high',
    threshold: 0.1,
    from: 0.02,
    drift: 0.03,
    noise: 0.02,
  },
  {
    signal: 'concept-drift',
    name: 'error_rate',
    method: 'wasserstein',
    badSide: 'high',
    threshold: 0.15,
    from: 0.05,
    drift: 0.02,
    noise: 0.02,
  },
  {
    signal: 'input-drift',
    name: 'payment_method_of_the_last_invoice_before_the_window',
    method: 'total_variation',
    badSide: 'high',
    threshold: 0.1,
    from: 0.02,
    drift: 0.01,
    noise: 0.01,
  },
];

function verdictOf(value: number | null, { threshold, badSide }: Kind): Verdict {
  if (value === null) return 'unmeasured';
  if (threshold === null || badSide === null) return 'unjudged';
  return (badSide === 'high' ? value > threshold : value < threshold) ? 'breached' : 'within';
}

/** A series of weekly values up to the end of October 2026; every third version drifts. */
export function seriesOf(version: number, index: number, points: number): HealthSeries {
  const kind = kinds[index % kinds.length] as Kind;
  // Every third version drifts as its kind does; the others keep where they began.
  const drift = version % 3 === 0 ? kind.drift : kind.drift / 10;
  return {
    signal: kind.signal,
    name: index < kinds.length ? kind.name : `${kind.name}_${index}`,
    method: kind.method,
    badSide: kind.badSide,
    points: Array.from({ length: points }, (_, at) => {
      const share = points === 1 ? 1 : at / (points - 1);
      const raw = kind.from + drift * share ** 2 + kind.noise * (noise(version, index, at) - 0.5);
      const value = noise(version, at) > 0.94 ? null : Math.round(Math.max(0, raw) * 10_000) / 10_000;
      return {
        at: new Date(lastDay - (points - 1 - at) * week).toISOString().replace('.000Z', 'Z'),
        value,
        threshold: kind.threshold,
        verdict: verdictOf(value, kind),
      };
    }),
  };
}

/** A series of weekly values held against a threshold. */
export function seriesWith(
  values: readonly (number | null)[],
  threshold: number | null = 0.2,
  badSide: 'high' | 'low' | null = 'high',
): HealthSeries {
  const kind = { ...(kinds[0] as Kind), threshold, badSide };
  return {
    signal: kind.signal,
    name: kind.name,
    method: kind.method,
    badSide,
    points: values.map((value, index) => ({
      at: new Date(lastDay - (values.length - 1 - index) * week).toISOString(),
      value,
      threshold,
      verdict: verdictOf(value, kind),
    })),
  };
}
