// Makes a generated validator small: node reads all of its text before the first record is checked.

/** What says something about a schema, and nothing about what is valid. */
const annotations = new Set(['title', 'description', 'examples', '$comment', 'default']);
const namesOfSchemas = new Set(['properties', '$defs', 'patternProperties']);

/** A schema without its annotations, which a validator would carry along as text. */
export function withoutAnnotations(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutAnnotations);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => !annotations.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      namesOfSchemas.has(key) ? eachSchema(value as Record<string, unknown>) : withoutAnnotations(value),
    ]),
  );
}

/** Below these, a key is a name that the schema's author chose: `title` may be one. */
function eachSchema(schemas: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, withoutAnnotations(schema)]),
  );
}

// What mlc says of these keywords in words of its own (src/registry/schema-problems.ts).
const toldOtherwise =
  /^"(required|additionalProperties|type|enum|const|pattern|format|anyOf|oneOf|propertyNames|unevaluatedProperties)"$/;

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const fault = new RegExp(
  String.raw`const (err\d+) = \{instancePath(?::((?:[^"\n]|${quoted})*?))?,schemaPath:(${quoted}),keyword:(${quoted}),params:(\{[^\n]*?\}),message:([^\n]*)\};\n` +
    String.raw`if\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;`,
  'g',
);

const addFault = `function addFault(faults, instancePath, schemaPath, keyword, params, message) {
const fault = {instancePath, schemaPath, keyword, params, message};
if (faults === null) return [fault];
faults.push(fault);
return faults;
}
`;

/**
 * The validator with one function in place of the seven lines that ajv writes for each fault.
 *
 * @throws where a fault is written in a form that is not known here, as a newer ajv might
 */
export function compactFaults(code: string): string {
  const compact = code.replace(
    fault,
    (
      _all,
      _name,
      place: string | undefined,
      schemaPath: string,
      keyword: string,
      params: string,
      message: string,
    ) => {
      const values = [place ?? 'instancePath', schemaPath, keyword, params];
      if (!toldOtherwise.test(keyword)) values.push(message);
      return `vErrors = addFault(vErrors, ${values.join(', ')});\nerrors++;`;
    },
  );
  if (/vErrors\.push|const err\d+ = \{instancePath/.test(compact))
    throw new Error('ajv writes faults in another form; see scripts/compact-validator.ts');
  return compact + addFault;
}
