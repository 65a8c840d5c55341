// Edits YAML text in place: only the lines of a change differ, whatever comments, order and quoting the rest has.
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
import { renderYaml } from './yaml-write.js';

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

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function insertLines(text: string, container: Node, lines: string): string {
  const at = lineEnd(text, contentEnd(container, text));
  return splice(text, at, at, `\n${lines}`);
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
  return renderYaml(value).trimEnd();
}

function isInline(value: unknown): boolean {
  return (
    (typeof value !== 'object' || value === null) && !(typeof value === 'string' && value.includes('\n'))
  );
}

function setInMap(text: string, map: YAMLMap, key: string, value: unknown): string {
  const indent = indentOf(map);
  const pair = pairOf(map, key);
  const lines = indented(renderYaml({ [key]: value }), indent);
  if (!pair) return insertLines(text, map, lines);
  const { value: old } = pair;
  const [start, end] = [old?.range?.[0] ?? 0, contentEnd(old, text)];
  if (isInline(value) && isScalar(old) && start < end && !text.slice(start, end).includes('\n')) {
    return splice(text, start, end, renderScalar(value, old));
  }
  const keyStart = pair.key.range?.[0] ?? 0;
  const keyEnd = (pair.key.range?.[1] ?? 0) + 1;
  return splice(text, keyStart, Math.max(keyEnd, end), lines.trimStart());
}

function appendToSeq(text: string, seq: YAMLSeq, value: unknown): string {
  return insertLines(text, seq, indented(renderYaml([value]), indentOf(seq)));
}

function setInSeq(text: string, seq: YAMLSeq, index: number, value: unknown): string {
  const item = seq.items[index] as Node | undefined;
  if (!item?.range) return text;
  const lines = indented(renderYaml([value]), indentOf(seq))
    .trimStart()
    .replace(/^- /, '');
  return splice(text, item.range[0], contentEnd(item, text), lines);
}

/** The node that a path leads to, and the deepest block collection on the way that text can be changed in. */
function locate(document: Document, path: Path): Node | null | undefined {
  return (path.length === 0 ? document.contents : document.getIn(path, true)) as Node | null | undefined;
}

/**
 * One edit. A collection in flow style, or one that is not there yet, is written anew with the change in it, and so
 * becomes an edit of the collection around it.
 */
function editOnce(text: string, edit: Edit): string {
  const document = parse(text);
  const node = locate(document, edit.path);
  if (edit.op === 'append') {
    if (isSeq(node) && !isFlow(node) && node.items.length > 0) return appendToSeq(text, node, edit.value);
    const present = isSeq(node) ? node.toJSON() : [];
    return editOnce(text, { op: 'set', path: edit.path, value: [...present, edit.value] });
  }
  const parentPath = edit.path.slice(0, -1);
  const key = edit.path.at(-1) as string | number;
  const parent = locate(document, parentPath);
  if (isMap(parent) && (!isFlow(parent) || parentPath.length === 0))
    return setInMap(text, parent, String(key), edit.value);
  if (isSeq(parent) && !isFlow(parent)) return setInSeq(text, parent, Number(key), edit.value);
  const present: unknown = isCollection(parent) ? parent.toJSON() : {};
  const changed = applyEdits({ value: present }, [
    { op: 'set', path: ['value', key], value: edit.value },
  ]).value;
  return editOnce(text, { op: 'set', path: parentPath, value: changed });
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

/**
 * Applies edits to the text of a record. What comes out is read again and held against the same edits on plain data, so
 * that an unusual layout costs at most the layout, never the meaning.
 *
 * @throws Error when neither way gives the data that the edits describe, which is a bug
 */
export function editYaml(text: string, edits: readonly Edit[]): string {
  const wanted: unknown = applyEdits(parse(text).toJS(), edits);
  for (const attempt of [() => edits.reduce(editOnce, text), () => editDocument(text, edits)]) {
    const edited = attempt();
    const document = parse(edited);
    if (document.errors.length === 0 && isDeepStrictEqual(document.toJS(), wanted))
      return edited.endsWith('\n') ? edited : `${edited}\n`;
  }
  throw new Error('an edit changed more than it should');
}
