/** `kubectl events`. Sources: staging/src/k8s.io/kubectl/pkg/cmd/events/{events,event_printer}.go. */
import type { Event } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { ApiChange } from '../../sim/kernel/history.ts';
import { eventAge, lastOf } from '../describe/events.ts';
import { KubectlError } from '../errors.ts';
import { ALL_NAMESPACES, flag, PRINT } from '../flags.ts';
import type { Format } from '../output/format.ts';
import { formatOf, printData, printObjects } from '../output/objects.ts';
import { alignRows, cellText } from '../printers/table.ts';
import { resolveType } from '../resources.ts';
import { writeErr, writeOut, type Session, type Verb } from '../session.ts';

/** Which events are asked for. @throws KubectlError */
function wantedEvents(session: Session): (event: Event) => boolean {
  const { flags, cluster, namespace } = session;
  const types = flags.list('types').flatMap((text) => text.toLowerCase().split(','));
  if (types.some((type) => type !== 'normal' && type !== 'warning'))
    throw new KubectlError('valid --types are Normal or Warning');
  const about = flags.text('for').split('/');
  if (flags.text('for') !== '' && about.length === 1)
    throw new KubectlError('--for must be in resource/name form');
  if (about.length > 2)
    throw new KubectlError('arguments in resource/name form may not have more than one slash');
  const kind = about.length === 2 ? resolveType(cluster.resources, about[0]!).kind : undefined;
  return (event) =>
    (flags.bool('all-namespaces') || event.metadata.namespace === namespace) &&
    (types.length === 0 || types.includes(event.type.toLowerCase())) &&
    (kind === undefined || (event.involvedObject.kind === kind && event.involvedObject.name === about[1]));
}

/** Events with the moment at which each is looked at. */
type Seen = readonly [event: Event, at: Millis];

function printTable({ flags, ...session }: Session, seen: readonly Seen[]): void {
  const all = flags.bool('all-namespaces');
  const head = [...(all ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  const rows = seen.map(([event, at]) => {
    const { kind, name } = event.involvedObject;
    const cells = [event.type, event.reason, `${kind}/${name}`, event.message.trim()].map(cellText);
    return [...(all ? [event.metadata.namespace!] : []), eventAge(event, at), ...cells];
  });
  writeOut(session, alignRows(flags.bool('no-headers') ? rows : [head, ...rows]));
}

/** What a watch since the scenario began would have shown: each time an event was written. */
function watched({ cluster }: Session, wanted: (event: Event) => boolean): Seen[] {
  return cluster.history
    .filter((e): e is ApiChange => e.type === 'api' && e.resource === 'events')
    .flatMap(({ after, at }): Seen[] =>
      after !== undefined && wanted(after as Event) ? [[after as Event, at]] : [],
    );
}

function print(session: Session, seen: readonly Seen[], format: Format): void {
  const info = session.cluster.resources.get('Event');
  const events = seen.map(([event]) => event);
  if (format.kind === 'table') printTable(session, seen);
  else if (session.flags.bool('watch'))
    for (const object of events) writeOut(session, printObjects([{ info, object }], format, true));
  else if (format.kind === 'name')
    writeOut(
      session,
      printObjects(
        events.map((object) => ({ info, object })),
        format,
        false,
      ),
    );
  else
    writeOut(
      session,
      printData({ kind: 'EventList', apiVersion: 'v1', metadata: {}, items: events }, format),
    );
}

export const eventsVerb: Verb = {
  name: 'events',
  flags: [
    ...PRINT,
    ALL_NAMESPACES,
    flag('for', 'string'),
    flag('types', 'strings'),
    flag('watch', 'bool', 'w'),
    flag('no-headers'),
  ],
  run(session) {
    const { flags, api, namespace, now } = session;
    const wanted = wantedEvents(session);
    const format = formatOf(session);
    const all = flags.bool('all-namespaces');
    const seen: Seen[] = flags.bool('watch')
      ? watched(session, wanted)
      : api
          .list('Event', all ? {} : { namespace })
          .filter(wanted)
          .map((event): Seen => [event, now])
          .sort(
            ([a], [b]) =>
              lastOf(a) - lastOf(b) ||
              Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion),
          );
    if (seen.length > 0) print(session, seen, format);
    else if (!flags.bool('watch'))
      writeErr(session, all ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
    return 0;
  },
};
