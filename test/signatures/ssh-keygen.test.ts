// The user's own keys sign, however git's user.signingKey names them; where they do not, the failure says why.
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.js';
import { type SigningRequest, signWithSshKeygen } from '../../src/signatures/ssh-keygen.js';
import { isSignatureOf, readSignature } from '../../src/signatures/ssh-signature.js';
import { temporaryFolder } from '../support/folders.js';
import { type TestKey, accepts, kindNames, kinds, lineFor, makeKey, signWith } from './open-ssh.js';

const message = Buffer.from('what is approved\nand more\n');
const namespace = 'mlc-approval@v1';
const plain: NodeJS.ProcessEnv = { ...process.env };
delete plain.SSH_AUTH_SOCK;
delete plain.SSH_ASKPASS;

let key: TestKey;
let cwd: string;
beforeAll(async () => {
  [key, cwd] = await Promise.all([makeKey(), temporaryFolder()]);
});

function sign(changes: Partial<SigningRequest>): Promise<string> {
  return signWithSshKeygen({
    program: 'ssh-keygen',
    key: key.file,
    namespace,
    message,
    cwd,
    env: plain,
    ...changes,
  });
}

/** The failure of a signing. */
async function failure(changes: Partial<SigningRequest>): Promise<Failure> {
  const outcome = await sign(changes).catch((error: unknown) => error);
  if (outcome instanceof Failure) return outcome;
  throw new Error(`not a failure: ${String(outcome)}`);
}

function signerOf(armored: string): string | undefined {
  return readSignature(armored)?.publicKey;
}

async function program(script: string): Promise<string> {
  const file = path.join(await temporaryFolder(), 'program');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('a key that is a file', () => {
  test.each(kindNames)('of %s signs', async (kind) => {
    const own = await makeKey(kinds[kind]);
    const armored = await sign({ key: own.file });
    expect(signerOf(armored)).toBe(own.blob);
    expect(await accepts({ armored, message, namespace, signers: lineFor(own) })).toBe(true);
    expect(armored).toBe(armored.trim() + '\n');
  });

  test('signs by the name of its public half, below home, and relative to the folder', async () => {
    const [folder, name] = [path.dirname(key.file), path.basename(key.file)];
    for (const changes of [
      { key: `${key.file}.pub` },
      { key: `~/${name}`, env: { ...plain, HOME: folder } },
      { key: name, cwd: folder },
      { key: `./${name}`, cwd: folder },
    ])
      expect(signerOf(await sign(changes))).toBe(key.blob);
  });

  test.each([0, 1, 5_000_000])('signs a message of %i bytes', async (length) => {
    const long = Buffer.alloc(length, 0x80);
    const signature = readSignature(await sign({ message: long }));
    expect(signature && isSignatureOf(signature, long, namespace)).toBe(true);
  });

  test('with a passphrase asks the program that is set for asking', async () => {
    const secret = await makeKey(kinds.ed25519, 'correct');
    const asking = async (word: string): Promise<NodeJS.ProcessEnv> => ({
      ...plain,
      SSH_ASKPASS: await program(`echo ${word}`),
      SSH_ASKPASS_REQUIRE: 'force',
    });
    expect(signerOf(await sign({ key: secret.file, env: await asking('correct') }))).toBe(secret.blob);
    const refused = await failure({ key: secret.file, env: await asking('wrong') });
    expect(refused).toMatchObject({ code: 'signature/passphrase', exitCode: 2 });
    expect(refused.hint).toContain('ssh-add');
  });

  test('that others can read is refused by name', async () => {
    const open = path.join(await temporaryFolder(), 'open');
    await copyFile(key.file, open);
    await chmod(open, 0o644);
    expect(await failure({ key: open })).toMatchObject({ code: 'signature/key-too-open' });
  });

  test('that is missing, empty or a folder is refused by name', async () => {
    const folder = await temporaryFolder();
    const empty = path.join(folder, 'empty');
    await writeFile(empty, '', { mode: 0o600 });
    for (const file of [path.join(folder, 'absent'), empty, folder, '-y', '']) {
      const refused = await failure({ key: file });
      expect(refused).toMatchObject({ code: 'signature/key-missing', exitCode: 2 });
      expect(refused.message).toContain(file);
    }
  });
});

describe('a key in the agent', () => {
  let env: NodeJS.ProcessEnv;
  let agent: number;
  beforeAll(async () => {
    const socket = path.join(await temporaryFolder(), 'agent');
    const said = execFileSync('ssh-agent', ['-s', '-a', socket], { env: plain }).toString();
    agent = Number(/SSH_AGENT_PID=(\d+)/.exec(said)?.[1]);
    env = { ...plain, SSH_AUTH_SOCK: socket };
    execFileSync('ssh-add', ['-q', key.file], { env });
  });
  afterAll(() => {
    process.kill(agent);
  });

  test('signs where only its public half is given', async () => {
    const folder = await temporaryFolder();
    await copyFile(`${key.file}.pub`, path.join(folder, 'only.pub'));
    for (const given of [
      `key::ssh-ed25519 ${key.blob}`,
      `ssh-ed25519 ${key.blob}`,
      `key::ssh-ed25519 ${key.blob} a comment`,
      path.join(folder, 'only.pub'),
      path.join(folder, 'only'),
    ])
      expect(signerOf(await sign({ key: given, env }))).toBe(key.blob);
  });

  test('is written to a file of the user alone, which goes away', async () => {
    const temporary = await temporaryFolder();
    const list = path.join(cwd, 'list');
    const looking = await program(`ls -lR "${temporary}" > "${list}"; exit 1`);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = temporary;
    try {
      await failure({ program: looking, key: 'key::ssh-ed25519 AAAA', env });
      await sign({ key: `key::ssh-ed25519 ${key.blob}`, env });
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    expect(await readFile(list, 'utf8')).toMatch(/drwx------.*mlc-key-[^]*-rw-------.*key\.pub/);
    expect(await readdir(temporary)).toEqual([]);
  });

  test('that is another is refused by name, and so is one without an agent', async () => {
    const other = await makeKey();
    const literal = `key::ssh-ed25519 ${other.blob}`;
    const folder = await temporaryFolder();
    await copyFile(`${other.file}.pub`, path.join(folder, 'only.pub'));
    for (const changes of [
      { key: literal, env },
      { key: literal, env: plain },
      { key: path.join(folder, 'only.pub'), env },
      { key: path.join(folder, 'only.pub'), env: plain },
    ])
      expect(await failure(changes)).toMatchObject({ code: 'signature/key-not-in-agent', exitCode: 2 });
  });

  test('that has to be confirmed, and is not, is refused', async () => {
    const other = await makeKey();
    const socket = path.join(await temporaryFolder(), 'agent');
    const refusing = { ...plain, SSH_ASKPASS: await program('exit 1'), DISPLAY: ':9' };
    const said = execFileSync('ssh-agent', ['-s', '-a', socket], { env: refusing }).toString();
    try {
      const asking = { ...plain, SSH_AUTH_SOCK: socket };
      execFileSync('ssh-add', ['-q', '-c', other.file], { env: asking, stdio: 'ignore' });
      const refused = await failure({ key: `key::ssh-ed25519 ${other.blob}`, env: asking });
      expect(refused).toMatchObject({ code: 'signature/agent-refused', exitCode: 2 });
    } finally {
      process.kill(Number(/SSH_AGENT_PID=(\d+)/.exec(said)?.[1]));
    }
  });

  test('is read from no literal that is not one', async () => {
    expect(await failure({ key: 'key::nonsense', env })).toMatchObject({ code: 'signature/key-missing' });
  });
});

describe('a program', () => {
  test('that is not there, or cannot be started, is named', async () => {
    const plainFile = path.join(await temporaryFolder(), 'file');
    await writeFile(plainFile, 'text');
    for (const absent of ['no-such-program', '/no/such/program', plainFile]) {
      const refused = await failure({ program: absent });
      expect(refused).toMatchObject({ code: 'signature/program-missing', exitCode: 2 });
      expect(refused.message).toContain(absent);
      expect(refused.hint).toContain('gpg.ssh.program');
    }
  });

  test('gets constant arguments, the message, the folder and the environment as they are', async () => {
    const seen = path.join(await temporaryFolder(), 'seen');
    const spying = await program(
      `{ for word; do echo "[$word]"; done; pwd; echo "$WORD $SSH_ASKPASS_REQUIRE \${HOME-none}"; } > "${seen}"\nexec ssh-keygen "$@"`,
    );
    const env = { PATH: process.env.PATH, WORD: 'own' };
    await sign({ program: spying, env });
    expect((await readFile(seen, 'utf8')).split('\n')).toEqual([
      ...['[-Y]', '[sign]', '[-n]', `[${namespace}]`, '[-f]', `[${key.file}]`, cwd],
      // No window is opened to ask for a passphrase, unless a program for that is set.
      'own never none',
      '',
    ]);
    await failure({ program: spying, key: `key::ssh-ed25519 ${key.blob}`, env });
    expect(await readFile(seen, 'utf8')).toMatch(/\n\[-f\]\n\[.*key\.pub\]\n\[-U\]\n/);
    await sign({ program: spying, env: { ...env, SSH_ASKPASS: '/bin/false' } });
    expect(await readFile(seen, 'utf8')).toContain('\nown  none\n');
  });

  test('that ends its lines as Windows does signs as well', async () => {
    const windows = await program(`ssh-keygen "$@" 2>/dev/null | sed 's/$/\\r/'`);
    expect(await sign({ program: windows })).toBe(await sign({}));
  });

  test('that answers with nothing, nonsense or another signature is not believed', async () => {
    const other = signWith(key, Buffer.from('another message'), namespace);
    const elsewhere = signWith(key, message, 'git');
    for (const answer of ['', 'done', other, elsewhere]) {
      const file = path.join(await temporaryFolder(), 'answer');
      await writeFile(file, answer);
      const refused = await failure({ program: await program(`cat "${file}"`) });
      expect(refused).toMatchObject({ code: 'signature/not-verified', exitCode: 2 });
    }
  });

  test('that is too old, that fails with a word, without one, or by a signal is reported', async () => {
    const codes = async (script: string): Promise<string[]> => {
      const refused = await failure({ program: await program(script) });
      return [refused.code, refused.message.split(key.file)[1] ?? ''];
    };
    expect(await codes('echo "unknown option -- Y" >&2; exit 1')).toEqual([
      'signature/program-too-old',
      ': the program does not know how to sign',
    ]);
    expect(await codes('printf "Signing data on standard input\\nout of luck\\n" >&2; exit 3')).toEqual([
      'signature/not-signed',
      ': out of luck',
    ]);
    expect(await codes('exit 1')).toEqual(['signature/not-signed', '']);
    expect(await codes('kill -9 $$')).toEqual(['signature/not-signed', '']);
  });
});
