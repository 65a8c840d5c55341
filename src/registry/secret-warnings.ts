// What looks like a secret in a file of the registry: told by its place alone, and never quoted by anything else.
import { secretsIn, withoutSecrets } from '../lifecycle/secrets.js';
import { showPath } from '../lifecycle/key-path.js';
import { type Problem, type Warning, count } from '../lifecycle/problems.js';
import { placeAt } from './places.js';
import { tellablePath } from './private-settings.js';

const wayOut =
  'make it invalid where it was issued, for history keeps it; then take it out, and name where it is kept instead';

interface FileText {
  text: string;
  /** Names it in warnings. */
  file: string;
  /** Whether it could be read, so that its keys can be found. */
  isRead: boolean;
  /** What the file held before: what stood there already is not told again. */
  before?: string;
}

// A file that is full of them is told of by its first ones.
const mostTold = 20;

/** A warning for everything in a file that looks like a secret. */
export async function secretWarnings({ text, file, isRead, before = '' }: FileText): Promise<Warning[]> {
  const found = secretsIn(text).filter((secret) => !before.includes(secret.text));
  if (found.length === 0) return [];
  const places = isRead ? (await import('./key-places.js')).locator(text) : undefined;
  const warnings = found.slice(0, mostTold).map((secret): Warning => {
    const { line, column } = placeAt(text, secret.offset);
    // A key may be the secret itself.
    const path = showPath(tellablePath((places?.pathAt(secret.offset) ?? []).map(String)));
    const message = `${path === '' ? '' : `${path} holds `}what looks like ${secret.looks}`;
    const place = path === '' ? { file, line, column } : { file, line, column, path };
    return { code: `secret/${secret.kind}`, message, hint: wayOut, ...place };
  });
  const more = found.length - mostTold;
  if (more <= 0) return warnings;
  const message = `${count(more, 'more place')} in it ${more === 1 ? 'looks' : 'look'} like a secret`;
  return [...warnings, { code: 'secret/more', message, file }];
}

/** The problems of a file, without the secrets that stand in it: output ends in logs. */
export function withoutFoundSecrets(problems: readonly Problem[], text: string): Problem[] {
  const secrets = secretsIn(text);
  if (secrets.length === 0) return [...problems];
  const lines = new Set(secrets.map(({ offset }) => placeAt(text, offset).line));
  return problems.map(({ quoted, ...problem }) => ({
    ...problem,
    message: withoutSecrets(problem.message, secrets),
    ...(problem.hint === undefined ? {} : { hint: withoutSecrets(problem.hint, secrets) }),
    ...(problem.path === undefined ? {} : { path: withoutSecrets(problem.path, secrets) }),
    ...(quoted === undefined || (problem.line !== undefined && lines.has(problem.line)) ? {} : { quoted }),
  }));
}
