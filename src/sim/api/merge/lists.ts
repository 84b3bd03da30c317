/**
 * What strategic merge patches do with lists: finding items by their merge key, and putting merged lists in
 * order. Models staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go.
 */
import { ApiError, badRequest } from '../errors.ts';
import { isObject, type Json } from './jsonmerge.ts';

export const PATCH = '$patch';
export const RETAIN_KEYS = '$retainKeys';
export const DELETE_FROM_LIST = '$deleteFromPrimitiveList';
export const SET_ORDER = '$setElementOrder';

export const isDeleteFromList = (key: string): boolean => key.startsWith(DELETE_FROM_LIST);
export const isSetOrder = (key: string): boolean => key.startsWith(SET_ORDER);
export const isDirective = (key: string): boolean =>
  key === PATCH || key === RETAIN_KEYS || isDeleteFromList(key) || isSetOrder(key);

export const badOrderList = (): ApiError => badRequest('invalid patch format of setElementOrder list');
export const badPrimitiveList = (): ApiError => badRequest('invalid patch format of primitive list');
export const badRetainKeys = (): ApiError => badRequest('invalid patch format of retainKeys');

const typeName = (v: unknown): string =>
  v === null || v === undefined
    ? '<nil>'
    : Array.isArray(v)
      ? '[]interface {}'
      : isObject(v)
        ? 'map[string]interface {}'
        : typeof v === 'string'
          ? 'string'
          : typeof v === 'boolean'
            ? 'bool'
            : Number.isInteger(v)
              ? 'int64'
              : 'float64';
export const badType = (expected: unknown, got: unknown): ApiError =>
  new ApiError('InternalError', `expected a ${typeName(expected)}, but received a ${typeName(got)}`);

const flat = (map: Json): string =>
  Object.keys(map)
    .sort()
    .map(
      (k) => `${k}: ${isObject(map[k]) || Array.isArray(map[k]) ? JSON.stringify(map[k]) : String(map[k])}\n`,
    )
    .join('');
export const noMergeKey = (map: Json, mergeKey: string): ApiError =>
  new ApiError('InternalError', `map: ${flat(map)} does not contain declared merge key: ${mergeKey}`);

/** The list as one of maps, each with the merge key. */
export function asMaps(list: readonly unknown[], mergeKey: string): Json[] {
  for (const item of list) {
    if (!isObject(item)) throw badType({}, item);
    if (item[mergeKey] === undefined) throw noMergeKey(item, mergeKey);
  }
  return list as Json[];
}

/** Whether the items of all lists are maps; they must be of one type and no lists. */
export function holdsMaps(...lists: (readonly unknown[])[]): boolean {
  let kind: string | undefined;
  for (const list of lists) {
    for (const item of list) {
      const is = Array.isArray(item) ? 'list' : isObject(item) ? 'map' : item === null ? 'null' : typeof item;
      if (is === 'list') throw new ApiError('Invalid', 'lists of lists are not supported');
      if (kind !== undefined && kind !== is)
        throw new ApiError('InternalError', `list element types are not identical: ${JSON.stringify(lists)}`);
      kind = is;
    }
  }
  return kind === 'map';
}

/** What tells an item from others: its merge key's value, or the scalar itself. */
export const identity = (item: unknown, mergeKey: string | undefined): unknown =>
  mergeKey === undefined || !isObject(item) ? item : item[mergeKey];

export const findByKey = (list: readonly Json[], mergeKey: string, value: unknown): number =>
  list.findIndex((item) => item[mergeKey] === value);

/** Items in the order of a list; those it does not hold stay behind, and those to be deleted come last. */
export function sortByOrder(
  items: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const places = new Map<unknown, number>();
  order.forEach((item, i) => {
    const id = identity(item, mergeKey);
    if (!places.has(id)) places.set(id, i);
  });
  const place = (item: unknown): number =>
    isObject(item) && item[PATCH] === 'delete'
      ? Infinity
      : (places.get(identity(item, mergeKey)) ?? order.length);
  return items
    .map((item, i) => ({ item, i, at: place(item) }))
    .sort((a, b) => (a.at === b.at ? a.i - b.i : a.at - b.at))
    .map((x) => x.item);
}

/**
 * Merges the items that a patch orders with those only the server has, each in their own order;
 * a server's item goes before the first patched one that stood behind it in the live list.
 */
export function mergeInOrder(
  merged: readonly unknown[],
  order: readonly unknown[],
  liveOrder: readonly unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const ordered = new Set(order.map((item) => identity(item, mergeKey)));
  const patched = sortByOrder(
    merged.filter((item) => ordered.has(identity(item, mergeKey))),
    order,
    mergeKey,
  );
  const serverOnly = sortByOrder(
    merged.filter((item) => !ordered.has(identity(item, mergeKey))),
    liveOrder,
    mergeKey,
  );
  const live = new Map<unknown, number>();
  liveOrder.forEach((item, i) => live.set(identity(item, mergeKey), i));
  const result: unknown[] = [];
  let i = 0;
  let j = 0;
  while (i < serverOnly.length && j < patched.length) {
    const left = live.get(identity(serverOnly[i], mergeKey));
    const right = live.get(identity(patched[j], mergeKey));
    result.push(left !== undefined && right !== undefined && left < right ? serverOnly[i++] : patched[j++]);
  }
  return [...result, ...serverOnly.slice(i), ...patched.slice(j)];
}

/**
 * The order in a patch must be that of its `$setElementOrder`, and the patch must name no item that the order
 * does not.
 */
export function checkOrder(
  patch: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string | undefined,
): void {
  if (patch.length === 0 || order.length === 0) return;
  let next = 0;
  for (const item of patch) {
    if (isObject(item) && item[PATCH] !== undefined) continue;
    if (mergeKey !== undefined) asMaps([item], mergeKey);
    const id = identity(item, mergeKey);
    while (next < order.length && identity(order[next], mergeKey) !== id) next++;
    if (next >= order.length) {
      throw new ApiError(
        'InternalError',
        `The order in patch list:\n${JSON.stringify(patch)}\n doesn't match ${SET_ORDER} ` +
          `list:\n${JSON.stringify(order)}\n`,
      );
    }
    next++;
  }
}
