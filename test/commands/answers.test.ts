// Every command answers --json with exactly one document, of the shape that its schema in schemas/answers says.
import { beforeAll, describe, expect, test } from 'vitest';
import { commandTable } from '../../src/command-table.js';
import { temporaryFolder } from '../support/folders.js';
import { type Said, type World, registryWorld, worldIn } from '../support/world.js';
import { answerChecker, readAnswerSchemas, schemaOfCommand } from './answer-schemas.js';
import { type Step, steps, wholeWords } from './answer-steps.js';
import type { ErrorAnswer } from './support.js';

let check: (schema: string, document: unknown) => string[];
let world: World;
let nowhere: World;
const outcomes = new Map<Step, Said>();

beforeAll(async () => {
  check = await answerChecker();
  nowhere = worldIn(await temporaryFolder());
  world = await registryWorld();
  for (const step of steps)
    outcomes.set(step, await world.mlc([...(await step.args(world)), '--json'], step.settings));
}, 120_000);

/** Commands whose exit code 1 is an answer, not an error. */
const answersNo = ['gate', 'drift', 'triggers', 'due', 'health'];

/** Holds what was printed against a schema, and answers the document. */
function expectDocument(said: Said, schema: string): unknown {
  const document = JSON.parse(said.stdout) as unknown;
  expect(said.stderr).toBe('');
  expect(said.stdout.endsWith('\n')).toBe(true);
  expect(check(schema, document)).toEqual([]);
  return document;
}

test.each(commandTable.map((entry) => entry.name))('%s has a schema, an answer and a refusal', (name) => {
  const schema = schemaOfCommand[name];
  expect(schema, `add ${name} to schemaOfCommand, and schemas/answers`).toBeDefined();
  expect(check(schema ?? '', {}).join(' ')).not.toContain('there is no');
  const codes = steps.filter((step) => step.command === name).map((step) => step.code);
  expect(codes, 'a step that answers').toContain(0);
  if (name !== 'validate') expect(Math.max(...codes), 'a step that fails').toBeGreaterThan(0);
});

test.each(steps.map((step) => [`${step.command}: ${step.what}`, step] as const))('%s', (_name, step) => {
  const said = outcomes.get(step) as Said;
  expect(said, said.stdout).toMatchObject({ code: step.code });
  // A gate that does not pass, and records that are not valid, are answers with exit code 1.
  const failed = step.code === 2 || (step.code === 1 && !answersNo.includes(step.command) && !step.schema);
  const document = expectDocument(
    said,
    failed ? 'error' : (step.schema ?? schemaOfCommand[step.command] ?? ''),
  );
  if (failed) expect((document as ErrorAnswer).error.message).not.toBe('');
});

describe.each(commandTable.map((entry) => entry.name))('%s --json', (name) => {
  const words = name.split(' ');

  test('--help is a document', async () => {
    const said = await nowhere.mlc([...words, '--help', '--json']);
    expect(said.code).toBe(0);
    expectDocument(said, 'help');
  });

  test('a flag that does not exist is a document', async () => {
    const said = await nowhere.mlc([...words, '--nonsense', '--json']);
    expect(said.code).toBe(2);
    const { error } = expectDocument(said, 'error') as ErrorAnswer;
    expect(error.message).toContain('--nonsense');
  });
});

test.each(Object.entries(wholeWords))('%s --json says that there is no registry', async (name, words) => {
  const said = await nowhere.mlc([...name.split(' '), ...words, '--json']);
  expect(said.code).toBe(2);
  const { error } = expectDocument(said, 'error') as ErrorAnswer;
  expect(error.code).toBe('registry/none');
  expect(error.hint).toContain('mlc init');
});

test.each([
  ['no command', ['--json'], 0, 'help'],
  ['help', ['help', '--json'], 0, 'help'],
  ['help of a command', ['help', 'deploy', '--json'], 0, 'help'],
  ['--help', ['--help', '--json'], 0, 'help'],
  ['--help, the other way round', ['--json', '--help'], 0, 'help'],
  ['--version', ['--version', '--json'], 0, 'version'],
  ['--version, the other way round', ['--json', '--version'], 0, 'version'],
  ['an unknown command', ['dploy', '--json'], 2, 'error'],
  ['half a command', ['model', '--json'], 2, 'error'],
  ['an unknown folder', ['list', '--json', '-C', '/nonexistent'], 2, 'error'],
  ['a flag without its value', ['list', '--json', '--status'], 2, 'error'],
] as const)('%s', async (_name, args, code, schema) => {
  const said = await nowhere.mlc(args);
  expect(said, said.stdout).toMatchObject({ code });
  expectDocument(said, schema);
});

test('a record that is not valid is an answer of validate', async () => {
  const broken = await registryWorld();
  await broken.write('models/churn/versions/1.0.0.yaml', 'model_id: churn\nversion: 1.10\n');
  const said = await broken.mlc(['validate', '--json']);
  expect(said.code).toBe(1);
  expect(expectDocument(said, 'validate')).toMatchObject({ valid: false });
});

test('every key of every answer has a title and a description', async () => {
  const bare: string[] = [];
  const walk = (node: unknown, place: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'if' || key === 'then' || key === 'else') continue;
      if (key === 'properties' || key === '$defs')
        for (const [name, schema] of Object.entries(value as Record<string, Record<string, unknown>>))
          if (!schema.title || !schema.description) bare.push(`${place}/${name}`);
      walk(value, `${place}/${key}`);
    }
  };
  for (const schema of await readAnswerSchemas()) walk(schema, String(schema.$id));
  expect(bare).toEqual([]);
});
