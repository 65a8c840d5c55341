// What looks like a secret in a text: keys, tokens, and addresses with a password in them. History never forgets one.

/** Something in a text that looks like a secret. */
export interface SecretFound {
  /** Its kind, as the last part of a code: `private-key`. */
  kind: 'private-key' | 'key' | 'token' | 'address' | 'signed-address' | 'labelled';
  /** What it looks like, in words. */
  looks: string;
  /** Where it begins. */
  offset: number;
  /** The secret itself, for taking it out of what is told. */
  text: string;
}

interface Form {
  kind: SecretFound['kind'];
  looks: string;
  pattern: RegExp;
  /** Whether what the pattern found is one. */
  holds?: (found: RegExpExecArray) => boolean;
}

// Nothing that could go on to the left of it stands before a token, and so a long run of letters is looked at once.
const start = '(?<![A-Za-z0-9_-])';

function tokenForm(looks: string, pattern: string, kind: Form['kind'] = 'token'): Form {
  return { kind, looks, pattern: new RegExp(`${start}(?:${pattern})`, 'g') };
}

/** Bits a character, as the characters of the text are distributed. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, amount) => {
    const share = amount / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}

/** Whether a value is random enough to be a password: words, names, versions and dates, also in a row, are not. */
function isRandom(value: string): boolean {
  const isMixed = (part: string): boolean => part.length >= 8 && /[0-9]/.test(part) && /[A-Za-z]/.test(part);
  return value.split(/[-_./:]+/).some(isMixed) && entropy(value) >= 3.5;
}

/** Whether a value stands for a secret that is kept elsewhere: `${NAME}`, `<password>`, `***`. */
function isPlaceholder(value: string): boolean {
  return /^(?:\$|<|\{|%[A-Z_]+%|[*.xX]+$)/.test(value);
}

const forms: readonly Form[] = [
  {
    kind: 'private-key',
    looks: 'a private key',
    pattern:
      /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|(?<![A-Z0-9-])AGE-SECRET-KEY-1[A-Z0-9]{30,}/g,
  },
  tokenForm('an access key of AWS', '(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])', 'key'),
  tokenForm('an API key of Google', 'AIza[\\w-]{35}(?![\\w-])', 'key'),
  tokenForm('a token of GitHub', 'gh[opusr]_[A-Za-z0-9]{20,}|github_pat_\\w{22,}'),
  tokenForm('a token of GitLab', 'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct|oas)-[\\w-]{20,}'),
  tokenForm('a token of Slack', 'xox[abeprs]-[A-Za-z0-9-]{20,}|xapp-[0-9]-[A-Z0-9]+-[0-9]+-[a-z0-9]{20,}'),
  tokenForm('a token of Hugging Face', 'hf_[A-Za-z0-9]{30,}'),
  tokenForm('an API key', 'sk-(?:ant|proj|svcacct|admin|or-v1)-[\\w-]{20,}|sk-[A-Za-z0-9]{32,}', 'key'),
  tokenForm('a key of Stripe', '[rs]k_live_[A-Za-z0-9]{20,}', 'key'),
  tokenForm('a token of a package registry', 'npm_[A-Za-z0-9]{36}|pypi-AgEIcHlwaS5vcmc[\\w-]{20,}'),
  tokenForm('a JSON web token', 'eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{8,}'),
  {
    kind: 'address',
    looks: 'an address with a password in it',
    pattern: /:\/\/[^\s/?#:@"'<>]{0,200}:([^\s/?#@"']{1,400})@(?=[\w[])/g,
    holds: ([, password = '']) => !isPlaceholder(password),
  },
  {
    kind: 'signed-address',
    looks: 'an address that grants access to whoever has it',
    pattern:
      /[?&;](?:X-(?:Amz|Goog)-(?:Signature|Security-Token)|sig|signature|access_token|auth_token|token|api_?key)=([^&;\s"'#]{8,2000})/gi,
    holds: ([, value = '']) => !isPlaceholder(value) && /[0-9%]/.test(value),
  },
  {
    kind: 'labelled',
    looks: 'a password or a key, by what it is called',
    pattern:
      /(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|(?:access|secret|private|account)[_-]?key|credentials?)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([^\s"',;}\])]{12,400})/gi,
    holds: ([, value = '']) => !isPlaceholder(value) && isRandom(value),
  },
];

// What a text without secrets, as nearly every record is, is told by at once; the rest the forms above look at closely.
const markers: readonly RegExp[] = [
  /A[KS]IA|AIza|PRIVATE KEY|SECRET-KEY|[?&;][A-Za-z_-]+=|:\/\/[^\s/]*@/,
  /[_.-][\w-]{20}/,
  /(?:ss[wp]\w{1,6}|pwd|ecret|oken|key|dentials?)["']?[ \t]*[:=][ \t]*["']?[^\s"']{12}/i,
];

/** Everything in a text that looks like a secret, in order of its place. Each place is told once. */
export function secretsIn(text: string): SecretFound[] {
  if (!markers.some((marker) => marker.test(text))) return [];
  const found: SecretFound[] = [];
  for (const { kind, looks, pattern, holds } of forms) {
    for (const match of text.matchAll(pattern)) {
      if (holds && !holds(match)) continue;
      const secret = match[1] ?? match[0];
      const offset = match.index + match[0].lastIndexOf(secret);
      const isKnown = found.some(
        (other) => offset < other.offset + other.text.length && other.offset < offset + secret.length,
      );
      if (!isKnown) found.push({ kind, looks, offset, text: secret });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

/** Whether a text holds something that looks like a secret. */
export function holdsSecret(text: string): boolean {
  return secretsIn(text).length > 0;
}

/** A text without the secrets of another in it. */
export function withoutSecrets(text: string, secrets: readonly SecretFound[]): string {
  return secrets.reduce((rest, secret) => rest.split(secret.text).join('[secret]'), text);
}
