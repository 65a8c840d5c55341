// The export for an auditor: the whole population, a sample that the same seed draws again, nothing that drives a reader.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { type Scene, copyScene, later, record, registryWithPast } from './attack-world.js';

interface Line {
  type: string;
  operation?: string;
  version?: string;
  actor?: string;
  approved_by?: string[];
  evidence?: string[];
  commit?: string;
  transaction?: string;
  sampled?: boolean;
  files?: { path: string; sha256: string }[];
  code?: string;
}

let template: Scene;

beforeAll(async () => {
  template = await registryWithPast();
}, 60_000);

async function exported(
  scene: Scene,
  ...args: string[]
): Promise<{ code: number; lines: Line[]; document: string }> {
  const folder = path.join(await temporaryFolder(), 'made', 'here');
  const { code } = await scene.mlc(['audit', 'export', folder, ...args], { at: later });
  const text = await readFile(path.join(folder, 'transitions.jsonl'), 'utf8');
  return {
    code,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
    document: await readFile(path.join(folder, 'audit.md'), 'utf8'),
  };
}

describe('an export', () => {
  test('names for every transition who asked, who approved, on what evidence, in which commit', async () => {
    const { code, lines } = await exported(template);
    expect(code).toBe(0);
    const transitions = lines.filter(({ type }) => type === 'transition');
    expect(transitions.map(({ operation, version }) => `${operation} ${version}`)).toEqual([
      'register 1.0.0',
      'approve 1.0.0',
      'deploy 1.0.0',
      'register 1.1.0',
      'approve 1.1.0',
      'register 1.2.0',
      'hold 1.2.0',
    ]);
    expect(transitions[2]).toMatchObject({
      actor: 'Ada <ada@example.com>',
      approved_by: ['Grace <grace@example.com>'],
      commit: template.git('log', '--format=%H', '--grep', 'deploy(churn@1.0.0)'),
    });
    expect(transitions[0]?.evidence).toHaveLength(1);
  });

  test('holds the digest of every file, as an auditor computes it', async () => {
    const { lines } = await exported(template);
    for (const { commit = '', files = [] } of lines.filter(({ type }) => type === 'transition')) {
      for (const file of files) {
        const text = `${template.git('show', `${commit}:${file.path}`)}\n`;
        expect(createHash('sha256').update(text).digest('hex')).toBe(file.sha256);
      }
    }
  });

  test('draws the same sample by the same seed, in the order of history, and another by another', async () => {
    const sampled = async (seed: string): Promise<(string | undefined)[]> => {
      const { lines } = await exported(template, '--sample', '3', '--random-seed', seed);
      return lines.filter(({ sampled: drawn }) => drawn).map(({ transaction }) => transaction);
    };
    const [first, again] = [await sampled('7'), await sampled('7')];
    expect(first).toHaveLength(3);
    expect(again).toEqual(first);
    const others = await Promise.all(['1', '2', '3', '4'].map(sampled));
    expect(others.some((other) => other.join() !== first.join())).toBe(true);
    expect(
      (await exported(template, '--sample', '100')).lines.filter(({ sampled: drawn }) => drawn),
    ).toHaveLength(7);
  });

  test('tells what is wrong, with exit code 1', async () => {
    const scene = await copyScene(template);
    await scene.edit(record('1.0.0'), 'accuracy: 0.95', 'accuracy: 0.99');
    scene.commit('Correct a number', { at: later });
    const { code, lines, document } = await exported(scene);
    expect(code).toBe(1);
    expect(lines.filter(({ type }) => type === 'finding').map((line) => line.code)).toEqual([
      'record/altered',
    ]);
    expect(document).toContain('record/altered');
    expect(document).not.toContain('None: every change');
  });

  test('is plain text whatever a reason says', async () => {
    const scene = await copyScene(template);
    const reason = '<script>alert(1)</script> | [x](javascript:y) `code`';
    await scene.ok(['review', 'churn@1.0.0', '--until', '2027-01-01', '-m', reason], { at: later });
    const { document } = await exported(scene, '--sample', '100');
    expect(document).not.toContain('<script>');
    expect(document).not.toContain('](javascript');
    expect(document).toContain('&#60;script&#62;');
  });

  test('of what came after a revision', async () => {
    const { lines } = await exported(template, '--since', 'HEAD~2');
    expect(lines.filter(({ type }) => type === 'transition').map(({ version }) => version)).toEqual([
      '1.2.0',
      '1.2.0',
    ]);
  });

  test('refuses a place that cannot be written, and half a transition', async () => {
    expect((await template.mlc(['audit', 'export', 'mlc.yaml/below'], { at: later })).code).toBe(2);
    expect((await template.mlc(['audit', 'export', 'out', '--sample', '1.5'], { at: later })).code).toBe(2);
  });
});
