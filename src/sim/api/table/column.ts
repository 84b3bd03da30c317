/**
 * Columns of a resource's table and what their cells are made with. Models
 * staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go (TableColumnDefinition) and
 * pkg/printers/internalversion/printers.go.
 */
import type { Millis } from '../../kernel/types.ts';
import type { KubeObject } from '../types.ts';

/** As in a Table's `columnDefinitions`; kubectl prints the name in capitals. */
export interface Column {
  readonly name: string;
  /** OpenAPI's type. An age is a string: the server writes it. */
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  /** 0: always shown; 1: with `-o wide`. */
  readonly priority: 0 | 1;
  /** Its cells change with the clock alone, so they do not count as a change of the row. */
  readonly clock: boolean;
}

export type Cell = string | number | boolean;

export interface RowOptions {
  readonly now: Millis;
  /** Long lists are written out, as `-o wide` shows them. */
  readonly wide: boolean;
}

/**
 * A column that is always shown.
 * @example column('Percent', 'integer')
 */
export const column = (name: string, type: Column['type'] = 'string'): Column => ({
  name,
  type,
  priority: 0,
  clock: false,
});
export const wide = (name: string, type: Column['type'] = 'string'): Column => ({
  name,
  type,
  priority: 1,
  clock: false,
});
export const clock = (name: string, priority: Column['priority'] = 0): Column => ({
  name,
  type: 'string',
  priority,
  clock: true,
});

export const NAME = column('Name');
export const AGE = clock('Age');
/** Of kinds without a printer of their own: the time itself. */
export const CREATED_AT = column('Created At');
export const NONE = '<none>';

/** `a=b,c=d` in key order. */
export function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.length === 0 ? NONE : keys.map((k) => `${k}=${labels![k]}`).join(',');
}

/** Names and images of a template's containers, comma-separated. */
export function containerTexts(
  template: { spec?: { containers?: readonly { name: string; image?: string }[] } } | undefined,
): [string, string] {
  const containers = template?.spec?.containers ?? [];
  return [containers.map((c) => c.name).join(','), containers.map((c) => c.image ?? '').join(',')];
}

/** `a,b,c + 3 more...`: at most three of a long list are named. */
export function listWithMore(items: readonly string[], empty: string): string {
  if (items.length === 0) return empty;
  if (items.length <= 3) return items.join(',');
  return `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;
}

/** How many entries maps have together. */
export const entryCount = (...maps: (object | undefined)[]): number =>
  maps.reduce((n, m) => n + Object.keys(m ?? {}).length, 0);

export const created = (object: KubeObject): string => object.metadata.creationTimestamp;

/** Of ReplicaSets and of the ReplicationControllers before them. */
export const REPLICA_COLUMNS: readonly Column[] = [
  NAME,
  column('Desired', 'integer'),
  column('Current', 'integer'),
  column('Ready', 'integer'),
  AGE,
  wide('Containers'),
  wide('Images'),
  wide('Selector'),
];
