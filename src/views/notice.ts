// The notice of a deprecation, as a text to send to the owner and to everyone who depends on the version.
import type { Model, VersionRecord } from '../generated/types.js';
import { escapeText } from '../lifecycle/escape.js';
import { servingText } from './list.js';
import { currentShares, isServing } from '../lifecycle/rollouts.js';

/** The text of a notice. */
export function noticeView(record: VersionRecord, model: Model): string {
  const { deprecation } = record;
  const address = `${record.model_id}@${record.version}`;
  const serving = [...currentShares(record)]
    .filter(([, entry]) => isServing(entry))
    .map(([env, entry]) => ({ env, trafficPct: entry.traffic_pct, mirrorPct: entry.mirror_pct ?? 0 }));
  const pinned = (model.consumers ?? []).filter((consumer) => consumer.pinned_version === record.version);
  const successor = deprecation?.successor;
  const lines = [
    `To: ${[model.owner, model.business_owner].filter(Boolean).join(', ')}`,
    deprecation
      ? `Subject: ${model.title} ${record.version} will be retired after ${deprecation.notice_ends}`
      : `Subject: ${model.title} ${record.version} is due for review by ${record.deprecation_target}`,
    '',
    deprecation
      ? `${address} was deprecated on ${deprecation.deprecated_at.slice(0, 10)} by ${deprecation.by}${deprecation.reason ? `: ${deprecation.reason}` : '.'}`
      : `${address} is due for review by ${record.deprecation_target}.`,
    successor
      ? `Its successor is ${record.model_id}@${successor}.`
      : `It has no successor${deprecation?.no_successor_reason ? `: ${deprecation.no_successor_reason}` : ' yet'}.`,
    `It takes traffic in: ${serving.length > 0 ? servingText(serving) : 'no environment'}.`,
    ...(pinned.length > 0
      ? [
          'These call it by number, and will break when it is gone:',
          ...pinned.map(
            (consumer) =>
              `  - ${consumer.name} (${consumer.kind})${consumer.reference ? ` ${consumer.reference}` : ''}`,
          ),
        ]
      : ['Nothing that is recorded calls it by number.']),
    '',
    'What to do:',
    `  - services ask for the version instead of naming it: mlc resolve ${record.model_id} --env ENVIRONMENT`,
    ...(successor
      ? [
          `  - not sure of the successor? Two weeks of shadow: mlc deploy ${record.model_id}@${successor} --env ENVIRONMENT --pattern shadow`,
        ]
      : [`  - no successor? Set an earlier review: mlc review ${address} --until DATE -m REASON`]),
    ...(deprecation ? [`  - against it: mlc reinstate ${address} -m REASON`] : []),
  ];
  return escapeText(lines.join('\n'));
}
