// Fields are read within their bounds, and exactly.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBase64, readFields, readName, stringField } from '../../src/signatures/ssh-wire.js';

describe('readFields', () => {
  test('reads each kind of field', () => {
    const bytes = Buffer.concat([
      stringField('name'),
      Buffer.from([7, 0, 0, 1, 2]),
      stringField(Buffer.from([0, 0x80, 1])),
    ]);
    expect(readFields(bytes, ['string', 'byte', 'uint32', 'mpint'])).toEqual([
      Buffer.from('name'),
      7,
      258,
      Buffer.from([0x80, 1]),
    ]);
  });

  test('reads zero as a number without bytes, and leading zeros away', () => {
    expect(readFields(stringField(''), ['mpint'])).toEqual([Buffer.alloc(0)]);
    expect(readFields(stringField(Buffer.from([0, 0, 5])), ['mpint'])).toEqual([Buffer.from([5])]);
  });

  test.each([
    ['a negative number', stringField(Buffer.from([0x80])), 'mpint'],
    ['a length past the end', Buffer.from([0, 0, 0, 2, 1]), 'string'],
    ['the largest length', Buffer.from([255, 255, 255, 255, 1]), 'string'],
    ['half a length', Buffer.from([0, 0, 0]), 'string'],
    ['half a number', Buffer.from([0, 0, 0]), 'uint32'],
    ['nothing', Buffer.alloc(0), 'byte'],
    ['a byte too many', Buffer.from([1, 2]), 'byte'],
  ] as const)('refuses %s', (_name, bytes, kind) => {
    expect(readFields(bytes, [kind])).toBeUndefined();
  });

  test('reads any strings back, and nothing that is cut short', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array(), { minLength: 1, maxLength: 5 }), fc.nat(), (strings, cut) => {
        const bytes = Buffer.concat(strings.map((string) => stringField(Buffer.from(string))));
        const layout = strings.map(() => 'string' as const);
        expect(readFields(bytes, layout)).toEqual(strings.map((string) => Buffer.from(string)));
        expect(readFields(bytes.subarray(0, cut % bytes.length), layout)).toBeUndefined();
      }),
    );
  });

  test('never throws and never reads past the end', () => {
    const kind = fc.constantFrom('byte' as const, 'uint32' as const, 'string' as const, 'mpint' as const);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(kind), (bytes, layout) => {
        const fields = readFields(Buffer.from(bytes), layout) ?? [];
        const length = fields.reduce<number>(
          (sum, field) => sum + (Buffer.isBuffer(field) ? field.length : 1),
          0,
        );
        expect(length).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });
});

test('readName reads the string at the beginning alone', () => {
  expect(readName(Buffer.concat([stringField('ssh-rsa'), Buffer.from([9])]))).toBe('ssh-rsa');
  expect(readName(Buffer.from([0, 0, 0, 9, 1]))).toBeUndefined();
});

test.each(['', 'YQ', 'YQ=', 'YR==', 'YQ==\n', ' YQ==', 'YQ==YQ==', 'Y-Q=', 'YQ==x'])(
  'readBase64 refuses %j',
  (text) => {
    expect(readBase64(text)).toBeUndefined();
  },
);

test('readBase64 reads what was written', () => {
  expect(readBase64('YQ==')).toEqual(Buffer.from('a'));
});
