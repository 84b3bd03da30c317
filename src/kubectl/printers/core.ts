/** The small kinds of the core group, and Leases. Source: pkg/printers/internalversion/printers.go. */
import { ageOf } from './age.ts';
import { clock, column, created } from './printer.ts';
import type { Printer } from './printer.ts';

const count = (...maps: (object | undefined)[]): number =>
  maps.reduce((n, m) => n + Object.keys(m ?? {}).length, 0);

export const namespacePrinter: Printer<'Namespace'> = {
  kind: 'Namespace',
  columns: [column('NAME'), column('STATUS'), clock('AGE')],
  row: (n, { now }) => [n.metadata.name, n.status.phase ?? '', ageOf(created(n), now)],
};

export const configMapPrinter: Printer<'ConfigMap'> = {
  kind: 'ConfigMap',
  columns: [column('NAME'), column('DATA'), clock('AGE')],
  row: (c, { now }) => [c.metadata.name, count(c.data, c.binaryData), ageOf(created(c), now)],
};

export const secretPrinter: Printer<'Secret'> = {
  kind: 'Secret',
  columns: [column('NAME'), column('TYPE'), column('DATA'), clock('AGE')],
  row: (s, { now }) => [s.metadata.name, s.type ?? 'Opaque', count(s.data), ageOf(created(s), now)],
};

export const serviceAccountPrinter: Printer<'ServiceAccount'> = {
  kind: 'ServiceAccount',
  columns: [column('NAME'), column('SECRETS'), clock('AGE')],
  row: (a, { now }) => [a.metadata.name, a.secrets?.length ?? 0, ageOf(created(a), now)],
};

export const leasePrinter: Printer<'Lease'> = {
  kind: 'Lease',
  columns: [column('NAME'), column('HOLDER'), clock('AGE')],
  row: (l, { now }) => [l.metadata.name, l.spec.holderIdentity ?? '', ageOf(created(l), now)],
};
