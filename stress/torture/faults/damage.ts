// Files of git that a power loss emptied, or a disk garbled: told as what they are, with the way out; caches do not matter.
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Arena, git, headOf, mlc } from '../arena.js';
import { promise } from '../complain.js';
import { holding, promiseTold, promiseWorks } from './expect.js';
import type { Fault } from './fault.js';

const gitFile = (arena: Arena, name: string): string => path.join(arena.folder, '.git', name);

/** Damages a file, tries a transition, and puts the file back. */
async function damaged(arena: Arena, file: string, content: string, told: RegExp): Promise<undefined> {
  const before = headOf(arena, arena.folder);
  const sound = readFileSync(file);
  chmodSync(file, 0o644);
  writeFileSync(file, content);
  const ended = await mlc(arena, holding().args);
  const read = await mlc(arena, ['list']);
  writeFileSync(file, sound);
  promiseTold(ended, told);
  promiseTold(ended, /→ .*(mlc doctor|git reset)/);
  promise(read.code === 0 || read.code === 2, `mlc list exited ${read.code}`, read.said);
  promise(headOf(arena, arena.folder) === before, 'the branch moved');
  await promiseWorks(arena);
  return undefined;
}

function objectFile(arena: Arena, name: string): string {
  const id = git(arena, arena.folder, 'rev-parse', name);
  return gitFile(arena, `objects/${id.slice(0, 2)}/${id.slice(2)}`);
}

const objects: Readonly<Record<string, string>> = {
  'the last commit': 'HEAD',
  'its tree': 'HEAD^{tree}',
  "a model's folder": 'HEAD:models/churn',
  'a record': 'HEAD:models/churn/versions/1.2.0.yaml',
};

const damagedObjects: Fault[] = Object.entries(objects).flatMap(([what, name]) =>
  ['', 'garbage'].map((content): Fault => ({
    name: `${content === '' ? 'an empty' : 'a garbled'} object: ${what}`,
    kind: 'plain',
    meet: (arena) => damaged(arena, objectFile(arena, name), content, /damaged/),
  })),
);

export const damageFaults: Fault[] = [
  {
    name: 'an empty file of the branch',
    kind: 'plain',
    meet: (arena) =>
      damaged(arena, gitFile(arena, 'refs/heads/main'), '', /points to nothing that git can read/),
  },
  {
    name: 'an empty index',
    kind: 'plain',
    meet: (arena) => damaged(arena, gitFile(arena, 'index'), '', /the index of git is damaged/),
  },
  {
    name: 'a garbled index',
    kind: 'plain',
    meet: (arena) => damaged(arena, gitFile(arena, 'index'), 'garbage', /the index of git is damaged/),
  },
  ...damagedObjects,
  ...['', '{', 'null', '[]', '{"owner":{"host":"x"}}', '\u0000'].map((content): Fault => ({
    name: `a journal that holds ${JSON.stringify(content)}`,
    kind: 'plain',
    meet: async (arena) => {
      mkdirSync(gitFile(arena, 'mlc/journal'), { recursive: true });
      const file = gitFile(arena, `mlc/journal/${randomUUID()}.json`);
      writeFileSync(file, content);
      await mlc(arena, ['list']);
      const ended = await mlc(arena, holding().args);
      promise(ended.code === 0, 'it stops a transition', ended.said);
      return undefined;
    },
  })),
  {
    name: 'caches that are empty or garbled',
    kind: 'plain',
    meet: async (arena) => {
      for (const args of [['validate'], ['audit'], ['health'], ['list']]) await mlc(arena, args);
      const sound = await mlc(arena, ['list']);
      const files = readdirSync(gitFile(arena, 'mlc/cache'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
      promise(files.length > 0, 'there is no cache to damage');
      for (const content of ['', '{', 'garbage', '{"entries":{"x":1}}', '{"entries":[[]]}']) {
        for (const file of files) writeFileSync(file, content);
        const list = await mlc(arena, ['list']);
        promise(
          list.code === 0 && list.stdout === sound.stdout,
          `a cache that holds ${content} matters`,
          list.said,
        );
        for (const file of files) writeFileSync(file, content);
        await promiseWorks(arena);
        sound.stdout = (await mlc(arena, ['list'])).stdout;
      }
      return undefined;
    },
  },
];
