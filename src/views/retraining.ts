// Retraining requests: what was asked for, what would be sent, and what came back.
import type { RetrainingRequest } from '../generated/types.js';
import { escapeLine, escapeText } from '../lifecycle/escape.js';
import type { Style } from './style.js';
import { table, wrap } from './table.js';

type Outcome = 'sending' | 'accepted' | 'refused' | 'unknown';

function stateOf({ closed, attempts }: RetrainingRequest): string {
  if (closed) return closed.version === undefined ? 'cancelled' : `registered as ${closed.version}`;
  const newest = attempts?.at(-1);
  if (!newest) return 'open, not handed over';
  const words: Readonly<Record<Outcome, string>> = {
    sending: 'no answer: it may or may not have arrived; send it again',
    accepted: 'accepted',
    refused: 'refused',
    unknown: 'unknown: send it again to find out',
  };
  return `${newest.to}: ${words[newest.outcome]}`;
}

/** The requests of a model. */
export function retrainingView(requests: readonly RetrainingRequest[], style: Style): string {
  if (requests.length === 0) return style.interactive ? style.quiet('no retraining was requested') : '';
  return table(
    requests,
    [
      { title: 'request', value: ({ id }) => id, mark: (_, marks) => marks.strong },
      { title: 'version', value: ({ version }) => version },
      {
        title: 'state',
        value: stateOf,
        mark: ({ closed, attempts }, marks) => {
          if (closed) return marks.quiet;
          return attempts?.at(-1)?.outcome === 'accepted' ? marks.good : marks.warn;
        },
      },
      { title: 'requested', value: ({ requested_at: at }) => at.slice(0, 10), yields: 1 },
      { title: 'data', value: ({ inputs }) => inputs.data_snapshot, yields: 2 },
      {
        title: 'run',
        value: ({ attempts }) => attempts?.at(-1)?.url ?? attempts?.at(-1)?.external_id ?? '',
        yields: 3,
      },
    ],
    style,
  );
}

type Handed =
  | { described: { to: string }; request: RetrainingRequest | undefined }
  | {
      to: string;
      outcome: {
        outcome: string;
        externalId?: string | undefined;
        url?: string | undefined;
        detail: string;
        output?: string | undefined;
      };
      outputFile: string | null;
    };

/** What a hand-over did, or would do. */
export function handedView(handed: Handed, style: Style): string {
  if ('described' in handed) {
    const { described, request } = handed;
    const shown = JSON.stringify(described, undefined, 2);
    if (request?.attempts?.some(({ outcome }) => outcome === 'accepted'))
      return style.quiet(`  handed over to ${described.to} already: ${stateOf(request)}`);
    const what =
      described.to === 'print'
        ? 'the request, for whoever trains:'
        : `NOT handed over yet; with --send, ${described.to} would get:`;
    return [`  ${style.quiet(what)}`, escapeText(shown)].join('\n');
  }
  const { to, outcome, outputFile } = handed;
  const mark = outcome.outcome === 'accepted' ? style.good('✓') : style.bad('✗');
  const where = outcome.url ?? outcome.externalId;
  return [
    `  ${mark} ${to}: ${outcome.outcome}${where === undefined ? '' : `, ${escapeLine(where)}`}`,
    wrap(escapeLine(outcome.detail), style, '    '),
    ...(outputFile === null ? [] : [`    ${style.quiet(`its output is in ${escapeLine(outputFile)}`)}`]),
  ].join('\n');
}
