// What views know of the terminal: its width, and colours with a meaning.

/** Marks text with a meaning; off a terminal every mark leaves the text as it is. */
export interface Style {
  strong: (text: string) => string;
  quiet: (text: string) => string;
  good: (text: string) => string;
  bad: (text: string) => string;
  warn: (text: string) => string;
  accent: (text: string) => string;
  /** Columns of the terminal; unbounded off one. */
  width: number;
  /** How many columns a text takes. */
  columnsOf: (text: string) => number;
  /** Whether a person reads: aligned tables and headings, rather than tab-separated lines. */
  interactive: boolean;
}

const same = (text: string): string => text;

/** The style of pipes and files. */
export const plainStyle: Style = {
  strong: same,
  quiet: same,
  good: same,
  bad: same,
  warn: same,
  accent: same,
  width: Number.POSITIVE_INFINITY,
  columnsOf: (text) => text.length,
  interactive: false,
};
