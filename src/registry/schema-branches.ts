// Leaves out of a validator's faults what only says why one way of several was not taken.
import type { SchemaFault } from '../generated/validator.js';

/** The branches of a union fail one by one before the union does; only the union is worth telling. */
export function withoutBranches(faults: readonly SchemaFault[]): SchemaFault[] {
  const unions = new Map<string, string[]>();
  const isUnion = ({ keyword }: SchemaFault): boolean => keyword === 'anyOf' || keyword === 'oneOf';
  for (const { instancePath, schemaPath } of faults.filter(isUnion))
    unions.set(instancePath, [...(unions.get(instancePath) ?? []), schemaPath]);
  const isBranch = ({ instancePath, schemaPath }: SchemaFault): boolean =>
    selfAndAbove(instancePath).some((place) =>
      unions.get(place)?.some((union) => schemaPath.startsWith(`${union}/`)),
    );
  return faults.filter((fault) => isUnion(fault) || !isBranch(fault));
}

/** A pointer, and those of everything that its value is in. */
function selfAndAbove(pointer: string): string[] {
  const places = [pointer];
  for (let at = pointer.lastIndexOf('/'); at >= 0; at = pointer.lastIndexOf('/', at - 1)) {
    places.push(pointer.slice(0, at));
    if (at === 0) break;
  }
  return places;
}
