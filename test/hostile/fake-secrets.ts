// Texts that look like secrets and are none. They are put together here, so that no scanner finds one in this file.

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Random-looking letters and digits; the same for the same seed. */
export function scrambled(length: number, seed = 7): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return letters.charAt(state % letters.length);
  }).join('');
}

const capitals = (length: number): string =>
  scrambled(length * 2)
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, 'Q')
    .slice(0, length);
const web = (seed: number): string => `${['e', 'yJ'].join('')}${scrambled(30, seed)}`;

/** What each of them is, as the code of a warning ends, and the text. */
export const fakeSecrets: readonly (readonly [kind: string, name: string, text: string])[] = [
  ['private-key', 'an RSA key', `-----BEGIN RSA ${'PRIVATE'} KEY----- ${scrambled(60)}`],
  ['private-key', 'an OpenSSH key', `-----BEGIN OPENSSH ${'PRIVATE'} KEY----- ${scrambled(60)}`],
  ['private-key', 'a PKCS #8 key', `-----BEGIN ${'PRIVATE'} KEY----- ${scrambled(60)}`],
  ['private-key', 'a PGP key', `-----BEGIN PGP ${'PRIVATE'} KEY BLOCK----- ${scrambled(60)}`],
  ['key', 'an AWS key', ['AK', 'IA', capitals(16)].join('')],
  ['key', 'a temporary AWS key', ['AS', 'IA', capitals(16)].join('')],
  ['key', 'a Google key', ['AI', 'za', scrambled(35)].join('')],
  ['key', 'an OpenAI key', ['sk', '-proj-', scrambled(60)].join('')],
  ['key', 'an old OpenAI key', ['sk', '-', scrambled(48)].join('')],
  ['key', 'an Anthropic key', ['sk', '-ant-', 'api03-', scrambled(80)].join('')],
  ['token', 'a GitHub token', ['gh', 'p_', scrambled(36)].join('')],
  ['token', 'a GitHub token of an app', ['gh', 's_', scrambled(36)].join('')],
  ['token', 'a fine-grained GitHub token', ['github', '_pat_', scrambled(22), '_', scrambled(59)].join('')],
  ['token', 'a GitLab token', ['gl', 'pat-', scrambled(20)].join('')],
  ['token', 'a Slack token', ['xo', 'xb-', '123456789012-', scrambled(24)].join('')],
  ['token', 'a Hugging Face token', ['h', 'f_', scrambled(34)].join('')],
  ['token', 'an npm token', ['n', 'pm_', scrambled(36)].join('')],
  ['token', 'a JSON web token', [web(3), web(5), scrambled(43)].join('.')],
  ['address', 'a password in an address', `postgres://ada:${scrambled(10)}@db.example.com/x`],
  ['address', 'a password without a name', `redis://:${scrambled(10)}@cache.example.com:6379`],
  ['address', 'a token in an address', `https://oauth2:${scrambled(20)}@git.example.com/x.git`],
  [
    'signed-address',
    'a signed address of AWS',
    `https://b.example.com/w?X-Amz-Date=1&X-Amz-Signature=${scrambled(64)}`,
  ],
  ['signed-address', 'a signed address of Azure', `https://b.example.com/w?sv=2024&sig=${scrambled(40)}%3D`],
  ['signed-address', 'a token in a query', `https://b.example.com/w?token=${scrambled(20)}`],
  ['labelled', 'a password in a sentence', `the password: ${scrambled(18)}`],
  ['labelled', 'a secret of a client', `client_secret=${scrambled(32)}`],
];
