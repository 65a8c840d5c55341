// mlc doctor: finds what is wrong with a registry and its checkout, and mends what is safe to mend.
import { deepExaminations, quickExaminations } from '../registry/doctor/examinations.js';
import { examine, subjectOf } from '../registry/doctor/examine.js';
import { locateRegistry } from '../registry/registry.js';
import { doctorView } from '../views/doctor.js';
import { type Command, isSet } from './command.js';

export const command: Command = {
  description:
    'Finds and names what is wrong with a registry and its checkout: interrupted transitions, locks and files that were left behind, invalid records, uncommitted changes, missing identity, hook or attributes, an old git, and what makes history lie. With --fix it mends what is safe to mend and says what it did; it never touches a record, never commits, and deletes nothing but what mlc made. Exit code 1 when something is wrong; warnings alone are healthy.',
  options: [
    { flags: '--fix', description: 'mend what is safe to mend' },
    { flags: '--deep', description: 'read every object of git too, which takes a while' },
  ],
  examples: ['mlc doctor', 'mlc doctor --fix', 'mlc doctor --deep --json'],
  run: async (session, input) => {
    // Not opened as other commands open it: that would mend an interrupted transition without being asked.
    const registry = await locateRegistry(session.request);
    const made = await session.progress('examining', async (update) =>
      examine(
        await subjectOf(registry, update),
        isSet(input, 'deep') ? deepExaminations : quickExaminations,
        isSet(input, 'fix') ? 'mend' : 'tell',
      ),
    );
    const healthy = made.every((examination) => examination.outcome !== 'problem');
    const fixed = made.flatMap(({ findings }) => findings.flatMap((finding) => finding.fixed ?? []));
    return {
      json: {
        healthy,
        examinations: made.map(({ name, outcome, findings }) => ({ name, outcome, findings })),
        fixed,
      },
      view: (style) => doctorView(made, style),
      exitCode: healthy ? 0 : 1,
    };
  },
};
