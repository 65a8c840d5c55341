// Writes any data as YAML, through the YAML library: block style, no folding, versions, dates and digests in quotes.
import { Document, type Scalar, isScalar, visit } from 'yaml';
import { readOtherwise } from './yaml-plain-write.js';

function quoteNumberLike(_key: unknown, node: Scalar): void {
  if (typeof node.value === 'string' && readOtherwise.test(node.value)) node.type = 'QUOTE_DOUBLE';
}

/** Data as YAML, ending in a line break. */
export function renderWithLibrary(data: unknown): string {
  const document = new Document(data, { version: '1.2', schema: 'core', aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (key, node) => (key === 'key' || !isScalar(node) ? undefined : quoteNumberLike(key, node)),
  });
  return document.toString({ lineWidth: 0, indentSeq: true, defaultKeyType: null });
}
