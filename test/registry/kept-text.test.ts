// What mlc keeps for itself comes back as it was, or not at all: a byte that changed is as good as no cache.
import fc from 'fast-check';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptText, readKept } from '../../src/registry/kept-text.js';
import { now, servingWorld } from '../commands/stages.js';

test('what was kept comes back', () => {
  for (const data of [{}, { a: [1, 'é', null] }, { '0123 models/x.yaml': { problems: [] } }])
    expect(readKept(Buffer.from(keptText(data)))).toEqual(data);
});

test('any one byte changed, taken away or added, and it is gone', () => {
  const whole = Buffer.from(keptText({ entries: { a: { problems: [] } } }));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ change;
      // The last byte closes the text and is not looked at.
      expect(readKept(changed) === undefined || at === whole.length - 1).toBe(true);
      expect(readKept(whole.subarray(0, at))).toBeUndefined();
    }),
  );
  expect(readKept(Buffer.concat([whole, Buffer.from('}')]))).toBeUndefined();
});

test.each(['{"book":null}', '{"book":{"reports":{}},"problems":[]}', '5', '{"book":{},"problems":5}'])(
  'books of which somebody made %s are built again',
  async (entry) => {
    const world = await servingWorld();
    const before = await world.mlc(['due', '--json'], { at: now });
    const folder = path.join(world.folder, '.git/mlc/cache');
    const [name = ''] = (await readdir(folder)).filter((file) => file.startsWith('books-'));
    const kept = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as {
      kept: Record<string, unknown>;
    };
    for (const key of Object.keys(kept.kept)) kept.kept[key] = JSON.parse(entry);
    await writeFile(path.join(folder, name), JSON.stringify(kept));
    expect(await world.mlc(['due', '--json'], { at: now })).toEqual(before);
  },
);
