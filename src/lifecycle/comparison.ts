// What differs between two versions of a model.
import type { VersionRecord } from '../generated/types.js';
import { lineageDifferences } from './lineage.js';
import { flattenResults } from './results.js';

/** One metric of both versions. */
interface MetricDifference {
  metric: string;
  before: number | string | null;
  after: number | string | null;
  /** After less before; null where one is no number. */
  delta: number | null;
}

/** What differs between two versions. */
export interface Comparison {
  lineage: { field: string; before: string; after: string }[];
  metrics: MetricDifference[];
  artifacts: { kind: string; before: string | null; after: string | null }[];
}

function metricDifferences(a: VersionRecord, b: VersionRecord): MetricDifference[] {
  const [before, after] = [
    flattenResults(a.evaluation_results).metrics,
    flattenResults(b.evaluation_results).metrics,
  ];
  return [...new Set([...before.keys(), ...after.keys()])].map((metric) => {
    const [x, y] = [before.get(metric) ?? null, after.get(metric) ?? null];
    return {
      metric,
      before: x,
      after: y,
      delta: typeof x === 'number' && typeof y === 'number' ? y - x : null,
    };
  });
}

function artifactDifferences(a: VersionRecord, b: VersionRecord): Comparison['artifacts'] {
  const kinds = [
    ...new Set([...(a.artifacts ?? []), ...(b.artifacts ?? [])].map((artifact) => artifact.kind)),
  ];
  const digestsOf = (record: VersionRecord, kind: string): string =>
    (record.artifacts ?? [])
      .filter((artifact) => artifact.kind === kind)
      .map((artifact) => artifact.sha256.slice(0, 12))
      .sort()
      .join(', ');
  return kinds.flatMap((kind) => {
    const [before, after] = [digestsOf(a, kind), digestsOf(b, kind)];
    return before === after ? [] : [{ kind, before: before || null, after: after || null }];
  });
}

/** Compares two versions. */
export function compareVersions(a: VersionRecord, b: VersionRecord): Comparison {
  return {
    // Digests of weights are told with the other artifacts.
    lineage: lineageDifferences(a, b).filter((entry) => !entry.field.startsWith('artifacts')),
    metrics: metricDifferences(a, b),
    artifacts: artifactDifferences(a, b),
  };
}
