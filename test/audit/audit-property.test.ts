// Whatever people do with mlc, the audit is clean; whatever one changes in a record beside it, the check finds.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { parseDocument, visit, isScalar } from 'yaml';
import { type Scene, copyScene, expectClean, record, registryWithPast } from './attack-world.js';
import { endOfYear } from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

interface Step {
  kind: (typeof kinds)[number];
  /** Which version, which environment, which pattern, how much. */
  version: number;
  env: string;
  pattern: string;
  traffic: number;
  /** Minutes that go by; none at all is a script. */
  minutes: number;
}

const kinds = [
  ...(['register', 'approve', 'deploy', 'ramp', 'rollback'] as const),
  ...([
    'review',
    'retarget',
    'deprecate',
    'reinstate',
    'hold',
    'release',
    'withdraw',
    'reject',
    'title',
  ] as const),
];

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom(...kinds, 'register', 'approve', 'deploy', 'ramp'),
    version: fc.nat(20),
    env: fc.constantFrom('staging', 'production'),
    pattern: fc.constantFrom('shadow', 'canary', 'blue-green', 'ab'),
    traffic: fc.oneof(
      fc.constantFrom(0, 5, 50, 100),
      fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
    ),
    minutes: fc.constantFrom(0, 1, 60, 3000),
  }),
  { minLength: 15, maxLength: 25 },
);

async function versionsOf(scene: Scene): Promise<string[]> {
  const files = await readdir(path.join(scene.folder, 'models/churn/versions'));
  return files.map((file) => file.replace('.yaml', '')).sort();
}

/** The command of a step. Many are refused, as they should be. */
function commandOf(step: Step, version: string): string[] {
  const { env, pattern, traffic } = step;
  const kind: string = step.kind;
  const address = `churn@${version}`;
  const share = pattern === 'shadow' || pattern === 'blue-green' ? [] : ['--traffic', String(traffic)];
  switch (kind) {
    case 'deploy':
      return ['deploy', address, '--env', env, '--pattern', pattern, ...share];
    case 'ramp':
      return ['ramp', address, '--env', env, '--traffic', String(traffic)];
    case 'rollback':
      return ['rollback', 'churn', '--env', env, '-m', 'back'];
    case 'retarget':
      return ['review', address, '--until', `2027-0${1 + (Math.round(traffic) % 9)}-01`, '-m', 'moved'];
    case 'deprecate':
      return ['deprecate', address, '--without-successor', 'none', '-m', 'old'];
    case 'hold':
      return ['hold', address, '--kind', env === 'staging' ? 'legal' : 'incident', '-m', 'x'];
    case 'release':
      return ['release', address, ...(env === 'staging' ? ['--kind', 'legal'] : []), '-m', 'x'];
    case 'withdraw':
      return [
        'retire',
        address,
        '--withdraw',
        '--compliance-confirmed-by',
        'Olga <olga@example.com>',
        '-m',
        'x',
      ];
    default:
      return [kind, address, '-m', 'x'];
  }
}

/** Takes steps on a copy, and answers how many transitions they came to. */
async function take(scene: Scene, all: readonly Step[]): Promise<number> {
  let done = 0;
  let clock = Date.parse('2026-03-10T09:00:00Z');
  for (const [index, step] of all.entries()) {
    clock += step.minutes * 60_000;
    const at = `${new Date(clock).toISOString().slice(0, 19)}Z`;
    const versions = await versionsOf(scene);
    const version = versions[step.version % versions.length] ?? '';
    const as = ['approve', 'reject'].includes(step.kind) ? ['grace', 'alan'][index % 2] : 'ada';
    if (step.kind === 'title') {
      await scene.edit('models/churn/model.yaml', /title: .*/, `title: T${index}`);
      scene.commit('title', { at });
      continue;
    }
    if (step.kind === 'register') {
      const training = {
        change: 'retraining',
        dataset: `train@r${index}`,
        weights: `r${index}`,
        accuracy: 0.95,
      } as const;
      await scene.register({ ...training, more: ['--bump-from', version] }, { at }).then(
        () => (done += 1),
        () => undefined,
      );
      continue;
    }
    const weights =
      step.kind === 'withdraw'
        ? /sha256: "?([0-9a-f]{64})/.exec(await scene.read(record(version)))?.[1]
        : undefined;
    const stored = weights === undefined ? [] : ['--cold-storage', `${weights}=s3://cold/x`];
    const { code, stderr } = await scene.mlc([...commandOf(step, version), ...stored], {
      as: as ?? 'ada',
      at,
    });
    expect(code, stderr).toBeLessThan(2);
    if (code === 0) done += 1;
  }
  return done;
}

let busy: Scene | undefined;

test('random legal work is clean, commit by commit and as a squash, and every transition is counted', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const scene = await copyScene(past);
      scene.git('checkout', '-q', '-b', 'feature');
      const done = await take(scene, all);
      const checked = await scene.check(['--base', 'main'], { at: endOfYear });
      expectClean(checked);
      expect(checked.transitions).toBe(done);
      // A squash loses what a notice did that was taken back and given again.
      const notices = all.filter(({ kind }) => kind === 'deprecate').length;
      if (notices < 2) expectClean(await scene.check(['--base', 'main', '--squash'], { at: endOfYear }));
      const audit = await scene.audit([], { at: endOfYear });
      expectClean(audit);
      expect(audit.transitions).toBe(7 + done);
      busy = scene;
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 120_000);

const documentation = new Set(['intended_use', 'labels', 'extensions']);

/** Every value of a record that is no documentation, each changed a little. */
function mutationsOf(text: string): string[] {
  const values = parseDocument(text);
  const count = { scalars: 0 };
  visit(values, { Scalar: () => void (count.scalars += 1) });
  return Array.from({ length: count.scalars }, (_, wanted) => {
    const document = parseDocument(text);
    let at = 0;
    let isDocumentation = false;
    visit(document, {
      Scalar: (key, node, ancestors) => {
        const top = ancestors.flatMap((node) =>
          'key' in node && isScalar(node.key) ? [String(node.key.value)] : [],
        )[0];
        if (at++ !== wanted || key === 'key') return undefined;
        isDocumentation = documentation.has(top ?? '');
        const { value } = node;
        if (typeof value === 'number') node.value = value + 1;
        else if (typeof value === 'boolean') node.value = !value;
        else node.value = typeof value === 'string' ? changed(value) : 'x';
        return visit.BREAK;
      },
    });
    const mutated = document.toString({ lineWidth: 0 });
    return isDocumentation || mutated === text ? '' : mutated;
  }).filter((mutated) => mutated !== '' && parseDocument(mutated).toString() !== values.toString());
}

/** Another value of the same form where it has one: dates stay dates, digests digests. */
function changed(value: string): string {
  return /\d/.test(value)
    ? value.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
    : `${value}x`;
}

test('every value of every record that is changed by hand is found, in its file', async () => {
  const scene = await copyScene(busy ?? past);
  const head = scene.git('rev-parse', 'HEAD');
  const cases: { file: string; text: string }[] = [];
  for (const version of await versionsOf(scene))
    for (const text of mutationsOf(await scene.read(record(version))))
      cases.push({ file: record(version), text });
  expect(cases.length).toBeGreaterThan(100);
  const chosen = fc.sample(fc.constantFrom(...cases), 120);
  for (const { file, text } of chosen) {
    await scene.write(file, text);
    const diff = scene.git('diff', '-U0');
    scene.commit('edit', { at: '2026-12-01T09:00:00Z' });
    const judgement = await scene.check(['--base', head], { at: endOfYear });
    expect(judgement.exitCode, diff).toBe(1);
    expect(
      judgement.found.some((found) => found.file === file && found.commit !== ''),
      diff,
    ).toBe(true);
    scene.git('reset', '-q', '--hard', head);
  }
}, 180_000);
