// What list and inventory share: the versions of a survey with their models' owners.
import { environmentNames } from '../lifecycle/policy.js';
import { didYouMean, nearest } from '../lifecycle/similarity.js';
import type { RegistryConfiguration } from '../generated/types.js';
import { Failure, refusal, usage } from '../errors.js';
import type { HealthSeries } from '../lifecycle/health/report.js';
import type { Survey } from '../registry/survey.js';
import type { ListedVersion } from '../views/list.js';

/** The drift series of a version that says most. */
export type DriftOf = (model: string, version: string) => HealthSeries | undefined;

/** The rows of a list. */
export function rowsOf(survey: Survey, drift?: DriftOf): ListedVersion[] {
  return survey.versions.map((summary) => {
    const { model, version, status, change, riskClass, registeredAt, target, noticeEnds, holds, serving } =
      summary;
    const owner = survey.models.get(model)?.owner ?? 'nobody';
    const row = { model, version, status, change, riskClass, owner, registeredAt, target, noticeEnds };
    return { ...row, holds, serving, drift: drift?.(model, version) };
  });
}

/** One row as `--json` has it. */
export function jsonOf(row: ListedVersion): Record<string, unknown> {
  return {
    model: row.model,
    version: row.version,
    status: row.status,
    change: row.change,
    eu_ai_act_risk_class: row.riskClass,
    owner: row.owner,
    registered_at: row.registeredAt,
    deprecation_target: row.target,
    notice_ends: row.noticeEnds,
    open_holds: row.holds,
    serving: row.serving.map((share) => ({
      env: share.env,
      traffic_pct: share.trafficPct,
      mirror_pct: share.mirrorPct,
    })),
    drift: row.drift
      ? {
          signal: row.drift.signal,
          name: row.drift.name,
          method: row.drift.method,
          value: row.drift.points.at(-1)?.value ?? null,
          threshold: row.drift.points.at(-1)?.threshold ?? null,
          verdict: row.drift.points.at(-1)?.verdict ?? 'unjudged',
          window_end: row.drift.points.at(-1)?.at ?? null,
        }
      : null,
  };
}

/** Refuses a model that a survey of the whole registry does not know. */
export function checkModel(survey: Survey, model: string, all: readonly string[]): void {
  if (survey.models.has(model) || survey.versions.length > 0) return;
  if (survey.leftOut.length > 0)
    throw refusal(
      'record/invalid',
      `no record of ${model} could be read`,
      'mlc validate',
      survey.leftOut.flatMap((file) => file.problems),
    );
  const close = nearest(model, all);
  throw usage(
    'model/unknown',
    `there is no model "${model}" in this registry`,
    close.length > 0 ? `did you mean ${close.join(' or ')}?` : 'mlc list',
  );
}

/** Refuses an environment that mlc.yaml does not list: an empty list would be a wrong answer. */
function checkEnvironment(env: string, config: RegistryConfiguration): void {
  const known = environmentNames(config);
  if (known.includes(env)) return;
  throw usage(
    'deploy/unknown-environment',
    `there is no environment "${env}" in mlc.yaml`,
    didYouMean(env, known),
  );
}

/**
 * The same where mlc.yaml may not be readable: what serves in the environment can be told all the same, beside what is
 * wrong with mlc.yaml. Where nothing serves there, nobody can tell whether there is such an environment.
 */
export async function environmentLeftOut(
  env: string,
  found: Survey,
  config: () => Promise<RegistryConfiguration>,
): Promise<Survey['leftOut']> {
  try {
    checkEnvironment(env, await config());
    return [];
  } catch (error) {
    const isServing = found.versions.some(({ serving }) => serving.some((share) => share.env === env));
    if (!isServing || !(error instanceof Failure) || error.code !== 'record/invalid') throw error;
    return [{ file: error.problems[0]?.file ?? '', problems: [...error.problems] }];
  }
}
