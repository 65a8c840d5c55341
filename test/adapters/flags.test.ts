// Flags that hold more than one thing.
import { describe, expect, test } from 'vitest';
import {
  parseArtifact,
  parseNamed,
  parsePair,
  parseRetention,
  parseStorage,
} from '../../src/adapters/flags.js';
import { Failure } from '../../src/errors.js';

const sha256 = '0f2c4d1b7a9e3f5c8d6b2a1e4f7c9d0b3a5e8f1c2d4b6a7e9f0c1d3b5a8e2f4c';

/** The code of the failure that reading a flag ends in; it is always a wrong flag, with a way out. */
function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.exitCode).toBe(2);
    expect(error.hint).toBeTruthy();
    return error.code;
  }
  return 'read';
}

describe('--artifact', () => {
  test.each([
    [`s3://a/w=${sha256}`, { uri: 's3://a/w', sha256, kind: 'weights' }],
    [`s3://a/w=sha256:${sha256}`, { uri: 's3://a/w', sha256, kind: 'weights' }],
    [`https://x/?a=b=${sha256},kind=prompt`, { uri: 'https://x/?a=b', sha256, kind: 'prompt' }],
    [`w=${sha256},kind=config,size=12`, { uri: 'w', sha256, kind: 'config', size_bytes: 12 }],
    [`w=${sha256},size=0`, { uri: 'w', sha256, kind: 'weights', size_bytes: 0 }],
  ])('%s', (text, artifact) => {
    expect(parseArtifact(text)).toEqual(artifact);
  });

  test.each([
    '',
    'w',
    'w=',
    `=${sha256}`,
    `w=${sha256.slice(1)}`,
    `w=${sha256.toUpperCase()}x`,
    `w=${sha256},kind=nonsense`,
    `w=${sha256},kind=`,
    `w=${sha256},size=big`,
    `w=${sha256},size=1,kind=config`,
  ])('"%s" is refused', (text) => {
    expect(codeOf(() => parseArtifact(text))).toBe('input/artifact');
  });

  test('a digest in upper case is the same digest', () => {
    expect(parseArtifact(`w=${sha256.toUpperCase()}`)).toMatchObject({ sha256 });
  });
});

describe('--cold-storage', () => {
  test('digest and place', () => {
    expect(parseStorage(`${sha256}=s3://c/w=1`)).toEqual({ sha256, location: 's3://c/w=1' });
    expect(parseStorage(`sha256:${sha256}=x`)).toEqual({ sha256, location: 'x' });
  });

  test.each(['', sha256, `${sha256}=`, `s3://c=${sha256}`])('"%s" is refused', (text) => {
    expect(codeOf(() => parseStorage(text))).toBe('input/cold-storage');
  });
});

describe('--retain', () => {
  test('kind, period, and the anchor that it counts from', () => {
    expect(parseRetention('weights=P5Y')).toEqual({ kind: 'weights', period: 'P5Y', anchor: 'retired_at' });
    expect(parseRetention('documentation=P10Y6M@placed_on_market')).toMatchObject({
      anchor: 'placed_on_market',
    });
  });

  test.each([
    'weights',
    'weights=P',
    'weights=5Y',
    'weights=P5',
    'prompts=P5Y',
    'weights=P5Y@birth',
    'weights=PT5H',
  ])('"%s" is refused', (text) => {
    expect(codeOf(() => parseRetention(text))).toBe('input/retain');
  });
});

describe('--hyperparameter', () => {
  test.each([
    ['a=1', ['a', 1]],
    ['a=1e-3', ['a', 0.001]],
    ['a=true', ['a', true]],
    ['a=null', ['a', null]],
    ['a=text', ['a', 'text']],
    ['a="1"', ['a', '1']],
    ['a=[1,2]', ['a', [1, 2]]],
    ['a=', ['a', '']],
    ['a=b=c', ['a', 'b=c']],
    ['a=NaN', ['a', 'NaN']],
  ])('%s', (text, pair) => {
    expect(parsePair(text, '--hyperparameter')).toEqual(pair);
  });

  test.each(['', 'a', '=1'])('"%s" is refused', (text) => {
    expect(codeOf(() => parsePair(text, '--hyperparameter'))).toBe('input/pair');
  });
});

describe('NAME@VERSION', () => {
  test('the last @ divides', () => {
    expect(parseNamed('train@v1', '--dataset')).toEqual({ name: 'train', version: 'v1' });
    expect(parseNamed('org@hub/m@r', '--base-model')).toEqual({ name: 'org@hub/m', version: 'r' });
  });

  test.each(['', 'train', '@v1', 'train@'])('"%s" is refused', (text) => {
    expect(codeOf(() => parseNamed(text, '--dataset'))).toBe('input/named');
  });
});
