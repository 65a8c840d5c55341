// mlc retire: ends a version; its record stays.
import { parseRetention, parseStorage } from '../adapters/flags.js';
import { readRequest } from '../adapters/evidence-file.js';
import type { RetirementRequest } from '../generated/types.js';
import { retire } from '../lifecycle/operations/retire.js';
import { onVersion } from './answers.js';
import { type Command, isSet, reasonOf, text, texts } from './command.js';

export const command: Command = {
  description:
    'Retires a deprecated version once nothing stands in the way: no traffic, notice over, every artifact in cold storage by digest, a retention rule for each kind, no consumer that calls it by number, compliance confirmed by a named person, no hold. What still blocks it is printed with the way out. The record stays, with everything in it.',
  arguments: [{ name: 'version', description: 'model@version' }],
  options: [
    {
      flags: '--cold-storage <sha256=uri>',
      description: 'where an artifact is kept now, named by its digest',
      many: true,
    },
    {
      flags: '--retain <kind=period>',
      description: 'how long a kind is kept, as weights=P5Y, where no rule says it',
      many: true,
    },
    {
      flags: '--consumer-released <name>',
      description: 'a consumer that no longer calls this version by number',
      many: true,
    },
    {
      flags: '--compliance-confirmed-by <person>',
      description: 'who confirmed that the duties of compliance are met',
    },
    {
      flags: '--withdraw',
      description:
        'skip the notice: erasure duty, unlawful data, incident; needs a reason and a second person',
    },
    { flags: '--from <file>', description: 'all of this from a file, YAML or JSON (mlc schema retirement)' },
  ],
  examples: ['mlc retire churn@1.0.0 --from retirement.yaml', 'mlc retire churn@1.0.0 --dry-run'],
  commits: true,
  run: async (session, input) => {
    const file = text(input, 'from');
    const said: RetirementRequest =
      file === undefined ? {} : (await readRequest('retirement', session.cwd, file)).data;
    const request = {
      cold_storage: [...texts(input, 'coldStorage').map(parseStorage), ...(said.cold_storage ?? [])],
      retention: [...texts(input, 'retain').map(parseRetention), ...(said.retention ?? [])],
      consumers_released: [...texts(input, 'consumerReleased'), ...(said.consumers_released ?? [])],
      compliance_confirmed_by: text(input, 'complianceConfirmedBy') ?? said.compliance_confirmed_by,
      reason: reasonOf(input) ?? said.reason,
      withdraw: isSet(input, 'withdraw'),
    };
    return onVersion(session, input, (state, version, circumstance) =>
      retire(state, { version, ...request }, circumstance),
    );
  },
};
