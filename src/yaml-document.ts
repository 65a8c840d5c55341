// Parses YAML with the library as mlc reads it everywhere: version 1.2, core schema, every fault with its place.
import { type Document, type LineCounter, parseDocument } from 'yaml';

/** The document of a text, with its faults; it throws none. The same key twice is not told: that is for the caller. */
export function parseYaml(text: string, lineCounter?: LineCounter): Document.Parsed {
  const { stackTraceLimit } = Error;
  // The library makes an error for each fault, and a broken file has thousands: tracing them took four times as long as
  // the parsing.
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      strict: true,
      merge: false,
      logLevel: 'error',
      // The library compares every key with every other.
      uniqueKeys: false,
      // It would quote the text for each fault.
      prettyErrors: false,
      ...(lineCounter ? { lineCounter } : {}),
    });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
