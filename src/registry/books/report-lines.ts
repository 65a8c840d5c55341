// Reads a monitoring report as mlc itself writes it, straight into what series take; anything else is left to the full check.
// A year of reports on a thousand models is two hundred thousand files: checked one by one they take minutes of a core.
// What this reader answers, the full check reads just so and finds nothing wrong with; a test holds the two together.
import type { Letter, SeriesReport } from '../../lifecycle/monitoring/series.js';
import { signals } from '../../lifecycle/monitoring/observation.js';
import { mostObservations } from '../../lifecycle/monitoring/fitting.js';
import { maximumBytes } from '../yaml-text.js';

// Words that no YAML reader takes for anything but text, on one line, without quotes or in double ones.
const letter =
  'A-Za-z\\u00c0-\\u024f\\u0370-\\u0377\\u0400-\\u04ff\\u3041-\\u3096\\u4e00-\\u9fff\\uac00-\\ud7a3';
const notWords = '(?!(?:null|Null|NULL|true|True|TRUE|false|False|FALSE)\\n)';
const word = (most: number): string =>
  `(?:${notWords}[${letter}](?:[${letter}0-9_.()/ -]{0,${most}}[${letter}0-9_.()/-])?|"[${letter}0-9_.()/ -]{1,${most}}")`;
const person = `[${letter}](?:[${letter}0-9_. '-]{0,120}[${letter}0-9_.'-])? <[A-Za-z0-9_.+@-]{1,120}>`;
const moment = '"(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z)"';
const decimal = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?';
const examples = '(0|[1-9][0-9]{0,14})';

const head = new RegExp(
  `(?:#[ -~]*\\n)?schema: mlc/report@1\\nmodel_id: (${notWords}[a-z][a-z0-9._-]*|"[a-z0-9._-]+")\\nversion: "([0-9][A-Za-z0-9.-]*)"\\n` +
    `signal: ([a-z-]+)\\nrecorded_at: ${moment}\\nrecorded_by: ${person}\\n` +
    `window:\\n {2}start: ${moment}\\n {2}end: ${moment}\\n` +
    `source:\\n {2}file: ${word(200)}\\n {2}sha256: "[0-9a-f]{64}"\\n {2}format: ${word(90)}\\n(?: {2}producer: ${word(150)}\\n)?` +
    `(?:samples:\\n(?= {2})(?: {2}reference: ${examples}\\n)?(?: {2}current: ${examples}\\n)?)?observations:\\n`,
  'y',
);
const entry = new RegExp(
  ` {2}- name: (${word(200)})\\n {4}method: (${word(90)})\\n {4}value: (?:null|(${decimal}))\\n` +
    `(?: {4}threshold: (${decimal})\\n)?(?: {4}verdict: (breached|within|unmeasured|unjudged)\\n)(?: {4}reason: ${word(200)}\\n)?`,
  'y',
);
const letters: Readonly<Record<string, Letter>> = {
  breached: 'b',
  within: 'w',
  unmeasured: 'u',
  unjudged: 'j',
};

const months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function startOf(day: string): number | undefined {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (months[month - 1] ?? 0);
  if (year < 1970 || date < 1 || date > days) return undefined;
  return Date.UTC(year, month - 1, date) / 1000;
}

// A year of reports names few days, and each of them often.
const startsOfDays = new Map<string, number | undefined>();
const mostDays = 20_000;

/** Seconds since 1970; undefined where there is no such moment. */
function secondsOf(timestamp: string): number | undefined {
  const day = timestamp.slice(0, 10);
  if (!startsOfDays.has(day)) {
    if (startsOfDays.size > mostDays) startsOfDays.clear();
    startsOfDays.set(day, startOf(day));
  }
  const start = startsOfDays.get(day);
  const [hour, minute, second] = [
    twoDigits(timestamp, 11),
    twoDigits(timestamp, 14),
    twoDigits(timestamp, 17),
  ];
  if (start === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  return start + hour * 3600 + minute * 60 + second;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

/** Whether a moment is the one of a file's name: `2026-03-08T00:00:00Z` and `20260308T000000Z`. */
function isNamed(stamp: string, timestamp: string): boolean {
  const [day, time] = [timestamp.slice(0, 10), timestamp.slice(11, 19)];
  return (
    stamp ===
    `${day.slice(0, 4)}${day.slice(5, 7)}${day.slice(8)}T${time.slice(0, 2)}${time.slice(3, 5)}${time.slice(6)}Z`
  );
}

/** A number as the full check reads it; undefined where it refuses it. */
function numberOf(text: string): number | undefined {
  const value = Number(text);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return undefined;
  return value;
}

const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1) : text);

function textOf(content: Buffer): string | undefined {
  const bytes = content.toString('latin1');
  if (!/[^\0-\x7f]/.test(bytes)) return bytes;
  const text = content.toString('utf8');
  return text.includes('\ufffd') ? undefined : text;
}

/** What a report says that stands where its path says; undefined where the full check has to look. */
export function readReportLines(
  content: Buffer,
  place: { model: string; version: string; stamp: string; signal: string },
): SeriesReport | undefined {
  if (content.length > maximumBytes) return undefined;
  const text = textOf(content);
  if (text === undefined) return undefined;
  head.lastIndex = 0;
  const found = head.exec(text);
  if (!found) return undefined;
  const [, model = '', version, signal, recordedAt = '', startsAt = '', endsAt = '', reference, current] =
    found;
  if (unquoted(model) !== place.model || version !== place.version || signal !== place.signal)
    return undefined;
  if (!isNamed(place.stamp, endsAt)) return undefined;
  const [recorded, start, end] = [secondsOf(recordedAt), secondsOf(startsAt), secondsOf(endsAt)];
  const known = signals.find((name) => name === signal);
  if (recorded === undefined || start === undefined || end === undefined || !known) return undefined;
  const observations: SeriesReport['observations'][number][] = [];
  for (entry.lastIndex = head.lastIndex; entry.lastIndex < text.length;) {
    const [whole, name = '', method = '', value, threshold, verdict = ''] = entry.exec(text) ?? [];
    if (whole === undefined || observations.length === mostObservations) return undefined;
    const measured = value === undefined ? null : numberOf(value);
    const limit = threshold === undefined ? null : numberOf(threshold);
    if (measured === undefined || limit === undefined) return undefined;
    observations.push({
      name: unquoted(name),
      method: unquoted(method),
      value: measured,
      threshold: limit,
      letter: letters[verdict] ?? 'j',
    });
  }
  if (observations.length === 0) return undefined;
  return {
    signal: known,
    end,
    recorded,
    reference: reference === undefined ? null : Number(reference),
    current: current === undefined ? null : Number(current),
    observations,
  };
}
