// mlc audit seal: puts a signed tag over the verified history.
import { auditClock } from '../registry/audit/report.js';
import { seal } from '../registry/audit/seal.js';
import { headCommit } from '../registry/registry.js';
import { count } from '../lifecycle/problems.js';
import { sealView } from '../views/audit.js';
import { open } from './answers.js';
import { type Command, text } from './command.js';

export const command: Command = {
  description:
    'Audits the whole history and, if nothing is wrong, puts a signed, annotated tag on it that holds the number and the digest of all transitions. git signs it with your ssh key (gpg.format ssh, user.signingkey), which has to be among the allowed signers. Push the tag, and keep its digest somewhere else too: what is rewritten afterwards shows.',
  options: [
    { flags: '--tag <name>', description: 'the name of the tag; mlc-seal-DATE where it is left out' },
  ],
  examples: ['mlc audit seal', 'mlc audit seal --tag mlc-seal-2026-q4'],
  run: async (session, input) => {
    const registry = await open(session);
    const { commit: head } = await headCommit(registry);
    const made = await session.progress('replaying history', (update) =>
      seal(registry, {
        head,
        name: text(input, 'tag'),
        now: auditClock(session.env),
        progress: (done, of) => update(`${done} of ${count(of, 'commit')} replayed`),
      }),
    );
    return {
      json: made,
      view: (style) => sealView(made, style),
      next: [`git push origin ${made.tag}`, `mlc audit --seal ${made.tag}`],
    };
  },
};
