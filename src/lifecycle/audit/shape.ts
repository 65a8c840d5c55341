// The shape of a commit's changes: what no legal commit does to a registry, whoever makes it.
import { collisionKey } from '../identifiers.js';
import { type Problem, problem } from '../problems.js';
import { type AuditedRole, type FileChange, type RegistryState, isLedgerRole } from './registry-state.js';

/** What people call the files that are kept for good; undefined for others. */
function keptForGood(role: AuditedRole): string | undefined {
  if (role.kind === 'version') return 'record';
  return isLedgerRole(role) ? role.kind : undefined;
}

function deleted(change: FileChange, all: readonly FileChange[]): Problem {
  const { role, before, path: file } = change;
  const copy = all.find(
    (other) =>
      other.before === undefined && other.after?.role.kind === role.kind && other.after.oid === before?.oid,
  );
  const kept = keptForGood(role);
  if (kept === undefined)
    return {
      ...problem(
        'file/deleted',
        'the file was deleted, and the registry needs it',
        `git checkout COMMIT~1 -- ${file}`,
      ),
      file,
    };
  const back = `bring it back: git checkout COMMIT~1 -- ${file}`;
  const found = copy
    ? problem('record/renamed', `the ${kept} was renamed to ${copy.path}; ${kept}s are never renamed`, back)
    : problem('record/deleted', `the ${kept} was deleted; ${kept}s are never deleted`, back);
  return { ...found, file };
}

/** Whether a file may go: an unknown one, whose going mends the registry. */
function mayGo(change: FileChange, before: RegistryState): boolean {
  const { role } = change;
  if (role.kind === 'unknown') return true;
  if (role.kind !== 'model' && role.kind !== 'gate') return false;
  // A model that never had a version was a mistake that nobody relied on.
  return (before.models.get(role.model)?.versions.size ?? 0) === 0;
}

function collisions(change: FileChange, all: readonly FileChange[], before: RegistryState): Problem[] {
  const { role, path: file } = change;
  if (role.kind === 'model' && !before.models.has(role.model)) {
    const added = all.flatMap((other) =>
      other.after && other.role.kind === 'model' ? [other.role.model] : [],
    );
    const other = [...before.models.keys(), ...added].find(
      (id) => id !== role.model && collisionKey(id) === collisionKey(role.model),
    );
    if (other === undefined) return [];
    const message = `"${role.model}" and "${other}" differ in nothing but ".", "_" and "-"`;
    return [{ ...problem('name/collision', message, 'choose another id'), file }];
  }
  if (role.kind !== 'version') return [];
  const versions = [...(before.models.get(role.model)?.versions.keys() ?? [])];
  const twin = versions.find((version) => version.toLowerCase() === role.version.toLowerCase());
  if (twin === undefined || twin === role.version) return [];
  const message = `${role.version} and ${twin} differ in nothing but case, and are one file on some disks`;
  return [{ ...problem('name/collision', message, 'register under another number'), file }];
}

/** Names that a change adds and that differ too little from others. */
export function collisionProblems(changes: readonly FileChange[], before: RegistryState): Problem[] {
  return changes
    .filter((change) => change.before === undefined && change.after !== undefined)
    .flatMap((change) => collisions(change, changes, before));
}

/** Reports and events are written once. */
function immutableProblems({ role, path: file, before, after }: FileChange): Problem[] {
  if (role.kind !== 'report' && role.kind !== 'event') return [];
  if (!before || !after || before.oid === after.oid) return [];
  return [
    {
      ...problem(
        'ledger/immutable',
        `the ${role.kind} was changed; a ${role.kind} is written once`,
        `put it back: git checkout COMMIT~1 -- ${file}`,
      ),
      file,
    },
  ];
}

/** What is wrong with the shape of a change, file by file. */
export function shapeProblems(changes: readonly FileChange[], before: RegistryState): Problem[] {
  const found = changes.flatMap((change) => {
    const { after } = change;
    if (!after) return mayGo(change, before) ? [] : [deleted(change, changes)];
    return [
      ...after.problems.map((problem) => ({ ...problem, file: change.path })),
      ...immutableProblems(change),
    ];
  });
  return [...found, ...collisionProblems(changes, before)];
}
