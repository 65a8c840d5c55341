// profile: what the reference data of a version looks like is kept, so that drift is measured without the data.
import type { ReferenceProfile, VersionRecord } from '../../generated/types.js';
import { type Circumstance, type Decision, type ModelState, planned, refused } from '../decisions.js';
import { isFinal, statusOf } from '../stages.js';
import { statusProblem } from './preconditions.js';

/** A profile to keep, without who made it and when. */
export interface ProfileInput {
  version: VersionRecord;
  content: Omit<ReferenceProfile, 'schema' | 'model_id' | 'version' | 'made_at' | 'made_by'>;
  reason?: string | undefined;
}

/** Keeps a profile, in place of the one before. */
export function saveProfile(
  state: ModelState,
  { version: record, content, reason }: ProfileInput,
  { actor, now }: Circumstance,
): Decision {
  const address = `${record.model_id}@${record.version}`;
  const status = statusOf(record);
  if (isFinal(status))
    return refused(
      'profile',
      address,
      statusProblem(record, ['registered', 'approved', 'deployed', 'deprecated']),
    );
  const id = `${record.version}/${content.signal}`;
  const data = {
    schema: 'mlc/profile@1',
    model_id: record.model_id,
    version: record.version,
    made_at: now,
    made_by: actor,
    ...content,
  };
  return planned({
    operation: 'profile',
    model: record.model_id,
    version: record.version,
    from: status,
    to: status,
    summary: `reference for ${content.signal}${state.ledger.profiles.has(id) ? ', in place of another' : ''}`,
    reason,
    changes: [{ kind: 'create-file', file: { kind: 'profile', id }, data }],
    warnings: [],
    answer: { signal: content.signal, profile: id },
    next: [`mlc drift ${record.model_id} --current FILE`],
  });
}
