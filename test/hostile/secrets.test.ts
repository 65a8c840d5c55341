// What looks like a secret is warned about by its place alone, refused where it is a private key, and nothing else is.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ErrorAnswer, commits, copyOf } from '../commands/support.js';
import { now, servingWorld } from '../commands/stages.js';
import { lineOf, withText } from '../registry/hand-written.js';
import type { World } from '../support/world.js';
import { fakeSecrets, scrambled } from './fake-secrets.js';

interface Validation {
  valid: boolean;
  problems: { code: string; quoted?: string }[];
  warnings: { code: string; message: string; hint: string; file: string; line: number; path?: string }[];
}

let base: World;
let world: World;
beforeAll(async () => {
  base = await servingWorld();
  world = await copyOf(base);
});

const record = 'models/churn/versions/9.0.0.yaml';
const inRecord = withText('version: "1.0.0"', 'version: "9.0.0"');

describe('each form', () => {
  test.each(fakeSecrets)('%s: %s', async (kind, _name, secret) => {
    const text = `${inRecord}labels:\n  note: ${JSON.stringify(`see ${secret}`)}\n`;
    await world.write(record, text);
    const { code, data } = await world.json<Validation>(['validate', record]);
    expect({ code, valid: data.valid }).toEqual({ code: 0, valid: true });
    expect(data.warnings).toEqual([
      expect.objectContaining({
        code: `secret/${kind}`,
        file: record,
        line: lineOf(text, '  note:'),
        path: 'labels.note',
        hint: expect.stringContaining('invalid where it was issued') as string,
      }),
    ]);
    const said = await world.mlc(['validate', record], { terminal: 100 });
    const told = `${JSON.stringify(data)}${said.stdout}${said.stderr}`;
    for (const part of [secret, secret.slice(-12)]) expect(told).not.toContain(part);
    expect(said.code).toBe(0);
    expect(said.stderr).toContain(record);
  });

  test.each([
    ['a key that is the secret', `labels:\n  ${['gh', 'p_', scrambled(36)].join('')}: x\n`],
    ['a comment', `# ${['gh', 'p_', scrambled(36)].join('')}\n`],
  ])('%s', async (_name, more) => {
    await world.write(record, inRecord + more);
    const { data } = await world.json<Validation>(['validate', record]);
    expect(data.warnings).toMatchObject([{ code: 'secret/token', file: record }]);
    expect(JSON.stringify(data)).not.toContain(scrambled(36));
  });

  test('a record that is not valid is warned about too, and no problem quotes the secret', async () => {
    const secret = scrambled(20);
    for (const wrong of [
      `password: ${secret}\n`,
      `"password: ${secret}\n`,
      `labels: [password: ${secret}, {\n`,
    ]) {
      await world.write(record, inRecord + wrong);
      const { code, data } = await world.json<Validation>(['validate', record]);
      expect(code).toBe(1);
      expect(data.warnings).toMatchObject([{ code: 'secret/labelled', file: record }]);
      const said = await world.mlc(['validate', record], { terminal: 100 });
      expect(`${JSON.stringify(data)}${said.stdout}${said.stderr}`).not.toContain(secret);
    }
  });

  test('many are told by the first ones', async () => {
    const notes = Array.from(
      { length: 30 },
      (_, index) => `  n${index}: ${['gh', 'p_', scrambled(36, index + 3)].join('')}\n`,
    );
    await world.write(record, `${inRecord}labels:\n${notes.join('')}`);
    const { data } = await world.json<Validation>(['validate', record]);
    expect(data.warnings).toHaveLength(21);
    expect(data.warnings.at(-1)).toMatchObject({
      code: 'secret/more',
      message: '10 more places in it look like a secret',
    });
  });
});

describe('when nothing changed', () => {
  test('warnings come from the cache as they came from the file, staged or not', async () => {
    const many = await copyOf(base);
    for (let number = 0; number < 80; number++)
      await many.write(
        `models/churn/versions/9.0.${number}.yaml`,
        withText('version: "1.0.0"', `version: "9.0.${number}"`),
      );
    const secret = ['gh', 'p_', scrambled(36)].join('');
    await many.write(
      'models/churn/versions/9.0.7.yaml',
      `${withText('version: "1.0.0"', 'version: "9.0.7"')}labels: {a: ${secret}}\n`,
    );
    many.git('add', '-A');
    const staged = await many.json<Validation>(['validate', '--staged']);
    many.git('commit', '-qnm', 'many');
    const [first, second] = [
      await many.json<Validation>(['validate']),
      await many.json<Validation>(['validate']),
    ];
    expect(first.data.warnings).toHaveLength(1);
    expect(second.data).toEqual(first.data);
    expect(staged.data.warnings).toEqual(first.data.warnings);
    expect((await readdir(path.join(many.folder, '.git/mlc/cache'))).join()).toContain('records');
    for (const name of await readdir(path.join(many.folder, '.git/mlc/cache')))
      expect(await readFile(path.join(many.folder, '.git/mlc/cache', name), 'utf8')).not.toContain(secret);
  });
});

describe('transitions', () => {
  test('what is about to be written is warned about, and written: it may be what it only looks like', async () => {
    const secret = ['gh', 'p_', scrambled(36)].join('');
    const args = ['hold', 'churn@1.0.0', '-m', `see ${secret}`];
    for (const more of [['--dry-run'], []]) {
      const { code, data } = await world.json<{ warnings: { code: string; path: string }[] }>(
        [...args, ...more],
        { at: now },
      );
      expect(code).toBe(0);
      expect(data.warnings).toMatchObject([{ code: 'secret/token', path: 'holds[0].reason' }]);
      expect(JSON.stringify(data.warnings)).not.toContain(secret);
    }
  });

  test('what stood there already is not told again', async () => {
    const { data } = await world.json<{ warnings: unknown[] }>(['release', 'churn@1.0.0', '-m', 'closed'], {
      at: now,
    });
    expect(data.warnings).toEqual([]);
  });

  test('a private key is refused before anything is written', async () => {
    const before = commits(world);
    const key = `-----BEGIN ${'PRIVATE'} KEY----- ${scrambled(60)}`;
    for (const args of [
      ['hold', 'churn@1.0.0', '-m', key],
      ['review', 'churn@1.0.0', '--until', '2026-12-01', '-m', key],
    ]) {
      const { code, data } = await world.json<ErrorAnswer>(args, { at: now });
      expect({ code, error: data.error.code }).toEqual({ code: 1, error: 'secret/private-key' });
      expect(JSON.stringify(data)).not.toContain(scrambled(60));
    }
    expect(commits(world)).toBe(before);
    expect(world.git('status', '--porcelain', '--', 'models/churn/versions/1.0.0.yaml')).toBe('');
  });
});
