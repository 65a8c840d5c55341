// Which decision answers a trigger of a version, and from when on evidence counts again.
import type { TargetReview } from '../../generated/types.js';
import { addPeriod, dayOf } from '../dates.js';
import { compact } from '../edits.js';
import { isDeprecated } from '../stages.js';
import type { Answer, TriggerSubject, TriggerType } from './trigger.js';

/** What has been decided about one trigger. */
export interface Standing {
  /** The decision that is being carried out, else the newest; null where there was none. */
  answer: Answer | null;
  /** Whether the decision is still being carried out: a request that waits for its model, a notice that runs. */
  isPending: boolean;
  /** Reports that were recorded from this second on are new; empty where there was no decision. */
  decidedAt: string;
  /** Events that were recorded from this second on are new: no training looks at what came after it was asked for. */
  eventsDecidedAt: string;
  /** The first moment at which it may fire again. */
  quietUntil: string;
}

/**
 * Whether a review answers a type of trigger. Moving a target decides about that target alone, and a duty is never
 * answered in passing: both answer what they name. Without a reason nothing is answered.
 */
function isAnsweredBy({ decision, reason, triggers }: TargetReview, type: TriggerType): boolean {
  if (!reason?.trim()) return false;
  if (triggers) return triggers.includes(type);
  return decision === 'keep' && type !== 'compliance-event';
}

function answersOf(
  { record, requests }: TriggerSubject,
  type: TriggerType,
): (Answer & { until: string; isPending: boolean })[] {
  const retrained = requests
    .filter((request) => request.version === record.version && request.trigger === type)
    .filter(({ closed }) => closed?.outcome !== 'cancelled')
    .map((request) => ({
      kind: 'retrain' as const,
      at: request.requested_at,
      by: request.requested_by,
      request: request.id,
      until: request.closed?.at ?? request.requested_at,
      isPending: request.closed === undefined,
    }));
  const reviewed = (record.reviews ?? [])
    .filter((entry) => isAnsweredBy(entry, type))
    .map(({ at, by }) => ({ kind: 'review' as const, at, by, until: at, isPending: false }));
  const deprecated =
    record.deprecation && isDeprecated(record)
      ? [
          {
            kind: 'deprecate' as const,
            at: record.deprecation.deprecated_at,
            by: record.deprecation.by,
            until: record.deprecation.deprecated_at,
            isPending: true,
          },
        ]
      : [];
  return [...retrained, ...reviewed, ...deprecated].sort((a, b) => (a.until < b.until ? -1 : 1));
}

/** What stands about a trigger of a version. `cooldown` is an ISO 8601 period. */
export function standingOf(subject: TriggerSubject, type: TriggerType, cooldown: string): Standing {
  const answers = answersOf(subject, type);
  const newest = answers.at(-1);
  if (!newest) return { answer: null, isPending: false, decidedAt: '', eventsDecidedAt: '', quietUntil: '' };
  const { kind, at, by, request, isPending } = answers.findLast((entry) => entry.isPending) ?? newest;
  const { until } = newest;
  return {
    answer: compact({ kind, at, by, request }),
    isPending,
    decidedAt: until,
    eventsDecidedAt:
      answers
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? until,
    quietUntil: `${addPeriod(dayOf(until), cooldown)}T${until.slice(11)}`,
  };
}
