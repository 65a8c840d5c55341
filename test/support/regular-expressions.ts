// Every regular expression of the project: in the sources, by their syntax trees, and in the schemas, by their patterns.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..', '..');

/** A regular expression, and where it stands. */
export interface Found {
  source: string;
  flags: string;
  place: string;
}

/** What was found, and the places of those that are put together while the program runs. */
export interface Collection {
  found: Found[];
  dynamic: string[];
}

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => path.join(folder, name))
    .sort();
}

/** The text of an expression that is always the same, through constants of its own file. */
function constantText(
  node: ts.Expression | undefined,
  constants: ReadonlyMap<string, ts.Expression>,
): string | undefined {
  if (node === undefined) return '';
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isIdentifier(node))
    return constants.has(node.text) ? constantText(constants.get(node.text), constants) : undefined;
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw')
    return rawText(node.template, constants);
  if (ts.isTemplateExpression(node)) return joined(node, constants, (part) => part.text);
  return undefined;
}

function rawText(
  node: ts.TemplateLiteral,
  constants: ReadonlyMap<string, ts.Expression>,
): string | undefined {
  if (ts.isNoSubstitutionTemplateLiteral(node)) return node.rawText ?? node.text;
  return joined(node, constants, (part) => part.rawText ?? part.text);
}

function joined(
  node: ts.TemplateExpression,
  constants: ReadonlyMap<string, ts.Expression>,
  text: (part: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail) => string,
): string | undefined {
  let all = text(node.head);
  for (const span of node.templateSpans) {
    const value = constantText(span.expression, constants);
    if (value === undefined) return undefined;
    all += value + text(span.literal);
  }
  return all;
}

function inSource(file: string, into: Collection): void {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const constants = new Map<string, ts.Expression>();
  const placeOf = (node: ts.Node): string =>
    `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, node.initializer);
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      into.found.push({
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
        place: placeOf(node),
      });
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') {
      const [text, flags] = [
        constantText(node.arguments?.[0], constants),
        constantText(node.arguments?.[1], constants),
      ];
      if (text === undefined || flags === undefined) into.dynamic.push(file);
      else into.found.push({ source: text, flags, place: placeOf(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

function inSchema(file: string, into: Collection): void {
  const walk = (value: unknown, where: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      // ajv tries patterns as Unicode.
      if (key === 'pattern' && typeof inner === 'string')
        into.found.push({ source: inner, flags: 'u', place: `${file}#${where}` });
      if (key === 'patternProperties')
        for (const source of Object.keys(inner as object))
          into.found.push({ source, flags: 'u', place: `${file}#${where}` });
      walk(inner, `${where}/${key}`);
    }
  };
  walk(JSON.parse(readFileSync(path.join(root, file), 'utf8')), '');
}

/** Collects them; the same expression in two places once. */
export function collectRegularExpressions(): Collection {
  const all: Collection = { found: [], dynamic: [] };
  for (const file of filesBelow('src', /\.(?:ts|js)$/)) inSource(file, all);
  for (const file of filesBelow('schemas', /\.json$/)) inSchema(file, all);
  const once = new Map<string, Found>();
  for (const found of all.found) {
    const key = `/${found.source}/${found.flags}`;
    if (!once.has(key)) once.set(key, found);
  }
  return { found: [...once.values()], dynamic: [...new Set(all.dynamic)].sort() };
}
