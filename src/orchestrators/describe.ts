// What a hand-over would do, without doing it: for a dry run.
import type { HandOver } from '../generated/types.js';
import { usage } from '../errors.js';
import { type ShownCall, shownCall } from './call.js';
import { handOverProblems } from './configuration.js';
import type { HandOverRequest } from './hand-over.js';
import { orchestratorOf } from './orchestrators.js';
import { type RequestDocument, requestDocument, requestEnvironment } from './request-document.js';

/** What would be printed, run or sent. Credentials stand as `$NAME`. */
export type Described =
  | { to: 'print'; document: RequestDocument }
  | { to: 'command'; argv: readonly string[]; env: Record<string, string>; stdin: RequestDocument }
  | (ShownCall & {
      to: Exclude<HandOver['to'], 'print' | 'command'>;
      /** The requests that would come first; they change nothing. */
      before: ShownCall[];
    });

/**
 * Describes a hand-over. Pure: reads no environment and no clock.
 * @throws usage `hand-over/settings` where the settings are wrong, without any of their values.
 */
export function describeHandOver(target: HandOver, request: HandOverRequest): Described {
  const problems = handOverProblems(target);
  if (problems.length > 0)
    throw usage(
      'hand-over/settings',
      'the settings of the hand-over are wrong',
      'mend retraining.hand_over in model.yaml',
      problems,
    );
  const document = requestDocument(request, target.parameters);
  const orchestrator = orchestratorOf(target, request);
  if (orchestrator && target.to !== 'print' && target.to !== 'command')
    return { to: target.to, ...shownCall(orchestrator.call), before: orchestrator.before.map(shownCall) };
  if (target.command && target.to === 'command')
    return {
      to: 'command',
      argv: target.command.argv,
      env: {
        ...Object.fromEntries((target.command.env ?? []).map((name) => [name, `$${name}`])),
        ...requestEnvironment(request),
      },
      stdin: document,
    };
  return { to: 'print', document };
}
