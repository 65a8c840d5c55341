// People: who counts as the same person, and who is on a list.
import { describe, expect, test } from 'vitest';
import { distinctPeople, isListed, samePerson } from '../../src/lifecycle/people.js';

const ada = 'Ada Lovelace <ada@example.com>';

describe('the same person', () => {
  test.each([
    [ada, ada],
    [ada, 'ada@example.com'],
    [ada, 'A. L. <ADA@Example.COM>'],
    [ada, 'Ada Lovelace'],
    ['Ada', ' ada '],
    [ada, 'Ada Lovelace < ada@example.com > '],
  ])('%s is %s', (a, b) => {
    expect(samePerson(a, b)).toBe(true);
    expect(samePerson(b, a)).toBe(true);
  });

  test.each([
    [ada, 'Ada Lovelace <ada@elsewhere.org>'],
    [ada, 'Grace Hopper <grace@example.com>'],
    ['Ada', 'Grace'],
    ['', ''],
    ['<>', ''],
    [ada, 'ada'],
  ])('%s is not %s', (a, b) => {
    expect(samePerson(a, b)).toBe(false);
    expect(samePerson(b, a)).toBe(false);
  });
});

describe('on a list', () => {
  test.each([
    ['ada@example.com', true],
    ['Someone Else <ada@example.com>', true],
    ['Ada Lovelace <mallory@example.com>', false],
    ['Ada Lovelace', false],
  ])('%s meets the entry of an address: %s', (person, listed) => {
    expect(isListed(person, ['grace@example.com', ada])).toBe(listed);
  });

  test('nobody is on an empty list', () => {
    expect(isListed(ada, [])).toBe(false);
  });
});

test('each person counts once, however written', () => {
  expect(distinctPeople([ada, 'ada@example.com', 'ADA@example.com', 'grace@example.com'])).toHaveLength(2);
});
