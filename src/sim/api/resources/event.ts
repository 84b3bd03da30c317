/** Events. Models pkg/registry/core/event and pkg/printers/internalversion/printers.go (`printEvent`). */
import { fill, into } from '../defaults/fill.ts';
import { ageOf } from '../table/age.ts';
import { clock, column, wide } from '../table/column.ts';
import type { Event } from '../types.ts';
import { defineResource } from './definition.ts';

export const events = defineResource<Event>({
  group: '',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  // Absent texts are empty ones; Normal is what kubectl shows of no type.
  defaults: (event) =>
    into(
      fill(event, { source: { component: '' }, reason: '', message: '', type: 'Normal' }),
      'involvedObject',
      (about) => fill(about, { kind: '', name: '' }),
    ),
  selectableFields: {
    'involvedObject.kind': (e) => e.involvedObject.kind,
    'involvedObject.namespace': (e) => e.involvedObject.namespace ?? '',
    'involvedObject.name': (e) => e.involvedObject.name,
    'involvedObject.uid': (e) => e.involvedObject.uid,
    'involvedObject.apiVersion': (e) => e.involvedObject.apiVersion,
    'involvedObject.resourceVersion': () => '',
    'involvedObject.fieldPath': (e) => e.involvedObject.fieldPath ?? '',
    reason: (e) => e.reason,
    reportingComponent: (e) => e.reportingComponent ?? '',
    source: (e) => e.source.component || (e.reportingComponent ?? ''),
    type: (e) => e.type,
  },
  columns: [
    clock('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    wide('Subobject'),
    wide('Source'),
    column('Message'),
    clock('First Seen', 1),
    wide('Count'),
    wide('Name'),
  ],
  row(e, { now }) {
    const about = e.involvedObject;
    const source = [e.source.component || e.reportingComponent || '', e.source.host || '']
      .filter((s) => s !== '')
      .join(', ');
    return [
      ageOf(e.lastTimestamp || e.firstTimestamp, now),
      e.type,
      e.reason,
      about.name === '' ? about.kind : `${about.kind.toLowerCase()}/${about.name}`,
      about.fieldPath ?? '',
      source,
      e.message.trim(),
      ageOf(e.firstTimestamp, now),
      e.count,
      e.metadata.name,
    ];
  },
});
