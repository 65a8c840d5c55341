// The health report as JSON: the same data, with keys as all answers have them.
import type { HealthReport } from '../lifecycle/health/report.js';

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function withKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [snakeCase(key), withKeys(entry)]));
}

/** A report with keys in snake case. No key of it is anybody's own word. */
export function healthJson(report: HealthReport): Record<string, unknown> {
  return withKeys(report) as Record<string, unknown>;
}
