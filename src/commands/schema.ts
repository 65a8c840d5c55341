// mlc schema: prints a schema.
import { readSchemaText } from '../registry/resources.js';
import { type Command, word } from './command.js';

const names = [
  'version',
  'model',
  'gate',
  'config',
  'evidence',
  'retirement',
  'report',
  'event',
  'request',
  'incident',
  'profile',
  'handover',
  'common',
] as const;

export const command: Command = {
  description: 'Prints a JSON Schema (2020-12): every key with a title, a description and an example.',
  arguments: [{ name: 'name', description: 'which schema', choices: names }],
  examples: ['mlc schema version', 'mlc schema gate > gate.schema.json'],
  run: async (_session, input) => {
    const text = await readSchemaText(word(input, 'name'));
    return { json: JSON.parse(text) as unknown, view: () => text };
  },
};
