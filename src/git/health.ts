// What a check-up asks git: its version, attributes, flags of the index, objects.
import type { Repository } from './repository.js';
import { type GitPlace, git, gitText } from './run.js';

/** The version that git says it has, as `2.39.5`. */
export async function gitVersion(place: GitPlace): Promise<string> {
  const text = await gitText(place, { args: ['version'] });
  return /(?<!\d)\d+(\.\d+)+/.exec(text)?.[0] ?? '';
}

/** One attribute of one path. */
export interface Attribute {
  path: string;
  name: string;
  /** `set`, `unset`, `unspecified`, or a value. */
  value: string;
}

/** Attributes of paths, whether or not there are such files. */
export async function readAttributes(
  repository: Repository,
  names: readonly string[],
  paths: readonly string[],
): Promise<Attribute[]> {
  const { stdout } = await git(repository, {
    args: ['check-attr', '--stdin', '-z', ...names],
    input: paths.map((file) => `${file}\0`).join(''),
  });
  const fields = stdout.toString('utf8').split('\0');
  const attributes: Attribute[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3)
    attributes.push({ path: fields[at] ?? '', name: fields[at + 1] ?? '', value: fields[at + 2] ?? '' });
  return attributes;
}

/** A tracked file that git was told not to look at in the working tree. */
export interface OverlookedFile {
  path: string;
  flag: 'skip-worktree' | 'assume-unchanged';
}

/** Tracked files below some paths that git does not look at. */
export async function overlookedFiles(
  repository: Repository,
  paths: readonly string[],
): Promise<OverlookedFile[]> {
  const { stdout } = await git(repository, { args: ['ls-files', '-v', '-z', '--', ...paths] });
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line): OverlookedFile[] => {
      const [tag = '', path] = [line.slice(0, 1), line.slice(2)];
      if (tag.toUpperCase() === 'S') return [{ path, flag: 'skip-worktree' }];
      return tag !== tag.toUpperCase() ? [{ path, flag: 'assume-unchanged' }] : [];
    });
}

/** A path that git ignores, and the line that says so. */
export interface IgnoredPath {
  path: string;
  /** The file with the line; empty where it was given otherwise. */
  source: string;
  line: string;
  pattern: string;
}

/** Which of some paths git would ignore if they were new, whether or not there are such files. */
export async function ignoredPaths(repository: Repository, paths: readonly string[]): Promise<IgnoredPath[]> {
  const { stdout } = await git(repository, {
    args: ['check-ignore', '--no-index', '--verbose', '--stdin', '-z'],
    input: paths.map((file) => `${file}\0`).join(''),
    // It takes no patterns, and fails where it is told so.
    env: { GIT_LITERAL_PATHSPECS: '0' },
    accept: [1],
  });
  const fields = stdout.toString('utf8').split('\0');
  const ignored: IgnoredPath[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source = '', line = '', pattern = '', path = ''] = fields.slice(at, at + 4);
    // A pattern that begins with an exclamation mark takes the path back in.
    if (!pattern.startsWith('!')) ignored.push({ path, source, line, pattern });
  }
  return ignored;
}

/** Reads every object of the repository, and answers what git says is wrong, a line each. */
export async function checkObjects(repository: Repository): Promise<string[]> {
  // Every bit of the exit code stands for a kind of fault.
  const { stdout, stderr } = await git(repository, {
    args: ['fsck', '--full', '--strict', '--no-dangling', '--no-progress'],
    accept: Array.from({ length: 31 }, (_, bit) => bit + 1),
  });
  const said = `${stdout.toString('utf8')}\n${stderr}`;
  return said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('notice: '));
}
