// Why ssh-keygen did not sign, from what it says, and the way out.
import { type Failure, usage } from '../errors.js';

interface Attempt {
  program: string;
  /** As git's `user.signingKey` has it. */
  key: string;
}

interface Refusal {
  /** node's code where the program could not be started. */
  code: string | undefined;
  timedOut: boolean;
  stderr: string;
}

interface Explanation {
  /** What ssh-keygen says where it is this. */
  said: RegExp;
  code: string;
  message: string;
  hint: string;
}

const explanations: readonly Explanation[] = [
  {
    said: /agent refused operation/,
    code: 'signature/agent-refused',
    message: 'the ssh agent refused to sign',
    hint: 'unlock the agent, confirm when it asks, and run the command again',
  },
  {
    said: /incorrect passphrase/,
    code: 'signature/passphrase',
    message: 'the key has a passphrase, and none or a wrong one was given',
    hint: 'put the key into the agent with ssh-add and run the command again',
  },
  {
    said: /Permissions .* are too open/,
    code: 'signature/key-too-open',
    message: 'others can read the private key, and ssh-keygen does not use it',
    hint: 'take their permissions on the key file away (chmod 600)',
  },
  {
    said: /agent socket|key in agent|No private key found/,
    code: 'signature/key-not-in-agent',
    message: 'no ssh agent holds the private key',
    hint: 'start an agent and put the key into it with ssh-add',
  },
  {
    said: /Couldn't load public key/,
    code: 'signature/key-missing',
    message: 'the key cannot be read',
    hint: "set git's user.signingKey to the path of a key, or to the public key of one in the agent",
  },
  {
    said: /^usage:|unknown option/m,
    code: 'signature/program-too-old',
    message: 'the program does not know how to sign',
    hint: 'install OpenSSH 8.2 or newer',
  },
];

/** The failure to report when a program was asked to sign with a key and did not. */
export function notSigned({ program, key }: Attempt, refusal: Refusal): Failure {
  if (refusal.code === 'ENOENT' || refusal.code === 'EACCES')
    return usage(
      'signature/program-missing',
      `cannot start ${program} to sign`,
      "install OpenSSH 8.2 or newer, or set git's gpg.ssh.program to the path of ssh-keygen",
    );
  if (refusal.timedOut)
    return usage(
      'signature/timed-out',
      `${program} did not sign in the time it had`,
      'run the command again, and touch the security key or confirm in the agent when it asks',
    );
  const said = refusal.stderr.replace('Signing data on standard input', '').trim();
  const known = explanations.find((explanation) => explanation.said.test(said));
  if (known) return usage(known.code, `${program} did not sign with ${key}: ${known.message}`, known.hint);
  return usage('signature/not-signed', `${program} did not sign with ${key}${said && `: ${said}`}`);
}
