// In which orders transitions may have been made: records tell seconds, and a script makes several in one.
import type { Trace } from './trace.js';

const mostOrders = 150;

function* permutations<T>(list: readonly T[]): Generator<T[]> {
  if (list.length < 2) yield [...list];
  for (const [index, first] of list.entries()) {
    if (list.length < 2) return;
    for (const rest of permutations([...list.slice(0, index), ...list.slice(index + 1)]))
      yield [first, ...rest];
  }
}

/** Traces, those of one moment together. */
function momentsOf(traces: readonly Trace[]): Trace[][] {
  const moments: Trace[][] = [];
  for (const trace of traces) {
    const last = moments.at(-1);
    if (last && Date.parse(last[0]?.at ?? '') === Date.parse(trace.at)) last.push(trace);
    else moments.push([trace]);
  }
  return moments;
}

/** The order that is given, then others that differ from it within one moment. */
export function* ordersOf(traces: readonly Trace[]): Generator<readonly Trace[]> {
  yield traces;
  let left = mostOrders;
  const moments = momentsOf(traces);
  for (const [index, moment] of moments.entries()) {
    if (moment.length < 2) continue;
    for (const order of permutations(moment)) {
      if (left-- <= 0) return;
      yield [...moments.slice(0, index), order, ...moments.slice(index + 1)].flat();
    }
  }
}
