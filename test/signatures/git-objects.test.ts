// Commits and tags are taken apart so that what git finds good is good, and nothing else.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type SignedObject, splitCommit, splitTag } from '../../src/signatures/git-objects.js';
import { isSignatureOf, readSignature } from '../../src/signatures/ssh-signature.js';
import { temporaryFolder } from '../support/folders.js';
import { type TestKey, kindNames, kinds, lineFor, makeKey, signWith } from './open-ssh.js';

const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];

function git(folder: string, args: readonly string[], input?: Buffer | string): Buffer {
  return execFileSync('git', [...person, ...args], { cwd: folder, input, stdio: ['pipe', 'pipe', 'ignore'] });
}

function text(folder: string, ...args: string[]): string {
  return git(folder, args).toString().trim();
}

async function repository(format = 'sha1'): Promise<string> {
  const folder = await temporaryFolder();
  git(folder, ['init', '-q', '-b', 'main', `--object-format=${format}`]);
  return folder;
}

function signing(key: TestKey): string[] {
  return ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${key.file}`];
}

function commit(folder: string, key: TestKey, ...args: string[]): string {
  git(folder, [...signing(key), 'commit', '-q', '-S', '--allow-empty', '-m', 'Approve it', ...args]);
  return text(folder, 'rev-parse', 'HEAD');
}

function raw(folder: string, name: string, type = 'commit'): Buffer {
  return git(folder, ['cat-file', type, name]);
}

/** Writes an object without asking whether it is well formed. */
function store(folder: string, type: string, content: Buffer | string): string {
  const args = ['hash-object', '--literally', '-w', '-t', type, '--stdin'];
  return git(folder, args, content).toString().trim();
}

function isGood(split: SignedObject): boolean {
  const signature = split.format === 'ssh' ? readSignature(split.signature) : undefined;
  return signature !== undefined && isSignatureOf(signature, split.payload, 'git');
}

/** Whether git finds the signature good, with the key's owner allowed. */
async function gitAccepts(folder: string, name: string, key: TestKey, type = 'commit'): Promise<boolean> {
  const signers = path.join(await temporaryFolder(), 'signers');
  await writeFile(signers, lineFor(key));
  const settings = ['-c', `gpg.ssh.allowedSignersFile=${signers}`];
  return spawnSync('git', [...settings, `verify-${type}`, name], { cwd: folder }).status === 0;
}

let key: TestKey;
let folder: string;
beforeAll(async () => {
  key = await makeKey();
  folder = await repository();
  git(folder, ['commit', '-q', '--allow-empty', '-m', 'Unsigned']);
});

describe.each(kindNames)('signed with %s', (kind) => {
  test('a commit and a tag are good for us and for git', async () => {
    const own = await makeKey(kinds[kind]);
    const made = commit(folder, own);
    expect(isGood(splitCommit(raw(folder, made)))).toBe(true);
    expect(await gitAccepts(folder, made, own)).toBe(true);
    const name = `tag-${kind.replace(' ', '-')}`;
    git(folder, [...signing(own), 'tag', '-s', '-m', 'Release it', name]);
    expect(isGood(splitTag(raw(folder, name, 'tag')))).toBe(true);
    expect(await gitAccepts(folder, name, own, 'tag')).toBe(true);
  });
});

describe('a commit', () => {
  test('without a signature is unsigned, and wholly payload', () => {
    const bytes = raw(folder, text(folder, 'rev-list', '--max-parents=0', 'HEAD'));
    expect(splitCommit(bytes)).toEqual({
      kind: 'unsigned',
      payload: bytes,
      signature: undefined,
      format: undefined,
    });
  });

  test.each(['sha1', 'sha256'])('in a repository of %s is good', async (format) => {
    const other = await repository(format);
    const made = commit(other, key);
    expect(isGood(splitCommit(raw(other, made)))).toBe(true);
    expect(await gitAccepts(other, made, key)).toBe(true);
  });

  test('signed over other bytes is bad, in its headers and in its message', async () => {
    const bytes = raw(folder, commit(folder, key)).toString('latin1');
    const changes = [
      bytes.replace('Approve it', 'Approve xx'),
      bytes.replace('author Ada', 'author Bob'),
      bytes.replace('\ncommitter', '\nextra header\ncommitter'),
      bytes.replace('\n\nApprove', '\nextra header\n\nApprove'),
      `${bytes}gpgsig more`,
    ];
    for (const changed of changes) {
      expect(changed).not.toBe(bytes);
      const name = store(folder, 'commit', Buffer.from(changed, 'latin1'));
      expect(isGood(splitCommit(raw(folder, name)))).toBe(false);
      expect(await gitAccepts(folder, name, key)).toBe(false);
    }
  });

  test('with headers after the signature, in latin-1, and with a long message is good', async () => {
    const file = path.join(await temporaryFolder(), 'message');
    await writeFile(file, Buffer.from(`H\xe9las\n\ngpgsig not a header\n${'line\n'.repeat(2000)}`, 'latin1'));
    const settings = [...signing(key), '-c', 'i18n.commitEncoding=ISO-8859-1'];
    git(folder, [...settings, 'commit', '-q', '-S', '--allow-empty', '-F', file]);
    const made = text(folder, 'rev-parse', 'HEAD');
    expect(raw(folder, made).toString('latin1')).toContain('encoding ISO-8859-1\n');
    expect(isGood(splitCommit(raw(folder, made)))).toBe(true);
    expect(await gitAccepts(folder, made, key)).toBe(true);
  });

  test('that merges a signed tag is good, and the tag within it stays payload', async () => {
    const other = await repository();
    git(other, ['commit', '-q', '--allow-empty', '-m', 'Base']);
    git(other, ['checkout', '-q', '-b', 'side']);
    git(other, ['commit', '-q', '--allow-empty', '-m', 'Side']);
    git(other, [...signing(key), 'tag', '-s', '-m', 'Signed side', 'side-tag']);
    git(other, ['checkout', '-q', 'main']);
    git(other, [...signing(key), 'merge', '-q', '-S', '--no-ff', '--no-edit', 'side-tag']);
    const split = splitCommit(raw(other, 'HEAD'));
    expect(split.payload.toString()).toContain('\n -----BEGIN SSH SIGNATURE-----\n');
    expect(isGood(split)).toBe(true);
    expect(await gitAccepts(other, 'HEAD', key)).toBe(true);
  });

  test('with two signatures is malformed, in whatever order and wherever they stand', () => {
    const bytes = raw(folder, commit(folder, key)).toString('latin1');
    const header = /gpgsig .*\n(?: .*\n)+/.exec(bytes)?.[0] ?? '';
    for (const changed of [
      bytes.replace(header, header + header),
      bytes.replace('\nauthor', `\n${header}author`),
      bytes.replace(header, `${header}extra header\n${header}`),
      bytes.replace(header, `gpgsig\n${header}`),
    ]) {
      const split = splitCommit(Buffer.from(changed, 'latin1'));
      expect(split).toMatchObject({ kind: 'malformed', signature: undefined, format: undefined });
    }
  });

  test('with a signature of its translation to SHA-256 beside its own is good, as for git', async () => {
    const bytes = raw(folder, commit(folder, key)).toString('latin1');
    const changed = bytes.replace('\ngpgsig ', '\ngpgsig-sha256 -----BEGIN SSH SIGNATURE-----\n x\ngpgsig ');
    const name = store(folder, 'commit', Buffer.from(changed, 'latin1'));
    expect(isGood(splitCommit(raw(folder, name)))).toBe(true);
    expect(await gitAccepts(folder, name, key)).toBe(true);
  });

  test('with nothing but a signature of its translation is unsigned', async () => {
    const bytes = raw(folder, commit(folder, key)).toString('latin1');
    const name = store(
      folder,
      'commit',
      Buffer.from(bytes.replace('\ngpgsig ', '\ngpgsig-sha256 '), 'latin1'),
    );
    expect(splitCommit(raw(folder, name)).kind).toBe('unsigned');
    expect(await gitAccepts(folder, name, key)).toBe(false);
  });

  test.each([
    ['-----BEGIN PGP SIGNATURE-----', 'openpgp'],
    ['-----BEGIN PGP MESSAGE-----', 'openpgp'],
    ['-----BEGIN SIGNED MESSAGE-----', 'x509'],
  ])('with %s has the format %s', (begin, format) => {
    const bytes = Buffer.from(`tree ${'a'.repeat(40)}\ngpgsig ${begin}\n \n  abc\nauthor A\n\nx\n`);
    expect(splitCommit(bytes)).toEqual({
      kind: 'signed',
      payload: Buffer.from(`tree ${'a'.repeat(40)}\nauthor A\n\nx\n`),
      signature: `${begin}\n\n abc\n`,
      format,
    });
  });

  test('with a signature of no known format is malformed', () => {
    for (const value of ['gpgsig nonsense', 'gpgsig ', 'gpgsig', 'gpgsig \n -----BEGIN SSH SIGNATURE-----'])
      expect(splitCommit(Buffer.from(`tree a\n${value}\nauthor A\n\nx\n`)).kind).toBe('malformed');
  });

  test.each(['', '\n', ' ', ' x\n y', 'gpgsig -----BEGIN SSH SIGNATURE-----', 'tree a'])(
    'of the bytes %j is taken apart without a fault',
    (bytes) => {
      expect(splitCommit(Buffer.from(bytes)).payload.length).toBeLessThanOrEqual(bytes.length);
    },
  );
});

test('a program that pretends to sign makes nothing good, whatever git is told by it', async () => {
  const program = path.join(await temporaryFolder(), 'pretend');
  const stranger = await makeKey();
  const copied = signWith(stranger, Buffer.from('something else'), 'git');
  // git calls it to sign (the last argument is the file), to find who signed, and to verify.
  const script = `#!/bin/sh
case "$2" in
  sign) for last; do :; done; cat > "$last.sig" <<'EOF'\n${copied}EOF\n;;
  find-principals) echo ada@example.com ;;
  verify) cat > /dev/null; echo 'Good "git" signature for ada@example.com with ED25519 key SHA256:abc' ;;
esac\n`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  const made = commit(folder, key, '-q');
  git(folder, [
    ...signing(key),
    '-c',
    `gpg.ssh.program=${program}`,
    'commit',
    '-q',
    '-S',
    '--allow-empty',
    '-m',
    'Forged',
  ]);
  const forged = text(folder, 'rev-parse', 'HEAD');
  const trusting = ['-c', `gpg.ssh.program=${program}`, '-c', 'gpg.ssh.allowedSignersFile=/dev/null'];
  expect(spawnSync('git', [...trusting, 'verify-commit', forged], { cwd: folder }).status).toBe(0);
  expect(isGood(splitCommit(raw(folder, forged)))).toBe(false);
  expect(isGood(splitCommit(raw(folder, made)))).toBe(true);
  expect(await gitAccepts(folder, forged, stranger)).toBe(false);
});

describe('a tag', () => {
  async function signedTag(message: string): Promise<Buffer> {
    const file = path.join(await temporaryFolder(), 'message');
    await writeFile(file, message);
    git(folder, [...signing(key), 'tag', '-f', '-s', '--cleanup=verbatim', '-F', file, 'tagged']);
    return raw(folder, 'tagged', 'tag');
  }

  test('without a signature is unsigned', () => {
    git(folder, ['tag', '-f', '-a', '-m', 'No signature', 'plain']);
    expect(splitTag(raw(folder, 'plain', 'tag')).kind).toBe('unsigned');
  });

  test('that quotes another signature in its message is good by its own', async () => {
    const quoted = signWith(await makeKey(), Buffer.from('x'), 'git');
    const bytes = await signedTag(`Quoting\n${quoted}and on\n`);
    expect(isGood(splitTag(bytes))).toBe(true);
    expect(await gitAccepts(folder, 'tagged', key, 'tag')).toBe(true);
  });

  test('with other bytes before or after its signature is bad', async () => {
    const bytes = (await signedTag('Release\n')).toString();
    const more = bytes + signWith(await makeKey(), Buffer.from('x'), 'git');
    for (const changed of [bytes.replace('Release', 'Releasx'), `${bytes}after\n`, more])
      expect(isGood(splitTag(Buffer.from(changed)))).toBe(false);
  });
});
