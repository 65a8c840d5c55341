// A strict reader of the HTML that we write: every element closed in order, every attribute quoted, every text escaped.

/** An element with its attributes, in the order of the document. */
export interface ReadElement {
  name: string;
  attributes: Record<string, string>;
}

/** What a document holds. Text is decoded. */
export interface ReadHtml {
  elements: ReadElement[];
  texts: string[];
}

const token =
  /<!doctype html>|<style>[^<]*<\/style>|<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+="(?:[^"<>&]|&#\d+;)*")*)>|(?:[^<>&]|&#\d+;)+/uy;
const attribute = /([a-zA-Z-]+)="([^"]*)"/g;

function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)));
}

/** Reads a document; throws where it is not as we write it. */
export function readHtml(html: string): ReadHtml {
  const open: string[] = [];
  const read: ReadHtml = { elements: [], texts: [] };
  for (let at = 0; at < html.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(html);
    if (!match) throw new Error(`not HTML at ${at}: ${html.slice(at, at + 60)}`);
    const [whole, end, name, attributes = ''] = match;
    if (name === undefined) {
      if (!whole.startsWith('<')) read.texts.push(decoded(whole));
      continue;
    }
    if (end === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing at ${at}`);
      continue;
    }
    read.elements.push({
      name,
      attributes: Object.fromEntries(
        [...attributes.matchAll(attribute)].map(([, key = '', value = '']) => [key, decoded(value)]),
      ),
    });
    if (name !== 'meta') open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`);
  return read;
}
