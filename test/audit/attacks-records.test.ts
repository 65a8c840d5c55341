// Attacks on records: values that are edited after the fact.
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Attack,
  type Scene,
  copyScene,
  expectAttackCaught,
  expectClean,
  record,
  registryWithPast,
} from './attack-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

test('the past itself is clean', async () => {
  const scene = await copyScene(past);
  expectClean(await scene.audit());
  expectClean(await scene.check());
  expect((await scene.audit()).transitions).toBe(7);
});

/** An edit of one record by hand. */
function editing(
  name: string,
  version: string,
  from: string | RegExp,
  to: string,
  says: RegExp,
  code = 'record/altered',
): Attack {
  const found = { code, says, file: record(version), commit: 'tidy' };
  return {
    name,
    act: async (scene) => {
      await scene.edit(record(version), from, to);
      scene.commit('tidy');
    },
    check: found,
    audit: found,
  };
}

const altered: Attack[] = [
  editing(
    'a metric',
    '1.0.0',
    'accuracy: 0.95',
    'accuracy: 0.99',
    /evaluation_results\.accuracy was 0\.95 and is 0\.99/,
  ),
  editing(
    'the result of the gate',
    '1.2.0',
    'gate_passed: true',
    'gate_passed: false',
    /gate_passed was true and is false/,
  ),
  editing(
    'a check of the gate',
    '1.2.0',
    /status: pass/,
    'status: waived',
    /gate\.checks\[0\]\.status was "pass"/,
  ),
  editing(
    'approved_by',
    '1.0.0',
    /approved_by: .*/,
    'approved_by: Alan <alan@example.com>',
    /approved_by was .*Grace.* and is .*Alan/,
  ),
  editing(
    'approved_by, to the one who registered it',
    '1.0.0',
    /approved_by: .*/,
    'approved_by: Ada <ada@example.com>',
    /registered the version and approved it/,
    'record/own-version',
  ),
  editing(
    'the time of registering',
    '1.2.0',
    /registered_at: .*/,
    'registered_at: "2025-03-04T09:00:00Z"',
    /registered_at was/,
  ),
  editing(
    'who registered it',
    '1.2.0',
    /registered_by: .*/,
    'registered_by: Alan <alan@example.com>',
    /registered_by was .*Ada/,
  ),
  editing(
    'the digest of the weights',
    '1.1.0',
    /sha256: "[0-9a-f]{8}/,
    'sha256: "00000000',
    /artifacts\[0\]\.sha256 was/,
  ),
  editing(
    'the status',
    '1.2.0',
    'status: registered',
    'status: approved',
    /other keys of the record say registered/,
    'record/status',
  ),
  editing(
    'the deprecation target',
    '1.0.0',
    /deprecation_target: .*/,
    'deprecation_target: "2099-01-01"',
    /deprecation_target was "2027-03-02" and is "2099-01-01"/,
  ),
  editing(
    'a share of traffic',
    '1.0.0',
    'traffic_pct: 100',
    'traffic_pct: 50',
    /traffic_pct was 100 and is 50/,
  ),
  editing(
    'the reason of a hold',
    '1.2.0',
    'reason: inquiry',
    'reason: nothing',
    /holds\[0\]\.reason was "inquiry"/,
  ),
  editing('a hold, taken out', '1.2.0', /^holds:\n(?: .*\n)+/m, '', /holds was .* and is gone/),
  editing(
    'a deployment, taken out',
    '1.0.0',
    /deployment_history:\n(?: .*\n)+/,
    'deployment_history: []\n',
    /the other keys of the record say approved/,
    'record/status',
  ),
  editing(
    'the compliance of a version',
    '1.0.0',
    /gdpr_status: .*/,
    'gdpr_status: none',
    /compliance\.gdpr_status was "assessed" and is "none"/,
  ),
  editing('anchors', '1.0.0', /parent_run_id: (.*)/, 'parent_run_id: &run $1', /anchor/, 'yaml/anchor'),
  editing('line ends', '1.0.0', /\n/g, '\r\n', /CR/, 'yaml/line-ends'),
  editing(
    'another version inside',
    '1.0.0',
    'version: "1.0.0"',
    'version: "1.0.1"',
    /path says/,
    'record/path',
  ),
  editing('another model inside', '1.0.0', 'model_id: churn', 'model_id: fraud', /path says/, 'record/path'),
  editing(
    'a size that no record has',
    '1.0.0',
    /$/,
    `\n# ${'x'.repeat(70_000)}\n`,
    /at most 65536/,
    'yaml/too-large',
  ),
];

describe('a record edited after the fact', () => {
  test.each(altered)('$name', (attack) => expectAttackCaught(past, attack));
});
