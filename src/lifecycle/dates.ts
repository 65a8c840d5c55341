// Arithmetic on UTC dates and ISO 8601 periods, without a clock.

const periodPattern = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;
const millisecondsPerDay = 86_400_000;

/** The day of a timestamp: `2026-03-01T09:30:00Z` to `2026-03-01`. */
export function dayOf(timestamp: string): string {
  return timestamp.slice(0, 10);
}

/**
 * Adds an ISO 8601 period to a date or timestamp, and answers a day. A day that the month lacks becomes its last
 * (31 January + P1M is 28 or 29 February).
 */
export function addPeriod(from: string, period: string): string {
  const match = periodPattern.exec(period);
  if (!match) throw new RangeError(`not an ISO 8601 period: ${period}`);
  const [years, months, weeks, days] = match.slice(1, 5).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const date = new Date(`${dayOf(from)}T00:00:00Z`);
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months + 12 * years);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, lastDay) + weeks * 7 + days);
  return date.getUTCFullYear() > 9999 ? '9999-12-31' : date.toISOString().slice(0, 10);
}

/** Adds days to a date or timestamp, and answers a day. */
export function addDays(from: string, days: number): string {
  return new Date(Date.parse(`${dayOf(from)}T00:00:00Z`) + days * millisecondsPerDay)
    .toISOString()
    .slice(0, 10);
}

/** Whole and part days from one moment to another; negative when it runs backwards. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / millisecondsPerDay;
}

/** Whether `value` is a real calendar day written as `YYYY-MM-DD`. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(value);
}

/** Whether `value` is a UTC time as records hold it: `2026-03-01T09:30:00Z`, with or without fractions of a second. */
export function isMoment(value: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** A moment without fractions of a second, as records hold it. */
export function timestampOf(date: Date): string {
  return `${date.toISOString().slice(0, -'.000Z'.length)}Z`;
}
