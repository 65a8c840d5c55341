// What a run ran on.
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';

export interface Machine {
  system: string;
  processor: string;
  cores: number;
  memoryGiB: number;
  node: string;
  git: string;
}

export function thisMachine(): Machine {
  return {
    system: `${type()} ${release().split('-')[0] ?? ''}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version.slice(1),
    git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().replace('git version ', ''),
  };
}
