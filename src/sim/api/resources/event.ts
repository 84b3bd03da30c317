/**
 * Events, of the core group and of events.k8s.io. Models pkg/registry/core/event, pkg/apis/events/v1 and
 * pkg/printers/internalversion/printers.go (`printEvent`).
 */
import { fill, into } from '../defaults/fill.ts';
import { ageOf } from '../table/age.ts';
import { clock, column, wide } from '../table/column.ts';
import type { Event } from '../types.ts';
import { validateEvent, validateGroupEvent, validateGroupEventUpdate } from '../validation/event.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';
import { eventFromGroup, eventToGroup } from './eventsgroup.ts';

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
  validation: ruled(validateEvent),
  alsoIn: [
    {
      group: 'events.k8s.io',
      versions: [{ name: 'v1', toStored: eventFromGroup, fromStored: eventToGroup }],
      shortNames: ['ev'],
      selectableFields: {
        'regarding.kind': (e) => e.involvedObject.kind,
        'regarding.namespace': (e) => e.involvedObject.namespace ?? '',
        'regarding.name': (e) => e.involvedObject.name,
        'regarding.uid': (e) => e.involvedObject.uid ?? '',
        'regarding.apiVersion': (e) => e.involvedObject.apiVersion ?? '',
        'regarding.resourceVersion': () => '',
        'regarding.fieldPath': (e) => e.involvedObject.fieldPath ?? '',
        reason: (e) => e.reason,
        reportingController: (e) => e.reportingComponent ?? '',
        type: (e) => e.type,
      },
      validation: { create: validateGroupEvent, update: validateGroupEventUpdate },
    },
  ],
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
    const first = e.firstTimestamp || e.eventTime;
    return [
      ageOf(e.series?.lastObservedTime || e.lastTimestamp || first, now),
      e.type,
      e.reason,
      about.name === '' ? about.kind : `${about.kind.toLowerCase()}/${about.name}`,
      about.fieldPath ?? '',
      source,
      e.message.trim(),
      ageOf(first, now),
      e.series?.count ?? (e.count || 1),
      e.metadata.name,
    ];
  },
});
