// What no schema can say of a hand-over's settings: that they fit together, and that no credential stands in them.
import type { HandOver } from '../generated/types.js';
import type { Problem } from '../lifecycle/problems.js';
import { holdsSecret } from '../lifecycle/secrets.js';

/** The key that holds the settings of each target. */
const settingsKey = {
  print: undefined,
  command: 'command',
  airflow: 'airflow',
  prefect: 'prefect',
  kubeflow: 'kubeflow',
  'github-workflow': 'github_workflow',
  'github-dispatch': 'github_dispatch',
  gitlab: 'gitlab',
} as const satisfies Record<HandOver['to'], keyof HandOver | undefined>;

// Settings have no prose in them, so more is taken for a credential here than anywhere in a record.
const credentialForms: readonly RegExp[] = [
  /:\/\/[^/?#\s:]*:[^/?#\s]*@/,
  /[?&;](sig|signature|key|code)=[^&\s]/i,
  // What stands before the word is looked at once the word is found: tried from every place, long text takes minutes.
  /(token|password|passwd|pwd|secret|api[_-]?key|credentials?)(?==[^&\s])(?<=(?:^|[?&;\s-])[\w-]*)/i,
  /\b(gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|gl[a-z]{2,6}-[\w-]{16,}|pn[ub]_\w{16,}|AKIA[A-Z0-9]{12,})/,
  /\beyJ[\w-]{8,1000}\.[\w-]{8,}\./,
  /\b(bearer|basic)\s+[\w.~+/=-]{8,}/i,
];

const credentialName = /(^|[_-])(token|password|passwd|pwd|secret|api_?key|credentials?)$/i;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reserved: readonly string[] = ['key', 'request', 'MLC_REQUEST', 'MLC_REQUEST_KEY'];

interface Text {
  path: string;
  key: string;
  text: string;
}

/** Every text in the settings, names of parameters included. */
function textsOf(node: unknown, path: string, key: string): Text[] {
  if (typeof node === 'string') return [{ path, key, text: node }];
  if (Array.isArray(node)) return node.flatMap((item, index) => textsOf(item, `${path}[${index}]`, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [
    { path: `${path}.${name}`, key: '', text: name },
    ...textsOf(value, `${path}.${name}`, key === 'parameters' ? key : name),
  ]);
}

function inSettings(path: string): Problem {
  return {
    code: 'hand-over/credential-in-settings',
    message: `${path} holds what looks like a credential`,
    hint: 'take it out, make it invalid where it was issued, and name an environment variable instead',
    path,
  };
}

function credentialProblem({ path, key, text }: Text): Problem | undefined {
  // The value is never told: the message may end in a log.
  if (holdsSecret(text) || credentialForms.some((form) => form.test(text))) return inSettings(path);
  if ((key === 'env' || key.endsWith('_env')) && !variableName.test(text))
    return {
      code: 'hand-over/variable-name',
      message: `${path} is not the name of an environment variable`,
      hint: 'a name has letters, digits and "_", as AIRFLOW_TOKEN; the credential itself belongs into the environment',
      path,
    };
  return undefined;
}

function addressProblem({ path, key, text }: Text): Problem | undefined {
  if (!['base_url', 'api_url', 'host'].includes(key)) return undefined;
  const wrong = (what: string): Problem => ({
    code: 'hand-over/address',
    message: `${path} ${what}`,
    hint: 'give scheme, host and path alone, as https://airflow.example.com',
    path,
  });
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    return wrong('is not an http or https address');
  if (new URL(text).username !== '') return wrong('names a user');
  if (/[?#]/.test(text)) return wrong('has a query or a fragment');
  return undefined;
}

function settingsProblem(target: HandOver, path: string): Problem | undefined {
  const key = settingsKey[target.to];
  if (key === undefined || target[key] !== undefined) return undefined;
  return {
    code: 'hand-over/settings-missing',
    message: `${path}.to is "${target.to}", and ${path} has no "${key}"`,
    hint: `add "${key}" with its settings; mlc schema model shows them with an example`,
    path,
  };
}

function pairProblem(target: HandOver, path: string): Problem | undefined {
  const { user_env: user, password_env: password } = target.airflow ?? {};
  if ((user === undefined) === (password === undefined)) return undefined;
  return {
    code: 'hand-over/half-a-credential',
    message: `${path}.airflow has ${user === undefined ? 'password_env without user_env' : 'user_env without password_env'}`,
    hint: 'name both, or a token_env alone',
    path: `${path}.airflow`,
  };
}

function parameterProblems(target: HandOver, path: string): Problem[] {
  const taken = [
    ...reserved,
    target.prefect?.request_parameter ?? '',
    target.kubeflow?.request_parameter ?? '',
  ];
  return Object.entries(target.parameters ?? {}).flatMap(([name, value]) => {
    const where = `${path}.parameters.${name}`;
    if (typeof value === 'string' && value !== '' && credentialName.test(name)) return inSettings(where);
    if (!taken.includes(name)) return [];
    return {
      code: 'hand-over/parameter-taken',
      message: `${where} has a name that mlc gives to the request itself`,
      hint: 'give it another name',
      path: where,
    };
  });
}

/**
 * What is wrong with the settings beyond their schema. `path` is where they stand in the file. No message holds a value,
 * because the value may be a credential; neither may a caller quote the line of `hand-over/credential-in-settings` or
 * `hand-over/variable-name`.
 */
export function handOverProblems(target: HandOver, path = 'retraining.hand_over'): Problem[] {
  const texts = textsOf(target, path, '');
  return [
    settingsProblem(target, path) ?? [],
    pairProblem(target, path) ?? [],
    parameterProblems(target, path),
    texts.flatMap((text) => credentialProblem(text) ?? addressProblem(text) ?? []),
  ].flat();
}
