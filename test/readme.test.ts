// The README: its tour runs as typed, its transcript is what the demo prints, and its two commands are what CI calls.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from './support/folders.js';

const root = path.join(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

function blocks(kind: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${kind}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

/** What differs from run to run: days, times, commits, temporary folders. */
function steady(line: string): string {
  return (
    line
      .replace(/\d{4}-\d{2}-\d{2}(T[\d:]+Z)?/g, 'DATE')
      .replace(/(commit|up to) [0-9a-f]{10,40}/g, '$1 ID')
      // A request's id holds the training commit's, which is another in every run.
      .replace(/(drift-threshold)-[0-9a-f]{12}/g, '$1-ID')
      .trimEnd()
  );
}

describe('the README', () => {
  test('names the commands that CI runs', () => {
    const ci = readFileSync(path.join(root, '.ci', 'run'), 'utf8');
    expect(blocks('sh')).toEqual(
      expect.arrayContaining(['npm ci && npm run demo\n', 'npm ci && npm test\n']),
    );
    expect(ci).toContain('npm ci && npm test');
    expect(ci).toContain('npm run demo');
  });

  test('gives a tour that runs as it is typed', async () => {
    const folder = await temporaryFolder();
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(path.join(root, 'bin', 'mlc.js'), path.join(bin, 'mlc'));
    const env = {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    };
    const script = blocks('sh tour').join('').replaceAll('/tmp/results.json', `${folder}/results.json`);
    const said = execFileSync('bash', ['-euc', script], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(said).toContain('churn@1.0.0  approved → deployed');
    expect(said).toContain('"version": "1.0.0"');
  });
});

describe('the demo', () => {
  let lines: string[] = [];

  beforeAll(async () => {
    const temporary = await temporaryFolder();
    const said = execFileSync('bash', ['-c', 'npm run --silent demo 2>&1'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: temporary },
    });
    lines = said.split('\n').map(steady);
  });

  test('ends with the list, the history and the place of the registry', () => {
    expect(lines.filter((line) => line.startsWith('ada$ mlc')).slice(-2)).toEqual([
      'ada$ mlc list',
      'ada$ mlc history',
    ]);
    expect(lines.some((line) => line.startsWith('The registry is in '))).toBe(true);
  });

  test.each(blocks('console').map((block, index) => [index + 1, block] as const))(
    'prints what transcript %i of the README shows',
    (_index, block) => {
      let at = 0;
      for (const line of block.trimEnd().split('\n').map(steady)) {
        const found = lines.indexOf(line, at);
        expect({ line, printed: found >= 0 }).toEqual({ line, printed: true });
        at = found + 1;
      }
    },
  );
});
