/** The registry of printers, and the one way to print objects as a table. */
import type { Kind, KubeObject } from '../../sim/api/types.ts';
import {
  configMapPrinter,
  leasePrinter,
  namespacePrinter,
  secretPrinter,
  serviceAccountPrinter,
} from './core.ts';
import { eventPrinter } from './event.ts';
import { endpointSlicePrinter, endpointsPrinter, servicePrinter } from './network.ts';
import { nodePrinter } from './node.ts';
import { podPrinter } from './pod.ts';
import { podDisruptionBudgetPrinter, priorityClassPrinter, resourceQuotaPrinter } from './policy.ts';
import { labelText } from './printer.ts';
import type { Column, Printer } from './printer.ts';
import { alignRows, cellText } from './table.ts';
import {
  controllerRevisionPrinter,
  daemonSetPrinter,
  deploymentPrinter,
  replicaSetPrinter,
  statefulSetPrinter,
} from './workloads.ts';
import type { Millis } from '../../sim/kernel/types.ts';

export const PRINTERS: { readonly [K in Kind]: Printer<K> } = {
  Namespace: namespacePrinter,
  Node: nodePrinter,
  Lease: leasePrinter,
  Pod: podPrinter,
  Service: servicePrinter,
  Endpoints: endpointsPrinter,
  EndpointSlice: endpointSlicePrinter,
  ConfigMap: configMapPrinter,
  Secret: secretPrinter,
  ServiceAccount: serviceAccountPrinter,
  ResourceQuota: resourceQuotaPrinter,
  PriorityClass: priorityClassPrinter,
  ReplicaSet: replicaSetPrinter,
  Deployment: deploymentPrinter,
  StatefulSet: statefulSetPrinter,
  DaemonSet: daemonSetPrinter,
  ControllerRevision: controllerRevisionPrinter,
  PodDisruptionBudget: podDisruptionBudgetPrinter,
  Event: eventPrinter,
};

export interface TableOptions {
  now: Millis;
  wide?: boolean;
  noHeaders?: boolean;
  /** A NAMESPACE column in front. */
  namespace?: boolean;
  /** Put before names: `pod/`. */
  prefix?: string;
  showLabels?: boolean;
  /** Labels with a column of their own. */
  labelColumns?: readonly string[];
}

/** Rows of a table as text cells; `clocks` says which columns change with time alone. */
export interface Table {
  header: string[];
  clocks: boolean[];
  rows: string[][];
}

/** Cells of one object and its columns, as asked for. */
export function tableOf(objects: readonly KubeObject[], kind: Kind, options: TableOptions): Table {
  const printer = PRINTERS[kind] as unknown as Printer;
  const isWide = options.wide ?? false;
  const shown: number[] = [];
  printer.columns.forEach((c, i) => {
    if (isWide || !c.wide) shown.push(i);
  });
  const extra: Column[] = [
    ...(options.labelColumns ?? []).map((l) => ({ name: (l.split('/').at(-1) ?? l).toUpperCase() })),
    ...(options.showLabels ? [{ name: 'LABELS' }] : []),
  ];
  const columns = [
    ...(options.namespace ? [{ name: 'NAMESPACE' }] : []),
    ...shown.map((i) => printer.columns[i]!),
    ...extra,
  ];
  const rows = objects.map((object) => {
    const cells = printer.row(object as never, { now: options.now, wide: isWide });
    const row = shown.map((i) => {
      const text = cellText(cells[i]!);
      return options.prefix !== undefined && printer.columns[i]!.name === 'NAME'
        ? options.prefix + text
        : text;
    });
    const labels = object.metadata.labels;
    if (options.namespace) row.unshift(object.metadata.namespace ?? '');
    for (const l of options.labelColumns ?? []) row.push(labels?.[l] ?? '');
    if (options.showLabels) row.push(labelText(labels));
    return row;
  });
  return { header: columns.map((c) => c.name), clocks: columns.map((c) => c.clock ?? false), rows };
}

/** A table as `kubectl get` prints it; '' for no objects. */
export function printTable(objects: readonly KubeObject[], kind: Kind, options: TableOptions): string {
  if (objects.length === 0) return '';
  const table = tableOf(objects, kind, options);
  return alignRows(options.noHeaders ? table.rows : [table.header, ...table.rows]);
}
