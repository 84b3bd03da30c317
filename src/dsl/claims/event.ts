/**
 * `an event "Killing" is recorded for pod "web-0" saying "…"`. Speaks of Events that are there, an hour long
 * as in Kubernetes.
 */
import type { Event } from '../../sim/api/types.ts';
import { splitName } from '../names.ts';
import type { Moment, Operation } from '../operations.ts';
import { claimPhrase } from '../phrases/phraseof.ts';
import { objectsOf } from '../state.ts';
import { matches as matchesLabels } from '../../sim/api/selector.ts';
import { podsMatching, selectorFrom } from './select.ts';
import type { ClaimFamily, View } from './types.ts';

export interface EventClaim {
  readonly claim: 'event';
  readonly reason: string;
  readonly kind: string;
  /** One of both. */
  readonly name?: string;
  readonly selector?: string;
  readonly saying?: string;
}

const claimOf = (moment: Moment, claim: Omit<EventClaim, 'claim'>): Operation => ({
  op: 'assert',
  moment,
  claim: { claim: 'event', ...claim },
});
export const eventIsRecorded = (moment: Moment, reason: string, kind: string, name: string): Operation =>
  claimOf(moment, { reason, kind, name });
export const eventIsRecordedSaying = (
  moment: Moment,
  reason: string,
  kind: string,
  name: string,
  saying: string,
): Operation => claimOf(moment, { reason, kind, name, saying });
export const eventIsRecordedForMatching = (moment: Moment, reason: string, selector: string): Operation =>
  claimOf(moment, { reason, kind: 'Pod', selector });
export const eventIsRecordedForMatchingSaying = (
  moment: Moment,
  reason: string,
  selector: string,
  saying: string,
): Operation => claimOf(moment, { reason, kind: 'Pod', selector, saying });

/** Names of the Pods that match, those gone by now included: their Events outlive them. */
function namesEver(view: View, selector: string): Set<string> {
  const names = new Set(podsMatching(view, selector).map((p) => p.metadata.name));
  const parsed = selectorFrom(selector);
  const { history } = view.span;
  for (const entry of history) {
    if (entry.id > view.span.to) break;
    if (
      entry.type !== 'api' ||
      entry.kind !== 'Pod' ||
      entry.namespace !== view.namespace ||
      entry.after === undefined ||
      names.has(entry.name)
    )
      continue;
    const labels = (entry.after as { metadata: { labels?: Record<string, string> } }).metadata.labels ?? {};
    if (matchesLabels(parsed, labels)) names.add(entry.name);
  }
  return names;
}

export const event: ClaimFamily<EventClaim> = {
  claim: 'event',
  phrases: [
    claimPhrase(
      '{moment}an event {string} is/was recorded for {kind} {string}',
      'event',
      eventIsRecorded,
      (c) => (c.name !== undefined && c.saying === undefined ? [c.reason, c.kind, c.name] : undefined),
    ),
    claimPhrase(
      '{moment}an event {string} is/was recorded for {kind} {string} saying {string}',
      'event',
      eventIsRecordedSaying,
      (c) =>
        c.name !== undefined && c.saying !== undefined ? [c.reason, c.kind, c.name, c.saying] : undefined,
    ),
    claimPhrase(
      '{moment}an event {string} is/was recorded for a pod matching {selector}',
      'event',
      eventIsRecordedForMatching,
      (c) => (c.selector !== undefined && c.saying === undefined ? [c.reason, c.selector] : undefined),
    ),
    claimPhrase(
      '{moment}an event {string} is/was recorded for a pod matching {selector} saying {string}',
      'event',
      eventIsRecordedForMatchingSaying,
      (c) =>
        c.selector !== undefined && c.saying !== undefined ? [c.reason, c.selector, c.saying] : undefined,
    ),
  ],
  concerns: () => ({ kinds: ['Event'], world: false }),
  evaluate(claim, view) {
    const at = claim.name === undefined ? undefined : splitName(claim.name, view.namespace);
    const names = claim.selector === undefined ? undefined : namesEver(view, claim.selector);
    const about: Event[] = [];
    for (const e of objectsOf(view.state, 'Event')) {
      const o = e.involvedObject;
      if (o.kind !== claim.kind) continue;
      if (
        at !== undefined
          ? o.name === at.name &&
            (o.namespace === undefined || o.namespace === '' || o.namespace === at.namespace)
          : names!.has(o.name)
      )
        about.push(e);
    }
    const found = about.filter(
      (e) => e.reason === claim.reason && (claim.saying === undefined || e.message.includes(claim.saying)),
    );
    return {
      holds: found.length > 0,
      found: () =>
        about.length === 0
          ? 'there was no event about it'
          : `there were ${about.map((e) => `${e.reason} (${e.message})`).join('; ')}`,
      objects: found.length > 0 ? found : about,
    };
  },
};
