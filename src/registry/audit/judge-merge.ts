// Judges a merge commit: each file from the side that changed it, and the records of both sides fit together.
import { type Finding, finding } from '../../lifecycle/audit/findings.js';
import { mergeProblems } from '../../lifecycle/audit/merges.js';
import {
  type FileChange,
  type RegistryState,
  copyState,
  fileOf,
  modelOf,
  modelsOf,
  putFile,
  recordsOf,
} from '../../lifecycle/audit/registry-state.js';
import { collisionProblems } from '../../lifecycle/audit/shape.js';
import { splitProblems } from '../../lifecycle/audit/splits.js';
import type { Problem } from '../../lifecycle/problems.js';
import { type SourceCommit, changedPaths } from './source.js';

/** A file that comes from another side was changed when it was changed there. */
export function datedAsMerged(
  changes: readonly FileChange[],
  sides: readonly (RegistryState | undefined)[],
): FileChange[] {
  return changes.map((change) => {
    const { after } = change;
    const theirs = sides.flatMap((state) => (state ? (fileOf(state, change.role) ?? []) : []));
    const same = theirs.find((file) => file.oid === after?.oid);
    return same && after
      ? { ...change, after: { ...after, changed: same.changed, data: same.data } }
      : change;
  });
}

/** What the records of some models contradict in each other once changes are made. */
export function togetherProblems(before: RegistryState, changes: readonly FileChange[]): Problem[] {
  const after = copyState(before);
  for (const { role, after: file } of changes) putFile(after, role, file);
  const models = modelsOf(changes);
  return [
    ...models.flatMap((model) => splitProblems(model, recordsOf(modelOf(after, model)))),
    ...collisionProblems(changes, before),
  ];
}

/** Files that cannot be read as the merge leaves them, where no side says that they are so. */
function unreadable(changes: readonly FileChange[]): Problem[] {
  return changes.flatMap(({ path: file, after }) =>
    (after?.problems ?? []).map((found) => ({ ...found, file })),
  );
}

/** What is wrong with a merge. */
export function mergeFindings(
  { commit, changes: result, sides }: SourceCommit,
  changes: readonly FileChange[],
  before: RegistryState,
): Finding[] {
  const problems = [
    ...mergeProblems(changedPaths(result), sides),
    ...unreadable(changes),
    ...togetherProblems(before, changes),
  ];
  return problems.map((found) => finding(commit.id, found));
}
