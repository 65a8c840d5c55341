// Keeps models that a history leaves alone in a tenth of their memory, until it comes back to them.
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AuditedModel, RegistryState } from '../../lifecycle/audit/registry-state.js';

/** How many files each model holds that is kept as it is; whoever was changed last comes last. */
export type LiveModels = Map<string, number>;

// A file takes some 12 KB when it is taken apart, and under 1 KB packed together with the others of its model.
const mostLiveFiles = 5_000;

/** A model in few bytes. It is taken apart when it is looked at, and again when nobody holds on to it any more. */
export function packModel(files: AuditedModel): AuditedModel {
  const { model, gate, versions, ledger } = files;
  const bytes = deflateRawSync(serialize({ model, gate, versions, ledger }), { level: 1 });
  let held: WeakRef<AuditedModel> | undefined;
  const open = (): AuditedModel => {
    const known = held?.deref();
    if (known) return known;
    const opened = deserialize(inflateRawSync(bytes)) as AuditedModel;
    held = new WeakRef(opened);
    return opened;
  };
  return {
    get model() {
      return open().model;
    },
    get gate() {
      return open().gate;
    },
    get versions() {
      return open().versions;
    },
    get ledger() {
      return open().ledger;
    },
  };
}

/** Notes that a model was changed in a state. */
export function noteChanged(live: LiveModels, id: string, state: RegistryState): void {
  live.delete(id);
  const files = state.models.get(id);
  if (files) live.set(id, files.versions.size + files.ledger.size + 2);
}

/** Packs the models that were left alone longest, in every state, until the others hold no more files than `most`. */
export function packQuiet(
  live: LiveModels,
  states: Iterable<RegistryState>,
  most: number = mostLiveFiles,
): void {
  let files = [...live.values()].reduce((sum, size) => sum + size, 0);
  const all = [...states];
  for (const [id, size] of live) {
    if (files <= most) return;
    // States that history forked from share what they have not changed.
    const packed = new Map<AuditedModel, AuditedModel>();
    for (const { models } of all) {
      const found = models.get(id);
      if (!found) continue;
      if (!packed.has(found)) packed.set(found, packModel(found));
      models.set(id, packed.get(found) ?? found);
    }
    live.delete(id);
    files -= size;
  }
}
