// No credential in anything that comes out, whatever the other side gives back, in whatever encoding.
import fc from 'fast-check';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeHandOver } from '../../src/orchestrators/describe.js';
import { redactor } from '../../src/orchestrators/redact.js';
import { handOver, repeatHandOver } from '../../src/orchestrators/send.js';
import { request, setting, targetNames, targets } from './scene.js';

/** Ways in which servers and their logs write a text. */
const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  url: encodeURIComponent,
  'url, every character': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'url, twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  form: (text) => new URLSearchParams({ a: text }).toString().slice(2),
  json: (text) => JSON.stringify(text).slice(1, -1),
  'json as PHP writes it': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  'json as Go writes it': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
  html: (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 within': (text) => Buffer.from(`user:${text}, and more`).toString('base64'),
  'base64 in a url': (text) => encodeURIComponent(Buffer.from(`u:${text}`).toString('base64')),
  hex: (text) => Buffer.from(text).toString('hex'),
};

/** What must not be left: the value, and the digits of base64 and hex that depend on it alone. */
function traces(text: string): string[] {
  return ['plain', 'url', 'json', 'hex'].map((name) => encodings[name]?.(text) ?? '');
}

const tokens = fc.string({
  unit: fc.constantFrom(...[...Array(94).keys()].map((index) => String.fromCharCode(33 + index))),
  minLength: 8,
  maxLength: 60,
});
const passwords = fc
  .string({ unit: 'grapheme', minLength: 8, maxLength: 30 })
  .filter((text) => text.trim() === text && !text.includes('\0'));

describe('a redacted text', () => {
  test('holds no trace of a credential in any encoding', () => {
    fc.assert(
      fc.property(
        fc.oneof(tokens, passwords),
        fc.constantFrom(...Object.keys(encodings)),
        fc.string(),
        fc.string(),
        (secret, name, before, after) => {
          const encoded = encodings[name]?.(secret) ?? '';
          const text = redactor([{ shown: '$TOKEN', value: secret }])(`${before} ${encoded} ${after}`);
          expect(text).toContain('$TOKEN');
          for (const trace of traces(secret)) expect(text).not.toContain(trace);
          // The digits of base64 in the middle stand for the credential wherever it began.
          if (name.startsWith('base64')) expect(text).not.toContain(encoded.slice(8, -8) || encoded);
        },
      ),
      { numRuns: 800 },
    );
  });

  test('is the text itself where no credential is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(
          redactor([
            { shown: '$T', value: 'x8K-unlikely-2b' },
            { shown: '$E', value: '' },
          ])(text),
        ).toBe(text);
      }),
    );
  });

  test('takes long texts that are almost full of it', () => {
    const redact = redactor([{ shown: '$T', value: 'a%'.repeat(200) }]);
    expect(redact('a%25'.repeat(50_000) + 'b')).toContain('$T');
    expect(redact('a%2b'.repeat(50_000))).not.toContain('$T');
  });
});

describe('an outcome', () => {
  let server: Server;
  let url: string;
  let say: (heard: string) => { status: number; body: string; headers: Record<string, string> };

  beforeAll(async () => {
    server = createServer((incoming, response) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        const heard = `${JSON.stringify(incoming.headers)} ${Buffer.concat(parts).toString('utf8')}`;
        const { status, body, headers } = say(heard);
        response.writeHead(status, headers);
        response.end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  test('never holds a credential, whatever the server echoes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...targetNames),
        tokens,
        tokens,
        fc.constantFrom(...Object.keys(encodings)),
        fc.constantFrom(200, 201, 204, 302, 401, 409, 422, 500),
        fc.constantFrom(handOver, repeatHandOver),
        async (name, token, word, encoding, status, go) => {
          const encode = encodings[encoding] ?? encodeURIComponent;
          say = (heard) => {
            const echo = `${'pad '.repeat(token.length % 7)}${encode(token)} ${encode(word)} ${heard}`;
            const given = { access_token: 'given-access-token-1', token: echo };
            const ids = {
              id: echo,
              run_id: echo,
              workflow_run_id: echo,
              dag_run_id: request.key,
              state: echo,
            };
            const urls = { html_url: `https://h/${encode(token)}`, web_url: `https://h/${encode(word)}` };
            const body = JSON.stringify({ detail: echo, message: [echo], ...given, ...ids, ...urls });
            return {
              status: heard.includes('"username"') ? 201 : status,
              body: status === 204 ? '' : body,
              headers: { location: `/next/${encodeURIComponent(token)}` },
            };
          };
          const env = { TOKEN: token, NAME: 'ada', WORD: word };
          const outcome = await go(targets[name](url), request, { ...setting, env });
          const text = JSON.stringify(outcome);
          const secrets =
            targets[name](url).to === 'airflow' && name !== 'airflow 3'
              ? [word, 'given-access-token-1']
              : [/authentication string/.test(name) ? word : token];
          for (const secret of secrets)
            for (const trace of [...traces(secret), encode(secret)]) {
              expect(text).not.toContain(trace);
              expect(text).not.toContain(JSON.stringify(trace).slice(1, -1));
            }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('cuts no credential in half', async () => {
    const secret = 'S'.repeat(10) + 'ecret-0123456789-0123456789';
    for (let pad = 430; pad < 520; pad++) {
      say = () => ({ status: 422, body: `${'x'.repeat(pad)}${secret}`, headers: {} });
      const outcome = await handOver(targets['airflow 3'](url), request, {
        ...setting,
        env: { TOKEN: secret },
      });
      expect(outcome.detail).not.toContain('SSSSSSSSSS');
    }
  });
});

test.each(targetNames)('the description of %s shows credentials by name', (name) => {
  const text = JSON.stringify(describeHandOver(targets[name]('https://example.com'), request));
  expect(text).toMatch(/\$(TOKEN|WORD)/);
});
