// What can be said of a YAML file before it is parsed: size, encoding, line ends, stray characters, depth.
import { escapeLine, unsafeCharacter } from '../lifecycle/escape.js';
import type { Problem } from '../lifecycle/problems.js';
import { type Place, placeAt } from './places.js';

/** Bytes in one file. */
export const maximumBytes = 64 * 1024;
/** Levels of nesting in one file. */
export const maximumDepth = 32;

/** A fault at an offset of the text. */
export interface Fault {
  code: string;
  message: string;
  hint?: string;
  offset: number;
}

/** Ends the reading of a file; readYaml turns it into a problem. */
export class YamlFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

/** Ends the reading of a file. */
export function fail(code: string, message: string, offset: number, hint?: string): never {
  throw new YamlFault(hint === undefined ? { code, message, offset } : { code, message, offset, hint });
}

/** A problem at a place in a file, with the line quoted. */
export function problemAt(file: string, text: string, fault: Fault, path?: string): Problem {
  const place: Place = placeAt(text, fault.offset);
  return {
    code: fault.code,
    message: fault.message,
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
    file,
    line: place.line,
    column: place.column,
    ...(path === undefined ? {} : { path }),
    quoted: escapeLine(place.text),
  };
}

/** The bytes of a file as text. */
export function decode(bytes: Buffer): string {
  if (bytes.length > maximumBytes) {
    fail(
      'yaml/too-large',
      `the file has ${bytes.length} bytes; a record has at most ${maximumBytes}`,
      0,
      'keep large content elsewhere and record its URI and digest',
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail(
      'yaml/encoding',
      'the file is not valid UTF-8',
      0,
      'save it as UTF-8 without a byte order mark',
    );
  }
  if (text.startsWith('\ufeff'))
    fail(
      'yaml/byte-order-mark',
      'the file begins with a byte order mark',
      0,
      'save it as UTF-8 without a byte order mark',
    );
  const carriage = text.indexOf('\r');
  if (carriage >= 0)
    fail(
      'yaml/line-ends',
      'lines end in CR or CRLF; records end lines in LF',
      carriage,
      "sed -i 's/\\r$//' FILE, and git config core.autocrlf false",
    );
  return text;
}

const conflictMarker = /^(<{7} |={7}$|>{7} )/m;
// Nearly no file has one of these, or a tab, and looking for them takes a tenth of what the patterns take.
const conflictMarks = ['<<<<<<<', '=======', '>>>>>>>'];
const tabIndent = /^ *\t[ \t]*(?=[^\s#])/m;

/** Refuses characters that no record holds. */
export function checkCharacters(text: string): void {
  const unsafe = unsafeCharacter(text);
  if (unsafe !== undefined)
    fail(
      'yaml/control-character',
      `the file holds the control character U+${unsafe.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
      text.indexOf(unsafe),
      'delete the character',
    );
  const tab = text.includes('\t') ? tabIndent.exec(text) : null;
  if (tab)
    fail(
      'yaml/tab',
      'a tab is used for indentation, which YAML forbids',
      tab.index + tab[0].indexOf('\t'),
      'indent with spaces',
    );
  const conflict = conflictMarks.some((mark) => text.includes(mark)) ? conflictMarker.exec(text) : null;
  if (conflict)
    fail(
      'yaml/conflict-marker',
      'a merge conflict is not resolved',
      conflict.index,
      'choose one side: git checkout --ours FILE or git checkout --theirs FILE',
    );
}

/** Nesting that no record has is refused before the parser recurses into it. */
export function checkDepth(text: string): void {
  const compact = /^ *(?:[-?] +){33}/m.exec(text);
  if (compact)
    fail(
      'yaml/too-deep',
      `values are nested more than ${maximumDepth} deep`,
      compact.index + compact[0].length,
    );
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    else if (character === '\n') depth = /^[ \t]*[\]}[{,"'\w-]/.test(text.slice(at + 1, at + 40)) ? depth : 0;
    if (depth > 4 * maximumDepth)
      fail('yaml/too-deep', `values are nested more than ${maximumDepth} deep`, at);
  }
}
