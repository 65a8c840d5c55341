// What `init --ci` adds to a repository: a job that holds merges to the rules, never over a file that mlc did not write.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readObjects } from '../git/objects.js';
import { readHead } from '../git/repository.js';
import { git } from '../git/run.js';
import type { Warning } from '../lifecycle/problems.js';
import { ownText, readOwnText } from './own-text.js';
import type { Registry } from './registry.js';
import { readPackageVersion, readTemplate } from './resources.js';

/** Whose machines the job runs on. */
export type CiHost = 'github' | 'gitlab';

const workflowFile = '.github/workflows/mlc.yml';
const pipelineFile = '.gitlab-ci.yml';
const includedFile = '.gitlab/mlc.gitlab-ci.yml';

/** Every place that a host's job may be written to. */
export const ciPlaces: Readonly<Record<CiHost, readonly string[]>> = {
  github: [workflowFile],
  gitlab: [pipelineFile, includedFile],
};

/** What to write, and what to tell. */
export interface CiPlan {
  files: { path: string; content: Buffer }[];
  warnings: Warning[];
}

/** The branch that merges go to: the remote's, where there is one, and otherwise the one that is checked out. */
async function defaultBranch(registry: Registry): Promise<string> {
  const { repository } = registry;
  const args = ['symbolic-ref', '-q', 'refs/remotes/origin/HEAD'];
  const remote = await git(repository, { args, accept: [1, 128] });
  const named = remote.stdout.toString('utf8').trim().replace('refs/remotes/origin/', '');
  if (remote.exitCode === 0 && named !== '') return named;
  return (await readHead(repository)).ref?.replace('refs/heads/', '') ?? 'main';
}

async function jobText(registry: Registry, host: CiHost): Promise<string> {
  const template = await readTemplate(host === 'github' ? 'github-workflow.yml' : 'gitlab-ci.yml');
  const values: Readonly<Record<string, string>> = {
    // JSON in double quotes is YAML too.
    branch: JSON.stringify(await defaultBranch(registry)),
    registry: JSON.stringify(`./${registry.prefix}`),
    version: await readPackageVersion(),
  };
  const body = template.replace(/(?<!\$)\{\{(\w+)\}\}/g, (all, name: string) => values[name] ?? all);
  return ownText('ci', body);
}

async function committedTexts(
  registry: Registry,
  host: CiHost,
  base: string | null,
): Promise<Map<string, string>> {
  if (base === null) return new Map();
  const objects = await readObjects(
    registry.repository,
    ciPlaces[host].map((file) => `${base}:${file}`),
  );
  return new Map(
    [...objects].map(([name, { content }]) => [name.slice(base.length + 1), content.toString('utf8')]),
  );
}

function othersFile(file: string): Warning {
  return {
    code: 'ci/other',
    message: `${file} was there already and is not as mlc init left it, so it stays as it is`,
    hint: `to have it written anew, take it away first: git rm ${file}`,
  };
}

/** What to write for a host, on top of a commit. */
export async function planCi(registry: Registry, host: CiHost, base: string | null): Promise<CiPlan> {
  const text = await jobText(registry, host);
  const committed = await committedTexts(registry, host, base);
  const inTree = (file: string): Promise<string | undefined> =>
    readFile(path.join(registry.repository.cwd, file), 'utf8').catch(() => undefined);
  const present = async (file: string): Promise<string | undefined> =>
    committed.get(file) ?? (await inTree(file));
  const write = async (file: string): Promise<CiPlan> => {
    const found = await present(file);
    if (found === text && committed.get(file) !== undefined) return { files: [], warnings: [] };
    const ours =
      found === undefined || (committed.get(file) !== undefined && readOwnText('ci', found) !== undefined);
    return ours
      ? { files: [{ path: file, content: Buffer.from(text, 'utf8') }], warnings: [] }
      : { files: [], warnings: [othersFile(file)] };
  };
  if (host === 'github') return write(workflowFile);
  const pipeline = await present(pipelineFile);
  if (pipeline === undefined || readOwnText('ci', pipeline) !== undefined) return write(pipelineFile);
  const plan = await write(includedFile);
  if (pipeline.includes(includedFile)) return plan;
  const warning = {
    code: 'ci/include',
    message: `${pipelineFile} is not mlc's, so the job stands in ${includedFile}, and runs once it is included`,
    hint: `add to ${pipelineFile}: include: [{local: ${includedFile}}]`,
  };
  return { ...plan, warnings: [...plan.warnings, warning] };
}
