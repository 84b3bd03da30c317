/** The one way to print objects as kubectl does: the table that the API server makes of them, as text. */
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { column, labelText } from '../../sim/api/table/column.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { alignRows, cellText } from './table.ts';

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

/** Headers and cells of the objects of one resource, as asked for. */
export function tableOf(
  objects: readonly KubeObject[],
  definition: ResourceDefinition,
  options: TableOptions,
): Table {
  const isWide = options.wide ?? false;
  const shown: number[] = [];
  definition.columns.forEach((c, i) => {
    if (isWide || c.priority === 0) shown.push(i);
  });
  const nameAt = definition.columns.findIndex((c) => c.name === 'Name');
  const columns = [
    ...(options.namespace ? [column('Namespace')] : []),
    ...shown.map((i) => definition.columns[i]!),
    ...(options.labelColumns ?? []).map((l) => column(l.split('/').at(-1) ?? l)),
    ...(options.showLabels ? [column('Labels')] : []),
  ];
  const rows = objects.map((object) => {
    const cells = definition.row(object, { now: options.now, wide: isWide });
    const row = shown.map((i) => {
      const text = cellText(cells[i]!);
      return options.prefix !== undefined && i === nameAt ? options.prefix + text : text;
    });
    const labels = object.metadata.labels;
    if (options.namespace) row.unshift(object.metadata.namespace ?? '');
    for (const l of options.labelColumns ?? []) row.push(labels?.[l] ?? '');
    if (options.showLabels) row.push(labelText(labels));
    return row;
  });
  return { header: columns.map((c) => c.name.toUpperCase()), clocks: columns.map((c) => c.clock), rows };
}

/** A table as `kubectl get` prints it; '' for no objects. */
export function printTable(
  objects: readonly KubeObject[],
  definition: ResourceDefinition,
  options: TableOptions,
): string {
  if (objects.length === 0) return '';
  const table = tableOf(objects, definition, options);
  return alignRows(options.noHeaders ? table.rows : [table.header, ...table.rows]);
}
