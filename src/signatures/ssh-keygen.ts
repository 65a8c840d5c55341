// The one file that starts ssh-keygen: it makes signatures with the user's own keys, as git makes them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { usage } from '../errors.js';
import { ownSignal } from '../own-signal.js';
import { notSigned } from './signing-failures.js';
import { isSignatureOf, readSignature } from './ssh-signature.js';

/** What is signed, with what. */
export interface SigningRequest {
  /** ssh-keygen or a program that takes its arguments: git's `gpg.ssh.program`. A path or a name. */
  program: string;
  /** git's `user.signingKey`: a path to a private or public key, or a public key itself (`key::ssh-ed25519 AAAA…`). */
  key: string;
  /** What the signature is for; see PROTOCOL.sshsig. */
  namespace: string;
  message: Buffer;
  /** The folder that a path to a key is relative to. */
  cwd: string;
  env: NodeJS.ProcessEnv;
}

const patience = 120_000;

/** The public key itself where that is what stands in `user.signingKey`; git decides so by the same two prefixes. */
function literalKey(key: string): string | undefined {
  if (key.startsWith('key::')) return key.slice('key::'.length);
  return key.startsWith('ssh-') ? key : undefined;
}

function expandHome(file: string, env: NodeJS.ProcessEnv): string {
  return file.startsWith('~/') ? path.join(env.HOME ?? homedir(), file.slice(2)) : file;
}

/**
 * With a message on stdin, ssh-keygen would ask for a passphrase in a window alone, even where none can open. It asks on
 * the terminal, as it does for git, unless a program for asking is set.
 */
function environmentFor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env.SSH_ASKPASS === undefined ? { SSH_ASKPASS_REQUIRE: 'never', ...env } : env;
}

async function run(request: SigningRequest, keyArguments: readonly string[]): Promise<string> {
  // Most commands sign nothing, and should not wait for the library to load.
  const { execa } = await import('execa');
  const result = await execa(request.program, ['-Y', 'sign', '-n', request.namespace, ...keyArguments], {
    cwd: request.cwd,
    env: environmentFor(request.env),
    extendEnv: false,
    input: request.message,
    timeout: patience,
    reject: false,
    stripFinalNewline: false,
  });
  if (result.signal !== undefined && !result.timedOut) await ownSignal();
  if (result.failed)
    throw notSigned(request, { code: result.code, timedOut: result.timedOut, stderr: result.stderr });
  // Programs for Windows end their lines with two characters.
  return result.stdout.replaceAll('\r\n', '\n');
}

/** The agent signs with a key of which only the public half is known, and ssh-keygen takes that half from a file. */
async function runWithLiteral(request: SigningRequest, literal: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mlc-key-'));
  try {
    const file = path.join(folder, 'key.pub');
    await writeFile(file, `${literal}\n`, { mode: 0o600 });
    return await run(request, ['-f', file, '-U']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Has ssh-keygen sign a message, and answers the armored signature after verifying it. */
export async function signWithSshKeygen(request: SigningRequest): Promise<string> {
  const literal = literalKey(request.key);
  const armored =
    literal === undefined
      ? await run(request, ['-f', expandHome(request.key, request.env)])
      : await runWithLiteral(request, literal);
  const signature = readSignature(armored);
  if (!signature || !isSignatureOf(signature, request.message, request.namespace))
    throw usage(
      'signature/not-verified',
      `what ${request.program} made is not a signature that mlc can verify`,
      'sign with an ed25519, ECDSA, security or RSA key of 2048 bits and more, and no certificate',
    );
  return armored;
}
