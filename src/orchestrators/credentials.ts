// Which environment variables a hand-over reads credentials from, and whether they hold what can be sent.
import type { HandOver } from '../generated/types.js';
import { listOf, problem, type Problem } from '../lifecycle/problems.js';
import type { Secret } from './redact.js';

type Kind = 'token' | 'user' | 'password' | 'passed-on';

interface Credential {
  name: string;
  kind: Kind;
}

function tokens(...names: readonly (string | undefined)[]): Credential[] {
  return names.flatMap((name) => (name === undefined ? [] : [{ name, kind: 'token' as const }]));
}

function airflowCredentials(settings: NonNullable<HandOver['airflow']>): Credential[] {
  if (settings.token_env !== undefined) return tokens(settings.token_env);
  if (settings.user_env === undefined || settings.password_env === undefined) return [];
  return [
    { name: settings.user_env, kind: 'user' },
    { name: settings.password_env, kind: 'password' },
  ];
}

function prefectCredentials(settings: NonNullable<HandOver['prefect']>): Credential[] {
  if (settings.token_env !== undefined) return tokens(settings.token_env);
  if (settings.auth_string_env === undefined) return [];
  return [{ name: settings.auth_string_env, kind: 'password' }];
}

function credentialsOf(target: HandOver): Credential[] {
  switch (target.to) {
    case 'print':
      return [];
    case 'command':
      return (target.command?.env ?? []).map((name) => ({ name, kind: 'passed-on' }));
    case 'airflow':
      return target.airflow ? airflowCredentials(target.airflow) : [];
    case 'prefect':
      return target.prefect ? prefectCredentials(target.prefect) : [];
    case 'kubeflow':
      return tokens(target.kubeflow?.token_env);
    case 'github-workflow':
      return tokens(target.github_workflow?.token_env);
    case 'github-dispatch':
      return tokens(target.github_dispatch?.token_env);
    case 'gitlab':
      return tokens(target.gitlab?.token_env);
  }
}

// What a header may hold; anything else would be refused by fetch with the value in its message.
const sendable = /^[\x21-\x7e]+$/;

function faultOf({ name, kind }: Credential, env: NodeJS.ProcessEnv): Problem | undefined {
  const value = env[name];
  if (value === undefined || value === '')
    return problem(
      'hand-over/credential-missing',
      `the environment variable ${name} is not set`,
      `set ${name}${kind === 'passed-on' ? '' : ` to the ${kind} for this hand-over`}, or name another one in model.yaml`,
    );
  if (kind === 'token' && !sendable.test(value))
    return problem(
      'hand-over/credential-form',
      `the value of ${name} holds a blank, a line break or another character that a token does not have`,
      `set ${name} to the bare token`,
    );
  if (kind === 'user' && value.includes(':'))
    return problem(
      'hand-over/credential-form',
      `the value of ${name} holds a colon, which a user's name may not`,
      `set ${name} to the user's name alone`,
    );
  return undefined;
}

/** What is wrong with the environment: credentials that are not set, or that cannot be sent. No value is told. */
export function missingCredentials(target: HandOver, env: NodeJS.ProcessEnv): Problem[] {
  return credentialsOf(target).flatMap((credential) => faultOf(credential, env) ?? []);
}

/** The problems as one sentence. */
export function credentialSentence(problems: readonly Problem[]): string {
  return listOf(problems.map(({ message }) => message));
}

/** Every value that no output may hold. A user's name is none. */
export function secretsOf(target: HandOver, env: NodeJS.ProcessEnv): Secret[] {
  const credentials = credentialsOf(target);
  const secrets = credentials
    .filter(({ kind }) => kind !== 'user')
    .map(({ name }) => ({ shown: `$${name}`, value: env[name] ?? '' }));
  const user = credentials.find(({ kind }) => kind === 'user');
  const password = credentials.find(({ kind }) => kind === 'password');
  if (!user || !password) return secrets;
  const pair = Buffer.from(`${env[user.name] ?? ''}:${env[password.name] ?? ''}`, 'utf8').toString('base64');
  return [...secrets, { shown: `$${user.name}:$${password.name}`, value: pair }];
}
