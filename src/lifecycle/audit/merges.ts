// Judges merges: a merge takes each file from the side that changed it, and decides nothing of its own.
import { type Problem, problem } from '../problems.js';

/** What changed between two commits: mode and blob of each path, null where it went. */
export type ChangedPaths = ReadonlyMap<string, string | null>;

/** What both sides changed since they last were one. */
export interface SinceParting {
  theirs: ChangedPaths;
  ours: ChangedPaths;
}

/** One side that was merged. Where branches were merged into each other there are several commits that they parted from. */
export interface MergedSide {
  partings: readonly SinceParting[];
  /** Whether the sides have any commit in common. */
  related: boolean;
}

/** What a merge has to make of a file: leave it, take it from the other side, or give up. */
export type Wanted = { from: 'ours' } | { from: 'theirs'; blob: string | null } | { from: 'nobody' };

function wantedSince({ theirs, ours }: SinceParting, file: string): Wanted {
  const blob = theirs.get(file);
  if (blob === undefined || ours.get(file) === blob) return { from: 'ours' };
  return ours.has(file) ? { from: 'nobody' } : { from: 'theirs', blob };
}

/**
 * What one side asks for: what they parted from last tells it, and of several such commits any that tells it plainly.
 */
export function wantedBy(partings: readonly SinceParting[], file: string): Wanted {
  const wanted = partings.map((parting) => wantedSince(parting, file));
  return (
    wanted.find(({ from }) => from === 'ours') ??
    wanted.find(({ from }) => from === 'theirs') ?? { from: 'nobody' }
  );
}

function conflict(file: string, who: string): Problem {
  return {
    ...problem(
      'merge/conflict',
      `${who} changed the file, and records are never merged as text`,
      'rebase the branch, and make its transitions again on the newer records',
    ),
    file,
  };
}

function fileProblems(result: ChangedPaths, sides: readonly MergedSide[], file: string): Problem[] {
  const wanted = sides.map(({ partings }) => wantedBy(partings, file));
  if (wanted.some(({ from }) => from === 'nobody')) return [conflict(file, 'both sides of the merge')];
  const blobs = new Set(wanted.flatMap((entry) => (entry.from === 'theirs' ? [entry.blob] : [])));
  if (blobs.size > 1) return [conflict(file, 'several branches of the merge')];
  const [blob] = blobs;
  if (result.get(file) === blob) return [];
  if (result.has(file))
    return [
      {
        ...problem(
          'merge/evil',
          'the merge commit itself changes the file: neither branch has it so',
          'merge without editing records; a change is a transition of its own',
        ),
        file,
      },
    ];
  return [
    {
      ...problem(
        'merge/dropped',
        'the merge drops what the merged branch did to the file',
        'merge without "-s ours", so that no transition is lost',
      ),
      file,
    },
  ];
}

/**
 * What is wrong with a merge.
 *
 * @param result what the merge changes on its first parent
 */
export function mergeProblems(result: ChangedPaths, sides: readonly MergedSide[]): Problem[] {
  const theirs = sides.flatMap(({ partings }) => partings.flatMap((parting) => [...parting.theirs.keys()]));
  const files = new Set([...theirs, ...result.keys()]);
  const strangers = sides.some(
    ({ related, partings }) => !related && partings.some((parting) => parting.theirs.size > 0),
  );
  return [
    ...(strangers
      ? [
          problem(
            'merge/unrelated',
            "the merge brings in records with a history of its own, which nobody's rules were held to: it has no commit in common with this one",
            'take the records over on a branch of this history: register them, or import them where policy allows hand-written records',
          ),
        ]
      : []),
    ...[...files].flatMap((file) => fileProblems(result, sides, file)),
  ];
}
