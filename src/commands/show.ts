// mlc show: one version as a person wants to read it, or the notice to send about it.
import { usage } from '../errors.js';
import { dueItems } from '../lifecycle/due.js';
import { parseAddress } from '../lifecycle/identifiers.js';
import { openIncidents } from '../lifecycle/ledger.js';
import { approvalsNeeded, resolvePolicy, riskClassOf } from '../lifecycle/policy.js';
import { statusOf } from '../lifecycle/stages.js';
import { readClock } from '../registry/clock.js';
import { readModel } from '../registry/load.js';
import { headCommit } from '../registry/registry.js';
import { noticeView } from '../views/notice.js';
import { showView } from '../views/show.js';
import { open, pickVersion } from './answers.js';
import { type Command, isSet, word } from './command.js';

export const command: Command = {
  description:
    'Shows a version: where it serves, its gate with value, baseline and limit, who approved it, what it was made from, and what is due. With --notice: the text that tells owner and consumers of its deprecation.',
  arguments: [{ name: 'version', description: 'model@version, model@latest or model@environment' }],
  options: [{ flags: '--notice', description: 'print the notice to send instead' }],
  examples: ['mlc show churn@production', 'mlc show churn@1.0.0 --notice', 'mlc show churn@latest --json'],
  run: async (session, input) => {
    const registry = await open(session);
    const address = parseAddress(word(input, 'version'));
    if ('code' in address) throw usage(address.code, address.message, address.hint);
    const { commit } = await headCommit(registry);
    const read = await readModel(registry, commit, address.model);
    const { loaded, problems } = read;
    const record = pickVersion(read, address.selector);
    const { model, config } = loaded.state;
    const policy = resolvePolicy(config);
    const needed = approvalsNeeded(policy, riskClassOf(model, record));
    const due = dueItems(record, model, policy, readClock(session.env));
    if (isSet(input, 'notice')) {
      const notice = noticeView(record, model);
      return { json: { model: record.model_id, version: record.version, notice }, view: () => notice };
    }
    const incidents = openIncidents(loaded.state.ledger, record);
    const series =
      loaded.state.ledger.reports.size === 0
        ? []
        : await (await import('./glance.js')).seriesOf(registry, commit, record);
    return {
      json: {
        commit,
        status: statusOf(record),
        owner: model.owner,
        title: model.title,
        approvals_needed: needed,
        due,
        monitoring: series.map(({ points, badSide, ...rest }) => ({
          ...rest,
          bad_side: badSide,
          points: points.map(({ at, ...point }) => ({ window_end: at, ...point })),
        })),
        incidents: incidents.map(({ id, severity, opened_at, report_by, summary }) => ({
          id,
          severity,
          opened_at,
          report_by,
          summary,
        })),
        record,
      },
      view: (style) => showView({ record, model, approvalsNeeded: needed, due, series, incidents }, style),
      problems,
    };
  },
};
