// The health of a registry at a glance: totals, zombies, triggers that fired, and what is overdue.
import { escapeLine } from '../lifecycle/escape.js';
import {
  type Owned,
  addressOf,
  firedTriggers,
  latestOf,
  latestText,
  overdueItems,
  ownerName,
  seriesTitle,
  zombieWord,
  zombiesByUrgency,
} from '../lifecycle/health/reading.js';
import type {
  HealthReport,
  HealthSeries,
  HealthTrigger,
  HealthVersion,
  Zombie,
} from '../lifecycle/health/report.js';
import { count } from '../lifecycle/problems.js';
import { seriesSparkline } from './sparkline.js';
import type { Style } from './style.js';
import { table, wrap } from './table.js';

const mostShown = 50;
const mostSparklines = 3;
const sparklineWidth = 16;

function section(title: string, blocks: readonly string[], style: Style): string[] {
  if (blocks.length === 0) return [];
  const more = blocks.length - mostShown;
  return [
    '',
    style.strong(title),
    ...blocks.slice(0, mostShown),
    ...(more > 0 ? [style.quiet(`  and ${more} more: mlc health --json`)] : []),
  ];
}

function totalsLines({ registry, from, to, totals }: HealthReport, style: Style): string[] {
  const concerns = [
    [totals.zombies, count(totals.zombies, 'zombie')],
    [totals.firedTriggers, `${count(totals.firedTriggers, 'trigger')} fired`],
    [totals.overdue, `${totals.overdue} overdue`],
    [totals.openIncidents, count(totals.openIncidents, 'open incident')],
  ] as const;
  const found = concerns.filter(([amount]) => amount > 0).map(([, text]) => text);
  const size = `${count(totals.models, 'model')}, ${count(totals.versions, 'version')}, ${totals.serving} serving`;
  return [
    `${style.strong(escapeLine(registry))}  ${style.quiet(escapeLine(`${from} to ${to}`))}`,
    size,
    found.length === 0
      ? `${style.good('✓')} no zombies, no trigger fired, nothing overdue`
      : `${style.bad('✗')} ${found.join(', ')}`,
  ];
}

function zombieBlock({ owner, item }: Owned<Zombie>, style: Style): string {
  return [
    `  ${style.bad('✗')} ${style.strong(escapeLine(addressOf(item)))}  ${escapeLine(zombieWord(item.kind))}`,
    wrap(escapeLine(item.message), style, '    '),
    style.quiet(wrap(escapeLine(`${ownerName(owner)}, since ${item.since}`), style, '    ')),
    `    ${style.accent(escapeLine(item.next))}`,
  ].join('\n');
}

/** A series that is in breach now; its words go below where the terminal is too narrow. */
function breachLine(series: HealthSeries, style: Style): string {
  const [title, latest] = [seriesTitle(series), latestText(series)];
  const words = `${title} ${style.bad(latest)}`;
  const fits = 4 + sparklineWidth + 2 + style.columnsOf(`${title} ${latest}`) <= style.width;
  return `    ${seriesSparkline(series, sparklineWidth, style)}${fits ? '  ' : '\n    '}${words}`;
}

function breachLines({ series }: HealthVersion, style: Style): string[] {
  const breached = series.filter((one) => latestOf(one)?.verdict === 'breached');
  const more = breached.length - mostSparklines;
  return [
    ...breached.slice(0, mostSparklines).map((one) => breachLine(one, style)),
    ...(more > 0 ? [style.quiet(`    and ${more} more series`)] : []),
  ];
}

function triggerBlock({ owner, version, item }: Owned<HealthTrigger>, style: Style): string {
  return [
    `  ${style.bad('✗')} ${style.strong(escapeLine(addressOf(version)))}  ${escapeLine(item.type)}`,
    wrap(escapeLine(item.message), style, '    '),
    ...breachLines(version, style),
    style.quiet(wrap(escapeLine(ownerName(owner)), style, '    ')),
    wrap(escapeLine(`→ ${item.response}`), style, '    '),
  ].join('\n');
}

function overdueSection(report: HealthReport, style: Style): string[] {
  const items = overdueItems(report);
  if (items.length === 0) return [];
  const listed = table(
    items,
    [
      { title: 'DAY', value: ({ item }) => item.date ?? 'now', mark: (_row, inner) => inner.bad },
      { title: 'VERSION', value: ({ item }) => addressOf(item), mark: (_row, inner) => inner.strong },
      { title: 'WHAT', value: ({ item }) => item.what },
      { title: 'OWNER', value: ({ owner }) => ownerName(owner), yields: 2 },
      { title: 'NEXT', value: ({ item }) => item.next, yields: 1, mark: (_row, inner) => inner.accent },
    ],
    { ...style, width: style.width - 2 },
  );
  const [head = '', ...rows] = listed.split('\n').map((line) => `  ${line}`);
  const [, title = '', ...shown] = section('Overdue', rows, style);
  return ['', title, head, ...shown];
}

interface Line {
  kind: string;
  address: string;
  owner: string;
  since: string;
  message: string;
  next: string;
}

/** One line a finding, for programs. */
function lines(report: HealthReport): Line[] {
  return [
    ...zombiesByUrgency(report).map(({ owner, item }) => ({
      kind: `zombie/${item.kind}`,
      address: addressOf(item),
      owner,
      since: item.since,
      message: item.message,
      next: item.next,
    })),
    ...firedTriggers(report).map(({ owner, version, item }) => ({
      kind: `trigger/${item.type}`,
      address: addressOf(version),
      owner,
      since: '',
      message: item.message,
      next: item.response,
    })),
    ...overdueItems(report).map(({ owner, item }) => ({
      kind: 'overdue',
      address: addressOf(item),
      owner,
      since: item.date ?? '',
      message: item.what,
      next: item.next,
    })),
  ];
}

/**
 * What a person sees first. Off a terminal a line for each zombie, fired trigger and overdue item, separated by tabs: kind, address,
 * owner, since, message, next; what is not known is `-`.
 */
export function healthView(report: HealthReport, style: Style): string {
  if (!style.interactive) {
    const keys = ['kind', 'address', 'owner', 'since', 'message', 'next'] as const;
    return table(
      lines(report),
      keys.map((key) => ({ title: key, value: (line: Line) => line[key] || '-' })),
      style,
    );
  }
  const zombies = zombiesByUrgency(report).map((zombie) => zombieBlock(zombie, style));
  const fired = firedTriggers(report).map((trigger) => triggerBlock(trigger, style));
  return [
    ...totalsLines(report, style),
    ...section('Zombies', zombies, style),
    ...section('Triggers fired', fired, style),
    ...overdueSection(report, style),
  ].join('\n');
}
