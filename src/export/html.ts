// HTML from values that anyone may have written: text stays text, in elements and in attributes.
import { escapeLine } from '../lifecycle/escape.js';

/** HTML that is made already; plain strings are text and get escaped. */
export interface Markup {
  readonly html: string;
}

type Content = string | number | Markup | readonly Content[];

// Most texts need nothing, and a large report has a hundred thousand of them.
const harmless = /^[\w .,:;/@%()+=-]*$/;

/** Escapes a text for elements and quoted attributes alike; what drives a terminal or is no character is shown instead. */
function escapeHtml(text: string): string {
  if (harmless.test(text)) return text;
  return escapeLine(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[&<>"'`]/g,
    (letter) => `&#${letter.charCodeAt(0)};`,
  );
}

function contentOf(content: Content): string {
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  if ('html' in content) return content.html;
  return content.map(contentOf).join('');
}

/** Nothing at all. */
export const nothing: Markup = { html: '' };

/** Pieces one after the other. */
export function markup(...content: Content[]): Markup {
  return { html: contentOf(content) };
}

/**
 * An element. Its name and its attributes' names are ours; the attributes' values and its text are escaped. An attribute that is
 * undefined is left out.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...content: Content[]
): Markup {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeHtml(String(value))}"`))
    .join('');
  return { html: `<${name}${written}>${contentOf(content)}</${name}>` };
}

/** A command to copy; it breaks between words, not at the dashes of its flags. */
export function command(text: string): Markup {
  const words = text.split(' ').map((word) => element('span', {}, word));
  return element(
    'code',
    {},
    words.flatMap((word, index) => (index === 0 ? [word] : [' ', word])),
  );
}
