/**
 * What a printer is: the columns of a kind and the cells of an object, as the API server's tables have them.
 */
import type { Kind, KindMap, KubeObject } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';

export interface Column {
  readonly name: string;
  /** Shown with `-o wide` only. */
  readonly wide?: boolean;
  /** Changes with the clock alone, so it does not count as a change of the row. */
  readonly clock?: boolean;
}

export type Cell = string | number | boolean;

export interface RowOptions {
  readonly now: Millis;
  readonly wide: boolean;
}

export interface Printer<K extends Kind = Kind> {
  readonly kind: K;
  readonly columns: readonly Column[];
  /** A cell for every column, the wide ones included. */
  row(object: KindMap[K], options: RowOptions): readonly Cell[];
}

export const column = (name: string): Column => ({ name });
export const wide = (name: string): Column => ({ name, wide: true });
export const clock = (name: string): Column => ({ name, clock: true });

export const NONE = '<none>';

/** `a=b,c=d` in key order. */
export function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.length === 0 ? NONE : keys.map((k) => `${k}=${labels![k]}`).join(',');
}

/** Names and images of a template's containers, comma-separated. */
export function containerTexts(object: { spec?: unknown }): [string, string] {
  const template = (
    object.spec as { template?: { spec?: { containers?: { name: string; image?: string }[] } } }
  ).template;
  const containers = template?.spec?.containers ?? [];
  return [containers.map((c) => c.name).join(','), containers.map((c) => c.image ?? '').join(',')];
}

/** `3 more` form of long lists: at most three are named. */
export function listWithMore(items: readonly string[], empty: string): string {
  if (items.length === 0) return empty;
  if (items.length <= 3) return items.join(',');
  return `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;
}

export const created = (object: KubeObject): string => object.metadata.creationTimestamp;
