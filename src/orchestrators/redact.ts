// Takes credentials out of text, also where the other side gives them back in another encoding.

/** A credential and the name it is shown by. */
export interface Secret {
  /** As `$AIRFLOW_TOKEN`. */
  shown: string;
  value: string;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function eitherCase(hex: string): string {
  return hex.replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`);
}

function hexOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex');
}

const htmlNames: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
};

/** One character as it is, and as URLs, JSON and HTML write it. */
function characterPattern(character: string): string {
  const bytes = hexOf(character).match(/../g) ?? [];
  const units = [...Array(character.length).keys()].map((index) =>
    character.charCodeAt(index).toString(16).padStart(4, '0'),
  );
  const code = character.codePointAt(0) ?? 0;
  const ways = [
    bytes.map((byte) => `%(?:25)?${eitherCase(byte)}`).join(''),
    units.map((unit) => `\\\\u${eitherCase(unit)}`).join(''),
    `&#0*${code};`,
    `&#[xX]0*${eitherCase(code.toString(16))};`,
    ...(htmlNames[character] ? [htmlNames[character]] : []),
    ...(character === ' ' ? ['\\+'] : []),
    ...('"\\/'.includes(character) ? [`\\\\${literal(character)}`] : []),
    literal(character),
  ];
  return `(?:${ways.join('|')})`;
}

function textPattern(text: string): string {
  return [...text].map(characterPattern).join('');
}

// As both alphabets have them, and as URLs and JSON write them.
const base64Digits: Readonly<Record<string, string>> = {
  '+': '(?:\\+|-|%(?:25)?2[bB]|\\\\u002[bB])',
  '/': '(?:\\\\?\\/|_|%(?:25)?2[fF]|\\\\u002[fF])',
};

// Shorter pieces would match by chance.
const shortestEncoded = 6;

/** What base64 makes of the value wherever in a longer text it stands: the digits that depend on it alone. */
function base64Patterns(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length < shortestEncoded) return [];
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const first = Math.ceil((before * 8) / 6);
    const digits = whole.toString('base64').slice(first, Math.floor((whole.length * 8) / 6));
    return [...digits].map((digit) => base64Digits[digit] ?? digit).join('');
  });
}

function patternsOf(value: string): string[] {
  const hex = hexOf(value);
  return [
    textPattern(value),
    ...base64Patterns(value),
    ...(value.length < shortestEncoded ? [] : [eitherCase(hex)]),
  ];
}

/** A function that shows every credential by its name instead of its value. */
export function redactor(secrets: readonly Secret[]): (text: string) => string {
  const known = secrets
    .filter(({ value }) => value !== '')
    .sort((a, b) => b.value.length - a.value.length)
    .flatMap(({ shown, value }) => patternsOf(value).map((pattern) => ({ shown, pattern })));
  if (known.length === 0) return (text) => text;
  const any = new RegExp(known.map(({ pattern }) => `(${pattern})`).join('|'), 'g');
  return (text) =>
    text.replace(any, (...found: unknown[]) => {
      const index = known.findIndex((_, position) => found[position + 1] !== undefined);
      return known[index]?.shown ?? '';
    });
}
