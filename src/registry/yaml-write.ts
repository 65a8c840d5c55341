// Writes new YAML files: block style, no folding, versions, dates and digests in quotes.
import { plainLines } from './yaml-plain-write.js';

/** Data as YAML, ending in a line break. */
export async function renderYaml(data: object): Promise<string> {
  const lines = plainLines(data);
  if (lines && lines.length > 0) return `${lines.join('\n')}\n`;
  const { renderWithLibrary } = await import('./yaml-library-write.js');
  return renderWithLibrary(data);
}

/** The line that tells editors which schema a file has. */
export function schemaLine(schemaPath: string): string {
  return `# yaml-language-server: $schema=${schemaPath}\n`;
}

/** A new file: a line for editors that names the schema, then the data. */
export async function renderFile(data: object, schemaPath: string): Promise<string> {
  return schemaLine(schemaPath) + (await renderYaml(data));
}
