// Health reports with any numbers and with texts that try to get out of every format.
import fc from 'fast-check';
import type { HealthReport, HealthSeries } from '../../src/lifecycle/health/report.js';
import { signals } from '../../src/lifecycle/monitoring/observation.js';

/** Texts that would run, load, close or reorder something where they are not escaped. */
export const attacks = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style></svg><script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  'javascript:alert(1)',
  '&lt;script&gt;',
  '<!--',
  ']]>',
  '`',
  '| a | b |',
  '[x](javascript:alert(1))',
  '![x](http://example.com/x.png)',
  '\n# forged',
  '\u001b[31m',
  '\u202eforged',
  '\u0000',
  '\ud800',
  'constructor',
  '__proto__',
] as const;

const text = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary' })), { maxLength: 3 })
  .map((parts) => parts.join(''));
const number = fc.oneof(fc.double(), fc.double({ min: 0, max: 1 }), fc.constantFrom(1e-300, 1e300, 0, -0));
const at = fc.oneof(
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
    .map((date) => date.toISOString()),
  text,
);

/** Any series. */
export const anySeries: fc.Arbitrary<HealthSeries> = fc.record({
  signal: fc.constantFrom(...signals),
  name: text,
  method: text,
  badSide: fc.constantFrom('high' as const, 'low' as const, null),
  points: fc.array(
    fc.record({
      at,
      value: fc.option(number),
      threshold: fc.option(number),
      verdict: fc.constantFrom(
        'breached' as const,
        'within' as const,
        'unmeasured' as const,
        'unjudged' as const,
      ),
    }),
    { maxLength: 130 },
  ),
});

const zombie = fc.record({
  model: text,
  version: text,
  kind: fc.constantFrom('past-target' as const, 'unwatched' as const, 'unowned' as const),
  message: text,
  since: text,
  next: text,
});
const trigger = fc.record({
  type: text,
  state: fc.constantFrom('fired' as const, 'answered' as const, 'quiet' as const, 'unmeasurable' as const),
  message: text,
  response: text,
});
const version = fc.record({
  model: text,
  title: text,
  version: text,
  status: text,
  riskClass: text,
  serving: fc.array(fc.record({ env: text, trafficPct: fc.nat(100), mirrorPct: fc.nat(100) }), {
    maxLength: 2,
  }),
  deprecationTarget: text,
  lastReport: fc.option(text),
  triggers: fc.array(trigger, { maxLength: 2 }),
  zombies: fc.array(zombie, { maxLength: 2 }),
  series: fc.array(anySeries, { maxLength: 9 }),
});
const due = fc.record({
  model: text,
  version: fc.option(text),
  what: text,
  date: fc.option(text),
  overdue: fc.boolean(),
  next: text,
});

/** Any report. */
export const anyHealthReport: fc.Arbitrary<HealthReport> = fc.record({
  registry: text,
  commit: text,
  generatedAt: text,
  from: text,
  to: text,
  totals: fc.record({
    models: fc.nat(),
    versions: fc.nat(),
    serving: fc.nat(),
    zombies: fc.nat(),
    firedTriggers: fc.nat(),
    overdue: fc.nat(),
    openIncidents: fc.nat(),
  }),
  owners: fc.array(
    fc.record({
      owner: text,
      versions: fc.array(version, { maxLength: 2 }),
      due: fc.array(due, { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
});
