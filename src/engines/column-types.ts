// What a database's column type means for measuring.
import type { ColumnProfile } from '../lifecycle/drift/profile.js';

/** The type inside of ClickHouse's wrappers. */
function inner(type: string): string {
  const match = /^(?:Nullable|LowCardinality|SimpleAggregateFunction)\((?:\w+, ?)?(.*)\)$/.exec(type);
  return match ? inner(match[1] ?? '') : type;
}

/** The kind of a column by its type, or why it is left out. */
export function kindOfType(type: string): { kind: ColumnProfile['kind'] } | { leftOut: string } {
  const name = inner(type);
  if (/\[\]$|^(array|list|map|struct|row|tuple|json|nested|variant|dynamic)\b/i.test(name))
    return { leftOut: 'it holds lists or nested values, which engines do not measure' };
  if (/^(date|time|timestamp|interval)/i.test(name))
    return { leftOut: 'it holds times, which always move on' };
  if (/^(u?(tiny|small|big|huge)?int(eger)?\d*|float\d*|double|real|decimal|numeric|bfloat16)/i.test(name))
    return { kind: 'numeric' };
  if (/^(bool|varchar|char|string|text|fixedstring|enum|uuid|ipv|ipaddress)/i.test(name))
    return { kind: 'categorical' };
  return { leftOut: `it is of the type ${type}` };
}
