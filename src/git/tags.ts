// Refs and tags: listed, read raw, and made signed.
import { readObjects } from './objects.js';
import { type Repository } from './repository.js';
import { git } from './run.js';

/** A ref and the object that it names. */
export interface NamedRef {
  /** Full name. */
  name: string;
  oid: string;
  type: string;
}

/** The refs below a prefix, oldest first. */
export async function listRefs(repository: Repository, prefix: string): Promise<NamedRef[]> {
  const { stdout } = await git(repository, {
    args: [
      'for-each-ref',
      '--sort=creatordate',
      '--format=%(refname)%00%(objectname)%00%(objecttype)',
      prefix,
    ],
  });
  return stdout
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', oid = '', type = ''] = line.split('\0');
      return { name, oid, type };
    });
}

/** The raw object of an annotated tag; undefined where there is none of that name. */
export async function readTag(repository: Repository, name: string): Promise<Buffer | undefined> {
  const ref = `refs/tags/${name}`;
  // Names are lines of git's input.
  if (/[\0\n]/.test(name)) return undefined;
  const object = (await readObjects(repository, [ref])).get(ref);
  return object?.type === 'tag' ? object.content : undefined;
}

/** Makes a signed, annotated tag with the user's ssh key. */
export async function writeSignedTag(
  repository: Repository,
  tag: { name: string; commit: string; message: string },
  program: string,
): Promise<void> {
  await git(repository, {
    config: [`gpg.ssh.program=${program}`],
    args: ['tag', '--sign', '--file=-', '--end-of-options', tag.name, tag.commit],
    input: tag.message,
    access: 'write',
  });
}
