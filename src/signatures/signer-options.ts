// The options of a line in an allowed signers file, as ssh-keygen reads them.

/** What the options of a line say. */
export interface SignerOptions {
  /** The line's key signs certificates. mlc follows no certificates. */
  certAuthority: boolean;
  /** Patterns of what the key may sign; undefined for everything. */
  namespaces?: string[];
  /** Seconds since 1970. The key is good at and after this moment. */
  validAfter?: number;
  /** Seconds since 1970. The key is good at and before this moment. */
  validBefore?: number;
}

/** Options, or what is wrong with them. */
type ReadOptions = { options: SignerOptions } | { problem: string };

const moment = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/i;

/**
 * Seconds since 1970 for YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS. Read as UTC with and without `Z`: ssh-keygen reads a
 * moment without `Z` in the time zone of the machine, and the same file has to mean the same on every machine.
 */
function readMoment(text: string): number | undefined {
  const found = moment.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = found;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const date = new Date(written);
  // A day that the calendar does not have is moved to the next month by some readers, and refused here.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== written) return undefined;
  const seconds = date.getTime() / 1000;
  return seconds > 0 ? seconds : undefined;
}

const option = /^([a-z-]+)(?:="((?:\\"|\\(?!")|[^"\\])*)")?(?:,(?=.)|$)/i;

function addMoment(
  options: SignerOptions,
  name: 'validAfter' | 'validBefore',
  word: string,
  value: string,
): ReadOptions {
  if (options[name] !== undefined) return { problem: `option ${word} stands twice` };
  const seconds = readMoment(value);
  if (seconds === undefined)
    return { problem: `${word}="${value}" is not YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS` };
  return { options: { ...options, [name]: seconds } };
}

function addOption(options: SignerOptions, word: string, value: string | undefined): ReadOptions {
  const name = word.toLowerCase();
  if (name === 'cert-authority' && value === undefined)
    return { options: { ...options, certAuthority: true } };
  if (name === 'namespaces' && value !== undefined) {
    if (options.namespaces) return { problem: 'option namespaces stands twice' };
    return { options: { ...options, namespaces: value.split(',') } };
  }
  if (name === 'valid-after' && value !== undefined) return addMoment(options, 'validAfter', name, value);
  if (name === 'valid-before' && value !== undefined) return addMoment(options, 'validBefore', name, value);
  return { problem: `unknown option ${word}` };
}

/** Reads the options field of a line; an empty text has none. */
export function readOptions(text: string): ReadOptions {
  let options: SignerOptions = { certAuthority: false };
  for (let rest = text; rest !== '';) {
    const found = option.exec(rest);
    if (!found) return { problem: `cannot read the options at ${rest}` };
    const [whole, word = '', value] = found;
    const read = addOption(options, word, value?.replaceAll('\\"', '"'));
    if ('problem' in read) return read;
    options = read.options;
    rest = rest.slice(whole.length);
  }
  const { validAfter, validBefore } = options;
  if (validAfter !== undefined && validBefore !== undefined && validBefore <= validAfter)
    return { problem: 'valid-before is not later than valid-after' };
  return { options };
}
