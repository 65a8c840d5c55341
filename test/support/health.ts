// A health report as a registry of some size would have it: a year of weekly reports that drift, with gaps, zombies and triggers.
import type {
  HealthDue,
  HealthOwner,
  HealthReport,
  HealthSeries,
  HealthVersion,
} from '../../src/lifecycle/health/report.js';
import { seriesOf } from './health-series.js';

/** How large a report is. */
export interface SampleSize {
  owners: number;
  versionsPerOwner: number;
  seriesPerVersion: number;
  /** Weekly points of each series. */
  points: number;
}

/** Some owners with some versions, as most registries have them. */
export const usual: SampleSize = { owners: 3, versionsPerOwner: 3, seriesPerVersion: 9, points: 52 };

const names = ['churn', 'fraud-scoring', 'support-summaries', 'demand', 'credit-limits', 'search-ranking'];

function versionOf(owner: number, index: number, size: SampleSize): HealthVersion {
  const number = owner * size.versionsPerOwner + index;
  const name = names[number % names.length] ?? 'model';
  const model = number < names.length ? name : `${name}-${Math.floor(number / names.length)}`;
  const version = `${1 + (number % 3)}.${number % 5}.0`;
  const address = `${model}@${version}`;
  const zombie = number % 4 === 0;
  const deprecated = number % 5 === 4;
  return {
    model,
    title: `${name.replace('-', ' ')} for the retail business, EU`,
    version,
    status: deprecated ? 'deprecated' : 'deployed',
    riskClass: number % 3 === 0 ? 'high' : 'limited',
    serving: [
      { env: 'production', trafficPct: deprecated ? 5 : 100, mirrorPct: 0 },
      ...(number % 2 === 0 ? [{ env: 'staging', trafficPct: 0, mirrorPct: 100 }] : []),
    ],
    deprecationTarget: zombie ? '2026-07-01' : '2027-03-31',
    lastReport: number % 7 === 6 ? null : '2026-10-31T06:00:00Z',
    triggers: [
      {
        type: 'drift-threshold',
        state: number % 3 === 0 ? 'fired' : 'quiet',
        message:
          number % 3 === 0
            ? 'psi tenure_months 0.3072 > 0.2 since 2026-09-26'
            : 'psi tenure_months 0.0581 < 0.2',
        response: 'start the retraining pipeline',
      },
      {
        type: 'metric-regression',
        state: 'quiet',
        message: 'accuracy 0.9412, at registration 0.943',
        response: 'start the retraining pipeline',
      },
      {
        type: 'data-accumulation',
        state: 'unmeasurable',
        message: 'no count of labelled examples was reported',
        response: 'scheduled retraining',
      },
    ],
    zombies: [
      ...(zombie
        ? [
            {
              model,
              version,
              kind: 'past-target' as const,
              message: `the deprecation target passed 122 days ago, and it still takes ${deprecated ? 5 : 100} % of production`,
              since: '2026-07-01',
              next: `mlc deprecate ${address} --successor ${model}@${1 + (number % 3)}.${(number % 5) + 1}.0 -m REASON`,
            },
          ]
        : []),
      ...(number % 7 === 6
        ? [
            {
              model,
              version,
              kind: 'unwatched' as const,
              message: 'no report in 43 days, weekly ones are expected',
              since: '2026-09-18',
              next: `mlc monitor ${address} --signal input-drift --report FILE`,
            },
          ]
        : []),
    ],
    series:
      number % 7 === 6
        ? []
        : Array.from({ length: size.seriesPerVersion }, (_, at) => seriesOf(number, at, size.points)),
  };
}

function dueOf({ model, version }: HealthVersion, index: number): HealthDue {
  const address = `${model}@${version}`;
  return index % 2 === 0
    ? {
        model,
        version,
        what: 'deprecation target',
        date: '2026-07-01',
        overdue: true,
        next: `mlc review ${address} --until DATE -m REASON`,
      }
    : {
        model,
        version: null,
        what: 'weekly input-drift report',
        date: '2026-11-07',
        overdue: false,
        next: `mlc monitor ${address} --signal input-drift --report FILE`,
      };
}

/** A report of a size; the same size is the same report. */
export function sampleReport(size: SampleSize = usual): HealthReport {
  const owners: HealthOwner[] = Array.from({ length: size.owners }, (_, owner) => {
    const versions = Array.from({ length: size.versionsPerOwner }, (_each, index) =>
      versionOf(owner, index, size),
    );
    return {
      owner:
        ['Payments ML <payments-ml@example.com>', 'Customer Care Analytics', ''][owner] ?? `Team ${owner}`,
      versions,
      due: versions.map(dueOf),
    };
  });
  const versions = owners.flatMap((owner) => owner.versions);
  return {
    registry: 'model-registry',
    commit: '5f1c0a9be3d24c7788aa10f2b6e4d9c3f0a1b2c3',
    generatedAt: '2026-11-01T06:00:00Z',
    from: '2026-10-01',
    to: '2026-10-31',
    totals: {
      models: new Set(versions.map(({ model }) => model)).size,
      versions: versions.length * 2,
      serving: versions.length,
      zombies: versions.flatMap(({ zombies }) => zombies).length,
      firedTriggers: versions.flatMap(({ triggers }) => triggers.filter(({ state }) => state === 'fired'))
        .length,
      overdue: owners.flatMap(({ due }) => due.filter(({ overdue }) => overdue)).length,
      openIncidents: 1,
    },
    owners,
  };
}

/** A report without anything in it. */
export function emptyReport(): HealthReport {
  return sampleReport({ owners: 0, versionsPerOwner: 0, seriesPerVersion: 0, points: 0 });
}

/** A report with one version that has these series. */
export function reportWith(...series: HealthSeries[]): HealthReport {
  const report = sampleReport({ owners: 1, versionsPerOwner: 1, seriesPerVersion: 0, points: 0 });
  for (const version of report.owners.flatMap(({ versions }) => versions)) version.series = series;
  return report;
}

/** The same data with every text in it replaced, whatever the field. */
export function withTexts<T>(data: T, replace: (text: string) => string): T {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return replace(value);
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(data) as T;
}
