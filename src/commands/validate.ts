// mlc validate: checks records, those of the working tree or those that are staged.
import { checkWorkingRegistry } from '../registry/registry.js';
import { validateStaged, validateWorkingTree } from '../registry/validate.js';
import { count } from '../lifecycle/problems.js';
import { validationView } from '../views/validation.js';
import { open } from './answers.js';
import { type Command, isSet, type Input } from './command.js';

function pathsOf(input: Input): string[] {
  const { paths } = input.arguments;
  return Array.isArray(paths) ? paths : [];
}

export const command: Command = {
  description:
    'Checks records against their schemas, their own contradictions, and each other. Without paths: the whole registry. With --staged: what would be committed now, whatever the working tree holds, as a pre-commit hook needs it. Exit code 1 when anything is wrong.',
  arguments: [{ name: 'paths', description: 'files or folders', optional: true, many: true }],
  options: [{ flags: '--staged', description: 'judge what is staged' }],
  examples: ['mlc validate', 'mlc validate models/churn', 'mlc validate --staged'],
  run: async (session, input) => {
    const registry = await open(session);
    checkWorkingRegistry(registry);
    const outcome = isSet(input, 'staged')
      ? await validateStaged(registry)
      : await session.progress('reading records', (update) =>
          validateWorkingTree(registry, session.cwd, pathsOf(input), (done) =>
            update(`${count(done, 'record')} checked`),
          ),
        );
    const valid = outcome.problems.length === 0;
    return {
      json: { valid, checked: outcome.checked, problems: outcome.problems },
      view: (style) => validationView(outcome, style),
      exitCode: valid ? 0 : 1,
    };
  },
};
