// Writes the plain YAML of most records, as the library would write it and without loading it, which costs a transition a
// quarter of its time. What is not surely written alike is left to the library: the answer is undefined, never a guess.
// A test holds the two against each other.
import { giveUp, notPlain } from './yaml-plain-value.js';

const simpleKey = /^[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/;
const wordOfYaml = /^(?:null|true|false)$/i;
// The constants of YAML's core schema as the library knows them: spelled otherwise they are text to it.
const coreConstant = /^(?:[nN]ull|NULL|[tT]rue|TRUE|[fF]alse|FALSE)$/;
/**
 * What is written in quotes though YAML 1.2 needs none: what begins with a digit, so that no tool with other rules reads
 * "1.10" or a date as a number, and the words that YAML 1.1 reads as truth values.
 */
export const readOtherwise = /^[\d.+-]|^(?:y|n|yes|no|on|off)$/i;
const bare = /^[A-Za-z_(<$^/][ -~\u00a1-\u024f]*$/;
// What means something else without quotes, where it stands behind a key or a dash.
const notBare = /^[,[\]{}#&*!|>%@`]|: | #|[ :]$/;
const quotable = /^[ !#-[\]-~\u00a1-\u024f]+$/;

function textOf(value: string): string {
  if (readOtherwise.test(value) || notBare.test(value) || coreConstant.test(value))
    return quotable.test(value) ? `"${value}"` : giveUp();
  return bare.test(value) && !wordOfYaml.test(value) ? value : giveUp();
}

function numberOf(value: number): string {
  const text = String(value);
  return /^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/.test(text) && !Object.is(value, -0) ? text : giveUp();
}

function isCollection(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  // A date, say, is an object too, and no mapping.
  const isPlain =
    Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);
  return isPlain || giveUp();
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'number') return numberOf(value);
  return typeof value === 'boolean' || value === null ? String(value) : giveUp();
}

/** A value behind its key, and the lines below. */
function entry(key: string, value: unknown): string[] {
  if (!simpleKey.test(key) || wordOfYaml.test(key)) giveUp();
  if (!isCollection(value)) return [`${key}: ${scalar(value)}`];
  const lines = block(value);
  return lines.length === 0
    ? [`${key}: ${Array.isArray(value) ? '[]' : '{}'}`]
    : [`${key}:`, ...lines.map((line) => `  ${line}`)];
}

function item(value: unknown): string[] {
  if (!isCollection(value)) return [`- ${scalar(value)}`];
  const [first = giveUp(), ...rest] = Array.isArray(value) ? giveUp() : block(value);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

function block(value: object): string[] {
  return Array.isArray(value)
    ? value.flatMap(item)
    : Object.entries(value).flatMap(([key, inner]) => entry(key, inner));
}

/** The lines of a value that is no scalar, or the one line of a scalar; undefined where the library has to write it. */
export function plainLines(value: unknown): string[] | undefined {
  try {
    return isCollection(value) ? block(value) : [scalar(value)];
  } catch (thrown) {
    if (thrown === notPlain) return undefined;
    throw thrown;
  }
}
