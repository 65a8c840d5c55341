// One version of node and one copy of mlc, and the commands that are measured with them.
import { execFileSync } from 'node:child_process';
import { runCommand } from './command.js';
import type { Subject } from './measure.js';
import { as, clock } from './people.js';

export interface Setting {
  /** The binary. */
  node: string;
  /** Its version, as `20.20.2`. */
  nodeVersion: string;
  /** The file of mlc that it runs. */
  program: string;
}

export function settingOf(node: string, program: string): Setting {
  const nodeVersion = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  return { node, nodeVersion, program };
}

/** How mlc is asked. */
interface Asking {
  folder: string;
  /** Exit codes that mean that it did its work. */
  accepted?: readonly number[];
  at?: string;
}

/** mlc with some arguments in a registry. */
export function mlc(setting: Setting, asking: Asking, ...args: string[]): Subject {
  const { folder, accepted = [0], at = clock } = asking;
  return {
    run: () =>
      runCommand({
        file: setting.node,
        args: [setting.program, ...args],
        cwd: folder,
        env: as('grace', at),
        accepted,
        speaks: 'always',
      }),
  };
}

/** Node that does nothing: the same folder, environment and stdio. */
export function bareNode(setting: Setting, folder: string): Subject {
  return {
    run: () =>
      runCommand({
        file: setting.node,
        args: ['-e', '0'],
        cwd: folder,
        env: as('grace', clock),
        speaks: 'never',
      }),
  };
}

/** git with some arguments in a registry. */
export function git(folder: string, speaks: 'always' | 'never', ...args: string[]): Subject {
  return { run: () => runCommand({ file: 'git', args, cwd: folder, env: as('grace', clock), speaks }) };
}

function headOf(folder: string): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' });
}

/** A subject that has to leave one commit behind each time that it runs. */
export function committing(folder: string, subject: Subject): Subject {
  let head = '';
  return {
    ...subject,
    before: () => {
      subject.before?.();
      head = headOf(folder);
    },
    after: () => {
      subject.after?.();
      if (headOf(folder) === head) throw new Error('nothing was committed');
    },
  };
}
