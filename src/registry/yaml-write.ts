// Writes new YAML files: block style, no folding, versions, dates and digests in quotes.
import { Document, type Scalar, isScalar, visit } from 'yaml';

// What begins with a digit is quoted, so that no tool with other rules reads "1.10" or a date as a number; and so are the
// words that YAML 1.1 reads as truth values.
const readOtherwise = /^[\d.+-]|^(?:y|n|yes|no|on|off)$/i;

function quoteNumberLike(_key: unknown, node: Scalar): void {
  if (typeof node.value === 'string' && readOtherwise.test(node.value)) node.type = 'QUOTE_DOUBLE';
}

/** Data as YAML, ending in a line break. */
export function renderYaml(data: unknown): string {
  const document = new Document(data, { version: '1.2', schema: 'core', aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (key, node) => (key === 'key' || !isScalar(node) ? undefined : quoteNumberLike(key, node)),
  });
  return document.toString({ lineWidth: 0, indentSeq: true, defaultKeyType: null });
}

/** A new file: a line for editors that names the schema, then the data. */
export function renderFile(data: unknown, schemaPath: string): string {
  return `# yaml-language-server: $schema=${schemaPath}\n${renderYaml(data)}`;
}
