// mlc monitor --batch: a folder of reports, one commit each; one that is refused stops none of the others.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';
import { type ErrorAnswer, commits, copyOf, widest } from './support.js';
import { recording, samples, soon, watchedWorld, week } from './watch-scene.js';

let template: World;
beforeAll(async () => {
  template = await watchedWorld();
});

interface BatchAnswer {
  recorded: number;
  planned: number;
  unchanged: number;
  refused: number;
  reports: { file: string; outcome: string; commit: string | null; problems: { code: string }[] }[];
}

const value = (number: number): string =>
  JSON.stringify([{ feature: 'tenure', method: 'psi', value: number, threshold: 0.2 }]);

/** A folder with reports, by their paths in it. */
async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

const mixed = {
  'churn@1.0.0/cost.json': value(0.1),
  'churn@1.0.0/input-drift.json': value(0.31),
  'churn/1.0.0/latency.csv': 'feature,method,value,threshold\ntenure,psi,0.3,0.2\n',
  'churn@9.0.0/cost.json': value(0.1),
  'readme.md': 'not a report',
};
const batch = (folder: string, ...more: string[]): string[] => [
  'monitor',
  '--batch',
  folder,
  ...week,
  ...samples,
  ...more,
];

test('records what it can, names what it cannot, and says so by its exit code', async () => {
  const world = await copyOf(template);
  const before = commits(world);
  const { code, data } = await world.json<BatchAnswer>(batch(await folderOf(mixed)), soon);
  expect(code).toBe(1);
  expect(data).toMatchObject({ recorded: 3, planned: 0, unchanged: 0, refused: 1 });
  expect(data.reports.map(({ file, outcome }) => [file, outcome])).toEqual([
    ['churn/1.0.0/latency.csv', 'done'],
    ['churn@1.0.0/cost.json', 'done'],
    ['churn@1.0.0/input-drift.json', 'done'],
    ['churn@9.0.0/cost.json', 'refused'],
  ]);
  expect(data.reports.at(-1)?.problems.length).toBeGreaterThan(0);
  expect(commits(world)).toBe(before + 3);
  expect(world.git('status', '--porcelain')).toBe('');
});

test('one that is refused in the middle stops none of the others', async () => {
  const world = await copyOf(template);
  await world.ok(await recording(), soon);
  const { 'churn@9.0.0/cost.json': unknown, ...files } = mixed;
  expect(unknown).toBeDefined();
  const folder = await folderOf({ ...files, 'churn@1.0.0/output-drift.json': value(0.1) });
  const { data } = await world.json<BatchAnswer>(batch(folder), soon);
  expect(data.reports.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'refused', 'done']);
  expect(data.reports[2]?.problems).toMatchObject([{ code: 'monitor/window-taken' }]);
});

test('the same folder again changes nothing', async () => {
  const world = await copyOf(template);
  const folder = await folderOf({ 'churn@1.0.0/cost.json': value(0.1) });
  await world.ok(batch(folder), soon);
  const before = commits(world);
  expect((await world.json<BatchAnswer>(batch(folder), soon)).data).toMatchObject({
    unchanged: 1,
    recorded: 0,
  });
  expect(commits(world)).toBe(before);
});

test('a dry run commits nothing', async () => {
  const world = await copyOf(template);
  const before = commits(world);
  const folder = await folderOf({ 'churn@1.0.0/cost.json': value(0.1) });
  const { code, data } = await world.json<BatchAnswer>(batch(folder, '--dry-run'), soon);
  expect([code, data.planned]).toEqual([0, 1]);
  expect(commits(world)).toBe(before);
});

const fine = { 'churn@1.0.0/latency.json': value(0.1) };

test.each<[string, string, string, string, string | null, string]>([
  ['a file that is no JSON', 'churn@1.0.0/cost.json', '{', 'churn@1.0.0', 'cost', 'input/syntax'],
  ['a file that names no version', 'cost.json', value(0.1), '', null, 'monitor/folder'],
  ['a file that names no signal', 'churn@1.0.0/mood.json', value(0.1), 'churn@1.0.0', null, 'monitor/folder'],
  ['a file too deep down', 'a/b/c/cost.json', value(0.1), '', null, 'monitor/folder'],
])('%s is refused, and stops none of the others', async (_name, file, text, address, signal, problem) => {
  const world = await copyOf(template);
  const before = commits(world);
  const folder = await folderOf({ [file]: text, ...fine });
  const { code, data } = await world.json<BatchAnswer>(batch(folder), soon);
  expect([code, data.recorded, data.refused, commits(world)]).toEqual([1, 1, 1, before + 1]);
  expect(data.reports.find(({ outcome }) => outcome === 'refused')).toEqual({
    file,
    address,
    signal,
    outcome: 'refused',
    commit: null,
    breached: 0,
    problems: [expect.objectContaining({ code: problem })],
  });
  const shown = await world.mlc(batch(folder), { ...soon, terminal: 120 });
  expect(shown.code).toBe(1);
  expect(shown.stdout).toContain(file);
});

test('a folder with no report is refused', async () => {
  const world = await copyOf(template);
  const { code, data } = await world.json<ErrorAnswer>(batch(await folderOf({ 'readme.md': 'x' })), soon);
  expect([code, data.error.code]).toEqual([2, 'monitor/folder']);
});

test('a folder that is not there', async () => {
  expect((await template.mlc(batch('/nonexistent'), soon)).code).toBe(2);
});

test('a line each off a terminal, a table on it', async () => {
  const world = await copyOf(template);
  const folder = await folderOf(mixed);
  const piped = await world.mlc(batch(folder, '--dry-run'), soon);
  expect(piped.stdout.trim().split('\n')).toHaveLength(4);
  expect(piped.stdout.split('\n')[0]?.split('\t')[0]).toBe('churn@1.0.0');
  const shown = await world.mlc(batch(folder, '--dry-run'), { ...soon, terminal: 60 });
  expect(widest(shown.stdout)).toBeLessThanOrEqual(140);
  expect(shown.stdout).toContain('refused');
});
