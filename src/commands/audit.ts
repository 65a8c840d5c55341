// mlc audit: replays the history of a registry, and says what it proves.
import { runAudit } from '../registry/audit/report.js';
import { auditView } from '../views/audit.js';
import { open } from './answers.js';
import { type Command, isSet, text } from './command.js';
import { count } from '../lifecycle/problems.js';

export const command: Command = {
  description:
    'Replays the whole history: every change of a record has to be a legal transition with truthful trailers, nothing deleted or altered after the fact, times running forward, signatures good where policy asks for them. What was verified is remembered, and the next audit reads only what is new. With --seal: whether the history still holds what a seal was put on. Exit code 1 when anything is wrong.',
  options: [
    { flags: '--since <revision>', description: 'take everything that this revision reaches as it is' },
    { flags: '--seal <tag>', description: 'hold the history against a seal' },
    { flags: '--forget', description: 'forget what earlier audits verified, and read the whole history' },
  ],
  examples: ['mlc audit', 'mlc audit --since v2026.1', 'mlc audit --seal mlc-seal-2026-11-23'],
  run: async (session, input) => {
    const registry = await open(session);
    const report = await session.progress('replaying history', (update) =>
      runAudit(registry, {
        since: text(input, 'since'),
        seal: text(input, 'seal'),
        memory: isSet(input, 'forget') ? 'forget' : 'resume',
        progress: (done, of) => update(`${done} of ${count(of, 'commit')} replayed`),
      }),
    );
    return { json: report, view: (style) => auditView(report, style), exitCode: report.clean ? 0 : 1 };
  },
};
