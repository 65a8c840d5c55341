// mlc hook install: has every commit validate the records that are staged for it.
import { installHook } from '../registry/hook-edit.js';
import { checkWorkingRegistry } from '../registry/registry.js';
import { hookInstalledView } from '../views/hook.js';
import { open } from './answers.js';
import type { Command } from './command.js';

export const command: Command = {
  description:
    "Puts a pre-commit hook into the repository's folder of hooks that runs mlc validate --staged, so that no commit takes a record in that is not valid. Run again, it brings the hook up to date. A hook that mlc did not write is never overwritten: the answer is the line to add to it.",
  examples: ['mlc hook install', 'mlc --registry ml hook install'],
  run: async (session) => {
    const registry = await open(session);
    checkWorkingRegistry(registry);
    const { warnings, ...hook } = await installHook(registry);
    return {
      json: { operation: 'install', ...hook, warnings },
      view: (style) => hookInstalledView(hook, style),
      warnings,
    };
  },
};
