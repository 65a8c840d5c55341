// Problems, warnings and failures as text: where, the line quoted with a mark, the way out, and nothing that drives a terminal.
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { failureView, problemView, warningView } from '../../src/views/problems.js';
import { type Style, plainStyle } from '../../src/views/style.js';

const on = (width: number): Style => ({ ...plainStyle, width, interactive: true, columnsOf: stringWidth });

describe('a problem', () => {
  test('has place, message, code, the line with a mark below, and the hint', () => {
    const text = problemView(
      {
        code: 'a/b',
        message: 'wrong',
        file: 'x.yaml',
        line: 12,
        column: 3,
        quoted: '  key: v',
        hint: 'mend it',
      },
      plainStyle,
    );
    expect(text).toBe('✗ x.yaml:12:3: wrong [a/b]\n  12 |   key: v\n     |   ^\n  → mend it');
  });

  test('without a place is a line', () => {
    expect(problemView({ code: 'a/b', message: 'wrong' }, plainStyle)).toBe('✗ wrong [a/b]');
    expect(problemView({ code: 'a/b', message: 'wrong', file: 'x' }, plainStyle)).toBe('✗ x: wrong [a/b]');
  });

  test('is escaped in every part', () => {
    const bad = '\u001b[31m\u202e';
    const text = problemView({ code: 'a/b', message: bad, file: bad, hint: bad }, plainStyle);
    expect(text).not.toMatch(/[\u001b\u202e]/); // eslint-disable-line no-control-regex
  });

  test('is folded below itself on a narrow terminal', () => {
    const text = problemView(
      { code: 'a/b', message: 'word '.repeat(30).trim(), hint: 'word '.repeat(30) },
      on(50),
    );
    const [, ...rest] = text.split('\n');
    expect(rest.length).toBeGreaterThan(2);
    for (const line of rest) {
      expect(line.startsWith('  ')).toBe(true);
      expect(line.length).toBeLessThanOrEqual(50);
    }
  });

  test('a very long line is quoted around its mark', () => {
    const quoted = `${'a'.repeat(300)}HERE${'b'.repeat(300)}`;
    const text = problemView({ code: 'a/b', message: 'm', file: 'f', line: 1, column: 301, quoted }, on(80));
    expect(text).toContain('HERE');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

test('the mark stands below wide characters where they are drawn', () => {
  const quoted = 'タイトル: x';
  const lines = problemView(
    { code: 'a/b', message: 'm', file: 'f', line: 1, column: 7, quoted },
    on(80),
  ).split('\n');
  // Four characters of two columns, a colon and a space: the mark is in the eleventh column of the text.
  expect((lines[2] ?? '').indexOf('^') - (lines[1] ?? '').indexOf('タ')).toBe(10);
});

test('a warning has its hint below', () => {
  expect(warningView({ code: 'a/b', message: 'mind', hint: 'do' }, on(80))).toBe('! mind\n  → do');
});

test('a failure shows its hint once', () => {
  const problems = [{ code: 'a/b', message: 'p', hint: 'same' }];
  const text = failureView({ message: 'no', hint: 'same', problems }, plainStyle);
  expect(text.match(/same/g)).toHaveLength(1);
  expect(failureView({ message: 'no', problems: [] }, plainStyle)).toBe('mlc: no');
});
