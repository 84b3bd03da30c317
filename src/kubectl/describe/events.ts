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
  const at = (e: Event): Millis => parseTime(e.lastTimestamp || e.firstTimestamp);
  // Timestamps hold whole seconds; within one the order of writing tells the story.
  return found.sort(
    (a, b) => at(a) - at(b) || Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
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
    const first = ageOf(e.firstTimestamp, now);
    const age = e.count > 1 ? `${ageOf(e.lastTimestamp, now)} (x${e.count} over ${first})` : first;
    const message = e.message.trim();
    const { fieldPath } = e.involvedObject;
    w.write(
      1,
      `${e.type}\t${e.reason}\t${age}\t${e.source.component || e.reportingComponent || ''}\t` +
        `${fieldPath ? `${fieldPath}: ` : ''}${message}\n`,
    );
  }
}
