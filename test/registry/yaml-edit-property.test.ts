// Random records in random layouts, edited at random: the data is what the edits say, and no comment is lost.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document, type ToStringOptions, isMap, isScalar, isSeq, parse, visit } from 'yaml';
import { type Edit, applyEdits } from '../../src/lifecycle/edits.js';
import { editYaml } from '../../src/registry/yaml-edit.js';

const seed = 20260302;
const key = fc.constantFrom('a', 'b', 'c', 'traffic_pct', 'version', 'long_key_name', 'x-y', 'k.1');
const words = [
  'plain',
  'two words',
  '1.10',
  'no',
  'null',
  '2026-01-01',
  '# no comment',
  'a: b',
  '- x',
  '"q"',
  "it's",
  'é',
  'line\nbreak\n',
  'one\n\ntwo',
  '',
];
const scalar = fc.oneof(
  fc.constantFrom(...words),
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(0.5, 1.25, 100),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const record = fc.dictionary(key, value, { minKeys: 1, maxKeys: 6, noNullPrototype: true });

interface Layout {
  options: ToStringOptions;
  flow: number;
  comments: number;
  final: boolean;
}

const layout: fc.Arbitrary<Layout> = fc.record({
  options: fc.record({
    indent: fc.constantFrom(2, 3, 4, 7),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 30),
    defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
    flowCollectionPadding: fc.boolean(),
  }),
  flow: fc.integer({ min: 0, max: 6 }),
  comments: fc.integer({ min: 1, max: 4 }),
  final: fc.boolean(),
});

/** The record as text, with some collections in flow style and comments here and there. */
function render(
  data: unknown,
  { options, flow, comments, final }: Layout,
): { text: string; notes: string[] } {
  const document = new Document(data, { aliasDuplicateObjects: false });
  const notes: string[] = [];
  let seen = 0;
  let inFlow = 0;
  const note = (): string => {
    notes.push(`note ${notes.length}`);
    return ` ${notes.at(-1)}`;
  };
  visit(document, {
    Collection: (_key, node, path) => {
      seen += 1;
      if (path.length > 2 && flow > 0 && seen % flow === 0) {
        node.flow = true;
        inFlow += 1;
      }
    },
    Pair: (_key, pair) => {
      seen += 1;
      if (inFlow > 0 || seen % comments !== 0) return;
      if (isScalar(pair.key)) pair.key.commentBefore = note();
      if (isScalar(pair.value) && !String(pair.value.value).includes('\n')) pair.value.comment = note();
    },
  });
  const text = document.toString(options);
  return { text: final ? text : text.replace(/\n$/, ''), notes };
}

/** An edit that the data allows: numbers choose the way down. */
function editOf(data: unknown, choices: readonly number[], add: boolean, to: unknown): Edit {
  const path: (string | number)[] = [];
  let node = data;
  for (const choice of choices) {
    if (Array.isArray(node) && node.length > 0) path.push(choice % node.length);
    else if (typeof node === 'object' && node !== null && !Array.isArray(node)) {
      const keys = [...Object.keys(node), 'added'];
      path.push(keys[choice % keys.length] as string);
    } else break;
    node = (node as Record<string | number, unknown>)[path.at(-1) as string];
  }
  return Array.isArray(node) && add ? { op: 'append', path, value: to } : { op: 'set', path, value: to };
}

const edit = fc.tuple(fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 4 }), fc.boolean(), value);

test('400 random records keep their meaning and their comments', async () => {
  await fc.assert(
    fc.asyncProperty(
      record,
      layout,
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      async (data, form, wishes) => {
        const { text, notes } = render(data, form);
        fc.pre(JSON.stringify(parse(text)) === JSON.stringify(data));
        const edits: Edit[] = [];
        let wanted: Record<string, unknown> = data;
        for (const [choices, add, to] of wishes) {
          edits.push(editOf(wanted, choices, add, to));
          wanted = applyEdits(wanted, edits.slice(-1));
        }
        const edited = await editYaml(text, edits);
        expect(parse(edited)).toEqual(wanted);
        expect(edited.endsWith('\n')).toBe(true);
        // A comment that stands inside of what an edit replaces goes with it.
        const replaces = edits.some(({ op, path }) => op === 'set' && isCollectionAt(data, path));
        if (!replaces) for (const note of notes) expect(edited).toMatch(new RegExp(`# ${note}$`, 'm'));
      },
    ),
    { numRuns: 400, seed },
  );
});

function isCollectionAt(data: unknown, path: readonly (string | number)[]): boolean {
  let node: unknown = data;
  for (const step of path) node = (node as Record<string | number, unknown> | undefined)?.[step];
  return typeof node === 'object' && node !== null;
}

test('an append to a plain list, and a new value for a key, leave every other line as it is', async () => {
  const plain = layout.map((form) => ({ ...form, flow: 0, final: true }));
  const entries = fc.dictionary(key, fc.constantFrom('x', 'y z', 1, true), {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  });
  await fc.assert(
    fc.asyncProperty(
      record,
      fc.array(entries, { minLength: 1, maxLength: 3 }),
      entries,
      plain,
      async (data, list, entry, form) => {
        const { text } = render({ ...data, history: list, status: 'old', end: 1 }, form);
        const edited = await editYaml(text, [
          { op: 'append', path: ['history'], value: entry },
          { op: 'set', path: ['status'], value: 'new' },
        ]);
        const [before, after] = [text.split('\n'), edited.split('\n')];
        const added = after.length - before.length;
        expect(added).toBe(Object.keys(entry).length);
        const kept = before.filter((line) => !/^["']?status/.test(line));
        let at = 0;
        for (const line of after) if (line === kept[at]) at += 1;
        expect(at).toBe(kept.length);
      },
    ),
    { numRuns: 150, seed },
  );
});

test('the layouts of this test do hold what it is about', () => {
  const { text, notes } = render(
    { a: { b: [1, { c: 2 }] }, d: 'x' },
    {
      options: { indent: 4 },
      flow: 0,
      comments: 1,
      final: true,
    },
  );
  expect(notes.length).toBeGreaterThan(2);
  const document = new Document(parse(text));
  expect(isMap(document.contents) && isSeq(document.getIn(['a', 'b']))).toBe(true);
});
