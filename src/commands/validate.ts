// mlc validate: checks records, those of the working tree or those that are staged.
import { checkWorkingRegistry } from '../registry/registry.js';
import { readySchemas } from '../registry/schema-problems.js';
import { validateStaged, validateWorkingTree } from '../registry/validate.js';
import { type Warning, count } from '../lifecycle/problems.js';
import { validationView } from '../views/validation.js';
import { open } from './answers.js';
import { type Command, isSet, type Input } from './command.js';

function pathsOf(input: Input): string[] {
  const { paths } = input.arguments;
  return Array.isArray(paths) ? paths : [];
}

const mostShown = 100;

/** The first warnings, and how many more there are. */
function shownWarnings(warnings: readonly Warning[]): readonly Warning[] {
  if (warnings.length <= mostShown) return warnings;
  const message = `and ${count(warnings.length - mostShown, 'warning')} more`;
  return [
    ...warnings.slice(0, mostShown),
    { code: 'validate/more', message, hint: 'mlc validate --json tells all' },
  ];
}

export const command: Command = {
  description:
    'Checks records against their schemas, their own contradictions, and each other. Without paths: the whole registry. With --staged: what would be committed now, whatever the working tree holds, as a pre-commit hook needs it. Exit code 1 when anything is wrong. What looks like a secret (a key, a token, an address with a password) is warned about.',
  arguments: [{ name: 'paths', description: 'files or folders', optional: true, many: true }],
  options: [{ flags: '--staged', description: 'judge what is staged' }],
  examples: ['mlc validate', 'mlc validate models/churn', 'mlc validate --staged'],
  run: async (session, input) => {
    if (isSet(input, 'staged')) void readySchemas(['version']);
    const registry = await open(session);
    checkWorkingRegistry(registry);
    const outcome = isSet(input, 'staged')
      ? await validateStaged(registry)
      : await session.progress('reading records', (update) =>
          validateWorkingTree(registry, session.cwd, pathsOf(input), (done) =>
            update(`${count(done, 'record')} checked`),
          ),
        );
    const { checked, problems, warnings } = outcome;
    const valid = problems.length === 0;
    return {
      json: { valid, checked, problems, warnings },
      warnings: shownWarnings(warnings),
      view: (style) => validationView(outcome, style),
      exitCode: valid ? 0 : 1,
    };
  },
};
