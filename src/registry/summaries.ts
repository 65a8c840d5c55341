// What lists and checks need to know of a file, small enough to keep for every file of a large registry.
import type { Model, VersionRecord } from '../generated/types.js';
import type { Problem, Warning } from '../lifecycle/problems.js';
import type { RiskClass } from '../lifecycle/policy.js';
import { currentShares, isServing } from '../lifecycle/rollouts.js';
import { type Status, openHolds, statusOf } from '../lifecycle/stages.js';
import { type ChangeType, changeTypeOf } from '../lifecycle/versions.js';
import { type FileRole } from './paths.js';
import { type ReadRecord, type RecordKind, readRecord } from './read-record.js';
import { secretWarnings } from './secret-warnings.js';
import { maximumBytes } from './yaml-text.js';

/** A version in a few words. */
export interface VersionSummary {
  kind: 'version';
  model: string;
  version: string;
  status: Status;
  change: ChangeType;
  registeredAt: string;
  target: string;
  noticeEnds: string | null;
  successor: string | null;
  riskClass: RiskClass;
  holds: number;
  serving: { env: string; trafficPct: number; mirrorPct: number }[];
}

/** A model in a few words. */
export interface ModelSummary {
  kind: 'model';
  model: string;
  title: string;
  owner: string;
  riskClass: RiskClass;
}

/** A file that was checked. */
export interface CheckedFile {
  problems: Problem[];
  /** What looks like a secret in it; left out where nothing does. */
  warnings?: Warning[];
  /** There where the file could be read. */
  summary?: VersionSummary | ModelSummary;
}

function summarizeVersion(record: VersionRecord): VersionSummary {
  const running =
    record.deprecation && record.deprecation.reinstated === undefined ? record.deprecation : undefined;
  return {
    kind: 'version',
    model: record.model_id,
    version: record.version,
    status: statusOf(record),
    change: changeTypeOf(record),
    registeredAt: record.registered_at,
    target: record.deprecation_target,
    noticeEnds: running?.notice_ends ?? null,
    successor: running?.successor ?? null,
    riskClass: record.compliance.eu_ai_act_risk_class,
    holds: openHolds(record).length,
    serving: [...currentShares(record)]
      .filter(([, entry]) => isServing(entry))
      .map(([env, entry]) => ({ env, trafficPct: entry.traffic_pct, mirrorPct: entry.mirror_pct ?? 0 })),
  };
}

function summarizeModel(model: Model): ModelSummary {
  return {
    kind: 'model',
    model: model.model_id,
    title: model.title,
    owner: model.owner,
    riskClass: model.eu_ai_act_risk_class,
  };
}

/** What a file that was read says, in a few words. */
function checkedFile(role: FileRole, { data, problems }: ReadRecord<RecordKind>): CheckedFile {
  if (data === undefined) return { problems };
  if (role.kind === 'version') return { problems, summary: summarizeVersion(data as VersionRecord) };
  if (role.kind === 'model') return { problems, summary: summarizeModel(data as Model) };
  return { problems };
}

/** Reads, checks and summarizes one file. */
export async function checkContent(role: FileRole, content: Buffer, file: string): Promise<CheckedFile> {
  if (role.kind === 'unknown')
    return {
      problems: [{ code: 'path/unknown', message: role.reason, file, hint: 'move the file out of models/' }],
    };
  if (role.kind === 'other') return { problems: [] };
  const read = await readRecord(role.kind, role, content, file);
  const isRead = read.text !== '';
  const text = isRead ? read.text : content.length > maximumBytes ? '' : content.toString('utf8');
  const warnings = await secretWarnings({ text, file, isRead });
  const checked = checkedFile(role, read);
  return warnings.length === 0 ? checked : { ...checked, warnings };
}
