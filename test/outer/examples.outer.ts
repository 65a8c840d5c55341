// The examples made again by their own script with the pinned packages: the same digests and metrics, or the reason why not.
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';

const examples = path.join(import.meta.dirname, '../../examples/breast-cancer');

test('training again gives the digests and metrics that are kept', async () => {
  const venv = path.join(await temporaryFolder(), 'venv');
  execFileSync('python3', ['-m', 'venv', venv]);
  const python = path.join(venv, 'bin', 'python');
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', path.join(examples, 'requirements.txt')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const checked = spawnSync(python, [path.join(examples, 'train.py'), '--check'], { encoding: 'utf8' });
  expect({ status: checked.status, said: `${checked.stdout}${checked.stderr}` }).toMatchObject({ status: 0 });
});
