// Finds what a person may have meant by a word that does not exist.

/** Edit distance with transpositions of neighbours, cut off at `limit + 1`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/** Up to three candidates that are close to `word`, closest first. */
export function nearest(word: string, candidates: readonly string[]): string[] {
  const limit = word.length < 5 ? 1 : word.length < 10 ? 2 : 3;
  const lowered = word.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, far: distance(lowered, candidate.toLowerCase(), limit) }))
    .filter(
      ({ candidate, far }) =>
        far <= limit || (word.length >= 3 && candidate.toLowerCase().startsWith(lowered)),
    )
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A hint that names what may have been meant, or all there is when nothing is close and the list is short. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const close = nearest(word, candidates);
  if (close.length > 0) return `did you mean ${close.join(' or ')}?`;
  if (candidates.length === 0) return undefined;
  const shown = candidates.slice(0, 8).join(', ');
  return `there is: ${shown}${candidates.length > 8 ? `, and ${candidates.length - 8} more` : ''}`;
}
