// What is due, most urgent first.
import type { AgendaItem } from '../lifecycle/health/agenda.js';
import { count } from '../lifecycle/problems.js';
import type { Style } from './style.js';
import { table } from './table.js';

function addressOf({ model, version }: AgendaItem): string {
  return version === null ? model : `${model}@${version}`;
}

function when({ date, days, overdue }: AgendaItem): string {
  if (date === null || days === null) return overdue ? 'overdue' : 'open';
  if (days === 0) return 'today';
  return days < 0 ? `${count(-days, 'day')} ago` : `in ${count(days, 'day')}`;
}

/** The agenda. */
export function agendaView(items: readonly AgendaItem[], within: number, style: Style): string {
  if (!style.interactive)
    return table(
      items,
      [
        { title: 'kind', value: ({ kind }) => kind },
        { title: 'about', value: addressOf },
        { title: 'date', value: ({ date }) => date ?? '' },
        { title: 'days', value: ({ days }) => String(days ?? '') },
        { title: 'what', value: ({ what }) => what },
        { title: 'owner', value: ({ owner }) => owner },
        { title: 'next', value: ({ next }) => next },
      ],
      style,
    );
  if (items.length === 0) return style.good(`nothing is due within ${count(within, 'day')}`);
  const rows = table(
    items,
    [
      {
        title: 'when',
        value: when,
        mark: ({ overdue }, marks) => (overdue ? marks.bad : marks.warn),
      },
      { title: 'about', value: addressOf, mark: (_, marks) => marks.strong },
      { title: 'what', value: ({ what }) => what },
      { title: 'owner', value: ({ owner }) => owner, yields: 1 },
    ],
    style,
  );
  const overdue = items.filter((item) => item.overdue).length;
  const [first] = items;
  return [
    rows,
    '',
    style.quiet(`${count(items.length, 'item')}, ${overdue} overdue; first: ${first?.next ?? ''}`),
  ].join('\n');
}
