// Hands a request over, for the first time or again, and answers what became of it without any credential.
import type { HandOver } from '../generated/types.js';
import { runCommand } from './command.js';
import { handOverProblems } from './configuration.js';
import { credentialSentence, missingCredentials, secretsOf } from './credentials.js';
import { type Exchange, exchangeOver } from './exchange.js';
import type { HandOverOutcome, HandOverRequest, HandOverSetting } from './hand-over.js';
import type { Orchestrator } from './orchestrator.js';
import { orchestratorOf } from './orchestrators.js';
import { oneLine, refused, unknown } from './outcomes.js';
import { redactor } from './redact.js';

const defaultSeconds = 30;
const maximumDetail = 1000;
const maximumUrl = 2000;
const maximumId = 500;

/** Outcomes hold text of the other side: bounded, one line, without credentials, and addresses that a browser opens. */
function cleaned(outcome: HandOverOutcome, redact: (text: string) => string): HandOverOutcome {
  const { externalId, url } = outcome;
  const address = url === undefined ? '' : redact(url);
  const id = externalId === undefined ? '' : oneLine(redact(externalId), maximumId);
  return {
    outcome: outcome.outcome,
    ...(id === '' ? {} : { externalId: id }),
    ...(/^https?:\/\/[\x21-\x7e]+$/.test(address) && address.length <= maximumUrl ? { url: address } : {}),
    detail: oneLine(redact(outcome.detail), maximumDetail),
    ...(outcome.duplicate === undefined ? {} : { duplicate: outcome.duplicate }),
    ...(outcome.output === undefined ? {} : { output: outcome.output }),
  };
}

/** Looks first where that is the only way to know, then starts. */
async function startOnce(orchestrator: Orchestrator, exchange: Exchange): Promise<HandOverOutcome> {
  if (orchestrator.repeats !== 'looks-always' || !orchestrator.find) return orchestrator.start(exchange);
  const found = await orchestrator.find(exchange);
  if (found === 'absent') return orchestrator.start(exchange);
  return 'found' in found ? found.found : refused(`nothing was started: ${found.failed}`);
}

/** Starts again what may have been started before. */
async function startAgain(orchestrator: Orchestrator, exchange: Exchange): Promise<HandOverOutcome> {
  const { name, repeats, caution } = orchestrator;
  if (repeats === 'by-key' || !orchestrator.find) {
    const outcome = await orchestrator.start(exchange);
    if (outcome.outcome === 'refused')
      return unknown(`${outcome.detail}; this says nothing of the time before, which ${name} may have taken`);
    if (repeats === 'by-key') return outcome;
    return {
      ...outcome,
      detail: `${outcome.detail}; it may run twice: ${caution ?? `${name} cannot tell`}`,
    };
  }
  const found = await orchestrator.find(exchange);
  if (found === 'absent') {
    const outcome = await orchestrator.start(exchange);
    return caution === undefined || outcome.outcome !== 'accepted'
      ? outcome
      : { ...outcome, detail: `${outcome.detail}; ${caution}` };
  }
  if ('found' in found) return found.found;
  return unknown(
    `nothing was started this time: ${found.failed}; whether ${name} has it already is not known`,
  );
}

async function overNetwork(
  target: HandOver,
  request: HandOverRequest,
  setting: HandOverSetting,
  go: (orchestrator: Orchestrator, exchange: Exchange) => Promise<HandOverOutcome>,
): Promise<HandOverOutcome> {
  const orchestrator = orchestratorOf(target, request);
  if (!orchestrator) return { outcome: 'accepted', detail: 'printed' };
  const timeoutSeconds = setting.timeoutSeconds ?? defaultSeconds;
  const limit = AbortSignal.timeout(timeoutSeconds * 1000);
  const secrets = secretsOf(target, setting.env);
  const redact = (text: string): string => redactor(secrets)(text);
  const exchange = exchangeOver({
    env: setting.env,
    redact,
    remember: (secret) => secrets.push(secret),
    signal: setting.signal ? AbortSignal.any([limit, setting.signal]) : limit,
    timeoutSeconds,
  });
  return cleaned(await go(orchestrator, exchange), redact);
}

// What is a name everywhere: a run's id in Airflow, which keeps 250 characters, part of an address, an input.
const keyPattern = /^[A-Za-z0-9_.-]{1,250}$/;

/** Why nothing can be sent at all. */
function obstacle(target: HandOver, request: HandOverRequest, setting: HandOverSetting): string | undefined {
  if (!keyPattern.test(request.key))
    return 'the key of the request is not 1 to 250 letters, digits, dots, hyphens and underscores';
  const problems = handOverProblems(target);
  if (problems.length > 0) return problems.map(({ message }) => message).join('; ');
  const missing = missingCredentials(target, setting.env);
  return missing.length > 0 ? credentialSentence(missing) : undefined;
}

async function byCommand(
  target: HandOver,
  request: HandOverRequest,
  setting: HandOverSetting,
): Promise<HandOverOutcome> {
  if (!target.command) return refused('the settings of the command are missing');
  const secrets = secretsOf(target, setting.env);
  const outcome = await runCommand(target.command, request, target.parameters ?? {}, setting, secrets);
  return cleaned(outcome, redactor(secrets));
}

/**
 * Hands a request over that was never handed over before. `print` sends nothing and is accepted: printing is the
 * caller's. Never throws for what the other side does, and nothing in the outcome holds a credential.
 */
export async function handOver(
  target: HandOver,
  request: HandOverRequest,
  setting: HandOverSetting,
): Promise<HandOverOutcome> {
  const why = obstacle(target, request, setting);
  if (why !== undefined) return refused(`nothing was sent: ${why}`);
  if (target.to === 'command') return byCommand(target, request, setting);
  return overNetwork(target, request, setting, startOnce);
}

/**
 * Hands a request over that may have arrived before: after a crash, or an unknown outcome. Finds the run of the time
 * before where the other side can be asked, and says so where it cannot. Stays `unknown` where nothing was learnt.
 */
export async function repeatHandOver(
  target: HandOver,
  request: HandOverRequest,
  setting: HandOverSetting,
): Promise<HandOverOutcome> {
  const why = obstacle(target, request, setting);
  if (why !== undefined) return unknown(`nothing was sent this time: ${why}`);
  if (target.to !== 'command') return overNetwork(target, request, setting, startAgain);
  const outcome = await byCommand(target, request, setting);
  return {
    ...outcome,
    detail: `${outcome.detail}; whether the time before got through is for the command to tell by the key`,
  };
}
