// People: whether two ways of writing a person mean the same one.

/** The address in `Name <address>`, or of a text that is an address; lower case. */
function addressOf(person: string): string | undefined {
  const bracketed = /<([^<>]*)>\s*$/.exec(person)?.[1]?.trim();
  const address = bracketed ?? (person.includes('@') ? person.trim() : undefined);
  return address ? address.toLowerCase() : undefined;
}

function nameOf(person: string): string {
  return person
    .replace(/<[^<>]*>\s*$/, '')
    .trim()
    .toLowerCase();
}

/** One key per person: the address where there is one, else the name. */
function personKey(person: string): string {
  return addressOf(person) ?? nameOf(person);
}

/**
 * Whether two texts name one person: by address where both have one, else by name. Where one side is only a name, the
 * names decide, so that `Ada` does not approve what `Ada <ada@example.com>` registered.
 */
export function samePerson(a: string, b: string): boolean {
  const [addressA, addressB] = [addressOf(a), addressOf(b)];
  if (addressA !== undefined && addressB !== undefined) return addressA === addressB;
  return nameOf(a) !== '' && nameOf(a) === nameOf(b);
}

/**
 * Whether a person is on a list of people who may do something. Stricter than `samePerson`: an entry with an address is
 * met by that address alone, since anyone can choose a name.
 */
export function isListed(person: string, list: readonly string[]): boolean {
  return list.some((entry) => personKey(entry) === personKey(person));
}

/** Whether a name belongs to a machine: one that policy names, or one marked as git hosts mark theirs. */
export function isBot(person: string, bots: readonly string[]): boolean {
  return isListed(person, bots) || /\[bot\](@|\s|$)/i.test(person);
}

/** Distinct people in a list. */
export function distinctPeople(people: readonly string[]): string[] {
  const seen = new Map(people.map((person) => [personKey(person), person] as const));
  return [...seen.values()];
}
