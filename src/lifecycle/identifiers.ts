// Names: what a model id and a version number may look like, and how `model@version` is read.
import valid from 'semver/functions/valid.js';
import { type Problem, problem } from './problems.js';

const modelIdPattern = /^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$/;
// Windows opens devices under these names whatever the extension, so a clone there could not hold the folder.
const reservedNames = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])(\..*)?$/;

/** What is wrong with a model id, if anything. */
export function modelIdProblem(id: string): Problem | undefined {
  if (!modelIdPattern.test(id) || id.includes('..')) {
    return problem(
      'name/model-id',
      `"${id}" cannot name a model: use lower-case letters, digits, ".", "_" and "-", 1 to 100 characters, beginning and ending with a letter or digit, without ".."`,
      suggestedId(id),
    );
  }
  if (reservedNames.test(id)) {
    return problem(
      'name/reserved',
      `"${id}" is a device name on Windows, so no clone there could hold it`,
      `try ${id.replace(/\./g, '-')}-model`,
    );
  }
  if (id.endsWith('.lock')) {
    return problem(
      'name/reserved',
      `"${id}" ends in ".lock", which git keeps for itself`,
      `try ${id.slice(0, -5)}`,
    );
  }
  return undefined;
}

function suggestedId(id: string): string | undefined {
  const cleaned = id
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^a-z0-9]+/, '')
    .replace(/(?<=[a-z0-9])[^a-z0-9]+$/, '')
    .slice(0, 100);
  return cleaned && modelIdPattern.test(cleaned) ? `try ${cleaned}` : undefined;
}

/** Two ids with the same key differ in nothing but `.`, `_` and `-`, and people would mistake one for the other. */
export function collisionKey(id: string): string {
  return id.toLowerCase().replace(/[._-]/g, '');
}

/** Whether a text is a version number that a record may carry: semantic, without build metadata. */
export function isVersionNumber(text: string): boolean {
  return text.length <= 64 && valid(text) === text && !text.includes('+');
}

/** What `model@version` names: a number, `latest`, or an environment. */
export interface Address {
  model: string;
  selector: string;
}

/** Reads `model@selector`. */
export function parseAddress(text: string): Address | Problem {
  const at = text.indexOf('@');
  if (at <= 0 || at === text.length - 1) {
    return problem(
      'address/form',
      `"${text}" does not name a version: write model@version`,
      `${text.replace(/@/g, '') || 'churn'}@1.0.0, ${text.replace(/@/g, '') || 'churn'}@latest or ${text.replace(/@/g, '') || 'churn'}@production`,
    );
  }
  const model = text.slice(0, at);
  const wrong = modelIdProblem(model);
  if (wrong) return wrong;
  return { model, selector: text.slice(at + 1) };
}
