// Trees and packs built in memory are the ones that git itself would build, byte for byte, in both of its object formats.
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPack } from '../../src/git/pack.js';
import { type FileChange, buildTrees, objectId } from '../../src/git/trees.js';
import { temporaryFolder } from '../support/folders.js';
import { gitIn } from '../support/world.js';

const formats = ['sha1', 'sha256'] as const;
type Format = (typeof formats)[number];

async function repository(format: Format): Promise<string> {
  const folder = await temporaryFolder();
  gitIn(folder, ['init', '-q', '-b', 'main', `--object-format=${format}`]);
  return folder;
}

function gitBytes(folder: string, args: string[], input?: Buffer): Buffer {
  return execFileSync('git', args, { cwd: folder, input, stdio: ['pipe', 'pipe', 'ignore'] });
}

/** The tree that git makes of files. */
async function treeOfGit(folder: string, files: readonly FileChange[]): Promise<string> {
  gitIn(folder, ['read-tree', '--empty']);
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.content);
  }
  gitIn(folder, ['add', '-f', '-A', '.']);
  return gitIn(folder, ['write-tree']);
}

function readTree(folder: string, root: string | undefined): (at: string) => Buffer | undefined {
  return (at) => {
    if (root === undefined) return undefined;
    try {
      return gitBytes(folder, ['cat-file', 'tree', at === '' ? root : `${root}:${at}`]);
    } catch {
      return undefined;
    }
  };
}

function unpack(folder: string, format: Format, objects: ReturnType<typeof buildTrees>['objects']): void {
  gitBytes(folder, ['unpack-objects', '--strict', '-q'], buildPack(objects, format));
}

const files = (...paths: string[]): FileChange[] =>
  paths.map((file) => ({ path: file, content: Buffer.from(`content of ${file}\n`) }));

describe.each(formats)('in a repository of %s', (format) => {
  test('names that sort oddly come in the order of git', async () => {
    const folder = await repository(format);
    const odd = files(
      'a.b',
      'a/b',
      'a0',
      'a-',
      'a-b/c',
      'a/b.c',
      'a/b0',
      'b',
      'B',
      'é/ü',
      'models/x/1.10.0.yaml',
    );
    const { root, objects } = buildTrees(odd, () => undefined, format);
    expect(root).toBe(await treeOfGit(folder, odd));
    unpack(folder, format, objects);
    expect(gitIn(folder, ['cat-file', '-t', root])).toBe('tree');
  });

  test('files are put into a tree beside what is there, and modes and links stay', async () => {
    const folder = await repository(format);
    const before = await treeOfGit(folder, files('a/b', 'a/keep', 'a.b', 'run'));
    gitIn(folder, ['update-index', '--chmod=+x', 'run']);
    const link = gitBytes(folder, ['hash-object', '-w', '--stdin'], Buffer.from('a.b')).toString().trim();
    gitIn(folder, ['update-index', '--add', '--cacheinfo', `120000,${link},link`]);
    const base = gitIn(folder, ['write-tree']);
    expect(base).not.toBe(before);
    const change = [{ path: 'a/b', content: Buffer.from('new') }, ...files('a/c/d', 'a0')];
    const { root, objects } = buildTrees(change, readTree(folder, base), format);
    unpack(folder, format, objects);
    for (const { path: file, content } of change) {
      const oid = gitBytes(folder, ['hash-object', '-w', '--stdin'], content).toString().trim();
      gitIn(folder, ['update-index', '--add', '--cacheinfo', `100644,${oid},${file}`]);
    }
    expect(root).toBe(gitIn(folder, ['write-tree']));
    expect(
      gitIn(folder, ['ls-tree', root, 'run', 'link'])
        .split('\n')
        .map((line) => line.slice(0, 6)),
    ).toEqual(['120000', '100755']);
  });

  test('empty, binary and large content survive the pack', async () => {
    const folder = await repository(format);
    const contents = [
      Buffer.alloc(0),
      Buffer.from([0, 255, 10, 13]),
      Buffer.alloc(70_000, 'x'),
      Buffer.alloc(15),
      Buffer.alloc(16),
      Buffer.alloc(2047),
      Buffer.alloc(2048),
    ];
    const changes = contents.map((content, index) => ({ path: `f${index}`, content }));
    const { root, objects } = buildTrees(changes, () => undefined, format);
    unpack(folder, format, objects);
    for (const [index, content] of contents.entries()) {
      expect(gitBytes(folder, ['cat-file', 'blob', `${root}:f${index}`]).equals(content)).toBe(true);
      expect(objectId('blob', content, format)).toBe(gitIn(folder, ['rev-parse', `${root}:f${index}`]));
    }
  });

  test.each(['.git/config', 'a/.GIT/x', '../x', 'a//b', 'a/./b'])(
    'git refuses the pack with %s',
    async (name) => {
      const folder = await repository(format);
      const { objects } = buildTrees(files(name), () => undefined, format);
      expect(() => unpack(folder, format, objects)).toThrow();
    },
  );
});

const segment = fc.constantFrom(
  'a',
  'a.b',
  'a0',
  'a-',
  'a b',
  'ab',
  'b',
  'B',
  'é',
  '1.0.0.yaml',
  '1.10.0.yaml',
  '_',
  '~x',
  'a\\b',
  '😀',
);
const paths = fc.uniqueArray(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  {
    minLength: 1,
    maxLength: 14,
  },
);

test('60 random sets of files, some there already, give the tree of git', async () => {
  const folder = await repository('sha1');
  await fc.assert(
    fc.asyncProperty(paths, fc.nat(), async (named, cut) => {
      // No file stands where another one needs a folder.
      const all = named.filter((file) => !named.some((other) => other.startsWith(`${file}/`)));
      const [old, fresh] = [files(...all.slice(0, cut % all.length)), files(...all.slice(cut % all.length))];
      for (const name of [
        'a',
        'a.b',
        'a0',
        'a-',
        'a b',
        'ab',
        'b',
        'B',
        'é',
        '1.0.0.yaml',
        '1.10.0.yaml',
        '_',
        '~x',
        'a\\b',
        '😀',
      ])
        await rm(path.join(folder, name), { recursive: true, force: true });
      const base = await treeOfGit(folder, old);
      const known = readTree(folder, base);
      const folders = new Set(
        old.flatMap(({ path: file }) =>
          file.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/')),
        ),
      );
      const { root, objects } = buildTrees(
        fresh,
        (at) => (at === '' || folders.has(at) ? known(at) : undefined),
        'sha1',
      );
      expect(root).toBe(await treeOfGit(folder, [...old, ...fresh]));
      unpack(folder, 'sha1', objects);
    }),
    { numRuns: 60, seed: 20260303 },
  );
  expect(gitIn(folder, ['fsck', '--strict'])).not.toMatch(/error|missing/);
});
