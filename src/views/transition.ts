// What a transition did, in a few lines.
import { escapeLine } from '../lifecycle/escape.js';
import type { Style } from './style.js';

interface Done {
  kind: 'done' | 'planned' | 'unchanged';
  commit: string | null;
  pushed: boolean;
  files: readonly string[];
}

interface Transition extends Done {
  model: string;
  version: string | null;
  from: string | null;
  to: string | null;
  subject: string;
  answer: Record<string, unknown>;
}

interface SplitEntry {
  version: string;
  traffic_pct: number;
  mirror_pct: number;
}

function landing(outcome: Done, style: Style): string {
  if (outcome.kind === 'planned') return style.warn('dry run: nothing was committed');
  return style.quiet(
    `commit ${outcome.commit?.slice(0, 10) ?? ''}${outcome.pushed ? ', pushed' : ''}, ${outcome.files.length === 1 ? '1 file' : `${outcome.files.length} files`}`,
  );
}

/** A split, one bar a version on a terminal. */
export function splitView(split: readonly SplitEntry[], style: Style): string {
  return split
    .map((share) => {
      const bar = style.interactive
        ? ` ${style.accent('█'.repeat(Math.round(share.traffic_pct / 5)))}${style.quiet('░'.repeat(20 - Math.round(share.traffic_pct / 5)))}`
        : '';
      const mirror = share.mirror_pct > 0 ? style.quiet(`  mirrors ${share.mirror_pct} %`) : '';
      return `  ${share.version.padEnd(10)} ${`${share.traffic_pct} %`.padStart(7)}${bar}${mirror}`;
    })
    .join('\n');
}

/** A transition. */
export function transitionView(outcome: Transition, style: Style): string {
  const { model, version, from, to } = outcome;
  const address = style.strong(version === null ? model : `${model}@${version}`);
  if (outcome.kind === 'unchanged')
    return `${style.good('=')} ${address} ${escapeLine(outcome.subject)}; nothing to do`;
  const change = from === to ? (to ?? '') : `${from ?? 'new'} → ${style.strong(to ?? '')}`;
  const mark = outcome.kind === 'planned' ? style.warn('would:') : style.good('✓');
  const lines = [`${mark} ${address}  ${change}`.trimEnd(), `  ${escapeLine(outcome.subject)}`];
  const { split, pattern_because: because } = outcome.answer as {
    split?: SplitEntry[];
    pattern_because?: string;
  };
  if (because) lines.push(`  pattern: ${because}`);
  if (split) lines.push(splitView(split, style));
  lines.push(`  ${landing(outcome, style)}`);
  if (outcome.kind === 'planned') lines.push(...outcome.files.map((file) => `  would write ${file}`));
  return lines.join('\n');
}

/** Something that was started. */
export function startView(what: string, outcome: Done, style: Style): string {
  if (outcome.kind === 'unchanged')
    return `${style.good('=')} ${escapeLine(what)} is there already; nothing to do`;
  return [
    `${outcome.kind === 'planned' ? style.warn('would:') : style.good('✓')} ${style.strong(escapeLine(what))}`,
    ...outcome.files.map((file) => `  ${file}`),
    `  ${landing(outcome, style)}`,
  ].join('\n');
}
