// Allowed signers files mean to mlc what they mean to ssh-keygen, and what mlc does not take it names.
import { beforeAll, describe, expect, test } from 'vitest';
import { findSigner, parseAllowedSigners } from '../../src/signatures/allowed-signers.js';
import { readSignature } from '../../src/signatures/ssh-signature.js';
import { makeDeviceKey } from './handmade.js';
import { type TestKey, accepts, kindNames, kinds, lineFor, makeKey, signWith, signer } from './open-ssh.js';

const message = Buffer.from('what is approved\n');
const now = Date.UTC(2026, 5, 1) / 1000;

let key: TestKey;
let other: TestKey;
beforeAll(async () => {
  [key, other] = await Promise.all([makeKey(), makeKey()]);
});

function messagesOf(text: string): string[] {
  return parseAllowedSigners(text).problems.map((problem) => `${problem.line}: ${problem.message}`);
}

function momentOf(at: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(at)?.slice(1).map(Number) ?? [];
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** What mlc says of the key in a file, and whether ssh-keygen takes a signature of it. */
async function judge(
  text: string,
  namespace = 'git',
  at = '20260601000000Z',
): Promise<{ ours: string; theirs: boolean }> {
  const armored = signWith(key, message, namespace);
  const blob = readSignature(armored)?.publicKey ?? '';
  const outcome = findSigner(parseAllowedSigners(text).signers, blob, namespace, momentOf(at));
  return {
    ours: outcome.kind === 'good' ? outcome.principal : outcome.kind,
    theirs: await accepts({ armored, message, namespace, signers: text, at }),
  };
}

describe('a file', () => {
  test('is read line by line, without comments and blank lines', () => {
    const text = `# who may sign\n\n${lineFor(key)}  \t\n   # more\n\t${lineFor(other, '', 'bob@example.com,bob')}`;
    expect(parseAllowedSigners(text)).toEqual({
      signers: [
        { principals: [signer], keyType: 'ssh-ed25519', key: key.blob, certAuthority: false },
        {
          principals: ['bob@example.com', 'bob'],
          keyType: 'ssh-ed25519',
          key: other.blob,
          certAuthority: false,
        },
      ],
      problems: [],
    });
  });

  test('may hold every kind of key', async () => {
    const made = await Promise.all(kindNames.map((kind) => makeKey(kinds[kind])));
    const device = ['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'].map((keyType) =>
      makeDeviceKey(keyType),
    );
    const keys = [...made, ...device];
    const { signers, problems } = parseAllowedSigners(keys.map((one) => lineFor(one)).join(''));
    expect(problems).toEqual([]);
    expect(signers.map((one) => one.key)).toEqual(keys.map((one) => one.blob));
  });

  test('may have Windows line ends, and none at its end', async () => {
    const line = `${signer} ${key.keyType} ${key.blob}`;
    for (const text of [`# x\r\n${line}\r\n`, line, `\ufeff${line}`])
      expect(parseAllowedSigners(text)).toMatchObject({ signers: [{ key: key.blob }], problems: [] });
    expect(await judge(`${line}\r\n`)).toEqual({ ours: signer, theirs: true });
  });

  test('takes options in any order and spelling', () => {
    const options = 'Valid-Before="20270101Z",namespaces="git,mlc-*",VALID-AFTER="20260101Z",cert-authority';
    expect(parseAllowedSigners(lineFor(key, options)).signers).toEqual([
      {
        principals: [signer],
        keyType: key.keyType,
        key: key.blob,
        certAuthority: true,
        namespaces: ['git', 'mlc-*'],
        validAfter: Date.UTC(2026, 0, 1) / 1000,
        validBefore: Date.UTC(2027, 0, 1) / 1000,
      },
    ]);
  });

  test.each([
    ['', 'good'],
    ['namespaces="git"', 'good'],
    ['namespaces="file,git"', 'good'],
    ['namespaces="g?t"', 'good'],
    ['namespaces="*"', 'good'],
    ['namespaces="*,!git"', 'other-namespace'],
    ['namespaces="!git,*"', 'other-namespace'],
    ['namespaces="!file"', 'other-namespace'],
    ['namespaces="*,!file"', 'good'],
    ['namespaces="file"', 'other-namespace'],
    ['namespaces="gi"', 'other-namespace'],
    ['namespaces="gitt"', 'other-namespace'],
    ['namespaces="g*x"', 'other-namespace'],
    ['namespaces="*g*i*t*"', 'good'],
    ['namespaces="*i"', 'other-namespace'],
    ['namespaces=""', 'other-namespace'],
    ['namespaces="Git"', 'other-namespace'],
    ['cert-authority', 'unknown-key'],
    ['valid-after="20260601Z"', 'good'],
    ['valid-after="202606010000Z"', 'good'],
    ['valid-after="20260601000000Z"', 'good'],
    ['valid-after="20260601000001Z"', 'not-yet-valid'],
    ['valid-after="202606010001z"', 'not-yet-valid'],
    ['valid-after="20260602Z"', 'not-yet-valid'],
    ['valid-before="20260601Z"', 'good'],
    ['valid-before="20260601000000Z"', 'good'],
    ['valid-before="20260531235959Z"', 'expired'],
    ['valid-before="202605312359Z"', 'expired'],
    ['valid-before="20260531Z"', 'expired'],
    ['valid-after="20260101Z",valid-before="20270101Z"', 'good'],
    ['valid-before="20270101Z",namespaces="file"', 'other-namespace'],
  ])('with the options %s: %s', async (options, expected) => {
    const good = expected === 'good';
    expect(await judge(lineFor(key, options))).toEqual({ ours: good ? signer : expected, theirs: good });
  });

  // Each of these lines stops ssh-keygen as well.
  test.each([
    ['unknown="x"', /unknown option unknown$/],
    ['unknown', /unknown option unknown$/],
    ['verify-required', /unknown option verify-required$/],
    ['namespaces=git', /cannot read the options/],
    ['namespaces', /unknown option namespaces$/],
    ['namespaces="git', /cannot read the options|there is no key/],
    ['namespaces="git",', /cannot read the options/],
    ['namespaces="git",namespaces="git"', /option namespaces stands twice/],
    ['valid-after="20260101Z",valid-after="20250101Z"', /option valid-after stands twice/],
    ['valid-before="2026"', /valid-before="2026" is not YYYYMMDD/],
    ['valid-before="20261301Z"', /is not YYYYMMDD/],
    ['valid-before="20270101ZZ"', /is not YYYYMMDD/],
    ['valid-before="19700101Z"', /is not YYYYMMDD/],
    ['valid-after="20260101Z",valid-before="20260101Z"', /valid-before is not later/],
    ['valid-after="20260101Z",valid-before="20250101Z"', /valid-before is not later/],
    ['cert-authority="x"', /unknown option cert-authority/],
    ['no-cert-authority', /unknown option/],
    ['namespaces="git\\",valid-after="20260101Z"', /cannot read the options/],
  ])('with the options %s has a problem', async (options, expected) => {
    expect(messagesOf(`# comment\n${lineFor(key, options)}`)).toEqual([expect.stringMatching(expected)]);
    expect(messagesOf(`# comment\n${lineFor(key, options)}`)[0]).toMatch(/^2: /);
    expect(await judge(lineFor(key, options))).toEqual({ ours: 'unknown-key', theirs: false });
  });

  // ssh-keygen takes these: it moves days that no month has, and lets a pattern stand for anybody.
  test.each([
    ['valid-after="20260230Z"', signer, /is not YYYYMMDD/],
    ['', '*@example.com', /principal \*@example\.com is a pattern/],
    ['', 'ada@example.co?', /is a pattern/],
    ['', `${signer},!bob`, /principal !bob is a pattern/],
  ])('with %s and the principals %s has a problem of ours', async (options, principals, expected) => {
    expect(messagesOf(lineFor(key, options, principals))).toEqual([expect.stringMatching(expected)]);
    expect(await judge(lineFor(key, options, principals))).toEqual({ ours: 'unknown-key', theirs: true });
  });

  test('names a line that is not one, and still uses the others', async () => {
    const { blob } = key;
    const lines = [
      signer,
      `${signer} `,
      `${signer} ssh-ed25519`,
      `${signer} ssh-ed25519 ${blob.slice(0, -4)}`,
      `${signer} ssh-rsa ${blob}`,
      `${signer} ssh-dss ${blob}`,
      `${signer} ssh-ed25519-cert-v01@openssh.com ${blob}`,
      `ssh-ed25519 ${blob}`,
      `"${signer} ssh-ed25519 ${blob}`,
      `${signer},,bob ssh-ed25519 ${blob}`,
      `${signer}"x" ssh-ed25519 ${blob}`,
    ];
    const text = `${lines.join('\n')}\n${lineFor(key)}`;
    const { signers, problems } = parseAllowedSigners(text);
    expect(problems.map((problem) => problem.line)).toEqual(lines.map((_, index) => index + 1));
    expect(signers).toHaveLength(1);
    expect(await judge(text)).toEqual({ ours: signer, theirs: true });
  });

  test.each([
    [`"${signer}"`, signer],
    [`"${signer},bob"`, signer],
    [`"bob the builder,${signer}"`, 'bob the builder'],
    [`bob,${signer}`, 'bob'],
  ])('with the principals %s names %s', async (principals, expected) => {
    expect(await judge(lineFor(key, '', principals))).toEqual({ ours: expected, theirs: true });
  });

  test('with a certificate authority for anybody records it without a problem', () => {
    const { signers, problems } = parseAllowedSigners(lineFor(key, 'cert-authority', '*@example.com'));
    expect(problems).toEqual([]);
    expect(signers).toMatchObject([{ principals: ['*@example.com'], certAuthority: true }]);
    expect(findSigner(signers, key.blob, 'git', now)).toEqual({ kind: 'unknown-key' });
  });

  test('of the worst text is read in no time', () => {
    const quotes = `a x="${'\\"'.repeat(20_000)}`;
    const pattern = `namespaces="${'*a'.repeat(5000)}b"`;
    const started = performance.now();
    expect(parseAllowedSigners(quotes).problems).toHaveLength(1);
    const { signers } = parseAllowedSigners(lineFor(key, pattern));
    expect(findSigner(signers, key.blob, 'a'.repeat(5000), now).kind).toBe('other-namespace');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('reads moments without a zone as UTC, whatever the zone of the machine', () => {
    const zone = process.env.TZ;
    for (const place of ['Pacific/Auckland', 'America/Los_Angeles']) {
      process.env.TZ = place;
      const { signers } = parseAllowedSigners(
        lineFor(key, 'valid-after="20260601",valid-before="202606011200"'),
      );
      expect(signers).toMatchObject([{ validAfter: now, validBefore: now + 43_200 }]);
    }
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
});

describe('a key', () => {
  const find = (text: string, namespace = 'git'): unknown =>
    findSigner(parseAllowedSigners(text).signers, key.blob, namespace, now);

  test('that is not in the file is unknown', async () => {
    expect(await judge(lineFor(other))).toEqual({ ours: 'unknown-key', theirs: false });
    expect(find('')).toEqual({ kind: 'unknown-key' });
  });

  test('on several lines is judged by the first that allows it', async () => {
    const expired = lineFor(key, 'valid-before="20250101Z"', 'old@example.com');
    const file = lineFor(key, 'namespaces="file"', 'file@example.com');
    const good = lineFor(key, 'namespaces="git",valid-after="20260101Z"');
    const late = lineFor(key, '', 'late@example.com');
    expect(find(expired + file + good + late)).toEqual({ kind: 'good', principal: signer });
    expect(await judge(expired + file + good)).toEqual({ ours: signer, theirs: true });
    expect(find(expired + file)).toEqual({ kind: 'expired' });
    expect(find(file)).toEqual({ kind: 'other-namespace' });
    expect(find(file + late, 'mlc-approval@v1')).toEqual({ kind: 'good', principal: 'late@example.com' });
  });
});
