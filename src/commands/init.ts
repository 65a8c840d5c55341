// mlc init: starts a registry.
import path from 'node:path';
import type { CiHost } from '../registry/ci-files.js';
import { installHookIfPossible } from '../registry/hook-edit.js';
import { isInRepository, makeRegistryFolder } from '../registry/new-folder.js';
import { filesOfNewRegistry, startRegistry } from '../registry/start.js';
import { hookInstalledView } from '../views/hook.js';
import { startAnswer } from './answers.js';
import { type Command, isSet, reasonOf, settingsOf, text, word } from './command.js';

export const command: Command = {
  description:
    'Starts a registry: mlc.yaml, .gitattributes and the schemas that editors complete records by, in one commit. Makes the folder and the repository where there is none. Run again, it brings those files up to date.',
  arguments: [
    { name: 'dir', description: 'the folder; the present one where it is left out', optional: true },
  ],
  options: [
    { flags: '--name <name>', description: "the registry's name; the folder's where it is left out" },
    { flags: '--hooks', description: 'put the pre-commit hook there too, as mlc hook install does' },
    {
      flags: '--ci <host>',
      description: 'write a job that checks every merge and audits the history',
      choices: ['github', 'gitlab'],
    },
  ],
  examples: ['mlc init', 'mlc init models-registry --name acme-models', 'mlc init --hooks --ci github'],
  commits: true,
  run: async (session, input) => {
    const folder = path.resolve(session.cwd, word(input, 'dir') || session.request.folder || '.');
    const settings = settingsOf(input);
    const ci = text(input, 'ci') as CiHost | undefined;
    if (settings.dryRun && !(await isInRepository(folder, session.env))) {
      const name = text(input, 'name') ?? path.basename(folder);
      const planned = {
        kind: 'planned' as const,
        commit: null,
        pushed: false,
        files: filesOfNewRegistry(ci),
        warnings: [],
        transaction: '',
      };
      return startAnswer(
        'init',
        `registry ${name} in ${folder}`,
        planned,
        { registry: folder, name, repository_created: false },
        [],
      );
    }
    // A folder that is named is the registry's, even inside a larger repository.
    const named = word(input, 'dir') !== '' || session.request.folder !== undefined;
    const { registry, created, dropUnused } = await makeRegistryFolder(folder, {
      env: session.env,
      folder: named ? folder : undefined,
    });
    if (registry.prefix !== '') {
      const message = 'the registry is a folder of a larger repository';
      session.note({
        code: 'init/folder',
        message,
        hint: `name it to every command: --registry ${folder}, or MLC_REGISTRY=${folder}`,
      });
    }
    const name = text(input, 'name') ?? path.basename(registry.root);
    const outcome = await startRegistry(registry, name, reasonOf(input), { ...settings, ci }).finally(
      dropUnused,
    );
    const wanted = isSet(input, 'hooks') && !settings.dryRun;
    const { hook, warnings } = wanted ? await installHookIfPossible(registry) : { warnings: [] };
    warnings.forEach(session.note);
    const more = {
      registry: registry.root,
      name,
      repository_created: created,
      ...(wanted ? { hook: hook?.file ?? null } : {}),
    };
    const what = `registry ${name} in ${registry.root}`;
    const answer = startAnswer('init', what, outcome, more, ['mlc model add MODEL']);
    if (!hook) return answer;
    return { ...answer, view: (style) => `${answer.view(style)}\n${hookInstalledView(hook, style)}` };
  },
};
