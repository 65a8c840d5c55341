// A model that was packed is the model that it was, in every state that shares it, and those changed last stay as they are.
import { expect, test } from 'vitest';
import {
  type AuditedFile,
  type AuditedModel,
  type RegistryState,
  copyState,
  emptyState,
  putFile,
} from '../../src/lifecycle/audit/registry-state.js';
import { type LiveModels, noteChanged, packModel, packQuiet } from '../../src/registry/audit/quiet-models.js';

function versionFile(model: string, version: string): AuditedFile {
  return {
    path: `models/${model}/versions/${version}.yaml`,
    role: { kind: 'version', model, version },
    oid: 'a'.repeat(40),
    sha256: 'b'.repeat(64),
    data: { version, loss: NaN, low: -0, nested: [{ name: 'Zoë' }, null] },
    text: '',
    problems: [],
    changed: { committed: 1, authored: 2 },
  };
}

function build(models: number, versions: number): { state: RegistryState; live: LiveModels } {
  const state = emptyState();
  const live: LiveModels = new Map();
  for (let model = 0; model < models; model++) {
    for (let minor = 0; minor < versions; minor++) {
      const file = versionFile(`m-${model}`, `1.${minor}.0`);
      putFile(state, file.role, file);
    }
    noteChanged(live, `m-${model}`, state);
  }
  return { state, live };
}

/** Whether a model is kept as it is: what is packed takes itself apart when it is asked. */
function isLive(model: AuditedModel | undefined): boolean {
  return model !== undefined && Object.getOwnPropertyDescriptor(model, 'versions')?.get === undefined;
}

function plain({ model, gate, versions, ledger }: AuditedModel): unknown {
  return { model, gate, versions, ledger };
}

test('what comes out is what went in, numbers that JSON does not know included', () => {
  const { state } = build(1, 3);
  const files = state.models.get('m-0') as AuditedModel;
  const packed = packModel(files);
  expect(plain(packed)).toEqual(plain(files));
  const data = packed.versions.get('1.1.0')?.data as { loss: number; low: number };
  expect(data.loss).toBeNaN();
  expect(Object.is(data.low, -0)).toBe(true);
});

test('whoever was left alone longest is packed, and no more than needed', () => {
  const { state, live } = build(10, 8);
  noteChanged(live, 'm-0', state);
  packQuiet(live, [state], 35);
  const kept = [...state.models].filter(([, model]) => isLive(model)).map(([id]) => id);
  expect(kept).toEqual(['m-0', 'm-8', 'm-9']);
  expect([...live.keys()]).toEqual(['m-8', 'm-9', 'm-0']);
});

test('states that share a model go on sharing it, and one that changed it keeps its own', () => {
  const { state, live } = build(2, 2);
  const side = copyState(state);
  const added = versionFile('m-1', '2.0.0');
  putFile(side, added.role, added);
  const before = [state, side].map(({ models }) => [...models].map(([id, model]) => [id, plain(model)]));
  packQuiet(live, [state, side], 0);
  expect(state.models.get('m-0')).toBe(side.models.get('m-0'));
  expect(state.models.get('m-1')).not.toBe(side.models.get('m-1'));
  expect([state, side].map(({ models }) => [...models].map(([id, model]) => [id, plain(model)]))).toEqual(
    before,
  );
  expect(live.size).toBe(0);
});

test('a packed model is changed like any other, and is live again', () => {
  const { state, live } = build(1, 2);
  packQuiet(live, [state], 0);
  const added = versionFile('m-0', '2.0.0');
  putFile(state, added.role, added);
  expect(isLive(state.models.get('m-0'))).toBe(true);
  expect([...(state.models.get('m-0')?.versions.keys() ?? [])]).toEqual(['1.0.0', '1.1.0', '2.0.0']);
});
