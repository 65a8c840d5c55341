// mlc resolve: tells a router which versions serve.
import { environmentSplit } from '../lifecycle/rollouts.js';
import { environmentProblem, splitAnswer } from '../lifecycle/operations/traffic.js';
import type { VersionRecord } from '../generated/types.js';
import { refusal, usage } from '../errors.js';
import { loadModel } from '../registry/load.js';
import { headCommit } from '../registry/registry.js';
import { splitView } from '../views/transition.js';
import { open } from './answers.js';
import { type Command, text, word } from './command.js';

export const command: Command = {
  description:
    "Answers a router: the version with most live traffic in an environment, its artifacts, and the whole split. A service that asks here, and calls no version by number, never blocks a version's retirement. Exit code 1 when nothing serves.",
  arguments: [{ name: 'model', description: 'the model' }],
  options: [{ flags: '--env <name>', description: 'the environment, as in mlc.yaml', required: true }],
  examples: ['mlc resolve churn --env production', 'mlc resolve churn --env production --json'],
  run: async (session, input) => {
    const registry = await open(session);
    const [model, env] = [word(input, 'model'), text(input, 'env') ?? ''];
    const { commit } = await headCommit(registry);
    const { state } = await loadModel(registry, commit, model);
    const [unknown] = environmentProblem(state, env);
    if (unknown) throw usage(unknown.code, unknown.message, unknown.hint);
    const split = environmentSplit(state.versions, env);
    const main = split.find((share) => share.trafficPct > 0);
    if (!main)
      throw refusal(
        'address/not-serving',
        `no version of ${model} takes live traffic in ${env}`,
        `mlc list ${model}`,
      );
    const record = state.versions.get(main.version) as VersionRecord;
    const shares = splitAnswer(split).map((share) => ({
      ...share,
      artifacts: state.versions.get(share.version)?.artifacts ?? [],
    }));
    return {
      json: {
        model,
        environment: env,
        version: main.version,
        artifacts: record.artifacts ?? [],
        split: shares,
        commit,
      },
      view: (style) =>
        style.interactive
          ? [
              `${style.strong(`${model}@${main.version}`)} in ${env}`,
              splitView(splitAnswer(split), style),
              ...(record.artifacts ?? []).map((artifact) => `  ${artifact.kind.padEnd(10)} ${artifact.uri}`),
            ].join('\n')
          : shares
              .map((share) =>
                [
                  share.version,
                  share.traffic_pct,
                  share.mirror_pct,
                  ...share.artifacts.map((artifact) => artifact.uri),
                ].join('\t'),
              )
              .join('\n'),
    };
  },
};
