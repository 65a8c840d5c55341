// Unusual names, clocks, hooks and modes.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Scene, copyScene, expectClean, record, registryWithPast, then } from './attack-world.js';
import { expectHonest } from './honest-world.js';

let past: Scene;
beforeAll(async () => {
  past = await registryWithPast();
});

describe('people and their settings', () => {
  test.each([
    ['Zoë Ångström', 'zoe@example.com'],
    ['O\'Brien "Bob", Jr.', 'bob+mlc@example.com'],
    ['李雷', 'li.lei@example.com'],
    ['Имя: Фамилия # 1', 'imja@example.com'],
    ['-dash & {brace}', 'dash@example.com'],
  ])('%s', async (name, address) => {
    await expectHonest(past, {
      name,
      act: async (scene) => {
        const env = {
          GIT_AUTHOR_NAME: name,
          GIT_AUTHOR_EMAIL: address,
          GIT_COMMITTER_NAME: name,
          GIT_COMMITTER_EMAIL: address,
        };
        await scene.register(
          { change: 'retraining', dataset: 'train@v7 "ü"', weights: 'w7' },
          { at: then, env },
        );
        await scene.ok(['hold', 'churn@1.3.0', '-m', 'Prüfung: "läuft"\n\n- eins\n---\n# zwei'], {
          at: then,
          env,
        });
        await scene.ok(['release', 'churn@1.3.0', '-m', ': {}'], { at: '2026-03-10T10:00:00Z', env });
      },
    });
  });

  test('a committer who is not the author, and a clock that only the committer has', async () => {
    await expectHonest(past, {
      name: '',
      act: async (scene) => {
        const env = { GIT_COMMITTER_NAME: 'CI', GIT_COMMITTER_EMAIL: 'ci@example.com' };
        await scene.ok(['hold', 'churn@1.1.0', '-m', 'x'], { at: then, env });
        await scene.ok(['release', 'churn@1.1.0', '-m', 'x'], {
          env: { GIT_COMMITTER_DATE: '2026-03-11T09:00:00Z' },
        });
        await scene.ok(['review', 'churn@1.1.0'], { at: '1773320400 +0530' });
      },
    });
  });

  test('hooks that run, and one that adds a trailer', async () => {
    await expectHonest(past, {
      name: '',
      act: async (scene) => {
        const hook = path.join(scene.folder, '.git/hooks/commit-msg');
        await mkdir(path.dirname(hook), { recursive: true });
        await writeFile(hook, '#!/bin/sh\necho "Change-Id: I0123" >> "$1"\n');
        await chmod(hook, 0o755);
        await scene.ok(['hold', 'churn@1.1.0', '-m', 'x'], { at: then });
        expect(scene.git('log', '-1', '--format=%B')).toContain('Change-Id: I0123');
      },
    });
  });

  test('a record that may be executed is a record', async () => {
    const scene = await copyScene(past);
    scene.git('checkout', '-q', '-b', 'feature');
    await chmod(path.join(scene.folder, record('1.0.0')), 0o755);
    scene.commit('mode');
    expectClean(await scene.check());
  });
});
