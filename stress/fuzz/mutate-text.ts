// Mutations of text by its lines, keys and values: what a grammar notices, whichever grammar it is.
import { oneOf } from '../campaign.js';
import {
  hostileCharacters,
  hostileDates,
  hostileKeys,
  hostileNumbers,
  hostileYaml,
} from './hostile-words.js';
import { hostileText, longText } from './hostile.js';
import type { Mutation } from './mutate-bytes.js';
import { type Random, whole } from './random.js';

type TextMutation = (random: Random, text: string) => string;

/** Bytes that are no text come back as they are read: that is a mutation too. */
function ofText(change: TextMutation): Mutation {
  return (random, bytes) => Buffer.from(change(random, bytes.toString('utf8')), 'utf8');
}

function ofLines(change: (random: Random, lines: string[], at: number) => void): Mutation {
  return ofText((random, text) => {
    const lines = text.split('\n');
    change(random, lines, whole(random, 0, lines.length - 1));
    return lines.join('\n');
  });
}

function inserted(random: Random, text: string, piece: string): string {
  const at = whole(random, 0, text.length);
  return text.slice(0, at) + piece + text.slice(at);
}

// These patterns take time with the square of a long word, which other mutations make.
const longestSearch = 4_000;

/** Replaces any one match. */
function replacedOne(random: Random, text: string, pattern: RegExp, by: (match: string) => string): string {
  if (text.length > longestSearch) {
    const from = whole(random, 0, text.length - longestSearch);
    const to = from + longestSearch;
    return text.slice(0, from) + replacedOne(random, text.slice(from, to), pattern, by) + text.slice(to);
  }
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return inserted(random, text, by(''));
  const match = oneOf(random, found);
  return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
}

const doubleLine = ofLines((random, lines, at) => {
  const copies = oneOf(random, [1, 1, 2, 50]);
  lines.splice(at, 0, ...Array.from({ length: copies }, () => lines[at] ?? ''));
});
const dropLine = ofLines((_random, lines, at) => lines.splice(at, 1));
const swapLines = ofLines((random, lines, at) => {
  const other = whole(random, 0, lines.length - 1);
  [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
});
const indentLine = ofLines((random, lines, at) => {
  lines[at] = oneOf(random, [' ', '  ', '\t', '      ', ' \t', '\u00a0']) + (lines[at] ?? '');
});
const outdentLine = ofLines((_random, lines, at) => (lines[at] = (lines[at] ?? '').trimStart()));

const lineEnds: TextMutation = (random, text) =>
  text.replaceAll('\n', oneOf(random, ['\r\n', '\r', '\u0085', '\u2028', '\n\n']));
const byteOrderMark: TextMutation = (random, text) =>
  random() < 0.7 ? `\ufeff${text}` : inserted(random, text, '\ufeff');
const character: TextMutation = (random, text) => inserted(random, text, oneOf(random, hostileCharacters));
const yamlPiece: TextMutation = (random, text) => inserted(random, text, oneOf(random, hostileYaml));

const renameKey: TextMutation = (random, text) =>
  replacedOne(random, text, /[\w-]+(?="?\s*:)/g, (key) =>
    random() < 0.5
      ? oneOf(random, hostileKeys)
      : inserted(random, key, oneOf(random, ['_', 's', ' ', '-', '"', 'é'])),
  );

const replaceValue: TextMutation = (random, text) =>
  replacedOne(random, text, /(?<=[:,[-] *"?)[^\s:,"[\]{}]+/g, () => hostileText(random));
const replaceNumber: TextMutation = (random, text) =>
  replacedOne(random, text, /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g, () => oneOf(random, hostileNumbers));
const replaceDate: TextMutation = (random, text) =>
  replacedOne(random, text, /\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?/g, () => oneOf(random, hostileDates));
const longValue: TextMutation = (random, text) =>
  replacedOne(random, text, /(?<=[:,[-] *"?)[^\s:,"[\]{}]+/g, () => longText(random));

/** Nesting of every kind, far deeper than any record. */
const deep: TextMutation = (random, text) => {
  const depth = oneOf(random, [20, 33, 64, 400, 5_000, 30_000]);
  const opening = oneOf(random, [
    '[',
    '{',
    '{a: ',
    '- ',
    '? ',
    '[\n',
    '{"a":',
    '[[],',
    '(',
    '"[',
    '&a [',
    '!t [',
  ]);
  const closing = oneOf(random, ['', ']'.repeat(depth), '}'.repeat(depth)]);
  return inserted(random, text, opening.repeat(depth) + closing);
};

const indented: TextMutation = (random, text) => {
  const depth = oneOf(random, [30, 40, 300]);
  const word = oneOf(random, ['k:', '-', '?', 'k: |']);
  const lines = Array.from({ length: depth }, (_, level) => ' '.repeat(level) + word);
  return `${text}\nx:\n${lines.map((line) => ` ${line}`).join('\n')}\n`;
};

/** So many keys, lines or items that whatever compares each with each takes its time. */
const many: TextMutation = (random, text) => {
  const unit = oneOf(random, [
    'k#: 1\n',
    '"k#": 1,\n',
    '- #\n',
    '#,#\n',
    '# x\n',
    'k#: &a# 1\n',
    'k#: *a\n',
    '{"a": #}\n',
  ]);
  const times = oneOf(random, [300, 4_000, 6_000, 20_000]);
  const piece = Array.from({ length: times }, (_, index) => unit.replaceAll('#', String(index))).join('');
  return random() < 0.5 ? text + piece : inserted(random, text, piece);
};

/** Mutations of text, by weight. */
export const textMutations: readonly { name: string; weight: number; mutate: Mutation }[] = [
  { name: 'double-line', weight: 6, mutate: doubleLine },
  { name: 'drop-line', weight: 6, mutate: dropLine },
  { name: 'swap-lines', weight: 4, mutate: swapLines },
  { name: 'indent', weight: 4, mutate: indentLine },
  { name: 'outdent', weight: 3, mutate: outdentLine },
  { name: 'line-ends', weight: 1, mutate: ofText(lineEnds) },
  { name: 'byte-order-mark', weight: 1, mutate: ofText(byteOrderMark) },
  { name: 'character', weight: 6, mutate: ofText(character) },
  { name: 'yaml-piece', weight: 10, mutate: ofText(yamlPiece) },
  { name: 'rename-key', weight: 8, mutate: ofText(renameKey) },
  { name: 'replace-value', weight: 12, mutate: ofText(replaceValue) },
  { name: 'replace-number', weight: 8, mutate: ofText(replaceNumber) },
  { name: 'replace-date', weight: 6, mutate: ofText(replaceDate) },
  { name: 'long-value', weight: 1.5, mutate: ofText(longValue) },
  { name: 'deep', weight: 1.5, mutate: ofText(deep) },
  { name: 'indented', weight: 0.5, mutate: ofText(indented) },
  { name: 'many', weight: 1.5, mutate: ofText(many) },
];
