// The text of mlc's pre-commit hook: made from the template, and recognised when it is read again.
import { ownText, readOwnText } from './own-text.js';
import { readTemplate } from './resources.js';

/** What one hook file is about. */
export interface HookContent {
  /** Prefixes of the registries that it checks: empty for the top of the repository, or ending in a slash. */
  registries: readonly string[];
  /** Where mlc is when it is not on the PATH; empty where the file is for more than one machine. */
  program: string;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function shellUnquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(String.raw`'\''`, "'");
}

const quoted = String.raw`'(?:[^']|'\\'')*'`;

/** The hook for some registries. */
export async function hookText(content: HookContent): Promise<string> {
  const checks = content.registries.map((prefix) => `check ${shellQuote(prefix)} || status=1`);
  const body = (await readTemplate('pre-commit.sh'))
    .replace('{{program}}', () => shellQuote(content.program))
    .replace('{{checks}}', () => checks.join('\n'));
  return ownText('hook', body, '#!/bin/sh\n');
}

/** What a hook is about, if mlc wrote it and nobody changed it since. */
export function readHookText(text: string): HookContent | undefined {
  const body = readOwnText('hook', text);
  if (body === undefined) return undefined;
  const program = new RegExp(`^program=(${quoted})$`, 'm').exec(body)?.[1] ?? "''";
  const checks = body.matchAll(new RegExp(`^check (${quoted}) `, 'gm'));
  return {
    registries: [...checks].map((check) => shellUnquote(check[1] ?? "''")),
    program: shellUnquote(program),
  };
}

// What calls mlc by any of its names, or by the id of its hook for the pre-commit framework.
const mention =
  /(?:\b|_)mlc(?:-registry\S*)?['"]?\s+(?:-\S+\s+(?:[^-\s]\S*\s+){0,3})*validate\b|\bmlc-validate\b/;

/** Whether a script or a configuration calls `mlc validate`; lines that are commented out do not count. */
export function callsMlc(text: string): boolean {
  return text.split('\n').some((line) => !/^\s*(#|\/\/)/.test(line) && mention.test(line));
}
