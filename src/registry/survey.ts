// Surveys a registry as one commit has it: every model and version in a few words, and what could not be read.
import type { Problem } from '../lifecycle/problems.js';
import { modelFolder } from './paths.js';
import { surveyParts } from './part-surveys.js';
import type { Registry } from './registry.js';
import type { ModelSummary, VersionSummary } from './summaries.js';

/** A registry in a few words. */
export interface Survey {
  models: Map<string, ModelSummary>;
  /** By model, then newest first. */
  versions: VersionSummary[];
  /** Files that could not be read, which are left out above. */
  leftOut: { file: string; problems: Problem[] }[];
  /** Models that have monitoring reports. */
  watched: Set<string>;
}

/** Surveys the whole registry, or one model. */
export async function survey(
  registry: Registry,
  commit: string,
  model?: string,
  progress?: (done: number) => void,
): Promise<Survey> {
  const wanted = model === undefined ? undefined : modelFolder(model);
  const parts = await surveyParts(
    registry,
    commit,
    ({ relative }) => (wanted === undefined ? relative.startsWith('models') : relative === wanted),
    progress,
  );
  const sorted = parts.sort((a, b) => (a.id < b.id ? -1 : 1));
  const found = sorted.map((part) => part.survey);
  return {
    models: new Map(
      found.flatMap(({ model: summary }) => (summary ? [[summary.model, summary] as const] : [])),
    ),
    versions: found.flatMap((part) => part.versions),
    leftOut: found.flatMap((part) => part.leftOut),
    watched: new Set(sorted.flatMap((part) => (part.survey.watched ? [part.id] : []))),
  };
}
