// After a life: what the registry says of itself as a whole, held against the reference.
import { type Played, type Tally, Disagreement, splitOfAnswer, tally, withTrace } from './lives-play.js';
import { model } from './lives-words.js';
import { type Life, type State, environments, ordered, select, splitOf } from './reference-state.js';

interface Listed {
  version: string;
  status: string;
  change: string;
  deprecation_target: string;
  notice_ends: string | null;
  open_holds: number;
  serving: { env: string; traffic_pct: number; mirror_pct: number }[];
}

interface Shown {
  status: string;
  approvals_needed: number;
  record: {
    version: string;
    status: string;
    registered_by: string;
    approval: { approved_by: unknown; reviews?: { by: string; decision: string }[] };
    artifacts?: unknown[];
  };
}

interface Entry {
  operation: string | null;
  model: string | null;
  version: string | null;
  from: string | null;
  to: string | null;
  environment: string | null;
  actor: string;
}

/** Asks a question about the whole, and answers exit code and document. */
type Question = (...args: string[]) => Promise<{ code: number; data: unknown }>;

function equal(what: string, actual: unknown, expected: unknown): void {
  const [said, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (said !== wanted) throw new Disagreement(`${what}: the program says ${said}, the reference ${wanted}`);
}

function servingOf(state: State, version: string): Listed['serving'] {
  return environments.flatMap((env) =>
    splitOf(state, env)
      .filter((share) => share.version === version)
      .map(({ live, mirror }) => ({ env, traffic_pct: live / 100, mirror_pct: mirror / 100 })),
  );
}

const byEnvironment = (serving: Listed['serving']): Listed['serving'] =>
  [...serving].sort((a, b) => a.env.localeCompare(b.env));

async function checkList(ask: Question, state: State): Promise<void> {
  const { code, data } = await ask('list', model);
  equal('exit code of list', code, 0);
  const { versions } = data as { versions: Listed[] };
  const rows = versions.map((row) => ({
    version: row.version,
    status: row.status,
    change: row.change,
    target: row.deprecation_target,
    notice: row.status === 'deprecated' ? row.notice_ends : null,
    holds: row.open_holds,
    serving: byEnvironment(row.serving),
  }));
  const expected = state.lives.map((life) => ({
    version: life.version,
    status: life.stage,
    change: life.change,
    target: life.target,
    notice: life.stage === 'deprecated' ? (life.notice?.ends ?? null) : null,
    holds: life.holds.length,
    serving: byEnvironment(servingOf(state, life.version)),
  }));
  const inOrder = <T extends { version: string }>(all: T[]): T[] =>
    [...all].sort((a, b) => a.version.localeCompare(b.version));
  equal('list', inOrder(rows), inOrder(expected));
}

async function checkShow(ask: Question, state: State, life: Life): Promise<void> {
  const { code, data } = await ask('show', `${model}@${life.version}`);
  equal('exit code of show', code, 0);
  const { status, approvals_needed: needed, record } = data as Shown;
  const approved = (record.approval.reviews ?? []).filter(({ decision }) => decision === 'approve');
  equal(
    `show ${life.version}`,
    {
      version: record.version,
      status,
      stated: record.status,
      needed,
      by: record.registered_by,
      approvals: approved.map(({ by }) => by.replace(/^.*<|@.*$/g, '')),
      approved: record.approval.approved_by !== null,
      artifacts: record.artifacts?.length ?? 0,
    },
    {
      version: life.version,
      status: life.stage,
      stated: life.stage,
      needed: state.rules.approvals,
      by: identity(life.registeredBy),
      approvals: life.approvals,
      approved: life.approvals.length >= state.rules.approvals,
      artifacts: life.artifacts.length,
    },
  );
}

const identity = (person: string): string =>
  `${person.charAt(0).toUpperCase()}${person.slice(1)} <${person}@example.com>`;

async function checkSelectors(ask: Question, state: State): Promise<void> {
  for (const selector of ['latest', ...environments]) {
    const expected = select(state, selector);
    const { code, data } = await ask('show', `${model}@${selector}`);
    const said =
      (data as Partial<Shown>).record?.version ?? (data as { error?: { code: string } }).error?.code;
    const wanted = typeof expected === 'string' ? [2, expected] : [0, expected.version];
    equal(`show ${model}@${selector}`, [code, said], wanted);
  }
}

async function checkResolve(ask: Question, state: State): Promise<void> {
  for (const env of environments) {
    const { code, data } = await ask('resolve', model, '--env', env);
    const split = splitOf(state, env);
    const live = split.some((share) => share.live > 0);
    equal(`exit code of resolve in ${env}`, code, live ? 0 : 1);
    if (!live) continue;
    const answer = data as { version: string; split: Parameters<typeof splitOfAnswer>[0] };
    equal(`resolve in ${env}`, ordered(splitOfAnswer(answer.split)), split);
    equal(`main version in ${env}`, answer.version, split[0]?.version);
  }
}

async function checkHistory(ask: Question, state: State): Promise<void> {
  const { code, data } = await ask('history', model);
  equal('exit code of history', code, 0);
  const entries = (data as { entries: Entry[] }).entries.filter(
    ({ operation }) => operation !== null && operation !== 'model-add',
  );
  const told = entries.reverse().map(({ operation, version, from, to, environment, actor }) => ({
    operation,
    version,
    from,
    to,
    environment,
    actor,
  }));
  const expected = state.log.map(({ operation, version, from, to, environment, actor }) => ({
    operation,
    version,
    from: from ?? 'none',
    to,
    environment,
    actor: identity(actor),
  }));
  equal('history', told, expected);
}

/** What no rule of the reference says, but a model can never be: whatever came before. */
function checkSense(state: State): void {
  for (const env of environments) {
    const live = splitOf(state, env).reduce((sum, share) => sum + share.live, 0);
    if (live > 10_000) throw new Error(`the reference itself has ${live / 100} % in ${env}`);
  }
  const numbers = new Set(state.lives.map((life) => life.version));
  if (numbers.size !== state.lives.length) throw new Error('the reference itself gave a number twice');
}

async function checkBystander(ask: Question): Promise<void> {
  const { data } = await ask('list', 'bystander');
  const { versions } = data as { versions: Listed[] };
  equal(
    'the other model',
    versions.map(({ version, status, serving }) => ({ version, status, serving })),
    [
      {
        version: '1.0.0',
        status: 'deployed',
        serving: [{ env: 'production', traffic_pct: 90, mirror_pct: 0 }],
      },
    ],
  );
}

/** Holds a registry as a whole against the reference. */
export async function checkWhole(played: Played, counts: Tally): Promise<void> {
  const { world, state, clock } = played;
  const at = new Date(clock + 60_000).toISOString();
  const ask: Question = (...args) => world.json(args, { at });
  try {
    checkSense(state);
    const valid = await ask('validate');
    if (valid.code !== 0) throw new Disagreement(`validate: ${JSON.stringify(valid.data)}`);
    const audit = await ask('audit');
    if (audit.code !== 0) throw new Disagreement(`audit: ${JSON.stringify(audit.data)}`);
    equal('work left in the tree', world.git('status', '--porcelain'), '');
    await checkBystander(ask);
    await checkHistory(ask, state);
    if (state.lives.length === 0) return;
    await checkList(ask, state);
    await checkSelectors(ask, state);
    await checkResolve(ask, state);
    for (const life of state.lives) await checkShow(ask, state, life);
    tally(counts, 'versions', state.lives.length);
  } catch (error) {
    throw withTrace(error, played);
  }
}
