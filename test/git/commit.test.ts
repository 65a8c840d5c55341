// A commit that is written with its trees is the one that git itself would write.
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { commitObject, writeCommit, writeObjects } from '../../src/git/commit.js';
import { type Repository, openRepository, readUser } from '../../src/git/repository.js';
import { buildTrees } from '../../src/git/trees.js';
import { temporaryFolder } from '../support/folders.js';

const message = 'deploy(churn@1.0.0): Zoë → production\n\nwhy\n\nMlc-Operation: deploy\n';
const people: [name: string, variables: Record<string, string>][] = [
  ['a name as most are', { GIT_AUTHOR_NAME: 'Ada', GIT_COMMITTER_NAME: 'Grace' }],
  ['a name that git trims', { GIT_AUTHOR_NAME: ' .Ada, Jr.;: ', GIT_COMMITTER_NAME: '"Zoë" O’Neil' }],
  ['signs that would end the name', { GIT_AUTHOR_NAME: 'Ada <boss>', GIT_COMMITTER_NAME: 'a\nb' }],
  ['another time zone', { GIT_AUTHOR_NAME: 'Ada', GIT_COMMITTER_DATE: '2026-03-01T09:30:00+05:30' }],
];

describe.each(['sha1', 'sha256'] as const)('in a repository of %s', (format) => {
  let folder: string;
  const env = {
    ...process.env,
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_EMAIL: 'grace@example.com',
    GIT_COMMITTER_NAME: 'Grace',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' }).trim();

  beforeAll(async () => {
    folder = await temporaryFolder();
    git('init', '-q', `--object-format=${format}`);
    git('config', 'i18n.commitEncoding', 'latin1');
  });

  async function both(
    repository: Repository,
    parent: string | null,
  ): Promise<{ made: string; written: string }> {
    const { identity } = await readUser(repository);
    const { root: tree, objects } = buildTrees(
      [{ path: 'a/b', content: Buffer.from('c\n') }],
      () => undefined,
      format,
    );
    const made = commitObject({ tree, parent, message, identity }, format);
    await writeObjects(repository, [...objects, made]);
    const written = await writeCommit(repository, { tree, parent, message, identity, sign: false });
    return { made: made.oid, written };
  }

  test.each(people)('%s', async (_name, variables) => {
    const repository = await openRepository(folder, { ...env, ...variables });
    const first = await both(repository, null);
    expect(first.made).toBe(first.written);
    const second = await both(repository, first.made);
    expect(second.made).toBe(second.written);
    expect(git('cat-file', 'commit', second.made)).toContain('Zoë → production');
    expect(git('fsck', '--strict', '--no-dangling', second.made)).toBe('');
  });
});
