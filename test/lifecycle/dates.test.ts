// Dates and periods: month ends, leap years, and what is a real day.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addPeriod, dayOf, daysBetween, isDay, timestampOf } from '../../src/lifecycle/dates.js';

describe('adding a period', () => {
  test.each([
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2026-03-31', 'P1M', '2026-04-30'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2096-02-29', 'P4Y', '2100-02-28'],
    ['2026-02-28', 'P1M', '2026-03-28'],
    ['2026-12-31', 'P2M', '2027-02-28'],
    ['2026-11-30', 'P3M', '2027-02-28'],
    ['2026-06-01', 'P10Y', '2036-06-01'],
    ['2026-06-01', 'P2W', '2026-06-15'],
    ['2026-12-30', 'P3D', '2027-01-02'],
    ['2026-01-31', 'P1M1D', '2026-03-01'],
    ['2026-06-01', 'P1Y2M3W4D', '2027-08-26'],
    ['2026-06-01', 'P0D', '2026-06-01'],
    ['2026-06-01T23:59:59Z', 'P1D', '2026-06-02'],
    ['2026-10-25T00:30:00Z', 'P1D', '2026-10-26'],
  ])('%s + %s is %s', (from, period, day) => {
    expect(addPeriod(from, period)).toBe(day);
  });

  test.each(['', 'P', '1Y', 'PT1H', 'P1H', 'P-1D', 'P1.5Y', 'p1y', 'P1D1Y', 'P1Y '])(
    '%j is no period',
    (period) => {
      expect(() => addPeriod('2026-06-01', period)).toThrow(RangeError);
    },
  );

  const day = fc
    .date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const part = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
  const period = (years: number): fc.Arbitrary<string> =>
    fc.tuple(part(years), part(60), part(60), part(4000)).map(([y, m, w, d]) => `P${y}Y${m}M${w}W${d}D`);

  test('a later day and the same period never give an earlier day', () => {
    fc.assert(
      fc.property(day, day, period(100), (a, b, span) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(addPeriod(early, span) <= addPeriod(late, span)).toBe(true);
        expect(addPeriod(early, span) >= early).toBe(true);
      }),
    );
  });

  test('days, months and years each only move a day forward', () => {
    fc.assert(
      fc.property(day, part(1000), part(1000), (from, x, y) => {
        const [few, many] = x < y ? [x, y] : [y, x];
        for (const unit of ['D', 'W', 'M', 'Y'])
          expect(addPeriod(from, `P${few}${unit}`) <= addPeriod(from, `P${many}${unit}`)).toBe(true);
      }),
    );
  });

  test('the answer is a real day, for every period that a rule may state', () => {
    fc.assert(
      fc.property(day, period(9999), (from, span) => {
        expect(addPeriod(from, span)).toSatisfy(isDay);
      }),
    );
    expect(addPeriod('2026-06-01', 'P9999Y') > addPeriod('2026-06-01', 'P7000Y')).toBe(true);
  });
});

describe('days', () => {
  test.each([
    ['2026-02-27', 2, '2026-03-01'],
    ['2024-02-27', 2, '2024-02-29'],
    ['2026-12-31T22:00:00Z', 1, '2027-01-01'],
    ['2026-06-01', 30, '2026-07-01'],
  ])('%s + %d days is %s', (from, days, day) => {
    expect(addDays(from, days)).toBe(day);
  });

  test('between two moments, with parts and sign', () => {
    expect(daysBetween('2026-06-01T00:00:00Z', '2026-06-02T12:00:00Z')).toBe(1.5);
    expect(daysBetween('2026-06-02', '2026-06-01')).toBe(-1);
  });

  test.each(['2026-06-01', '2024-02-29', '2000-02-29', '9999-12-31'])('%s is a day', (text) => {
    expect(isDay(text)).toBe(true);
  });

  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-6-1',
    '26-06-01',
    '2026-06-01T00:00:00Z',
    '',
    'today',
  ])('%j is none', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

test('timestamps have whole seconds and their day', () => {
  const stamp = timestampOf(new Date('2026-06-01T09:30:15.987Z'));
  expect(stamp).toBe('2026-06-01T09:30:15Z');
  expect(dayOf(stamp)).toBe('2026-06-01');
});
