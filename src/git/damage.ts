// Damage that git finds in a repository (after a power loss, on a failing disk), told with the way out.
import { type Failure, usage } from '../errors.js';

const kinds: readonly (readonly [said: RegExp, code: string, what: string, wayOut: string])[] = [
  [
    /index file (corrupt|smaller)|bad (index|signature 0x)|index uses .* extension/,
    'git/index-damaged',
    'the index of git is damaged',
    'what is staged is lost, and nothing else: rm "$(git rev-parse --git-path index)" && git reset',
  ],
  [
    /No such ref: HEAD|bad ref for|broken ref|does not point to a valid object|Failed to resolve HEAD/i,
    'git/broken-branch',
    'the branch that is checked out points to nothing that git can read',
    'see where it stood before, and how to put it back: mlc doctor',
  ],
  [
    /loose object .* is corrupt|object file .* is empty|unable to unpack|inflate: |corrupt loose object|packfile .* (cannot be|is corrupt|does not match)|unable to read (tree|sha1 file)|bad object HEAD/,
    'git/object-damaged',
    'an object of git is damaged',
    'keep this folder, and see what else is: mlc doctor --deep; an undamaged copy comes from a clone: git clone',
  ],
];

/** What git said, as a failure that names the damage; undefined where it speaks of none. */
export function damageIn(said: string): Failure | undefined {
  const kind = kinds.find(([pattern]) => pattern.test(said));
  if (!kind) return undefined;
  const [, code, what, wayOut] = kind;
  return usage(code, `${what}, and nothing was changed: ${said.trim()}`, wayOut);
}
