// The texts of a registry's files, written at once: what lays out a hundred thousand records waits for nothing.
import { renderWithLibrary } from '../../src/registry/yaml-library-write.js';
import { schemaLine } from '../../src/registry/yaml-write.js';

/** A new file as mlc writes it. */
export function renderFile(data: object, schemaPath: string): string {
  return schemaLine(schemaPath) + renderWithLibrary(data);
}
