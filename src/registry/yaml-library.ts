// Reads YAML through the library: any layout, every fault with its place. Loaded where the fast reader gives up.
import { type Document, type Node, type ParsedNode, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { escapeLine, unsafeCharacter } from '../lifecycle/escape.js';
import { parseYaml } from '../yaml-document.js';
import { checkDepth, fail, maximumDepth } from './yaml-text.js';

const maximumNodes = 5000;

const faults: Partial<Record<string, { code: string; hint: string }>> = {
  MULTIPLE_DOCS: {
    code: 'yaml/several-documents',
    hint: 'one file holds one record: delete the line --- and what follows',
  },
  DUPLICATE_KEY: { code: 'yaml/duplicate-key', hint: 'delete one of the two' },
  TAG_RESOLVE_FAILED: { code: 'yaml/tag', hint: 'delete the tag, and quote the value if it is text' },
};

function checkDocument(document: Document.Parsed, text: string): void {
  const directive = /^%/m.exec(text.slice(0, document.contents?.range[0] ?? 0));
  if (directive)
    fail(
      'yaml/directive',
      'directives (%YAML, %TAG) change what values mean',
      directive.index,
      'delete the line',
    );
  const error = document.errors[0] ?? document.warnings[0];
  if (error) {
    const [first = 'it cannot be parsed'] = error.message.split(/ at line |\n/);
    const { code, hint } = faults[error.code] ?? {
      code: 'yaml/syntax',
      hint: 'mend the line; mlc schema version shows records as they are written',
    };
    fail(code, `this is not valid YAML: ${first}`, error.pos[0], hint);
  }
  if (document.contents === null)
    fail('yaml/empty', 'the file is empty', 0, 'write a record, or delete the file');
  if (!isMap(document.contents)) {
    const message = 'the file has to hold one mapping of keys to values';
    fail('yaml/not-a-mapping', message, document.contents.range[0], 'begin with a key, as model_id: churn');
  }
}

interface Walk {
  nodes: number;
}

function offsetOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

function checkNode(node: ParsedNode): void {
  if (isAlias(node))
    fail(
      'yaml/alias',
      'an alias (*) stands for data written elsewhere; records are plain data',
      offsetOf(node),
      'write the value out',
    );
  if (node.anchor !== undefined)
    fail(
      'yaml/anchor',
      `an anchor (&${escapeLine(node.anchor)}) names data for reuse; records are plain data`,
      offsetOf(node),
      'delete the anchor',
    );
  if (node.tag !== undefined)
    fail(
      'yaml/tag',
      `a tag (${escapeLine(node.tag)}) changes what a value is; records are plain data`,
      offsetOf(node),
      'delete the tag, and quote the value if it is text',
    );
}

function scalarValue(node: ParsedNode): unknown {
  if (!isScalar(node)) return undefined;
  const { value } = node;
  if (typeof value === 'string') {
    const unsafe = unsafeCharacter(value);
    if (unsafe !== undefined)
      fail(
        'yaml/control-character',
        `the value holds the control character U+${unsafe.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
        offsetOf(node),
        'delete the escape',
      );
    return value;
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    fail(
      'yaml/not-finite',
      `${node.source ?? String(value)} is not a number that can be compared`,
      offsetOf(node),
      'write null where a value does not apply',
    );
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    fail(
      'yaml/number-too-large',
      `${node.source ?? String(value)} cannot be held exactly as a number`,
      offsetOf(node),
      'put it in quotes',
    );
  return value;
}

function toData(node: ParsedNode | null, depth: number, walk: Walk): unknown {
  if (node === null) return null;
  walk.nodes += 1;
  if (walk.nodes > maximumNodes)
    fail(
      'yaml/too-many-nodes',
      `the file has more than ${maximumNodes} values`,
      offsetOf(node),
      'keep large content elsewhere and record its URI and digest',
    );
  if (depth > maximumDepth)
    fail('yaml/too-deep', `values are nested more than ${maximumDepth} deep`, offsetOf(node));
  checkNode(node);
  if (isScalar(node)) return scalarValue(node);
  if (isSeq(node)) return node.items.map((item) => toData(item as ParsedNode | null, depth + 1, walk));
  if (!isMap(node)) return undefined;
  const data: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const pair of node.items) {
    const key = pair.key;
    checkNode(key);
    if (!isScalar(key) || typeof key.value !== 'string')
      fail(
        'yaml/key',
        `the key ${isScalar(key) ? (key.source ?? String(key.value)) : ''} is not text`,
        offsetOf(key),
        'put the key in quotes',
      );
    const name = key.value;
    if (name === '<<')
      fail(
        'yaml/merge-key',
        'a merge key (<<) copies data written elsewhere; records are plain data',
        offsetOf(key),
        'write the keys out',
      );
    if (name === '__proto__' || name === 'constructor' || name === 'prototype')
      fail('yaml/key', `"${name}" cannot be a key`, offsetOf(key), 'choose another name');
    if (unsafeCharacter(name) !== undefined)
      fail('yaml/control-character', 'the key holds a control character', offsetOf(key), 'delete the escape');
    const normal = name.normalize('NFC');
    if (seen.has(normal))
      fail(
        'yaml/duplicate-key',
        `the key "${escapeLine(name)}" stands twice in one mapping`,
        offsetOf(key),
        'delete one of the two',
      );
    seen.add(normal);
    data[name] = toData(pair.value, depth + 1, walk);
  }
  return data;
}

/** The data of a file. Throws YamlFault at the first thing that no record holds. */
export function readWithLibrary(text: string): Record<string, unknown> {
  checkDepth(text);
  const document = parseYaml(text);
  checkDocument(document, text);
  return toData(document.contents, 1, { nodes: 0 }) as Record<string, unknown>;
}
