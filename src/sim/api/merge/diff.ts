/**
 * The strategic merge patch that leads from one object to another.
 * Models staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go (diffMaps and what it calls).
 */
import type { FieldType } from '../schema/types.ts';
import { assign, isObject, type Json } from './jsonmerge.ts';
import {
  asMaps,
  DELETE_FROM_LIST,
  holdsMaps,
  identity,
  PATCH,
  RETAIN_KEYS,
  SET_ORDER,
  sortByOrder,
} from './lists.ts';
import { fieldOf, itemType } from './strategic.ts';

export interface DiffOptions {
  /** Leave out what only the second object has, or has differently. */
  readonly ignoreChanges: boolean;
  /** Leave out what only the first object has. */
  readonly ignoreDeletions: boolean;
}

const sameType = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) || Array.isArray(b)
    ? Array.isArray(a) && Array.isArray(b)
    : a === null || b === null
      ? a === b
      : typeof a === typeof b;

/** Deep equality of JSON values; members that are undefined count as absent. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => jsonEqual(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter((k) => a[k] !== undefined);
  return (
    keys.length === Object.keys(b).filter((k) => b[k] !== undefined).length &&
    keys.every((k) => Object.hasOwn(b, k) && jsonEqual(a[k], b[k]))
  );
}

export function diffMaps(
  original: Json,
  modified: Json,
  type: FieldType | undefined,
  options: DiffOptions,
  buildRetainKeys = false,
): Json {
  const patch: Json = {};
  const retained: string[] = [];
  for (const key of Object.keys(modified)) {
    const to = modified[key];
    if (to === undefined) continue;
    if (buildRetainKeys && to !== null) retained.push(key);
    const from = Object.hasOwn(original, key) ? original[key] : undefined;
    if (from === undefined || !sameType(from, to)) {
      if (!options.ignoreChanges) assign(patch, key, to);
    } else if (key === PATCH) {
      if (from !== to) patch[key] = to;
    } else if (isObject(to)) {
      const field = fieldOf(type, key);
      if (field?.strategy === 'replace') {
        // As upstream: a field that is replaced is sent whether or not it changed.
        if (!options.ignoreChanges) assign(patch, key, to);
        continue;
      }
      const inner = diffMaps(from as Json, to, field?.type, options, field?.retainKeys ?? false);
      if (Object.keys(inner).length > 0) assign(patch, key, inner);
    } else if (Array.isArray(to)) {
      diffList(key, from as unknown[], to, type, options, patch);
    } else if (!options.ignoreChanges && from !== to) {
      assign(patch, key, to);
    }
  }
  if (!options.ignoreDeletions) {
    for (const key of Object.keys(original)) {
      if (original[key] !== undefined && modified[key] === undefined) assign(patch, key, null);
    }
  }
  const gone = Object.keys(original).some(
    (key) => original[key] !== undefined && original[key] !== null && modified[key] === undefined,
  );
  if (retained.length > 0 && (Object.keys(patch).length > 0 || gone)) patch[RETAIN_KEYS] = retained.sort();
  return patch;
}

function diffList(
  key: string,
  original: unknown[],
  modified: unknown[],
  type: FieldType | undefined,
  options: DiffOptions,
  patch: Json,
): void {
  const field = fieldOf(type, key);
  if (field?.strategy !== 'merge') {
    if (!options.ignoreChanges && !jsonEqual(original, modified)) patch[key] = modified;
    return;
  }
  if (original.length === 0) {
    if (modified.length > 0 && !options.ignoreChanges) patch[key] = modified;
    return;
  }
  if (holdsMaps(original, modified)) {
    const mergeKey = field.mergeKey!;
    const { changes, deletions } = diffListsOfMaps(
      asMaps(original, mergeKey),
      asMaps(modified, mergeKey),
      itemType(field.type),
      mergeKey,
      options,
      field.retainKeys,
    );
    const list = [...sortByOrder(changes, modified, mergeKey), ...deletions];
    const sameOrder =
      original.length === modified.length &&
      original.every((item, i) => identity(item, mergeKey) === identity(modified[i], mergeKey));
    if (list.length > 0) patch[key] = list;
    if (
      (!options.ignoreChanges && (list.length > 0 || !sameOrder)) ||
      (!options.ignoreDeletions && list.length > 0)
    ) {
      if (modified.length > 0)
        patch[`${SET_ORDER}/${key}`] = modified.map((item) => ({ [mergeKey]: identity(item, mergeKey) }));
    }
    return;
  }
  const additions = options.ignoreChanges ? [] : modified.filter((item) => !original.includes(item));
  const deletions = options.ignoreDeletions
    ? []
    : [...new Set(original.filter((item) => !modified.includes(item)))].sort();
  if (additions.length > 0) patch[key] = additions;
  if (deletions.length > 0) patch[`${DELETE_FROM_LIST}/${key}`] = deletions;
  if (
    (deletions.length > 0 || (!options.ignoreChanges && !jsonEqual(original, modified))) &&
    modified.length > 0
  )
    patch[`${SET_ORDER}/${key}`] = modified;
}

function diffListsOfMaps(
  original: readonly Json[],
  modified: readonly Json[],
  type: FieldType | undefined,
  mergeKey: string,
  options: DiffOptions,
  retainKeys: boolean,
): { changes: Json[]; deletions: Json[] } {
  const changes: Json[] = [];
  const deletions: Json[] = [];
  // Items that share a key are paired in their order, as upstream's walk over the sorted lists does.
  const left = new Map<string, Json[]>();
  for (const item of original)
    left.set(String(item[mergeKey]), [...(left.get(String(item[mergeKey])) ?? []), item]);
  for (const item of modified) {
    const from = left.get(String(item[mergeKey]))?.shift();
    if (from === undefined) {
      if (!options.ignoreChanges) changes.push(item);
      continue;
    }
    const inner = diffMaps(from, item, type, options, retainKeys);
    if (Object.keys(inner).length > 0) changes.push({ ...inner, [mergeKey]: item[mergeKey] });
  }
  if (!options.ignoreDeletions) {
    for (const rest of left.values())
      for (const item of rest) deletions.push({ [PATCH]: 'delete', [mergeKey]: item[mergeKey] });
    deletions.sort((a, b) => (String(a[mergeKey]) < String(b[mergeKey]) ? -1 : 1));
  }
  return { changes, deletions };
}
