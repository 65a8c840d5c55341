// Edits by hand that people may make: comments and documentation by anyone, governance by those who own it.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Scene,
  copyScene,
  expectCaught,
  expectClean,
  gateFile,
  modelFile,
  record,
  registryWithPast,
  then,
} from './attack-world.js';
import { type Honest, endOfYear, expectHonest } from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

/** Adds text at the end of a file, and commits it. */
function adding(name: string, file: string, text: string, as = 'mallory'): Honest {
  return {
    name,
    act: async (scene) => {
      await scene.write(file, (await scene.read(file)) + text);
      scene.commit('edit', { as });
    },
  };
}

function editing(name: string, file: string, from: string | RegExp, to: string, as = 'mallory'): Honest {
  return {
    name,
    act: async (scene) => {
      await scene.edit(file, from, to);
      scene.commit('edit', { as });
    },
  };
}

const edits: Honest[] = [
  adding('a comment in a record', record('1.0.0'), '# looked at in March\n'),
  editing(
    'quotes and order in a record',
    record('1.0.0'),
    /model_id: churn\nversion: "1.0.0"\n/,
    "version: '1.0.0'\nmodel_id: churn\n",
  ),
  adding(
    'labels and extensions of a version',
    record('1.0.0'),
    'labels: {team: risk}\nextensions: {cost: 3}\n',
  ),
  adding('what a version is for', record('1.0.0'), 'intended_use: {tasks: [rank]}\n'),
  editing('the title of a model', modelFile, /title: .*/, 'title: Who leaves'),
  editing('what a model is for', modelFile, 'rank customers', 'rank customers of shops'),
  adding(
    'consumers of a model',
    modelFile,
    'consumers:\n  - {name: crm, kind: service, pinned_version: "1.0.0"}\n',
  ),
  editing(
    'approvers, by the owner',
    modelFile,
    /approvers:\n/,
    'approvers:\n  - edsger@example.com\n',
    'ada',
  ),
  editing(
    'the owner, by the owner of the policy',
    modelFile,
    /owner: .*/,
    'owner: Grace <grace@example.com>',
    'olga',
  ),
  editing(
    'the risk class, by the owner',
    modelFile,
    'eu_ai_act_risk_class: limited',
    'eu_ai_act_risk_class: minimal',
    'ada',
  ),
  editing('the gate, by anyone', gateFile, 'min: 0.9', 'min: 0.8', 'grace'),
  editing('a stricter policy, by anyone', 'mlc.yaml', 'notice_days: 30', 'notice_days: 60'),
  editing(
    'another machine, by anyone',
    'mlc.yaml',
    'bots: [ci@example.com]',
    'bots: [ci@example.com, cd@example.com]',
  ),
  editing(
    'another environment, by anyone',
    'mlc.yaml',
    '  - name: staging\n',
    '  - name: staging\n  - name: edge\n',
  ),
  editing('a weaker policy, by its owner', 'mlc.yaml', 'notice_days: 30', 'notice_days: 3', 'olga'),
  editing(
    'another owner of the policy, by its owner',
    'mlc.yaml',
    '[olga@example.com]',
    '[olga@example.com, otto@example.com]',
    'olga',
  ),
  adding('squash merges, by the owner of the policy', 'mlc.yaml', 'git: {squash_merges: allow}\n', 'olga'),
  {
    name: 'a model, a gate and a page beside them, by hand',
    act: async (scene) => {
      for (const file of ['model.yaml', 'gate.yaml']) {
        const text = await scene.read(`models/churn/${file}`);
        await scene.write(`models/fraud/${file}`, text.replace('model_id: churn', 'model_id: fraud'));
      }
      await scene.write('models/fraud/README.md', '# Fraud\n');
      await scene.write('README.md', '# Registry\n');
      scene.commit('fraud', { as: 'grace' });
    },
  },
  {
    name: 'a model that never had a version, and goes again',
    act: async (scene) => {
      const text = await scene.read(modelFile);
      await scene.write('models/fraud/model.yaml', text.replace('model_id: churn', 'model_id: fraud'));
      scene.commit('fraud');
      scene.git('rm', '-rq', 'models/fraud');
      scene.commit('no fraud');
    },
  },
  {
    name: 'a documentation edit, reverted',
    act: async (scene) => {
      await scene.edit(modelFile, /title: .*/, 'title: Who leaves');
      scene.commit('title', { as: 'grace' });
      scene.by({ as: 'alan', at: then }, 'revert', '--no-edit', 'HEAD');
    },
  },
  {
    name: 'titles by one person and approvers by the owner, on one branch',
    act: async (scene) => {
      await scene.edit(modelFile, /title: .*/, 'title: Who leaves');
      scene.commit('title', { as: 'grace' });
      await scene.edit(modelFile, /approvers:\n/, 'approvers:\n  - edsger@example.com\n');
      scene.commit('approvers', { as: 'ada' });
      await scene.edit('mlc.yaml', 'notice_days: 30', 'notice_days: 3');
      scene.commit('notice', { as: 'olga' });
    },
  },
  {
    name: 'commits that change nothing, and commits beside the registry',
    act: async (scene) => {
      scene.commit('nothing');
      await scene.write('src/train.py', 'print()\n');
      scene.commit('code\n\nMlc-Like: this\nSigned-off-by: Ada <ada@example.com>');
      scene.by({ at: then }, 'tag', 'v1');
      scene.by({ at: then }, 'tag', '-a', '-m', 'two', 'v2');
    },
  },
  { name: 'nothing at all', act: () => undefined },
];

describe('an edit by hand', () => {
  test.each(edits)('$name', async (honest) => void (await expectHonest(past, honest)));
});

/** A record as people write it, with no more than the schema asks for. */
function oldRecord(version: string): string {
  return `model_id: churn
version: "${version}"
registered_at: "2019-0${version.split('.')[1]}-01T09:00:00Z"
registered_by: Bob <bob@example.com>
parent_run_id: old
dataset_version: train@${version}
training_commit: "${version.replaceAll('.', '')}abcdef0"
evaluation_results: {evaluation_dataset: golden@v0, accuracy: 0.8}
approval: {gate_passed: true, approved_by: Carol <carol@example.com>, approved_at: "2019-09-01T09:00:00Z"}
compliance: {gdpr_status: done, eu_ai_act_risk_class: limited, soc2_evidence_id: null}
deployment_history: []
deprecation_target: "2027-01-01"
`;
}

describe('records by hand where policy allows them', () => {
  test('ten old ones are imported in one commit, and go on to live by transitions', async () => {
    const allowed = await expectHonest(
      past,
      editing('', 'mlc.yaml', 'policy:\n', 'policy:\n  hand_written_records: allow\n', 'olga'),
    );
    const versions = Array.from({ length: 10 }, (_, index) => `0.${1 + (index % 9)}.${index}`);
    await expectHonest(allowed, {
      name: '',
      act: async (scene) => {
        for (const version of versions) await scene.write(record(version), oldRecord(version));
        scene.commit('Import what was there before', { as: 'ada' });
        await scene.ok(['deploy', 'churn@0.1.0', '--env', 'staging', '--pattern', 'blue-green'], {
          at: '2026-03-11T09:00:00Z',
        });
        await scene.ok(['deprecate', 'churn@0.2.1', '--successor', '1.0.0'], { at: '2026-03-11T10:00:00Z' });
      },
    });
  });

  test('the first record of a model that has none yet', async () => {
    const allowed = await expectHonest(
      past,
      editing('', 'mlc.yaml', 'policy:\n', 'policy:\n  hand_written_records: allow\n', 'olga'),
    );
    await expectHonest(allowed, {
      name: '',
      act: async (scene) => {
        await scene.write(
          'models/fraud/model.yaml',
          (await scene.read(modelFile)).replace('model_id: churn', 'model_id: fraud'),
        );
        await scene.write(
          'models/fraud/versions/1.0.0.yaml',
          oldRecord('1.1.0').replace('model_id: churn', 'model_id: fraud').replace('"1.1.0"', '"1.0.0"'),
        );
        scene.commit('fraud as it is', { as: 'ada' });
      },
    });
  });
});

test('a broken record is told once, where it broke, and mending it is no change', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  const text = await scene.read(record('1.0.0'));
  await scene.write(record('1.0.0'), text.replace('schema:', 'schema'));
  scene.commit('oops');
  await scene.write(record('1.0.0'), text);
  scene.commit('mend');
  const judgement = await scene.check();
  expectCaught(scene, judgement, [
    { code: 'yaml/syntax', says: /not valid YAML/, file: record('1.0.0'), commit: 'oops' },
  ]);
  expect(new Set(judgement.found.map(({ commit }) => scene.git('log', '-1', '--format=%s', commit)))).toEqual(
    new Set(['oops']),
  );
  expectClean(await scene.check(['--base', 'main', '--squash']));
  scene.git('checkout', '-q', 'main');
  scene.git('merge', '-q', '--ff-only', 'feature');
  const audit = await scene.audit([], { at: endOfYear });
  expect(audit.exitCode).toBe(1);
  expect(new Set(audit.found.map(({ commit }) => scene.git('log', '-1', '--format=%s', commit)))).toEqual(
    new Set(['oops']),
  );
});

test('a transition that is reverted before it is merged is told: it goes by taking its commit out', async () => {
  const scene = await copyScene(past);
  scene.git('checkout', '-q', '-b', 'feature');
  await scene.ok(['hold', 'churn@1.1.0', '-m', 'inquiry'], { at: then });
  scene.by({ at: then }, 'revert', '--no-edit', 'HEAD');
  expectCaught(scene, await scene.check(), [
    { code: 'record/altered', says: /holds was .* and is gone/, file: record('1.1.0'), commit: /^Revert/ },
  ]);
  // A squash leaves nothing of either.
  expectClean(await scene.check(['--base', 'main', '--squash']));
  scene.git('reset', '-q', '--hard', 'main');
  expectClean(await scene.check());
});
