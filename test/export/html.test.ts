// Elements: text and attributes cannot leave their place, and a command can be copied as it was.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { command, element, markup } from '../../src/export/html.js';
import { readHtml } from '../support/html-reader.js';

const printable = fc.string({ unit: fc.constantFrom(...'abc <>&"\'`=/;#|-!\\') });

test('any text comes back from an attribute and from an element', () => {
  fc.assert(
    fc.property(printable, printable, (attribute, text) => {
      const { elements, texts } = readHtml(element('p', { id: attribute }, text).html);
      expect(elements).toEqual([{ name: 'p', attributes: { id: attribute } }]);
      expect(texts.join('')).toBe(text);
    }),
  );
});

test('a command is the same text, word by word', () => {
  fc.assert(
    fc.property(printable, (text) => {
      expect(readHtml(command(text).html).texts.join('')).toBe(text);
    }),
  );
  expect(command('mlc retire a@1').html).toBe(
    '<code><span>mlc</span> <span>retire</span> <span>a@1</span></code>',
  );
});

test('markup stays markup, numbers are numbers, and what is undefined is left out', () => {
  expect(element('p', { class: undefined }, markup('<', 1), ['a', element('b', {})]).html).toBe(
    '<p>&#60;1a<b></b></p>',
  );
});
