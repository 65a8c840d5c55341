// The reference's rules of the end of a version.
import type { Asked, Retire } from './reference-operations.js';
import { needsReason, settle, unlessIn } from './reference-reviews.js';
import { type Judgement, type Life, type State, day, servesAnywhere } from './reference-state.js';

function storageCodes(state: State, life: Life, asked: Retire): string[] {
  const kinds = [
    ...(life.artifacts.some(({ kind }) => kind === 'weights') ? (['weights'] as const) : []),
    'training_data' as const,
  ];
  return [
    ...kinds.flatMap((kind) => {
      const [rule, said] = [state.rules.retention[kind], asked.retain[kind]];
      if (rule === undefined) return said === undefined ? ['retire/no-retention-rule'] : [];
      return said !== undefined && said < rule ? ['retire/retention-too-short'] : [];
    }),
    ...(asked.stored !== 'all' && life.artifacts.length > 0 ? ['retire/not-stored'] : []),
    ...(asked.stored === 'other' ? ['retire/digest-mismatch'] : []),
  ];
}

function consumerCodes(state: State, life: Life, released: readonly string[]): string[] {
  const pinned = Object.entries(state.pins)
    .filter(([, version]) => version === life.version)
    .map(([name]) => name);
  return [
    ...(pinned.some((name) => !released.includes(name)) ? ['retire/consumer-pinned'] : []),
    ...(released.some((name) => !pinned.includes(name)) ? ['retire/unknown-consumer'] : []),
  ];
}

function peopleCodes({ withdraw, reason, confirmedBy }: Retire, by: string): string[] {
  const asked = withdraw ? needsReason(reason) : [];
  if (confirmedBy === undefined) return [...asked, 'retire/compliance-unconfirmed'];
  return withdraw && confirmedBy === by ? [...asked, 'retire/second-person'] : asked;
}

/** Judges a retirement or a withdrawal. */
export function retire(state: State, life: Life, asked: Retire, { by, at }: Asked): Judgement {
  const notice =
    !asked.withdraw && life.stage === 'deprecated' && life.notice && life.notice.ends >= day(at)
      ? ['retire/notice-running']
      : [];
  const must = [
    ...(asked.withdraw
      ? unlessIn(life, 'registered', 'approved', 'deployed', 'deprecated')
      : unlessIn(life, 'deprecated')),
    ...notice,
    ...(servesAnywhere(state, life.version) ? ['retire/still-serving'] : []),
    ...consumerCodes(state, life, asked.released),
    ...(life.holds.length > 0 ? ['hold/open'] : []),
    ...storageCodes(state, life, asked),
    ...peopleCodes(asked, by),
  ];
  const judged = settle(state, life, { must }, { stage: 'retired' });
  if (must.length > 0) return judged;
  const pins = Object.fromEntries(
    Object.entries(state.pins).filter(
      ([name, version]) => version !== life.version || !asked.released.includes(name),
    ),
  );
  return { ...judged, next: { ...judged.next, pins } };
}
