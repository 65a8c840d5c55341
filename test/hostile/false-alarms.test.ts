// What looks a little like a secret and is none is not warned about, and looking takes no time.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../src/lifecycle/secrets.js';
import { handWritten } from '../registry/hand-written.js';

/** Every text file below some folders of the project. */
async function projectFiles(): Promise<string[]> {
  const root = path.resolve(import.meta.dirname, '../..');
  const folders = ['examples', 'test/fixtures', 'templates', 'schemas'];
  const found: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries)
      if (
        entry.isFile() &&
        /\.(ya?ml|json|md|txt|sh|csv|py)$/.test(entry.name) &&
        !entry.parentPath.includes('node_modules')
      )
        found.push(path.join(entry.parentPath, entry.name));
  }
  return found;
}

describe('no false alarm', () => {
  test("in the project's own examples, fixtures, templates and schemas", async () => {
    const files = await projectFiles();
    expect(files.length).toBeGreaterThan(30);
    for (const file of files)
      expect({ file, found: secretsIn(await readFile(file, 'utf8')).map(({ looks }) => looks) }).toEqual({
        file,
        found: [],
      });
  });

  test.each([
    'uri: https://models.example.com:8443/churn/weights.bin?version=12&etag=abc123def456',
    'uri: s3://models/churn/2026-03-01/weights.safetensors',
    'uri: postgres://ada:${DB_PASSWORD}@db.example.com/x',
    'uri: https://ada:<password>@db.example.com/x',
    'uri: https://ada:***@db.example.com/x',
    'uri: ssh://git@git.example.com:22/x.git',
    'at: 10:30:00Z, by Ada <ada@example.com>: see https://example.com/@ada',
    'token_env: AIRFLOW_TOKEN_PRODUCTION_2',
    'password: ${DB_PASSWORD_2026}',
    'secret: see-the-vault-of-the-team-in-2026',
    'tokenizer: sentencepiece-32000-unigram-v2',
    'max_tokens: 4096, tokens: 123456789012',
    'key: customer-churn-monthly-2026',
    'run: mlflow:0123456789abcdef0123456789abcdef',
    'name: sk-learn-gradient-boosting-classifier-v2',
    'name: global-average-pooling-2d-mobilenet',
    'id: hf_hub_download_with_retries_and_more_words',
    'base: EleutherAI/pythia-160m-deduped-step143000',
    'key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  ])('%s', (line) => {
    expect(secretsIn(`${handWritten}# ${line}\n`)).toEqual([]);
  });

  test('digests, uuids, dates, versions, ids and addresses with hosts, as any record has them', () => {
    const hex = (length: number): fc.Arbitrary<string> =>
      fc
        .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
        .map((digits) => digits.join(''));
    const word = fc.constantFrom(
      'churn',
      'fraud',
      'ranker',
      'weights',
      'golden',
      'tokenizer',
      'token',
      'key',
      'secretary',
    );
    const name = fc
      .array(word, { minLength: 1, maxLength: 5 })
      .chain((words) => fc.constantFrom('-', '_', '.', '/').map((by) => words.join(by)));
    const value = fc.oneof(
      hex(64),
      hex(40),
      fc.uuid(),
      name,
      fc
        .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.')),
      fc
        .tuple(fc.constantFrom('s3', 'gs', 'https', 'runs', 'mlflow'), name, hex(32))
        .map(([scheme, host, id]) => `${scheme}://${host}/${id}`),
      fc.tuple(name, fc.nat(70_000)).map(([host, port]) => `https://${host}:${port}/x@v1`),
      fc.double({ noNaN: true }).map(String),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 30 }), (lines) => {
        // What follows "key:" or "token:" and is a digest is called a secret by its name, and is left out here.
        const text = lines.map(([key, item]) => `field_${key}_is: "${item}"`).join('\n');
        return secretsIn(text).length === 0;
      }),
      { numRuns: 500 },
    );
  });
});

test('long texts that begin like secrets are looked at in no time', () => {
  for (const part of [
    'eyJ',
    '://',
    '://a:',
    '?token=',
    'password:',
    'sk-',
    '-',
    'secret: ',
    'a',
    '_',
    '----BEGIN ',
    'AGE-SECRET-KEY-1',
  ]) {
    const text = part.repeat(Math.floor(65_536 / part.length));
    const begun = process.cpuUsage();
    secretsIn(text);
    expect({ part, quick: process.cpuUsage(begun).user < 1_000_000 }).toEqual({ part, quick: true });
  }
});
