// Makes examinations one after another, mends what they say can be mended, and sums up.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../errors.js';
import { readBlobIds } from '../../git/objects.js';
import { type Head, type Repository, readHead, readRef } from '../../git/repository.js';
import { GitError } from '../../git/run.js';
import { configFile } from '../paths.js';
import { type Registry, notARegistry } from '../registry.js';
import { type Examination, type Finding, type Found, type Subject, wrong } from './examination.js';

/** One examination that was made. */
export interface Examined {
  name: string;
  title: string;
  /** The worst of what is left. */
  outcome: 'ok' | 'warning' | 'problem';
  findings: Finding[];
}

/** What is done about a finding that can be mended. */
export type Remedy = 'tell' | 'mend';

/** What is checked out; without a commit where git cannot read the one that HEAD means. */
async function headOf(repository: Repository): Promise<Head> {
  try {
    const head = repository.head ?? (await readHead(repository));
    return head.commit !== null && (await readRef(repository, head.commit)) === null
      ? { ...head, commit: null }
      : head;
  } catch (error) {
    // git knows no name for a HEAD whose branch is damaged, and the file tells it.
    if (!(error instanceof GitError)) throw error;
    const text = await readFile(path.join(repository.gitDir, 'HEAD'), 'utf8').catch(() => '');
    return { ref: /^ref: (refs\/\S+)/.exec(text)?.[1] ?? null, commit: null };
  }
}

/** What is to be examined. Refuses a folder that holds no registry, committed or not. */
export async function subjectOf(registry: Registry, tell: (text: string) => void): Promise<Subject> {
  const { repository, prefix } = registry;
  const head = await headOf(repository);
  const config = `${prefix}${configFile}`;
  const committed =
    head.commit !== null && (await readBlobIds(repository, head.commit, [config])).has(config);
  if (!committed && !existsSync(path.join(registry.root, configFile))) throw notARegistry(registry);
  return { registry, head, commit: committed ? head.commit : null, tell };
}

function said(error: unknown): string | undefined {
  if (error instanceof GitError) return error.stderr.trim() || error.message;
  if (error instanceof Failure) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && !code.startsWith('ERR_') ? message : undefined;
}

/** An examination that could not be made is a finding too; a bug is not. */
function notMade(error: unknown): Found {
  const text = said(error);
  if (text === undefined) throw error;
  if (/index file (corrupt|smaller)|bad (index|signature)|index uses .* extension/.test(text)) {
    return wrong(
      'git/index-damaged',
      `the index of git is damaged: ${text}`,
      'what is staged is lost, and nothing else: rm "$(git rev-parse --git-path index)" && git reset',
    );
  }
  const message = `this could not be examined: ${text}`;
  return wrong(
    'doctor/not-examined',
    message,
    'mend that, and run mlc doctor again; mlc doctor --deep reads every object',
  );
}

async function treat({ mend, ...finding }: Found, remedy: Remedy): Promise<Finding> {
  if (!mend) return finding;
  if (remedy === 'tell') return { ...finding, fixable: true };
  try {
    const fixed = await mend();
    return fixed === undefined
      ? { ...finding, hint: 'something else is at work there; run mlc doctor --fix again' }
      : { ...finding, fixed };
  } catch (error) {
    const text = said(error);
    if (text === undefined) throw error;
    return { ...finding, hint: `it could not be mended: ${text}` };
  }
}

function worstOf(findings: readonly Finding[]): Examined['outcome'] {
  const left = findings.filter((finding) => finding.fixed === undefined);
  if (left.some((finding) => finding.severity === 'problem')) return 'problem';
  return left.length > 0 ? 'warning' : 'ok';
}

/** Makes the examinations. */
export async function examine(
  subject: Subject,
  examinations: readonly Examination[],
  remedy: Remedy,
): Promise<Examined[]> {
  const made: Examined[] = [];
  for (const { name, title, examine: look } of examinations) {
    subject.tell(title);
    const found = await look(subject).catch((error: unknown) => [notMade(error)]);
    const findings: Finding[] = [];
    for (const finding of found) findings.push(await treat(finding, remedy));
    made.push({ name, title, outcome: worstOf(findings), findings });
  }
  return made;
}
