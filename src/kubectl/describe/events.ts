/**
 * The events at the end of a description. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go
 * (`DescribeEvents`, `searchEvents`).
 */
import type { ApiClient } from '../../sim/api/client.ts';
import { parseTime } from '../../sim/api/time.ts';
import type { Event, KubeObject } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { ageOf } from '../../sim/api/table/age.ts';
import type { DescribeWriter } from './writer.ts';

/** When an Event happened last. */
export const lastOf = (e: Event): Millis =>
  parseTime(e.series?.lastObservedTime || e.lastTimestamp || e.firstTimestamp || e.eventTime || '');

/** `5s`, `5s (x3 over 2m)`. */
export function eventAge(e: Event, now: Millis): string {
  const first = ageOf(e.firstTimestamp || e.eventTime, now);
  const { count, lastObservedTime: last } = e.series ?? { count: e.count, lastObservedTime: e.lastTimestamp };
  return count > 1 ? `${ageOf(last, now)} (x${count} over ${first})` : first;
}

/** Events about an object; those of nodes name them by uid or by name, and live in `default`. */
export function eventsAbout(api: ApiClient, object: KubeObject): Event[] {
  const { name, namespace, uid } = object.metadata;
  const found = api.list('Event', namespace === undefined ? {} : { namespace }).filter((e) => {
    const about = e.involvedObject;
    return (
      about.kind === object.kind &&
      about.name === name &&
      (about.namespace ?? '') === (namespace ?? '') &&
      (about.uid === uid || (object.kind === 'Node' && about.uid === name))
    );
  });
  // Timestamps hold whole seconds; within one the order of writing tells the story.
  return found.sort(
    (a, b) =>
      lastOf(a) - lastOf(b) || Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
  );
}

export function describeEvents(w: DescribeWriter, events: readonly Event[], now: Millis): void {
  if (events.length === 0) {
    w.write(0, 'Events:\t<none>\n');
    return;
  }
  w.write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  w.write(1, '----\t------\t----\t----\t-------\n');
  for (const e of events) {
    const message = e.message.trim();
    const { fieldPath } = e.involvedObject;
    w.write(
      1,
      `${e.type}\t${e.reason}\t${eventAge(e, now)}\t${e.source.component || e.reportingComponent || ''}\t` +
        `${fieldPath ? `${fieldPath}: ` : ''}${message}\n`,
    );
  }
}
