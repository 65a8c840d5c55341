// profile: the reference of a version and signal, kept once and replaced.
import { describe, expect, test } from 'vitest';
import { type ProfileInput, saveProfile } from '../../../src/lifecycle/operations/profile.js';
import {
  acting,
  ada,
  approved,
  carriedOut,
  codesOf,
  deprecated,
  planOf,
  registered,
  rejected,
  retired,
  serving,
  stateOf,
} from '../../support/records.js';

const content = { signal: 'input-drift', rows: 500, features: [] } as unknown as ProfileInput['content'];

describe('a profile', () => {
  test('is kept under version and signal, and told when it takes the place of another', () => {
    const version = serving('1.0.0', 100);
    const state = stateOf([version]);
    const first = saveProfile(state, { version, content, reason: 'launch' }, acting(ada));
    expect(planOf(first)).toMatchObject({
      operation: 'profile',
      version: '1.0.0',
      from: 'deployed',
      to: 'deployed',
      summary: 'reference for input-drift',
      reason: 'launch',
      changes: [
        {
          kind: 'create-file',
          file: { kind: 'profile', id: '1.0.0/input-drift' },
          data: {
            model_id: 'churn',
            version: '1.0.0',
            made_at: '2026-06-01T09:00:00Z',
            made_by: ada,
            rows: 500,
          },
        },
      ],
    });
    const after = carriedOut(state, first);
    expect(planOf(saveProfile(after, { version, content }, acting(ada))).summary).toBe(
      'reference for input-drift, in place of another',
    );
  });

  test.each([registered(), approved(), deprecated()])('is kept for a version that is $status', (version) => {
    planOf(saveProfile(stateOf([version]), { version, content }, acting(ada)));
  });

  test.each([retired(), rejected()])('is refused for a version that is $status', (version) => {
    expect(codesOf(saveProfile(stateOf([version]), { version, content }, acting(ada)))).toEqual([
      'status/not-allowed',
    ]);
  });
});
