// Reports with arbitrary and hostile texts, to put through every format.
import fc from 'fast-check';
import type { Finding, Report } from '../../src/views/reports/report.js';
import { tool } from './report-readers.js';

const attacks = fc.constantFrom(
  '::error::forged',
  '\n::error::forged',
  '\r\n::stop-commands::x',
  '##[error]forged',
  '%0A::error::forged',
  ']]>',
  '<!--',
  '&amp;',
  '\u001b[31m',
  '\u2028::warning::x',
  '\ud800',
  '\uffff',
  '\u0000',
);
const text = fc
  .array(fc.oneof(attacks, fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((joined) => joined !== '');
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    code: text,
    message: text,
    level: fc.constantFrom('error' as const, 'warning' as const),
    hint: text,
    file: text,
    path: text,
    commit: text,
    line: fc.integer({ min: 1 }),
    column: fc.integer({ min: 1 }),
  },
  { requiredKeys: ['code', 'message', 'level'] },
);
const checked = fc.record({ id: text, title: text, problems: fc.array(finding, { maxLength: 3 }) });
/** Any report: a few things checked, with texts that try to get out of every format. */
export const anyReport: fc.Arbitrary<Report> = fc
  .array(checked, { maxLength: 3 })
  .map((list) => ({ tool, checked: list }));
