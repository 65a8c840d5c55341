// Real orchestrators from PyPI, pinned, in temporary folders and on free ports; and a line to them that loses answers.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createPlain, type AddressInfo } from 'node:net';
import path from 'node:path';
import { temporaryFolder } from '../../support/folders.js';
import { pythonWith } from '../tools.js';

const running: ChildProcess[] = [];
const open: { close(): unknown }[] = [];

/** Ends what was started here, each with its children. */
export async function stopServers(): Promise<void> {
  for (const line of open.splice(0)) line.close();
  await Promise.all(
    running.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.pid === undefined) return;
      const gone = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await gone;
    }),
  );
}

async function freePort(): Promise<number> {
  const server = createPlain();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs a program that has to succeed, beside others. */
async function run(program: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  const child = spawn(program, [...args], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said = `${said}${part.toString()}`.slice(-20_000)));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited ${status}\n${said}`);
}

/** The installer, which takes seconds where pip takes a minute; answers its path. */
export async function installer(): Promise<string> {
  return path.join(await pythonWith('uv==0.13.9'), 'uv');
}

/** A Python environment with what a list of this folder pins; answers the folder of its programs. */
export async function pinned(uv: string, list: string): Promise<string> {
  const venv = path.join(await temporaryFolder(), 'venv');
  const env = { UV_CACHE_DIR: path.join(venv, '..', 'cache'), VIRTUAL_ENV: venv };
  await run(uv, ['venv', '--quiet', '--python', 'python3', venv], env);
  await run(uv, ['pip', 'install', '--quiet', '-r', list], env);
  return path.join(venv, 'bin');
}

async function serve(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  ready: string,
): Promise<void> {
  const child = spawn(program, [...args], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said = `${said}${part.toString()}`.slice(-20_000)));
  for (let tries = 0; tries < 2400; tries++) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}\n${said}`);
    const answer = await fetch(ready).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${program} was not ready in time\n${said}`);
}

/** A Prefect server that asks for `user:password`; answers the address of its API. */
export async function startPrefect(bin: string, authString: string): Promise<string> {
  const port = await freePort();
  const folder = await temporaryFolder();
  const env = {
    ...process.env,
    PREFECT_HOME: folder,
    PREFECT_API_DATABASE_CONNECTION_URL: `sqlite+aiosqlite:///${path.join(folder, 'prefect.db')}`,
    PREFECT_SERVER_API_AUTH_STRING: authString,
    PREFECT_SERVER_ANALYTICS_ENABLED: 'false',
    DO_NOT_TRACK: '1',
  };
  const url = `http://127.0.0.1:${port}/api`;
  const args = ['server', 'start', '--host', '127.0.0.1', '--port', String(port), '--no-services'];
  await serve(path.join(bin, 'prefect'), args, env, `${url}/health`);
  return url;
}

const dag = `from airflow.sdk import dag, task

@dag(dag_id="retrain_churn", schedule=None)
def retrain():
    @task
    def train(): pass
    train()

retrain()
`;

/** An Airflow API server with one DAG, `retrain_churn`; answers its address and the password of the user `admin`. */
export async function startAirflow(bin: string): Promise<{ url: string; password: string }> {
  const port = await freePort();
  const home = await temporaryFolder();
  await mkdir(path.join(home, 'dags'));
  await writeFile(path.join(home, 'dags', 'retrain.py'), dag);
  const env: Record<string, string> = {
    AIRFLOW_HOME: home,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS: 'admin:admin',
  };
  const airflow = path.join(bin, 'airflow');
  await run(airflow, ['db', 'migrate'], env);
  await run(airflow, ['dags', 'reserialize'], env);
  const url = `http://127.0.0.1:${port}`;
  const args = ['api-server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  await serve(airflow, args, { ...process.env, ...env }, `${url}/api/v2/version`);
  const passwords = JSON.parse(
    readFileSync(path.join(home, 'simple_auth_manager_passwords.json.generated'), 'utf8'),
  ) as Record<string, string>;
  return { url, password: passwords.admin ?? '' };
}

/** A line to a server that passes everything on, and does as told instead of answering the request whose path ends so. */
export async function lossyLine(target: string, pathEnd: string, instead: () => void): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { hostname, port } = new URL(target);
    const { method, url, headers } = incoming;
    const passed = httpRequest({ hostname, port, method, path: url, headers }, (answer) => {
      const lost = method === 'POST' && new URL(url ?? '/', target).pathname.endsWith(pathEnd);
      if (lost) {
        answer.resume();
        answer.on('end', () => {
          instead();
          outgoing.socket?.destroy();
        });
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
