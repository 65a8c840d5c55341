// Evidence and retirement files: held against their schemas, every problem with its line.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { flattenResults } from '../../src/lifecycle/results.js';
import { readRequest } from '../../src/adapters/evidence-file.js';
import { Failure } from '../../src/errors.js';
import { temporaryFolder } from '../support/folders.js';

let cwd = '';
beforeAll(async () => {
  cwd = await temporaryFolder();
});

async function problemsOf(name: string, text: string | Buffer): Promise<Failure> {
  await writeFile(path.join(cwd, name), text);
  const error: unknown = await readRequest('evidence', cwd, name).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).exitCode).toBe(2);
  return error as Failure;
}

test('YAML and JSON are read alike', async () => {
  const data = { parent_run_id: 'r', training: { seed: 17, hyperparameters: { C: 1, deep: { a: [1, 2] } } } };
  await writeFile(path.join(cwd, 'e.json'), JSON.stringify(data, null, 2));
  await writeFile(
    path.join(cwd, 'e.yaml'),
    'parent_run_id: r # the run\ntraining:\n  seed: 17\n  hyperparameters: {C: 1, deep: {a: [1, 2]}}\n',
  );
  expect((await readRequest('evidence', cwd, 'e.json')).data).toEqual(data);
  expect((await readRequest('evidence', cwd, 'e.yaml')).data).toEqual(data);
});

describe('every problem has its line', () => {
  test.each([
    ['a misspelt key', 'parent_run_id: r\ntrainning: {}\n', 'schema/unknown-key', 2],
    ['a number for a text', 'parent_run_id: r\ndataset_version: 4.2\n', 'schema/type', 2],
    ['a text for a number', 'training:\n  architecture: x\n  seed: lots\n', 'schema/type', 3],
    [
      'a digest that is none',
      'artifacts:\n  - uri: x\n    sha256: abc\n    kind: weights\n',
      'schema/form',
      3,
    ],
    ['a key that stands twice', 'parent_run_id: r\nparent_run_id: s\n', 'yaml/duplicate-key', 2],
    ['an alias', 'parent_run_id: &a r\ndataset_version: *a\n', 'yaml/anchor', 1],
    ['a tab', 'training:\n\tseed: 17\n', 'yaml/tab', 2],
    ['a list', '- a\n', 'yaml/not-a-mapping', 1],
    ['nothing', '', 'yaml/empty', 1],
  ])('%s', async (_name, text, code, line) => {
    const { problems, code: whole } = await problemsOf('bad.yaml', text);
    expect(whole).toBe('input/invalid');
    expect(problems[0]).toMatchObject({ code, line, file: 'bad.yaml' });
  });

  test('in JSON too', async () => {
    const { problems } = await problemsOf(
      'bad.json',
      '{\n  "parent_run_id": "r",\n  "training": {\n    "seed": "x"\n  }\n}\n',
    );
    expect(problems[0]).toMatchObject({ line: 4, code: 'schema/type' });
    expect(problems[0]?.quoted).toContain('"seed": "x"');
  });

  test('JSON that is indented with tabs is read', async () => {
    await writeFile(
      path.join(cwd, 'tabs.json'),
      '{\n\t"parent_run_id": "r",\n\t"training": {\n\t\t"seed": 17\n\t}\n}\n',
    );
    expect((await readRequest('evidence', cwd, 'tabs.json')).data).toMatchObject({ training: { seed: 17 } });
  });

  test('a file that Windows wrote is read: it is no record', async () => {
    await writeFile(path.join(cwd, 'crlf.yaml'), 'parent_run_id: r\r\ntraining:\r\n  seed: 17\r\n');
    expect((await readRequest('evidence', cwd, 'crlf.yaml')).data).toMatchObject({ parent_run_id: 'r' });
  });

  test('NaN among the results of an evidence file is unmeasured, as in a file of results', async () => {
    await writeFile(path.join(cwd, 'nan.json'), '{"evaluation_results": {"accuracy": 0.9, "auc": NaN}}');
    const read = (await readRequest('evidence', cwd, 'nan.json')).data;
    expect(flattenResults(read.evaluation_results ?? {}).unmeasured.has('auc')).toBe(true);
  });
});

test('a file that is not there, and a folder, are told apart from one that is wrong', async () => {
  await mkdir(path.join(cwd, 'folder.yaml'));
  for (const name of ['none.yaml', 'folder.yaml'])
    await expect(readRequest('retirement', cwd, name)).rejects.toMatchObject({
      code: expect.stringMatching(/^path\//) as unknown,
    });
});

test('the message names the command, and the schema to look at', async () => {
  const failure = await problemsOf('bad.yaml', 'x: 1\n');
  expect(failure.message).toContain('mlc register --from');
  expect(failure.hint).toBe('mlc schema evidence');
});
