// ssh_config's pattern lists: `*`, `?`, and `!` for what is excluded.

/** Whether a text matches a pattern of `*` and `?`. Steps back to the last `*` alone, so that no pattern is slow. */
function matches(text: string, pattern: string): boolean {
  let [at, place, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[place] === '*') {
      star = place++;
      resume = at;
    } else if (pattern[place] === '?' || (place < pattern.length && pattern[place] === text[at])) {
      at++;
      place++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(place));
}

/** Whether a text matches one pattern of a list, and none that begins with `!`. */
export function matchesList(text: string, patterns: readonly string[]): boolean {
  const excluded = patterns.filter((pattern) => pattern.startsWith('!'));
  const included = patterns.filter((pattern) => !pattern.startsWith('!'));
  return (
    included.some((pattern) => matches(text, pattern)) &&
    !excluded.some((pattern) => matches(text, pattern.slice(1)))
  );
}
