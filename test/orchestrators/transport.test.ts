// What becomes of a request that meets no server, no certificate, no time, or an address that cannot be.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type AddressInfo } from 'node:net';
import { createServer as createSecure } from 'node:https';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { handOver } from '../../src/orchestrators/send.js';
import { temporaryFolder } from '../support/folders.js';
import { recorder } from './recorder.js';
import { request, setting, targetNames, targets, token, willing } from './scene.js';

async function freePort(): Promise<number> {
  const server = createPlain();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.each(targetNames)('%s: a refused connection was surely not sent', async (name) => {
  const outcome = await handOver(targets[name](`http://127.0.0.1:${await freePort()}`), request, setting);
  expect(outcome).toMatchObject({ outcome: 'refused' });
  expect(outcome.detail).toContain('the connection was refused');
});

test('a host that does not exist was not reached', async () => {
  const outcome = await handOver(targets['airflow 3']('http://nowhere.invalid'), request, setting);
  expect(outcome).toMatchObject({ outcome: 'refused' });
  expect(outcome.detail).toMatch(/no such host|could not be looked up/);
});

test('a port that fetch will not use was not reached', async () => {
  const outcome = await handOver(targets['airflow 3']('http://127.0.0.1:6000'), request, setting);
  expect(outcome).toMatchObject({ outcome: 'refused' });
});

test('a certificate that nobody vouches for gets no credential', async () => {
  const folder = await temporaryFolder();
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  let asked = 0;
  const server = createSecure({ key: readFileSync(key), cert: readFileSync(cert) }, () => asked++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outcome = await handOver(targets['airflow 3'](url), request, setting);
  expect(outcome).toMatchObject({ outcome: 'refused' });
  expect(outcome.detail).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(asked).toBe(0);
});

test('a server that speaks no TLS gets no credential', async () => {
  const server = await recorder(willing);
  const outcome = await handOver(
    targets['airflow 3'](server.url.replace('http:', 'https:')),
    request,
    setting,
  );
  expect(outcome).toMatchObject({ outcome: 'refused' });
  expect(outcome.detail).toContain('could not be secured');
});

test('a connection that is closed without an answer is unknown', async () => {
  const server = createPlain((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await handOver(targets['airflow 3'](`http://127.0.0.1:${port}`), request, setting)).toMatchObject({
    outcome: 'unknown',
  });
});

test('a yes whose body is cut short is told from a no', async () => {
  const server = createPlain((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('HTTP/1.1 422 No\r\ncontent-length: 1000\r\n\r\n{"detail":"ha');
      setTimeout(() => socket.destroy(), 50);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await handOver(targets['airflow 3'](`http://127.0.0.1:${port}`), request, setting)).toMatchObject({
    outcome: 'refused',
  });
});

test('an interruption while waiting is unknown, and one before is refused', async () => {
  const server = await recorder(() => 'hang');
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(), 200);
  const target = targets['airflow 3'](server.url);
  expect(await handOver(target, request, { ...setting, signal: waiting.signal })).toMatchObject({
    outcome: 'unknown',
  });
  expect(await handOver(target, request, { ...setting, signal: AbortSignal.abort() })).toMatchObject({
    outcome: 'refused',
  });
  expect(server.requests).toHaveLength(1);
});

test('credentials that are missing or cannot be sent are named before anything is sent', async () => {
  const server = await recorder(willing);
  const target = targets['airflow 3'](server.url);
  for (const env of [
    {},
    { TOKEN: '' },
    { TOKEN: `${token}\n` },
    { TOKEN: `a ${token}` },
    { TOKEN: 'pässword' },
  ]) {
    const outcome = await handOver(target, request, { ...setting, env });
    expect(outcome).toMatchObject({ outcome: 'refused' });
    expect(outcome.detail).toContain('TOKEN');
    expect(outcome.detail).not.toContain(token);
  }
  const outcome = await handOver(targets['airflow 2'](server.url), request, {
    ...setting,
    env: { NAME: 'a:b', WORD: 'x' },
  });
  expect(outcome.detail).toContain('NAME holds a colon');
  expect(server.requests).toEqual([]);
});

test('the proxies of the environment are not asked', async () => {
  const proxy = await recorder(willing);
  const server = await recorder(willing);
  const before = { ...process.env };
  process.env.HTTP_PROXY = process.env.http_proxy = proxy.url;
  onTestFinished(() => {
    for (const name of ['HTTP_PROXY', 'http_proxy'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  });
  const env = { ...setting.env, HTTP_PROXY: proxy.url, http_proxy: proxy.url };
  await handOver(targets['airflow 3'](server.url), request, { ...setting, env });
  expect([proxy.requests.length, server.requests.length]).toEqual([0, 1]);
});
