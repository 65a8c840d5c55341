// An edit changes its own lines alone, whatever comments, order, quotes and layout the rest of a record has.
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Edit, append, applyEdits, set } from '../../src/lifecycle/edits.js';
import { editYaml } from '../../src/registry/yaml-edit.js';
import { handWritten } from './hand-written.js';

/** Edits, checks that the data is what the edits say, and answers the lines that went and those that came. */
async function changes(
  text: string,
  edits: readonly Edit[],
): Promise<{ gone: string[]; come: string[]; edited: string }> {
  const edited = await editYaml(text, edits);
  expect(parse(edited)).toEqual(applyEdits(parse(text) as object, edits));
  const [before, after] = [text.split('\n'), edited.split('\n')];
  let top = 0;
  while (top < before.length && before[top] === after[top]) top += 1;
  let bottom = 0;
  while (
    bottom < Math.min(before.length, after.length) - top &&
    before[before.length - 1 - bottom] === after[after.length - 1 - bottom]
  )
    bottom += 1;
  return {
    gone: before.slice(top, before.length - bottom),
    come: after.slice(top, after.length - bottom),
    edited,
  };
}

test('a scalar changes on its line, and the comment behind it stays', async () => {
  expect(await changes(handWritten, [set(['evaluation_results', 'accuracy'], 0.94)])).toMatchObject({
    gone: ['  accuracy: 0.93   # on the whole set'],
    come: ['  accuracy: 0.94   # on the whole set'],
  });
});

test('double quotes are kept, and what needs them gets them', async () => {
  expect(await changes('a: "x"   # c\nb: y\n', [set(['a'], 'z')])).toMatchObject({ come: ['a: "z"   # c'] });
  expect((await changes("a: 'x'\nb: y\n", [set(['a'], 'z')])).come).toHaveLength(1);
  expect(await changes('a: x\nb: y\n', [set(['a'], '1.10')])).toMatchObject({ come: ['a: "1.10"'] });
  expect((await changes('a: x\nb: y\n', [set(['a'], 'he said: "no" # really')])).gone).toEqual(['a: x']);
  expect(await changes('a: "x"\n', [set(['a'], null)])).toMatchObject({ come: ['a: null'] });
});

test('a new key comes to the end of its mapping', async () => {
  expect(await changes(handWritten, [set(['approval', 'reviews'], [{ by: 'x', at: 'then' }])])).toMatchObject(
    {
      gone: [],
      come: ['  reviews:', '    - by: x', '      at: then'],
    },
  );
  const { come, gone } = await changes(handWritten, [set(['status'], 'approved')]);
  expect({ come, gone }).toEqual({ gone: [], come: ['status: approved'] });
});

test('an entry is appended to a list below the ones that are there', async () => {
  const entry = { env: 'production', deployed_at: '2026-02-01T09:00:00Z', traffic_pct: 100 };
  expect(await changes(handWritten, [append(['deployment_history'], entry)])).toMatchObject({
    gone: [],
    come: ['  - env: production', '    deployed_at: "2026-02-01T09:00:00Z"', '    traffic_pct: 100'],
  });
});

test('what is odd about a file stays odd', async () => {
  const odd = [
    '# top',
    '',
    'z:     1      # far away',
    'list:',
    '- a   # no indent',
    '-   b',
    '',
    '# between',
    'map:',
    '       deep:   {x: 1, y: [1,2]}   # flow',
    '       text: |',
    '         first',
    '',
    '         second',
    "       other: 'single'",
    'folded: >-',
    '   one',
    '   two',
    '',
    '# the end',
    '',
  ].join('\n');
  const one = await changes(odd, [append(['list'], 'c')]);
  expect(one).toMatchObject({ gone: [], come: ['- c'] });
  expect(await changes(odd, [set(['z'], 2)])).toMatchObject({ come: ['z:     2      # far away'] });
  const other = await changes(odd, [set(['map', 'other'], 'x')]);
  expect(other.gone).toEqual(["       other: 'single'"]);
  expect(other.come).toHaveLength(1);
  const added = await changes(odd, [set(['map', 'more'], true)]);
  expect(added).toMatchObject({ gone: [], come: ['       more: true'] });
  const block = await changes(odd, [set(['map', 'text'], 'short')]);
  expect(block.gone.every((line) => /text|first|second|^$/.test(line))).toBe(true);
  for (const line of ['# top', '# between', '# the end', '- a   # no indent', '   two'])
    expect(block.edited.split('\n')).toContain(line);
});

test('flow collections are written anew, and nothing around them', async () => {
  const text = '# a\nhistory: []   # none yet\nmap: {}\nfull: {a: 1, b: [x]}\nend: 1 # e\n';
  expect((await changes(text, [append(['history'], { env: 'p' })])).edited).toContain('# a\nhistory:');
  const edited = (await changes(text, [append(['history'], { env: 'p' })])).edited;
  expect(edited).toContain('none yet');
  expect(edited).toContain('\nmap: {}\nfull: {a: 1, b: [x]}\nend: 1 # e\n');
  expect((await changes(text, [set(['map', 'k'], 'v')])).gone).toEqual(['map: {}']);
  expect((await changes(text, [set(['full', 'b'], ['y'])])).gone).toEqual(['full: {a: 1, b: [x]}']);
  expect((await changes(text, [set(['full', 'c', 'd'], 1)])).gone).toEqual(['full: {a: 1, b: [x]}']);
});

test('a list item that is a mapping changes in its place', async () => {
  expect(await changes(handWritten, [set(['deployment_history', 0, 'traffic_pct'], 0)])).toMatchObject({
    gone: ['    traffic_pct: 5'],
    come: ['    traffic_pct: 0'],
  });
  expect(await changes(handWritten, [set(['deployment_history', 0, 'reason'], 'why')])).toMatchObject({
    gone: [],
    come: ['    reason: why'],
  });
});

test('a value that was not there, a list and a mapping change places', async () => {
  expect(await changes('a:\nb: 1\n', [set(['a'], 'x')])).toMatchObject({ gone: ['a:'], come: ['a: x'] });
  expect((await changes('a: # nothing\nb: 1\n', [set(['a'], [1])])).edited).toContain('b: 1\n');
  expect((await changes('a: {b: {c: 1}}\n', [set(['a', 'b', 'c'], 2)])).edited).toMatch(/c: 2/);
  expect(await changes('a:\n  - 1\n  - 2\nb: x # k\n', [set(['a'], 'none')])).toMatchObject({
    come: ['a: none'],
  });
});

test('a last line without a line break gets one, and keeps its content', async () => {
  expect(await editYaml('a: 1\nb: 2', [set(['b'], 3)])).toBe('a: 1\nb: 3\n');
  expect(await editYaml('a: 1\nb:\n  - x', [append(['b'], 'z')])).toBe('a: 1\nb:\n  - x\n  - z\n');
  expect(await editYaml('a: 1\nb: 2 # c', [set(['c'], 3)])).toBe('a: 1\nb: 2 # c\nc: 3\n');
});

test('text over several lines, and text that looks like YAML, comes back as it was', async () => {
  for (const value of [
    'one\ntwo\n',
    'one\n\n  two',
    '- x',
    'a: b',
    '# no',
    '',
    ' ',
    '@',
    '{',
    '"',
    "'",
    'é😀',
    'no',
    '0777',
    '1e3',
    '~',
  ])
    await changes(handWritten, [set(['extensions'], { note: value }), set(['labels', 'x'], value)]);
});

test('many edits in one go are the same as one after another', async () => {
  const edits: Edit[] = [
    set(['status'], 'deployed'),
    append(['deployment_history'], { env: 'production', traffic_pct: 5 }),
    append(['holds'], { kind: 'legal' }),
    append(['holds'], { kind: 'incident' }),
    set(['holds', 0, 'released'], true),
    set(['approval', 'approved_by'], ['a', 'b']),
  ];
  const { edited } = await changes(handWritten, edits);
  let inTurn = handWritten;
  for (const edit of edits) inTurn = await editYaml(inTurn, [edit]);
  expect(inTurn).toBe(edited);
  expect(edited).toContain('# Written by hand.\n');
  expect(edited).toContain('accuracy: 0.93   # on the whole set\n');
});
