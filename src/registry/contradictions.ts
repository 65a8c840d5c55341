// What the records of a registry contradict in each other.
import { collisionKey } from '../lifecycle/identifiers.js';
import { type Problem, problem } from '../lifecycle/problems.js';
import { liveTotal } from '../lifecycle/rollouts.js';
import type { CheckedFile, VersionSummary } from './summaries.js';

/** A version and the file that describes it. */
interface DescribedVersion {
  file: string;
  summary: VersionSummary;
}

type Versions = ReadonlyMap<string, DescribedVersion>;

/** Models whose names may be one on some disks, each with a file of its. */
export function nameCollisions(models: Iterable<readonly [id: string, file: string]>): Problem[] {
  const keys = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [id, file] of models) {
    const other = keys.get(collisionKey(id));
    if (other !== undefined)
      problems.push({
        ...problem(
          'name/collision',
          `"${id}" and "${other}" differ in nothing but ".", "_" and "-"`,
          'rename the newer one before it has versions',
        ),
        file,
      });
    keys.set(collisionKey(id), id);
  }
  return problems;
}

/** What the records of each model contradict in each other, where all of them were checked. */
export function contradictions(checked: ReadonlyMap<string, CheckedFile>): Problem[] {
  const models = new Map<
    string,
    { file: string; versions: Map<string, DescribedVersion>; described: boolean }
  >();
  for (const [file, { summary }] of checked) {
    if (!summary) continue;
    const model = models.get(summary.model) ?? { file, versions: new Map(), described: false };
    models.set(summary.model, model);
    if (summary.kind === 'model') Object.assign(model, { described: true, file });
    else model.versions.set(summary.version, { file, summary });
  }
  return [...models].flatMap(([id, { file, versions, described }]) => [
    ...(described || versions.size === 0
      ? []
      : [
          {
            ...problem(
              'model/none',
              `${id} has versions and no valid model.yaml`,
              `write models/${id}/model.yaml: mlc schema model`,
            ),
            file,
          },
        ]),
    ...splitProblems(versions),
    ...successorProblems(id, versions),
    ...caseProblems(versions),
  ]);
}

function splitProblems(versions: Versions): Problem[] {
  const splits = new Map<
    string,
    { file: string; version: string; trafficPct: number; mirrorPct: number }[]
  >();
  for (const { file, summary } of versions.values()) {
    for (const share of summary.serving)
      splits.set(share.env, [...(splits.get(share.env) ?? []), { ...share, version: summary.version, file }]);
  }
  return [...splits].flatMap(([env, shares]) => {
    const total = liveTotal(shares);
    const list = shares.map((share) => `${share.version} ${share.trafficPct} %`).join(', ');
    return total > 100
      ? [
          {
            ...problem(
              'deploy/over-100',
              `the live split of ${env} comes to ${total} %: ${list}`,
              'lower a share: mlc ramp',
            ),
            file: shares.at(-1)?.file ?? '',
          },
        ]
      : [];
  });
}

/** Two version files whose names differ in case alone are one file on some disks. */
function caseProblems(versions: Versions): Problem[] {
  const seen = new Map<string, string>();
  return [...versions].flatMap(([version, { file }]) => {
    const other = seen.get(version.toLowerCase());
    seen.set(version.toLowerCase(), version);
    if (other === undefined) return [];
    const message = `${version} and ${other} differ in nothing but case, and are one file on some disks`;
    return [{ ...problem('name/collision', message, 'register under another number'), file }];
  });
}

function successorProblems(id: string, versions: Versions): Problem[] {
  return [...versions.values()].flatMap(({ file, summary }) =>
    summary.successor !== null && !versions.has(summary.successor)
      ? [
          {
            ...problem(
              'deprecate/unknown-successor',
              `the successor ${summary.successor} is no version of ${id}`,
              `mlc list ${id}`,
            ),
            file,
          },
        ]
      : [],
  );
}
