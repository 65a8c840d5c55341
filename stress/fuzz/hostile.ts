// Hostile texts and values: one of the odd words, or several, or far too much of one.
import { oneOf } from '../campaign.js';
import {
  hostileCharacters,
  hostileDates,
  hostileKeys,
  hostileNumbers,
  hostileTexts,
} from './hostile-words.js';
import { type Random, chance, whole } from './random.js';

/** A text of a length that few readers are made for. */
export function longText(random: Random): string {
  const unit = oneOf(random, [
    'a',
    '9',
    ' ',
    '\\',
    '"',
    '""',
    '-',
    '.',
    '@',
    '<',
    'a.',
    '\u00e9',
    '\u{1f600}',
    'ab\n',
    '0,',
  ]);
  return unit.repeat(Math.ceil(oneOf(random, [300, 5_000, 60_000, 70_000, 200_000]) / unit.length));
}

/** Any hostile text. */
export function hostileText(random: Random): string {
  if (chance(random, 0.04)) return longText(random);
  const list = oneOf(random, [
    hostileTexts,
    hostileTexts,
    hostileDates,
    hostileNumbers,
    hostileKeys,
    hostileCharacters,
  ]);
  const text = oneOf(random, list);
  if (chance(random, 0.15)) return `${text}${oneOf(random, hostileCharacters)}${oneOf(random, hostileTexts)}`;
  return text;
}

/** Any hostile value of data. */
export function hostileValue(random: Random): unknown {
  const value = whole(random, 0, 15);
  if (value < 6) return hostileText(random);
  return [
    null,
    true,
    false,
    oneOf(random, [0, -1, 1.5, 1e308, -1e-300, 2 ** 53 + 2, Number.MAX_SAFE_INTEGER, 101, 1e21]),
    [],
    {},
    [[[]]],
    { a: { b: [null] } },
    Array.from({ length: whole(random, 2, 400) }, (_, index) => index),
    nested(random, whole(random, 5, 60)),
  ][value - 6];
}

/** Lists and mappings inside of each other. */
export function nested(random: Random, depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level++) value = chance(random, 0.5) ? [value] : { k: value };
  return value;
}

/** Text as a process can be handed it: half a surrogate pair becomes a replacement character. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
