// Fewer points for a small picture: a stretch of points becomes the one that matters most, so that no breach is lost.

/** What thinning has to know of a point. */
export interface Reading {
  /** Finite, or null where it could not be measured. */
  value: number | null;
  breached: boolean;
}

type BadSide = 'high' | 'low' | null;

/** The worse of two: breached before within, measured before unmeasured, then by the bad side; the newer when equal. */
function worse<T extends Reading>(a: T, b: T, badSide: BadSide): T {
  if (a.breached !== b.breached) return a.breached ? a : b;
  if (a.value === null) return b;
  if (b.value === null) return a;
  return (badSide === 'low' ? a.value < b.value : a.value > b.value) ? a : b;
}

/**
 * At most `most` points, oldest first. The newest is kept as it is; the others are cut into stretches of about equal
 * length, and each becomes its worst point.
 */
export function thinned<T extends Reading>(points: readonly T[], most: number, badSide: BadSide): T[] {
  const newest = points.at(-1);
  if (newest === undefined || most < 1) return [];
  if (points.length <= most) return [...points];
  const stretches = most - 1;
  const older = points.length - 1;
  const kept = Array.from({ length: stretches }, (_, index) =>
    points
      .slice(Math.floor((index * older) / stretches), Math.floor(((index + 1) * older) / stretches))
      .reduce((a, b) => worse(a, b, badSide)),
  );
  return [...kept, newest];
}
