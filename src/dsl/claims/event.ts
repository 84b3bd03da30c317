/**
 * `an event "Killing" is recorded for pod "web-0" saying "…"`. Speaks of Events that are there, an hour long
 * as in Kubernetes.
 */
import type { Event } from '../../sim/api/types.ts';
import { splitName } from '../names.ts';
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
    {
      en: '{moment}an event {string:reason} is/was recorded for {kind} {string:name}',
      ja: '{moment}{kind}{name}にイベント{reason}が記録されている',
    },
    {
      en: '{moment}an event {string:reason} is/was recorded for {kind} {string:name} saying {string:saying}',
      ja: '{moment}{kind}{name}に{saying}を含むイベント{reason}が記録されている',
      about: 'a part of its message',
    },
    {
      en: '{moment}an event {string:reason} is/was recorded for a pod matching {selector}',
      ja: '{moment}{selector}に一致するPodにイベント{reason}が記録されている',
      fixed: { kind: 'Pod' },
    },
    {
      en: '{moment}an event {string:reason} is/was recorded for a pod matching {selector} saying {string:saying}',
      ja: '{moment}{selector}に一致するPodに{saying}を含むイベント{reason}が記録されている',
      about: 'a part of its message',
      fixed: { kind: 'Pod' },
    },
  ],
  asks: () => 'api',
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
