// mlc show: one version as a person wants to read it, and the notice to send.
import { beforeAll, expect, test } from 'vitest';
import { type World, registryWorld } from '../support/world.js';
import { deprecatedWorld, muchLater, now } from './stages.js';
import { answering, widest } from './support.js';

let world: World;
beforeAll(async () => {
  world = await deprecatedWorld();
});

/** The indented tables of a rendered record: what stands below a line of titles. */
function tablesOf(text: string): string {
  return text
    .split('\n\n')
    .filter((part) => /^(Gate|Artifacts)\n/.test(part))
    .map((part) =>
      part
        .split('\n')
        .slice(part.startsWith('Gate') ? 2 : 1)
        .join('\n'),
    )
    .join('\n');
}

test('where it serves, gate with value, baseline and limit, who approved, lineage, artifacts, what is due', async () => {
  const said = await world.mlc(['show', 'churn@1.1.0'], { at: now, terminal: 100, env: { NO_COLOR: '1' } });
  expect(said).toMatchObject({ code: 0, stderr: '' });
  for (const part of [
    /^churn@1\.1\.0 {2}deployed/,
    /production +100 %/,
    /CHECK +METRIC +VALUE +BASELINE +LIMIT +OUTCOME/,
    /no-regression +accuracy +0\.96 +0\.95 +at most 0\.01 worse +pass/,
    /approved 2026-03-02 by Grace <grace@example\.com>/,
    /data +train@v2/,
    /weights +[0-9a-f]{12} +s3:/,
    /2027-03-02 \(in 364 days\)/,
  ])
    expect(said.stdout).toMatch(part);
});

test.each([60, 80, 120])('on a terminal of %d columns its tables fit', async (terminal) => {
  const said = await world.mlc(['show', 'churn@1.1.0'], { at: now, terminal, env: { NO_COLOR: '1' } });
  expect(tablesOf(said.stdout)).not.toBe('');
  expect(widest(tablesOf(said.stdout))).toBeLessThanOrEqual(terminal);
});

test('what is overdue says for how long, with the command that deals with it', async () => {
  const said = await world.mlc(['show', 'churn@1.0.0'], {
    at: muchLater,
    terminal: 100,
    env: { NO_COLOR: '1' },
  });
  expect(said.stdout).toMatch(/2026-04-02 \(60 days ago\).*\n +mlc retire churn@1\.0\.0/);
  expect(said.stdout).toContain('End of life');
});

test('a hand-written record with the required keys alone is shown', async () => {
  const plain = await registryWorld();
  await plain.write(
    'models/churn/versions/1.0.0.yaml',
    'model_id: churn\nversion: "1.0.0"\nregistered_at: "2026-01-01T00:00:00Z"\nregistered_by: Ada\nparent_run_id: r\ndataset_version: d\ntraining_commit: abcdef0\nevaluation_results: {evaluation_dataset: g, auc: 0.8, f1: null}\napproval: {gate_passed: true, approved_by: Grace, approved_at: "2026-01-02T00:00:00Z"}\ncompliance: {gdpr_status: ok, eu_ai_act_risk_class: limited, soc2_evidence_id: null}\ndeployment_history: [{env: production, deployed_at: "2026-01-03T00:00:00Z", traffic_pct: 100}]\ndeprecation_target: "2027-01-01"\n',
  );
  plain.git('add', '.');
  plain.git('commit', '-qm', 'by hand');
  const said = await plain.mlc(['show', 'churn@production'], { terminal: 80, env: { NO_COLOR: '1' } });
  expect(said.code).toBe(0);
  for (const part of ['auc', '0.8', 'Grace', '100 %', 'deployed']) expect(said.stdout).toContain(part);
  expect(said.stdout).not.toMatch(/undefined|\[object/);
});

test('--notice is a text to send: to whom, until when, what instead, what to do', async () => {
  const said = await world.mlc(['show', 'churn@1.0.0', '--notice'], { at: now });
  expect(said.stdout).toMatch(
    /^To: Ada <ada@example\.com>\nSubject: churn 1\.0\.0 will be retired after 2026-04-02\n\n/,
  );
  for (const part of ['superseded', 'churn@1.1.0', 'mlc resolve churn', 'mlc reinstate churn@1.0.0'])
    expect(said.stdout).toContain(part);
});

test('--notice of a version that nobody deprecated does not say that it will be retired', async () => {
  const said = await world.mlc(['show', 'churn@1.1.0', '--notice'], { at: now });
  expect(said.stdout).not.toContain('will be retired');
  expect(said.stdout).not.toContain('reinstate');
});

test('without a version it asks on a terminal', async () => {
  const said = await answering(world, ['show'], ['churn@1.0.0']);
  expect(said).toMatchObject({ code: 0, unasked: [] });
});
