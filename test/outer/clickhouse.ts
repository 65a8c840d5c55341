// A real ClickHouse server of a test's own: on a free port, with a user who needs a password, in a temporary folder.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';
import { must, root } from './tools.js';

/** A server that runs. */
export interface ClickhouseServer {
  address: string;
  user: string;
  password: string;
  /** Runs a statement with the rows that it is about. */
  post: (statement: string, rows?: string) => Promise<string>;
  stop: () => void;
}

const user = 'mlc';
const password = "let me in's";

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });
}

/** The server's program; Debian's package where there is none. */
function program(): string {
  const find = (): string | undefined =>
    ['/usr/bin/clickhouse-server', '/usr/sbin/clickhouse-server'].find((file) => existsSync(file));
  const present = find();
  if (present) return present;
  must('apt-get', ['update', '-qq'], root);
  must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'clickhouse-server'], root, {
    DEBIAN_FRONTEND: 'noninteractive',
  });
  const installed = find();
  if (!installed) throw new Error('there is no clickhouse-server, and apt-get did not install one');
  return installed;
}

async function configure(folder: string, port: number): Promise<string> {
  await mkdir(path.join(folder, 'data'));
  const config = path.join(folder, 'config.xml');
  await writeFile(
    config,
    `<yandex>
  <logger><level>warning</level><log>${folder}/server.log</log><errorlog>${folder}/error.log</errorlog></logger>
  <http_port>${port}</http_port><listen_host>127.0.0.1</listen_host>
  <path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>100000000</mark_cache_size>
</yandex>`,
  );
  await writeFile(
    path.join(folder, 'users.xml'),
    `<yandex>
  <profiles><default/></profiles><quotas><default/></quotas>
  <users><${user}>
    <password>${password}</password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota>
  </${user}></users>
</yandex>`,
  );
  return config;
}

/** Starts a server, and waits until it answers. */
export async function clickhouseServer(): Promise<ClickhouseServer> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const config = await configure(await temporaryFolder(), port);
  const server = spawn(program(), [`--config-file=${config}`], { stdio: 'ignore' });
  const login = Buffer.from(`${user}:${password}`).toString('base64');
  const post = async (statement: string, rows = ''): Promise<string> => {
    const response = await fetch(`${address}/?query=${encodeURIComponent(statement)}`, {
      method: 'POST',
      body: rows,
      headers: { authorization: `Basic ${login}` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      await post('SELECT 1');
      return { address, user, password, post, stop: () => void server.kill('SIGKILL') };
    } catch (error) {
      if (Date.now() > until || server.exitCode !== null)
        throw new Error(`the server does not answer: ${String(error)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
