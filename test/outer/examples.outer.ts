// The examples made again by their own scripts with the pinned packages: the same models and reports, or the reason why not.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/folders.js';

const examples = path.join(import.meta.dirname, '../../examples/breast-cancer');

interface DriftReport {
  metrics: {
    config: { type: string; column?: string; method?: string; threshold?: number };
    value: number;
  }[];
}

interface MonitoringPlan {
  monitoring: { key_features: string[] };
}

const read = (...names: string[]): string => readFileSync(path.join(examples, ...names), 'utf8');

/** The PSI of each feature in one week's report by Evidently. */
function driftOf(week: string): Map<string, number> {
  const { metrics } = JSON.parse(read('production', week, 'input-drift.json')) as DriftReport;
  return new Map(
    metrics.flatMap(({ config, value }) => (config.column === undefined ? [] : [[config.column, value]])),
  );
}

function accuracyOf(week: string): number {
  return (JSON.parse(read('production', week, 'quality.json')) as { accuracy: number }).accuracy;
}

describe('made again', () => {
  let python: string;

  beforeAll(async () => {
    const venv = path.join(await temporaryFolder(), 'venv');
    execFileSync('python3', ['-m', 'venv', venv]);
    python = path.join(venv, 'bin', 'python');
    // Not compiling a gigabyte of packages, of which few are loaded, halves the time.
    const install = ['-m', 'pip', 'install', '--quiet', '--no-compile'];
    execFileSync(python, [...install, '-r', path.join(examples, 'requirements-production.txt')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  });

  test.each([
    ['train.py', 'the digests and metrics'],
    ['production.py', 'the reports and data'],
  ])('%s gives %s that are kept', (script) => {
    const checked = spawnSync(python, ['-B', path.join(examples, script), '--check'], { encoding: 'utf8' });
    expect({ status: checked.status, said: `${checked.stdout}${checked.stderr}` }).toMatchObject({
      status: 0,
    });
  });
});

describe('the story that the reports tell', () => {
  const plan = parse(read('monitoring.yaml')) as MonitoringPlan;
  const registered = (JSON.parse(read('gradient-boosted', 'results.json')) as { accuracy: number }).accuracy;

  test('every report has the key features of the plan', () => {
    for (const week of ['week-1-calm', 'week-5-retrained'])
      expect([...driftOf(week).keys()]).toEqual(plan.monitoring.key_features);
  });

  test.each(['week-1-calm', 'week-2-calm', 'week-5-retrained'])('%s is calm', (week) => {
    expect(Math.max(...driftOf(week).values())).toBeLessThan(0.2);
    expect(accuracyOf(week)).toBeGreaterThan(0.95 * registered);
  });

  test('drift comes in week 3, and quality gives way in week 4', () => {
    expect(Math.max(...driftOf('week-3-new-scanner').values())).toBeGreaterThan(0.2);
    expect(accuracyOf('week-3-new-scanner')).toBeGreaterThan(0.95 * registered);
    expect(Math.max(...driftOf('week-4-new-scanner-everywhere').values())).toBeGreaterThan(0.2);
    expect(accuracyOf('week-4-new-scanner-everywhere')).toBeLessThan(0.95 * registered);
  });
});
