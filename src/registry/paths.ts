// Where things are in a registry, relative to its root.
import { isVersionNumber, modelIdProblem } from '../lifecycle/identifiers.js';
import { type LedgerKind, ledgerFolders, reportName } from '../lifecycle/ledger.js';
import type { SchemaName } from './schema-problems.js';

export const configFile = 'mlc.yaml';
export const schemaFolder = '.mlc/schemas';
/** Whose signatures count, in ssh's own format. */
export const signersFile = '.mlc/allowed_signers';
/** The schemas that a registry carries for editors. */
export const editorSchemas = [
  'common',
  'handover',
  'version',
  'model',
  'gate',
  'config',
  'report',
  'event',
  'request',
  'incident',
  'profile',
] as const;

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
  | { kind: LedgerKind; model: string; id: string }
  /** Below models/, and nothing that mlc knows. */
  | { kind: 'unknown'; reason: string }
  /** Not mlc's business. */
  | { kind: 'other' };

const ledgerKinds = new Map(
  Object.entries(ledgerFolders).map(([kind, folder]) => [folder, kind as LedgerKind]),
);

/** What names a ledger's file has: `2.1.0/20260308T000000Z-input-drift`, `2.1.0/input-drift`, or one word. */
const ledgerNames: Readonly<Record<LedgerKind, { is: (id: string) => boolean; form: string }>> = {
  report: {
    is: (id) => isVersionNumber(reportName(id)?.version ?? ''),
    form: 'monitoring/<version>/<YYYYMMDDThhmmssZ>-<signal>.yaml',
  },
  profile: {
    is: (id) => isVersionNumber(id.split('/')[0] ?? '') && /^[^/]+\/[a-z-]+$/.test(id),
    form: 'profiles/<version>/<signal>.yaml',
  },
  event: { is: (id) => /^[^/]+$/.test(id), form: 'events/<id>.yaml' },
  request: { is: (id) => /^[^/]+$/.test(id), form: 'retraining/<id>.yaml' },
  incident: { is: (id) => /^[^/]+$/.test(id), form: 'incidents/<id>.yaml' },
};

/** A file of a model's ledger; undefined where the folder holds none. */
function ledgerRole(model: string, folder: string, file: string): FileRole | undefined {
  const kind = ledgerKinds.get(folder);
  if (!kind) return undefined;
  const id = file.replace(/\.yaml$/, '');
  return file.endsWith('.yaml') && ledgerNames[kind].is(id)
    ? { kind, model, id }
    : { kind: 'unknown', reason: `a file in ${folder}/ is called ${ledgerNames[kind].form}` };
}

/** Whether a file holds part of a model's ledger. */
export function isLedgerRole(role: FileRole): role is Extract<FileRole, { kind: LedgerKind }> {
  return role.kind in ledgerFolders;
}

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
  const inLedger = folder === undefined ? undefined : ledgerRole(model, folder, parts.slice(3).join('/'));
  if (inLedger && (inLedger.kind !== 'unknown' || path.endsWith('.yaml'))) return inLedger;
  if (/\.(md|txt|json|html|csv|ipynb|png|svg|pdf)$/.test(path)) return { kind: 'other' };
  return {
    kind: 'unknown',
    reason:
      'a model has model.yaml, gate.yaml, versions/<version>.yaml, and its ledger in monitoring/, events/, retraining/, incidents/ and profiles/',
  };
}
