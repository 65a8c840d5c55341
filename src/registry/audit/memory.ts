// What an audit verified, kept in the repository's private folder, so that the next one reads only what is new.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AuditCounts } from '../../lifecycle/audit/levels.js';
import type { Finding } from '../../lifecycle/audit/findings.js';
import { rules } from '../cache.js';
import { keptText, readKept } from '../kept-text.js';
import type { Registry } from '../registry.js';

/** What was found out up to a commit. */
export interface AuditMemory {
  /** Everything that this commit reaches was judged. */
  head: string;
  counts: AuditCounts;
  findings: Finding[];
  transactions: string[];
}

/**
 * One file a branch and registry, named after the rules: what other rules found is never believed. Undefined where HEAD
 * is on no branch: what is looked at there is no line that has to go on.
 */
function memoryFile({ repository, prefix }: Registry): string | undefined {
  const branch = repository.head?.ref;
  if (!branch) return undefined;
  const name = `${prefix}${branch}`.replace(/[^A-Za-z0-9]/g, (letter) => `_${letter.charCodeAt(0)}_`);
  return path.join(repository.commonDir, 'mlc', 'audit', `${rules}-${name}.json`);
}

/** What was verified on the branch that is checked out; undefined where nothing was, or it cannot be read. */
export async function recallAudit(registry: Registry): Promise<AuditMemory | undefined> {
  const file = memoryFile(registry);
  if (file === undefined) return undefined;
  try {
    return readKept(await readFile(file)) as AuditMemory | undefined;
  } catch {
    return undefined;
  }
}

/** Remembers what was verified, whole or not at all. A read-only repository remembers nothing, and needs not. */
export async function rememberAudit(registry: Registry, memory: AuditMemory): Promise<void> {
  const file = memoryFile(registry);
  if (file === undefined) return;
  const temporary = `${file}.${process.pid}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, keptText(memory));
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Forgets what was verified. */
export async function forgetAudit(registry: Registry): Promise<void> {
  const file = memoryFile(registry);
  if (file !== undefined) await rm(file, { force: true });
}
