// The triggers of deployed versions: fired ones first, with the numbers, the rule and the response.
import { escapeLine } from '../lifecycle/escape.js';
import { count } from '../lifecycle/problems.js';
import type { TriggerVerdict } from '../lifecycle/triggers/trigger.js';
import type { Style } from './style.js';
import { wrap } from './table.js';

/** The triggers of one version. */
export interface TriggeredVersion {
  model: string;
  version: string;
  owner: string;
  triggers: TriggerVerdict[];
}

const marks: Readonly<Record<TriggerVerdict['state'], string>> = {
  fired: '✗',
  cooling: '~',
  answered: '=',
  unmeasurable: '?',
  quiet: '✓',
  disabled: '-',
};

function marked(state: TriggerVerdict['state'], style: Style): string {
  const tone = state === 'fired' ? style.bad : state === 'quiet' ? style.good : style.warn;
  return tone(marks[state]);
}

function worded(state: TriggerVerdict['state']): string {
  return state === 'unmeasurable' ? 'not measurable' : state;
}

function triggerLines(verdict: TriggerVerdict, style: Style): string[] {
  const { type, state, message, rule, response, action } = verdict;
  const head = `  ${marked(state, style)} ${style.strong(type)}  ${worded(state)}`;
  const lines = [head, wrap(escapeLine(message), style, '      ')];
  if (state !== 'fired') return lines;
  return [
    ...lines,
    wrap(style.quiet(`rule: ${escapeLine(rule)}`), style, '      '),
    wrap(`→ ${response}`, style, '      '),
    ...(action === null ? [] : [wrap(`  first: ${action}`, style, '      ')]),
  ];
}

function forPeople(versions: readonly TriggeredVersion[], all: 'all' | 'open', style: Style): string {
  const shown = versions
    .map((entry) => ({
      ...entry,
      triggers: entry.triggers.filter(
        ({ state }) => all === 'all' || state === 'fired' || state === 'cooling' || state === 'answered',
      ),
    }))
    .filter(({ triggers }) => triggers.length > 0);
  const blocks = shown.map(({ model, version, owner, triggers }) =>
    [
      `${style.strong(`${model}@${version}`)}  ${style.quiet(escapeLine(owner))}`,
      ...triggers.flatMap((verdict) => triggerLines(verdict, style)),
    ].join('\n'),
  );
  const of = (state: TriggerVerdict['state']): number =>
    versions.flatMap(({ triggers }) => triggers).filter((verdict) => verdict.state === state).length;
  const total = `${count(versions.length, 'deployed version')}: ${of('fired')} fired, ${of('answered')} answered, ${of('cooling')} cooling, ${of('quiet')} quiet, ${of('unmeasurable')} not measurable`;
  return [...blocks, style.quiet(total)].join('\n\n');
}

/** Triggers: `everything` is false where only those that ask for a decision are shown. */
export function triggersView(
  versions: readonly TriggeredVersion[],
  everything: boolean,
  style: Style,
): string {
  if (style.interactive) return forPeople(versions, everything ? 'all' : 'open', style);
  return versions
    .flatMap(({ model, version, triggers }) =>
      triggers.map(({ type, state, since, message, response, action }) =>
        [`${model}@${version}`, type, state, since ?? '', message, response, action ?? '']
          .map(escapeLine)
          .join('\t'),
      ),
    )
    .join('\n');
}
