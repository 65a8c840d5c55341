// What recording a folder of reports did, a line a report.
import { count } from '../lifecycle/problems.js';
import type { Problem } from '../lifecycle/problems.js';
import type { Style } from './style.js';
import { table } from './table.js';

interface Entry {
  file: string;
  address: string;
  signal: string;
  outcome: 'done' | 'planned' | 'unchanged' | 'refused';
  commit: string | null;
  breached: number;
  problems: readonly Problem[];
}

const words: Readonly<Record<Entry['outcome'], string>> = {
  done: 'recorded',
  planned: 'would be recorded',
  unchanged: 'already recorded',
  refused: 'refused',
};

/** A folder of reports. */
export function batchView(entries: readonly Entry[], style: Style): string {
  const rows = table(
    entries,
    [
      { title: 'version', value: ({ address }) => address },
      { title: 'signal', value: ({ signal }) => signal },
      {
        title: 'outcome',
        value: ({ outcome }) => words[outcome],
        mark: ({ outcome }, marks) => (outcome === 'refused' ? marks.bad : marks.good),
      },
      {
        title: 'breached',
        value: ({ breached }) => String(breached),
        mark: ({ breached }, marks) => (breached > 0 ? marks.bad : marks.quiet),
        align: 'right',
      },
      { title: 'commit', value: ({ commit }) => commit?.slice(0, 10) ?? '', yields: 2 },
      {
        title: 'why',
        value: ({ problems }) => problems.map(({ message }) => message).join('; '),
        yields: 1,
      },
    ],
    style,
  );
  if (!style.interactive) return rows;
  const refused = entries.filter(({ outcome }) => outcome === 'refused');
  const why = refused.flatMap(({ file, problems }) =>
    problems.map(
      ({ message, hint }) =>
        `  ${style.bad('✗')} ${file}: ${message}${hint ? `\n    ${style.quiet(hint)}` : ''}`,
    ),
  );
  const recorded = entries.filter(({ outcome }) => outcome === 'done').length;
  return [rows, ...why, `${count(recorded, 'report')} recorded, ${refused.length} refused`].join('\n');
}
