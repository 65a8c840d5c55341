// mlc completion: scripts that shells really load, and that complete commands, flags, choices and versions.
import { execFileSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandTable } from '../../src/command-table.js';
import { temporaryFolder } from '../support/folders.js';
import { runMlc } from '../support/world.js';

const scripts = new Map<string, string>();
let bin = '';
beforeAll(async () => {
  const cwd = await temporaryFolder();
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await runMlc(['completion', shell], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const file = path.join(cwd, `mlc.${shell}`);
    await writeFile(file, stdout);
    scripts.set(shell, file);
  }
  bin = path.join(cwd, 'bin');
  execFileSync('mkdir', [bin]);
  // Stands in for mlc list, so that what completes versions is the script and not a build.
  await writeFile(
    path.join(bin, 'mlc'),
    '#!/bin/sh\nprintf "churn@1.0.0\\tdeployed\\nfraud@2.0.0\\tapproved\\n"\n',
  );
  await chmod(path.join(bin, 'mlc'), 0o755);
});

function installed(shell: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${shell}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What bash offers for the last of some words. */
function offered(...words: string[]): string[] {
  const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _mlc; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', program, 'bash', scripts.get('bash') ?? '', 'mlc', ...words], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}` },
  });
  return out.split('\n').filter((word) => word !== '');
}

describe('bash', () => {
  test('the script is sound, and registers itself for mlc', () => {
    execFileSync('bash', ['-n', scripts.get('bash') ?? '']);
    const out = execFileSync(
      'bash',
      ['-c', 'source "$1"; complete -p mlc', 'bash', scripts.get('bash') ?? ''],
      {
        encoding: 'utf8',
      },
    );
    expect(out).toContain('-F _mlc mlc');
  });

  test('every command of the table is offered', () => {
    const first = new Set(commandTable.map((entry) => entry.name.split(' ')[0]));
    expect(offered('').sort()).toEqual([...first].sort());
  });

  test.each([
    [['de'], ['deploy', 'deprecate']],
    [['model', ''], ['add']],
    [['deploy', '--pat'], ['--pattern']],
    [['deploy', 'churn@1.0.0', '--pattern', 'c'], ['canary']],
    [
      ['hold', 'x', '--kind', ''],
      ['legal', 'incident'],
    ],
    [['model', 'add', '--ris'], ['--risk']],
    [['model', 'add', 'x', '--risk', 'h'], ['high']],
    [['completion', 'f'], ['fish']],
    [['schema', 'ver'], ['version']],
    [['list', '--js'], ['--json']],
    [['show', 'chu'], ['churn@1.0.0']],
    [['list', '--status', 'depr'], ['deprecated']],
  ])('%j offers %j', (words, wanted) => {
    expect(offered(...words)).toEqual(wanted);
  });

  test('once loaded, bash no longer splits a version at its @', () => {
    const program = `COMP_WORDBREAKS=$' \\t\\n@='; source "$1"; printf %s "$COMP_WORDBREAKS"`;
    const out = execFileSync('bash', ['-c', program, 'bash', scripts.get('bash') ?? ''], {
      encoding: 'utf8',
    });
    expect(out).not.toContain('@');
  });

  test('a global flag before the command does not confuse it', () => {
    expect(offered('--json', 'deploy', '--pat')).toEqual(['--pattern']);
  });

  test.each(['gate', 'history', 'list', 'resolve', 'rollback', 'register'])(
    '%s is offered models',
    (command) => {
      expect(offered(command, 'fr')).toEqual(['fraud']);
    },
  );
});

for (const shell of ['zsh', 'fish'].filter(installed))
  test(`${shell}, which is installed here, reads its script`, () => {
    execFileSync(shell, ['-n', scripts.get(shell) ?? '']);
  });

test('an unknown shell names those that there are, and the command to ask for help', async () => {
  const said = await runMlc(['completion', 'tcsh'], { cwd: bin });
  expect(said.code).toBe(2);
  expect(said.stderr).toContain('bash, zsh, fish');
  expect(said.stderr).toContain('mlc completion --help');
});
