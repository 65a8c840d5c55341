// Long texts that nearly match a regular expression: a piece of a match, thousands of times, and then what does not fit.
import fc from 'fast-check';
import type { Found } from './regular-expressions.js';

const length = 12_000;
const classes: readonly (readonly [RegExp, string])[] = [
  [/\\s/, ' '],
  [/\\S|\[\^|\./, 'x'],
  [/\\d|0-9/, '1'],
  [/\\w|a-z/, 'a'],
  [/A-Z/, 'A'],
  [/\\t/, '\t'],
  [/\\r/, '\r'],
  [/\\n|\\s|\[\^/, '\n'],
  [/\\p|\\u/, '\u00e9'],
];

/** Characters that the expression speaks of. */
function charactersOf({ source }: Found): string[] {
  const plain = source.replace(/\\[a-zA-Z]/g, '').replace(/[\\^$|?*+(){}[\]]/g, '');
  const escaped = [...source.matchAll(/\\([^a-zA-Z0-9])/g)].map(([, character = '']) => character);
  const named = classes.filter(([sign]) => sign.test(source)).map(([, character]) => character);
  return [...new Set([...named, ...escaped, ...plain])].slice(0, 4);
}

/** Texts that match, as far as they can be made up. */
function matchesOf({ source, flags }: Found): string[] {
  try {
    const anchored = fc.stringMatching(new RegExp(source, flags.replace(/[gyd]/g, '')), { size: 'small' });
    return fc.sample(anchored, { seed: 7, numRuns: 3 }).map((text) => text.slice(0, 60));
  } catch {
    return [];
  }
}

function pumped(prefix: string, piece: string, suffix: string): string {
  return prefix + piece.repeat(Math.ceil(length / piece.length)) + suffix;
}

/** Attacks on one expression. */
export function attacksOn(found: Found): string[] {
  const characters = charactersOf(found);
  const pieces = characters.flatMap((first) => [
    first,
    ...characters.filter((other) => other !== first).map((second) => first + second),
  ]);
  const attacks = pieces.map((piece) => pumped('', piece, '\u0001'));
  for (const match of new Set(matchesOf(found)))
    for (let at = 0; at < match.length; at += 1 + Math.floor(match.length / 4))
      for (const size of [1, 3]) {
        const piece = match.slice(at, at + size);
        if (piece !== '') attacks.push(pumped(match.slice(0, at), piece, '\u0001'));
      }
  return attacks;
}
