/** Source: pkg/printers/internalversion/printers.go (`printEvent`). */
import { ageOf } from './age.ts';
import { clock, column, wide } from './printer.ts';
import type { Printer } from './printer.ts';

export const eventPrinter: Printer<'Event'> = {
  kind: 'Event',
  columns: [
    clock('LAST SEEN'),
    column('TYPE'),
    column('REASON'),
    column('OBJECT'),
    wide('SUBOBJECT'),
    wide('SOURCE'),
    column('MESSAGE'),
    { name: 'FIRST SEEN', wide: true, clock: true },
    wide('COUNT'),
    wide('NAME'),
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
};
