// Edits any YAML text in place, through the YAML library's document: comments, order and quoting of the rest stay.
import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml';
import { type Edit, applyEdits } from '../lifecycle/edits.js';
import { readPlain } from './yaml-plain.js';
import { renderWithLibrary } from './yaml-library-write.js';

type Path = readonly (string | number)[];

function parse(text: string): Document.Parsed {
  return parseDocument(text, { version: '1.2', schema: 'core', keepSourceTokens: true, uniqueKeys: false });
}

function indentOf(node: Node): number {
  const token = (node as { srcToken?: { indent?: number } }).srcToken;
  return token?.indent ?? 0;
}

function isFlow(node: Node): boolean {
  return (node as { flow?: boolean }).flow === true;
}

function indented(text: string, indent: number): string {
  const prefix = ' '.repeat(indent);
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? line : prefix + line))
    .join('\n');
}

/** The end of the last character that belongs to a node, without trailing comments and blank lines. */
function contentEnd(node: Node | null, text: string): number {
  if (isCollection(node) && !isFlow(node) && node.items.length > 0) {
    const last: unknown = node.items.at(-1);
    if (isSeq(node)) return contentEnd(last as Node | null, text);
    const pair = last as Pair<Node, Node | null>;
    const empty =
      pair.value === null || (isScalar(pair.value) && pair.value.range?.[0] === pair.value.range?.[1]);
    return empty ? (pair.key.range?.[1] ?? 0) + 1 : contentEnd(pair.value, text);
  }
  let end = node?.range?.[1] ?? 0;
  while (end > 0 && text[end - 1] === '\n') end -= 1;
  return end;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** A piece of text to put in the place of another. */
interface Splice {
  start: number;
  end: number;
  text: string;
}

function insertion(text: string, container: Node, lines: string): Splice {
  const at = lineEnd(text, contentEnd(container, text));
  return { start: at, end: at, text: `\n${lines}` };
}

function pairOf(map: YAMLMap, key: string | number): Pair<Node, Node | null> | undefined {
  return (map.items as Pair<Node, Node | null>[]).find(
    (pair) => isScalar(pair.key) && pair.key.value === key,
  );
}

/** Keeps the quotes that the old value had. */
function renderScalar(value: unknown, old: Node | null): string {
  const quoted = isScalar(old) && old.type === 'QUOTE_DOUBLE' && typeof value === 'string';
  if (quoted) return JSON.stringify(value);
  return renderWithLibrary(value).trimEnd();
}

function isInline(value: unknown): boolean {
  return (
    (typeof value !== 'object' || value === null) && !(typeof value === 'string' && value.includes('\n'))
  );
}

function setInMap(text: string, map: YAMLMap, key: string, value: unknown): Splice {
  const indent = indentOf(map);
  const pair = pairOf(map, key);
  const lines = indented(renderWithLibrary({ [key]: value }), indent);
  if (!pair) return insertion(text, map, lines);
  const { value: old } = pair;
  const [start, end] = [old?.range?.[0] ?? 0, contentEnd(old, text)];
  if (isInline(value) && isScalar(old) && start < end && !text.slice(start, end).includes('\n')) {
    return { start, end, text: renderScalar(value, old) };
  }
  const keyEnd = (pair.key.range?.[1] ?? 0) + 1;
  return { start: pair.key.range?.[0] ?? 0, end: Math.max(keyEnd, end), text: lines.trimStart() };
}

function setInSeq(text: string, seq: YAMLSeq, index: number, value: unknown): Splice | undefined {
  const item = seq.items[index] as Node | undefined;
  if (!item?.range) return undefined;
  const lines = indented(renderWithLibrary([value]), indentOf(seq))
    .trimStart()
    .replace(/^- /, '');
  return { start: item.range[0], end: contentEnd(item, text), text: lines };
}

function locate(document: Document, path: Path): Node | null | undefined {
  return (path.length === 0 ? document.contents : document.getIn(path, true)) as Node | null | undefined;
}

/**
 * Where one edit changes the text. A collection in flow style, or one that is not there yet, is written anew with the
 * change in it, and so becomes an edit of the collection around it.
 */
function spliceOf(document: Document, text: string, edit: Edit): Splice | undefined {
  const node = locate(document, edit.path);
  if (edit.op === 'append') {
    if (isSeq(node) && !isFlow(node) && node.items.length > 0) {
      return insertion(text, node, indented(renderWithLibrary([edit.value]), indentOf(node)));
    }
    const present = isSeq(node) ? node.toJSON() : [];
    return spliceOf(document, text, { op: 'set', path: edit.path, value: [...present, edit.value] });
  }
  const parentPath = edit.path.slice(0, -1);
  const key = edit.path.at(-1) as string | number;
  const parent = locate(document, parentPath);
  if (isMap(parent) && (!isFlow(parent) || parentPath.length === 0)) {
    return setInMap(text, parent, String(key), edit.value);
  }
  if (isSeq(parent) && !isFlow(parent)) return setInSeq(text, parent, Number(key), edit.value);
  const present: unknown = isCollection(parent) ? parent.toJSON() : {};
  const changed = applyEdits({ value: present }, [
    { op: 'set', path: ['value', key], value: edit.value },
  ]).value;
  return spliceOf(document, text, { op: 'set', path: parentPath, value: changed });
}

/** Applies splices from the end of the text to its beginning, so that no offset moves before it is used. */
function applySplices(text: string, splices: readonly (Splice | undefined)[]): string {
  const ordered = splices
    .flatMap((splice, index) => (splice ? [{ splice, index }] : []))
    .sort((a, b) => b.splice.start - a.splice.start || b.index - a.index);
  return ordered.reduce(
    (edited, { splice }) => edited.slice(0, splice.start) + splice.text + edited.slice(splice.end),
    text,
  );
}

/** All edits at once, by one reading of the text. */
function editTogether(text: string, edits: readonly Edit[]): string {
  const document = parse(text);
  return applySplices(
    text,
    edits.map((edit) => spliceOf(document, text, edit)),
  );
}

/** One edit after the other, for edits of one place. */
function editInTurn(text: string, edits: readonly Edit[]): string {
  return edits.reduce((edited, edit) => editTogether(edited, [edit]), text);
}

/** Edits through the library's document, which keeps comments and order but lays the file out anew. */
function editDocument(text: string, edits: readonly Edit[]): string {
  const document = parse(text);
  for (const edit of edits) {
    const present = locate(document, edit.path);
    if (edit.op === 'append' && isSeq(present)) present.add(document.createNode(edit.value));
    else document.setIn(edit.path, document.createNode(edit.op === 'append' ? [edit.value] : edit.value));
  }
  return document.toString({ lineWidth: 0 });
}

/** The data of a text; undefined where it is no YAML, or says one key twice. */
function dataOf(text: string): unknown {
  const plain = readPlain(text);
  if (plain) return plain;
  const document = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'error' });
  return document.errors.length === 0 ? document.toJS() : undefined;
}

/**
 * Applies edits to the text of a record. What comes out is read again and held against the same edits on plain data, so
 * that an unusual layout costs at most the layout, never the meaning.
 *
 * @throws Error when no way gives the data that the edits describe, which is a bug
 */
export function editWithLibrary(text: string, edits: readonly Edit[]): string {
  const wanted: unknown = applyEdits(dataOf(text), edits);
  for (const attempt of [editTogether, editInTurn, editDocument]) {
    const edited = attempt(text, edits);
    if (isDeepStrictEqual(dataOf(edited), wanted)) return edited.endsWith('\n') ? edited : `${edited}\n`;
  }
  throw new Error('an edit changed more than it should');
}
