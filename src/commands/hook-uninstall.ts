// mlc hook uninstall: takes mlc's pre-commit hook out of the repository.
import { uninstallHook } from '../registry/hook-edit.js';
import { hookRemovedView } from '../views/hook.js';
import { open } from './answers.js';
import type { Command } from './command.js';

export const command: Command = {
  description: 'Takes out the pre-commit hook that mlc hook install wrote. Any other hook stays as it is.',
  examples: ['mlc hook uninstall'],
  run: async (session) => {
    const { warnings, ...hook } = await uninstallHook(await open(session));
    return {
      json: { operation: 'uninstall', ...hook, warnings },
      view: (style) => hookRemovedView(hook, style),
      warnings,
    };
  },
};
