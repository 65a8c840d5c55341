// What a retirement was asked with, read back from the record that it left.
import type { VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, refused } from '../decisions.js';
import { compact } from '../edits.js';
import { retire } from '../operations/retire.js';

/** Decides once more on the retirement that a record shows. */
export function recalledRetirement(
  state: ModelState,
  present: VersionRecord,
  after: VersionRecord,
  circumstance: Circumstance,
): Decision {
  const { retirement } = after;
  if (!retirement) return refused('retire', `${after.model_id}@${after.version}`, []);
  return retire(
    state,
    {
      version: present,
      cold_storage: retirement.cold_storage?.map((stored) =>
        compact({
          sha256: stored.sha256,
          location: stored.location,
          retain_until: stored.retain_until ?? undefined,
        }),
      ),
      retention: retirement.retention?.map((rule) =>
        compact({ kind: rule.kind, period: rule.period, anchor: rule.anchor, basis: rule.basis }),
      ),
      consumers_released: retirement.consumers_released,
      compliance_confirmed_by: retirement.compliance_confirmed_by,
      withdraw: retirement.withdrawn,
      reason: retirement.reason,
    } as Parameters<typeof retire>[1],
    circumstance,
  );
}
