// Flags that hold more than one thing: `URI=DIGEST`, `NAME@VERSION`, `KEY=VALUE`.
import { usage } from '../errors.js';
import type { Artifact, RetentionRule, StorageClaim } from '../generated/types.js';

const digest = '(?:sha256:)?([0-9a-fA-F]{64})';

/** `URI=SHA256`, with `,kind=config` and `,size=123` where they apply. */
export function parseArtifact(text: string): Artifact {
  const match = new RegExp(`^(.+)=${digest}(?:,kind=([a-z]+))?(?:,size=(\\d+))?$`).exec(text);
  const kinds: readonly string[] = ['weights', 'adapter', 'prompt', 'config', 'tokenizer', 'other'];
  if (!match || (match[3] !== undefined && !kinds.includes(match[3]))) {
    throw usage(
      'input/artifact',
      `--artifact is "${text}"; it has to be URI=SHA256, where the digest has 64 hexadecimal digits`,
      `--artifact s3://models/weights.bin=$(sha256sum weights.bin | cut -c1-64); other kinds: ,kind=${kinds.slice(1).join('|')}`,
    );
  }
  return {
    uri: match[1] as string,
    sha256: (match[2] as string).toLowerCase(),
    kind: (match[3] ?? 'weights') as Artifact['kind'],
    ...(match[4] === undefined ? {} : { size_bytes: Number(match[4]) }),
  };
}

/** `SHA256=URI`: where an artifact is kept now. */
export function parseStorage(text: string): StorageClaim {
  const match = new RegExp(`^${digest}=(.+)$`).exec(text);
  if (!match)
    throw usage(
      'input/cold-storage',
      `--cold-storage is "${text}"; it has to be SHA256=URI`,
      '--cold-storage DIGEST=s3://cold/weights.bin',
    );
  return { sha256: (match[1] as string).toLowerCase(), location: match[2] as string };
}

/** `KIND=PERIOD`, with `@ANCHOR` where it is not the retirement. */
export function parseRetention(text: string): RetentionRule {
  const match =
    /^(documentation|weights|training_data|logs)=(P(?=\d)(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?)(?:@(placed_on_market|retired_at))?$/.exec(
      text,
    );
  if (!match)
    throw usage(
      'input/retain',
      `--retain is "${text}"; it has to be KIND=PERIOD`,
      '--retain weights=P5Y; kinds: documentation, weights, training_data, logs',
    );
  return {
    kind: match[1] as RetentionRule['kind'],
    period: match[2] as string,
    anchor: (match[3] ?? 'retired_at') as RetentionRule['anchor'],
  };
}

/** `KEY=VALUE`; the value is JSON where it reads as JSON, else text. */
export function parsePair(text: string, flag: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at <= 0)
    throw usage('input/pair', `${flag} is "${text}"; it has to be KEY=VALUE`, `${flag} learning_rate=0.1`);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value) as unknown];
  } catch {
    return [text.slice(0, at), value];
  }
}

/** `REPORTED=REGISTERED`: what a file and a gate call one metric. */
export function parseRenaming(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1)
    throw usage(
      'input/rename',
      `--rename is "${text}"; it has to be REPORTED=REGISTERED`,
      '--rename malignant.recall=recall.malignant',
    );
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `NAME@VERSION` in two parts. */
export function parseNamed(text: string, flag: string): { name: string; version: string } {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1)
    throw usage('input/named', `${flag} is "${text}"; it has to be NAME@VERSION`, `${flag} churn-train@v4.2`);
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}
