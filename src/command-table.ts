// The command table: every command with its summary, in the order of help, and where its module is.
import type { Command, CommandEntry } from './commands/command.js';

const entry = (
  group: string,
  name: string,
  summary: string,
  load: () => Promise<{ command: Command }>,
): CommandEntry => ({
  name,
  summary,
  group,
  load: async () => (await load()).command,
});

const start = 'Start';
const enter = 'Enter the registry';
const serve = 'Serve';
const watch = 'Watch';
const end = 'End';
const look = 'Look';
const hold = 'Hold to the rules';
const tools = 'Tools';

/** Every command, in the order of help. */
export const commandTable: readonly CommandEntry[] = [
  entry(start, 'init', 'start a registry in a git repository', () => import('./commands/init.js')),
  entry(start, 'model add', 'add a model and its evaluation gate', () => import('./commands/model-add.js')),
  entry(enter, 'gate', 'hold results against a gate; writes nothing', () => import('./commands/gate.js')),
  entry(
    enter,
    'register',
    'register a trained model as a new version',
    () => import('./commands/register.js'),
  ),
  entry(enter, 'approve', 'approve a registered version', () => import('./commands/approve.js')),
  entry(enter, 'reject', 'reject a registered version, for good', () => import('./commands/reject.js')),
  entry(serve, 'deploy', 'let a version take traffic', () => import('./commands/deploy.js')),
  entry(serve, 'ramp', "change a version's share of traffic", () => import('./commands/ramp.js')),
  entry(
    serve,
    'rollback',
    'go back to the split before the last change',
    () => import('./commands/rollback.js'),
  ),
  entry(serve, 'resolve', 'tell a router which versions serve', () => import('./commands/resolve.js')),
  entry(watch, 'monitor', 'record what a tool measured in production', () => import('./commands/monitor.js')),
  entry(watch, 'drift', 'measure drift between two files', () => import('./commands/drift.js')),
  entry(
    watch,
    'triggers',
    'evaluate the triggers of deployed versions',
    () => import('./commands/triggers.js'),
  ),
  entry(
    watch,
    'event',
    'write down an upstream change, a duty, new data',
    () => import('./commands/event.js'),
  ),
  entry(watch, 'retrain', 'request a retraining, and hand it over', () => import('./commands/retrain.js')),
  entry(watch, 'due', 'list what is overdue or coming', () => import('./commands/due.js')),
  entry(
    watch,
    'health',
    'find zombies, and write the report per owner',
    () => import('./commands/health.js'),
  ),
  entry(
    watch,
    'incident open',
    'open an incident, which holds its versions',
    () => import('./commands/incident-open.js'),
  ),
  entry(
    watch,
    'incident update',
    'add to an incident what became known',
    () => import('./commands/incident-update.js'),
  ),
  entry(
    watch,
    'incident close',
    'close an incident, which releases its versions',
    () => import('./commands/incident-close.js'),
  ),
  entry(end, 'review', 'keep or move a deprecation target', () => import('./commands/review.js')),
  entry(
    end,
    'deprecate',
    'give notice that a version will be retired',
    () => import('./commands/deprecate.js'),
  ),
  entry(end, 'reinstate', 'take a deprecation back', () => import('./commands/reinstate.js')),
  entry(end, 'retire', 'retire a version; its record stays', () => import('./commands/retire.js')),
  entry(end, 'hold', 'put a legal or incident hold on a version', () => import('./commands/hold.js')),
  entry(end, 'release', 'release a hold', () => import('./commands/release.js')),
  entry(look, 'list', 'list versions', () => import('./commands/list.js')),
  entry(look, 'show', 'show a version', () => import('./commands/show.js')),
  entry(
    look,
    'history',
    'show the transitions of a registry or a model',
    () => import('./commands/history.js'),
  ),
  entry(look, 'diff', 'compare two versions', () => import('./commands/diff.js')),
  entry(look, 'inventory', 'tell what was in the registry on a day', () => import('./commands/inventory.js')),
  entry(hold, 'validate', 'validate records', () => import('./commands/validate.js')),
  entry(
    hold,
    'hook install',
    'have every commit validate its records',
    () => import('./commands/hook-install.js'),
  ),
  entry(hold, 'hook uninstall', 'take that hook out', () => import('./commands/hook-uninstall.js')),
  entry(hold, 'doctor', 'find what is wrong, and mend it', () => import('./commands/doctor.js')),
  entry(hold, 'check', 'judge a branch before it is merged', () => import('./commands/check.js')),
  entry(hold, 'audit', 'replay the history, and prove it', () => import('./commands/audit.js')),
  entry(
    hold,
    'audit seal',
    'put a signed tag over the verified history',
    () => import('./commands/audit-seal.js'),
  ),
  entry(
    hold,
    'audit export',
    'write every transition for an auditor, with a sample',
    () => import('./commands/audit-export.js'),
  ),
  entry(tools, 'schema', 'print a schema', () => import('./commands/schema.js')),
  entry(
    tools,
    'completion',
    'print a completion script for a shell',
    () => import('./commands/completion.js'),
  ),
];
