/**
 * Rule 5: the same set of events (kind, reason, type, source, message with names and counts replaced);
 * repeats and the kubelet's own left out.
 */
import { todaysMessage, todaysSource } from '../known-differences.ts';
import type { Normal } from './normalise.ts';
import { sameSet, type Difference } from './span.ts';

/** The reasons why no node was available: each once, in no order. */
function reasonsOnce(message: string): string {
  const found = /^(N\/N nodes are available: )(.*)\.$/.exec(message);
  return found === null ? message : `${found[1]}${[...new Set(found[2]!.split(', '))].sort().join(', ')}.`;
}

function eventsOf(normal: Normal): Set<string> {
  const found = new Set<string>();
  for (const r of normal.records) {
    if (r.kind !== 'Event') continue;
    const object = String(r['object']);
    const message = reasonsOnce(normal.blurred(todaysMessage(String(r['message']))).replace(/\b\d+\b/g, 'N'));
    found.add(
      `${r.type} ${String(r['reason'])} ${object.slice(0, object.indexOf('/'))} by ` +
        `${todaysSource(String(r['source']))}: ${message}`,
    );
  }
  return found;
}

export function compareEvents(recorded: readonly Normal[], simulated: Normal): Difference[] {
  return sameSet('event', recorded.map(eventsOf), eventsOf(simulated));
}
