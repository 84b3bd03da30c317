/**
 * Events as events.k8s.io/v1 writes them: what Events are about and who reports them by other names, and what
 * recorders counted and dated of old as deprecated. Models pkg/apis/events/v1/conversion.go.
 */
import { isNil } from '../defaults/fill.ts';
import type { KubeObject } from '../types.ts';

/** Names in stored Events, by those of the group. */
const STORED: Readonly<Record<string, string>> = {
  note: 'message',
  regarding: 'involvedObject',
  reportingController: 'reportingComponent',
  deprecatedSource: 'source',
  deprecatedFirstTimestamp: 'firstTimestamp',
  deprecatedLastTimestamp: 'lastTimestamp',
  deprecatedCount: 'count',
};
const OF_GROUP = Object.fromEntries(Object.entries(STORED).map(([group, stored]) => [stored, group]));

/** Go writes them of every Event; of none they are null. */
const TIMES = ['eventTime', 'deprecatedFirstTimestamp', 'deprecatedLastTimestamp'];

const renamed = (event: KubeObject, names: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(event).flatMap(([name, value]) => (isNil(value) ? [] : [[names[name] ?? name, value]])),
  );

const objectOf = (fields: unknown): KubeObject => fields as KubeObject;

/** An Event of the group in the version that is stored. */
export const eventFromGroup = (event: KubeObject): KubeObject => objectOf(renamed(event, STORED));

/** A stored Event as the group writes it. */
export function eventToGroup(event: KubeObject): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = renamed(event, OF_GROUP);
  const none = Object.fromEntries(TIMES.map((name) => [name, null]));
  return objectOf({ apiVersion, kind, metadata, ...none, ...rest });
}
