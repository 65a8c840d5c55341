// A part of a registry in few words, and in fewer for the cache: every key that a row repeats is read each time.
import type { Problem, Warning } from '../lifecycle/problems.js';
import type { ModelSummary, VersionSummary } from './summaries.js';

/** What a model's folder holds, reports apart: enough to list it, and to know that nothing in it is wrong. */
export interface PartSurvey {
  /** How many files were checked. */
  checked: number;
  /** What is wrong with single files. */
  problems: Problem[];
  /** What its records contradict in each other. */
  contradictions: Problem[];
  warnings: Warning[];
  /** Undefined where it could not be read. */
  model: ModelSummary | undefined;
  /** Newest first. */
  versions: VersionSummary[];
  /** Records that could not be read. */
  leftOut: { file: string; problems: Problem[] }[];
  /** Whether there are monitoring reports. */
  watched: boolean;
}

type Row = [
  version: string,
  status: VersionSummary['status'],
  change: VersionSummary['change'],
  registeredAt: string,
  target: string,
  riskClass: VersionSummary['riskClass'],
  holds: number,
  noticeEnds: string | null,
  successor: string | null,
  ...serving: [env: string, trafficPct: number, mirrorPct: number][],
];

/** A survey as the cache holds it, with the id of what was surveyed. */
export interface PackedSurvey {
  oid: string;
  checked: number;
  watched: boolean;
  model?: ModelSummary;
  rows: Row[];
  /** Left out where there is nothing to tell. */
  told?: Pick<PartSurvey, 'problems' | 'contradictions' | 'warnings' | 'leftOut'>;
}

/** Packs a survey of a folder or file of git. */
export function packSurvey(oid: string, survey: PartSurvey): PackedSurvey {
  const { checked, watched, model, problems, contradictions, warnings, leftOut } = survey;
  const rows = survey.versions.map((version): Row => [
    version.version,
    version.status,
    version.change,
    version.registeredAt,
    version.target,
    version.riskClass,
    version.holds,
    version.noticeEnds,
    version.successor,
    ...version.serving.map(({ env, trafficPct, mirrorPct }): [string, number, number] => [
      env,
      trafficPct,
      mirrorPct,
    ]),
  ]);
  const isQuiet = [problems, contradictions, warnings, leftOut].every((list) => list.length === 0);
  return {
    oid,
    checked,
    watched,
    ...(model ? { model } : {}),
    rows,
    ...(isQuiet ? {} : { told: { problems, contradictions, warnings, leftOut } }),
  };
}

/** Unpacks the survey of a model. */
export function unpackSurvey(id: string, packed: PackedSurvey): PartSurvey {
  const { checked, watched, model, rows, told } = packed;
  return {
    problems: [],
    contradictions: [],
    warnings: [],
    leftOut: [],
    ...told,
    checked,
    watched,
    model,
    versions: rows.map(
      ([
        version,
        status,
        change,
        registeredAt,
        target,
        riskClass,
        holds,
        noticeEnds,
        successor,
        ...serving
      ]) => ({
        kind: 'version',
        model: id,
        version,
        status,
        change,
        registeredAt,
        target,
        noticeEnds,
        successor,
        riskClass,
        holds,
        serving: serving.map(([env, trafficPct, mirrorPct]) => ({ env, trafficPct, mirrorPct })),
      }),
    ),
  };
}
