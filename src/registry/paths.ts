// Where things are in a registry, relative to its root.
import { isVersionNumber, modelIdProblem } from '../lifecycle/identifiers.js';
import type { SchemaName } from './schema-problems.js';

export const configFile = 'mlc.yaml';
export const schemaFolder = '.mlc/schemas';
/** Whose signatures count, in ssh's own format. */
export const signersFile = '.mlc/allowed_signers';
/** The schemas that a registry carries for editors. */
export const editorSchemas = ['common', 'version', 'model', 'gate', 'config'] as const;

export function modelFolder(model: string): string {
  return `models/${model}`;
}

export function modelFile(model: string): string {
  return `models/${model}/model.yaml`;
}

export function gateFile(model: string): string {
  return `models/${model}/gate.yaml`;
}

export function versionFile(model: string, version: string): string {
  return `models/${model}/versions/${version}.yaml`;
}

/** The line at the top of a new file, relative to where the file is. */
export function schemaReference(file: string, schema: SchemaName): string {
  const up = '../'.repeat(file.split('/').length - 1);
  return `${up || './'}${schemaFolder}/${schema}.schema.json`;
}

/** What a path in a registry holds. */
export type FileRole =
  | { kind: 'config' }
  | { kind: 'model'; model: string }
  | { kind: 'gate'; model: string }
  | { kind: 'version'; model: string; version: string }
  /** Below models/, and nothing that mlc knows. */
  | { kind: 'unknown'; reason: string }
  /** Not mlc's business. */
  | { kind: 'other' };

/** What a path, relative to the registry's root, holds. */
export function roleOf(path: string): FileRole {
  if (path === configFile) return { kind: 'config' };
  const parts = path.split('/');
  if (parts[0] !== 'models') return { kind: 'other' };
  const [, model = '', folder, file, ...rest] = parts;
  if (parts.length === 2)
    return { kind: 'unknown', reason: 'models/ holds one folder a model, and no files' };
  const wrong = modelIdProblem(model);
  if (wrong) return { kind: 'unknown', reason: wrong.message };
  if (parts.length === 3 && folder === 'model.yaml') return { kind: 'model', model };
  if (parts.length === 3 && folder === 'gate.yaml') return { kind: 'gate', model };
  if (folder === 'versions' && file !== undefined && rest.length === 0) {
    const version = file.replace(/\.yaml$/, '');
    if (file.endsWith('.yaml') && isVersionNumber(version)) return { kind: 'version', model, version };
    return { kind: 'unknown', reason: 'a version record is named after its version, as 1.2.0.yaml' };
  }
  if (/\.(md|txt|json|html|csv|ipynb|png|svg|pdf)$/.test(path)) return { kind: 'other' };
  return { kind: 'unknown', reason: 'a model has model.yaml, gate.yaml and versions/<version>.yaml' };
}
