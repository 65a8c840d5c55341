// Lineage: what makes two versions the same, what the evidence says of a declared change, and what differs.
import { describe, expect, test } from 'vitest';
import type { Training, VersionRecord } from '../../src/generated/types.js';
import { compareVersions } from '../../src/lifecycle/comparison.js';
import { type Lineage, describeChange, findRecurrence, judgeChange } from '../../src/lifecycle/lineage.js';
import type { ChangeType } from '../../src/lifecycle/versions.js';
import { approved, prompt, sha, weights } from '../support/records.js';

const dataset = (name: string, digit: string, role: 'training' | 'test' = 'training') => ({
  name,
  version: 'v1',
  sha256: sha(digit),
  role,
});
const training: Training = {
  seed: 7,
  architecture: 'bert',
  objective: 'sft',
  hyperparameters: { lr: 0.1, layers: { wide: 3 } },
  base_model: { name: 'base', revision: 'r1' },
  datasets: [dataset('a', '1'), dataset('b', '2'), dataset('held-out', '3', 'test')],
};
const from = approved('1.0.0', { training });

function lineage(changes: Partial<Lineage> = {}, trained: Partial<Training> = {}): Lineage {
  const { dataset_version, training_commit, artifacts } = from;
  const own = { dataset_version, training_commit, training: { ...training, ...trained } };
  return { ...own, ...(artifacts ? { artifacts } : {}), ...changes };
}

const judged = (declared: ChangeType, candidate: Lineage) => judgeChange(declared, from, candidate);

describe('the declared change against the evidence', () => {
  test.each([
    ['training.architecture', 'architecture', lineage({}, { architecture: 'gbm' })],
    ['training.objective', 'architecture', lineage({}, { objective: 'dpo' })],
    [
      'training.base_model.name',
      'architecture',
      lineage({}, { base_model: { name: 'other', revision: 'r1' } }),
    ],
    ['dataset_version', 'retraining', lineage({ dataset_version: 'train@v2' })],
    ['training.datasets', 'retraining', lineage({}, { datasets: [dataset('a', '9'), dataset('b', '2')] })],
    ['training.seed', 'retraining', lineage({}, { seed: 8 })],
    ['training.hyperparameters', 'retraining', lineage({}, { hyperparameters: { lr: 0.2 } })],
    [
      'training.base_model.revision',
      'retraining',
      lineage({}, { base_model: { name: 'base', revision: 'r2' } }),
    ],
    ['artifacts (weights)', 'retraining', lineage({ artifacts: [weights('b')] })],
  ] as const)('another %s needs %s', (field, needs, candidate) => {
    const order: ChangeType[] = ['configuration', 'retraining', 'architecture'];
    for (const declared of order) {
      const { problems, warnings } = judged(declared, candidate);
      const under = order.indexOf(declared) < order.indexOf(needs);
      const over = order.indexOf(declared) > order.indexOf(needs);
      expect(problems.map((each) => [each.code, each.path, each.hint])).toEqual(
        under ? [['change/under-declared', field, `--change ${needs}`]] : [],
      );
      expect(warnings.map((each) => each.code)).toEqual(over ? ['change/over-declared'] : []);
    }
  });

  test('every field that differs is named', () => {
    const candidate = lineage({ dataset_version: 'train@v2' }, { seed: 8, architecture: 'gbm' });
    expect(judged('configuration', candidate).problems.map((each) => each.path)).toEqual([
      'training.architecture',
      'dataset_version',
      'training.seed',
    ]);
  });

  test.each([
    ['another prompt', lineage({ artifacts: [weights('a'), prompt('b')] })],
    ['another commit', lineage({ training_commit: 'fffffffff' })],
    [
      'another test set',
      lineage({}, { datasets: [dataset('a', '1'), dataset('b', '2'), dataset('t', '9', 'test')] }),
    ],
    ['hyperparameters in another order', lineage({}, { hyperparameters: { layers: { wide: 3 }, lr: 0.1 } })],
    [
      'the same data sets in another order',
      lineage({}, { datasets: [dataset('b', '2'), dataset('a', '1')] }),
    ],
  ])('%s is a configuration change', (_what, candidate) => {
    expect(judged('configuration', candidate)).toEqual({ problems: [], warnings: [] });
  });

  test('what one side does not say is no evidence', () => {
    const silent: Lineage = { dataset_version: 'train@v1', training_commit: 'abc1234' };
    expect(judged('configuration', silent).problems).toEqual([]);
  });
});

describe('the same again', () => {
  const found = (candidate: Lineage, ...records: VersionRecord[]): unknown =>
    findRecurrence(candidate, records);

  test('same inputs, same artifacts', () => {
    expect(found(lineage(), from)).toEqual({ kind: 'same', version: '1.0.0' });
  });

  test('same inputs, other weights: not reproducible', () => {
    expect(found(lineage({ artifacts: [weights('b')] }), from)).toMatchObject({ kind: 'not-reproducible' });
  });

  test('the same is found behind one that is not reproducible', () => {
    const other = approved('1.1.0', { training, artifacts: [weights('b')] });
    expect(found(lineage({ artifacts: [weights('b')] }), from, other)).toEqual({
      kind: 'same',
      version: '1.1.0',
    });
  });

  test.each([
    ['other data', lineage({ dataset_version: 'train@v2', artifacts: [weights('b')] })],
    ['another digest of the data', lineage({ artifacts: [weights('b')] }, { datasets: [dataset('a', '9')] })],
    ['another seed', lineage({ artifacts: [weights('b')] }, { seed: 0 })],
    ['another commit', lineage({ training_commit: 'ffffffff', artifacts: [weights('b')] })],
    ['other hyperparameters', lineage({ artifacts: [weights('b')] }, { hyperparameters: {} })],
    ['another prompt alone', lineage({ artifacts: [weights('a'), prompt('b')] })],
    ['weights that are not said', lineage({ artifacts: [prompt('b')] })],
  ])('%s is another version', (_what, candidate) => {
    expect(found(candidate, from)).toBeUndefined();
  });

  test('artifacts at another place, in another order, are the same', () => {
    const record = approved('1.0.0', { training, artifacts: [weights('a'), prompt('b')] });
    const moved = [
      { ...prompt('b'), uri: 'gs://x' },
      { ...weights('a'), uri: 'gs://y' },
    ];
    expect(found(lineage({ artifacts: moved }), record)).toEqual({ kind: 'same', version: '1.0.0' });
  });
});

test('two versions are compared by lineage, metrics and artifacts', () => {
  const to = approved('1.1.0', {
    training: { ...training, seed: 8 },
    artifacts: [weights('b'), prompt('c')],
    evaluation_results: { evaluation_dataset: 'churn-golden@v1', accuracy: 0.95, f1: null, grade: 'A' },
  });
  const comparison = compareVersions(from, to);
  expect(comparison.lineage.map((each) => each.field)).toEqual(['training.seed']);
  expect(comparison.metrics).toMatchObject([
    { metric: 'accuracy', before: 0.93, after: 0.95 },
    { metric: 'f1', before: null, after: null, delta: null },
    { metric: 'grade', before: null, after: 'A', delta: null },
  ]);
  expect(comparison.metrics[0]?.delta).toBeCloseTo(0.02);
  expect(comparison.artifacts).toEqual([
    { kind: 'weights', before: 'aaaaaaaaaaaa', after: 'bbbbbbbbbbbb' },
    { kind: 'prompt', before: null, after: 'cccccccccccc' },
  ]);
});

test('a change is described with what it came from', () => {
  expect(describeChange(approved('1.1.0', { change: { type: 'retraining', from: '1.0.0' } }))).toBe(
    'retraining of 1.0.0',
  );
  expect(describeChange(approved())).toBe('architecture');
});
