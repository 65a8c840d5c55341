// The built program in a pipe: a reader that goes away is no failure, and exit codes arrive.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { servingWorld } from './stages.js';

const root = path.join(import.meta.dirname, '..', '..');
const bin = path.join(root, 'bin', 'mlc.js');
let world: World;
beforeAll(async () => {
  world = await servingWorld();
});

/** Runs a line of shell in the world, where $MLC is the program. */
function shell(line: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('bash', ['-c', `set -o pipefail; ${line}`], {
    cwd: world.folder,
    env: { ...process.env, MLC: `${process.execPath} ${bin}` },
    encoding: 'utf8',
  });
}

test.each(['$MLC list', '$MLC history', '$MLC schema version', '$MLC completion bash', '$MLC --help'])(
  '%s | head -1 exits quietly',
  (command) => {
    const said = shell(`${command} | head -1`);
    expect(said).toMatchObject({ status: 0, stderr: '' });
    expect(said.stdout.trimEnd().split('\n')).toHaveLength(1);
  },
);

test('a reader that is gone at once', () => {
  expect(shell('$MLC schema version | true').stderr).toBe('');
  expect(shell('$MLC list 2>&1 >/dev/null | head -1').stdout).toBe('');
});

test('a long answer arrives whole through a slow pipe', () => {
  const said = shell('$MLC schema version | (sleep 0.3; cat) | wc -c');
  expect(Number(said.stdout)).toBe(Buffer.byteLength(shell('$MLC schema version').stdout));
  expect(Number(said.stdout)).toBeGreaterThan(30_000);
});

test.each([
  ['$MLC list', 0],
  ['$MLC resolve churn --env staging', 1],
  ['$MLC show chrun@1.0.0', 2],
  ['$MLC dploy', 2],
  ['$MLC --version', 0],
])('%s exits with %d', (command, status) => {
  expect(shell(`${command} >/dev/null 2>&1`).status).toBe(status);
});
