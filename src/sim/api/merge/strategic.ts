/**
 * Strategic merge patch: a merge patch that knows which lists merge, by which key, and obeys `$patch`,
 * `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…`. Inputs are never changed; what a
 * patch leaves alone is shared with the original. Models
 * staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go (mergeMap and what it calls).
 */
import { ApiError, badRequest } from '../errors.ts';
import { fieldsOf, type Field, type FieldType } from '../schema/types.ts';
import { assign, isObject, type Json } from './jsonmerge.ts';
import {
  asMaps,
  badOrderList,
  badPrimitiveList,
  badRetainKeys,
  badType,
  checkOrder,
  DELETE_FROM_LIST,
  findByKey,
  holdsMaps,
  isDeleteFromList,
  isDirective,
  isSetOrder,
  mergeInOrder,
  noMergeKey,
  PATCH,
  RETAIN_KEYS,
  SET_ORDER,
} from './lists.ts';

export interface MergeOptions {
  /**
   * The patch is applied to an object: directives are obeyed. Else it is merged into another patch:
   * directives are kept.
   */
  readonly apply: boolean;
}

/** How a field of a type merges; undefined where the type is not known, and lists are replaced then. */
export function fieldOf(
  type: FieldType | undefined,
  key: string,
): Pick<Field, 'type' | 'strategy' | 'mergeKey' | 'retainKeys'> | undefined {
  if (type?.kind === 'object') return fieldsOf(type).get(key);
  if (type?.kind === 'map') return { type: type.of, retainKeys: false };
  return undefined;
}

export const itemType = (type: FieldType | undefined): FieldType | undefined =>
  type?.kind === 'list' ? type.of : undefined;

/**
 * Applies a patch to an object. @throws ApiError BadRequest, Invalid or InternalError, as the API server
 * answers
 */
export function strategicMerge(original: Json, patch: Json, type: FieldType | undefined): Json {
  return mergeMap(original, patch, type, { apply: true });
}

export function mergeMap(
  original: Json,
  patch: Json,
  type: FieldType | undefined,
  options: MergeOptions,
): Json {
  if (patch[PATCH] !== undefined) return obeyMapDirective(patch);
  const result: Json = { ...original };
  const handled = new Set<string>();
  retainKeys(result, patch, options);
  handled.add(RETAIN_KEYS);
  for (const key of Object.keys(patch)) {
    if (isSetOrder(key)) mergeOrdered(result, patch, key, type, options, handled);
  }
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (!handled.has(key) && value !== undefined) mergeKey(result, key, value, type, options);
  }
  return result;
}

function mergeKey(
  result: Json,
  patchKey: string,
  value: unknown,
  type: FieldType | undefined,
  options: MergeOptions,
): void {
  const deletes = isDeleteFromList(patchKey);
  if (deletes && !options.apply) {
    assign(result, patchKey, value);
    return;
  }
  const key = deletes ? nameBehind(patchKey, DELETE_FROM_LIST, badPrimitiveList) : patchKey;
  const present = Object.hasOwn(result, key) && result[key] !== undefined;
  if (value === null) {
    delete result[key];
    if (!options.apply) assign(result, key, null);
    return;
  }
  const before = present ? result[key] : undefined;
  const bothMaps = isObject(before) && isObject(value);
  const bothLists = Array.isArray(before) && Array.isArray(value);
  if (!bothMaps && !bothLists) {
    if (!deletes) assign(result, key, options.apply ? withoutDirectives(value) : value);
    return;
  }
  const field = fieldOf(type, key);
  if (bothMaps) {
    assign(
      result,
      key,
      field?.strategy === 'replace'
        ? options.apply
          ? withoutDirectives(value)
          : value
        : mergeMap(before, value, field?.type, options),
    );
  } else {
    assign(result, key, mergeList(before as unknown[], value as unknown[], field, deletes, options));
  }
}

/** `$patch: replace` takes the patch as it is, `$patch: delete` leaves an empty map. */
function obeyMapDirective(patch: Json): Json {
  const { [PATCH]: directive, ...rest } = patch;
  if (directive === 'replace') return withoutDirectives(rest) as Json;
  if (directive === 'delete') return {};
  throw new ApiError(
    'InternalError',
    `unknown patch type: ${String(directive)} in map: ${JSON.stringify(patch)}`,
  );
}

function retainKeys(result: Json, patch: Json, options: MergeOptions): void {
  const directive = patch[RETAIN_KEYS];
  if (directive === undefined) return;
  if (!options.apply) {
    result[RETAIN_KEYS] ??= directive;
    return;
  }
  if (!Array.isArray(directive)) throw badRetainKeys();
  for (const key of Object.keys(patch)) {
    if (key === RETAIN_KEYS || patch[key] === null || isDeleteFromList(key) || isSetOrder(key)) continue;
    if (!directive.includes(key))
      throw new ApiError('Invalid', "patch content doesn't match retainKeys list");
  }
  for (const key of Object.keys(result)) {
    if (!directive.includes(key)) delete result[key];
  }
}

function nameBehind(key: string, prefix: string, bad: () => ApiError): string {
  const slash = key.indexOf('/');
  if (slash < 0 || key.slice(0, slash) !== prefix) throw bad();
  return key.slice(slash + 1);
}

/** A list with its `$setElementOrder`: merged, then put in that order. */
function mergeOrdered(
  result: Json,
  patch: Json,
  orderKey: string,
  type: FieldType | undefined,
  options: MergeOptions,
  handled: Set<string>,
): void {
  handled.add(orderKey);
  const order = patch[orderKey];
  if (!options.apply) {
    if (result[orderKey] !== undefined && JSON.stringify(result[orderKey]) !== JSON.stringify(order))
      throw badOrderList();
    result[orderKey] = order;
  }
  if (!Array.isArray(order)) throw badType([], order);
  const key = nameBehind(orderKey, SET_ORDER, badOrderList);
  const live = result[key] ?? undefined;
  const changes = patch[key] ?? undefined;
  if (live !== undefined && !Array.isArray(live)) throw badType([], live);
  if (changes !== undefined && !Array.isArray(changes)) throw badType([], changes);
  if (patch[key] === null) return;
  const field = fieldOf(type, key);
  if (field === undefined && type?.kind === 'object')
    throw badRequest(
      `unable to find api field in struct ${type.name.split('.').pop()} for the json field ` +
        `${JSON.stringify(key)}`,
    );
  checkOrder(changes ?? [], order, field?.mergeKey);
  if (live === undefined && changes === undefined) return;
  handled.add(key);
  const merged =
    changes === undefined
      ? live!
      : live === undefined
        ? fresh(changes, options)
        : mergeList(live, changes, field, false, options);
  if (field?.mergeKey !== undefined) asMaps(merged, field.mergeKey);
  result[key] = mergeInOrder(
    merged,
    order,
    liveOrder(live ?? [], changes ?? [], field?.mergeKey),
    field?.mergeKey,
  );
}

/**
 * The order by which items only the server has find their place. Upstream deletes from the live list in place
 * and appends what is new into the room that is left, so that items added in place of deleted ones count as
 * standing there; its tests hold it to that.
 */
function liveOrder(
  live: readonly unknown[],
  changes: readonly unknown[],
  mergeKey: string | undefined,
): readonly unknown[] {
  if (mergeKey === undefined) return live;
  const deleted = (changes as Json[])
    .filter((item) => item[PATCH] === 'delete')
    .map((item) => item[mergeKey]);
  const kept = (live as Json[]).filter((item) => !deleted.includes(item[mergeKey]));
  if (kept.length === live.length) return live;
  const added = (changes as Json[]).filter(
    (item) => item[PATCH] === undefined && findByKey(kept, mergeKey, item[mergeKey]) < 0,
  );
  return [...kept, ...added].slice(0, live.length);
}

const fresh = (list: unknown[], options: MergeOptions): unknown[] =>
  options.apply ? (withoutDirectives(list) as unknown[]) : list;

function mergeList(
  original: readonly unknown[],
  patch: readonly unknown[],
  field: Pick<Field, 'type' | 'strategy' | 'mergeKey'> | undefined,
  deletes: boolean,
  options: MergeOptions,
): unknown[] {
  if (field?.strategy !== 'merge') return fresh([...patch], options);
  if (original.length === 0 && patch.length === 0) return [];
  if (!holdsMaps(original, patch)) {
    if (deletes) return original.filter((item) => !patch.includes(item));
    return mergeInOrder([...new Set([...original, ...patch])], patch, original, undefined);
  }
  if (field.mergeKey === undefined)
    throw new ApiError('InternalError', 'cannot merge lists without merge key for type struct');
  return mergeListOfMaps(original as Json[], patch as Json[], field.mergeKey, itemType(field.type), options);
}

function mergeListOfMaps(
  original: readonly Json[],
  patch: readonly Json[],
  mergeKey: string,
  type: FieldType | undefined,
  options: MergeOptions,
): unknown[] {
  let result = [...original];
  const changes: Json[] = [];
  let replace = false;
  for (const item of patch) {
    const directive = item[PATCH];
    if (directive === undefined) {
      changes.push(item);
    } else if (directive === 'delete') {
      if (item[mergeKey] === undefined) throw noMergeKey(item, mergeKey);
      // Merging patches keeps the directive itself, so that the object's items meet it later.
      result = result.filter(
        (r) => r[mergeKey] !== item[mergeKey] || (!options.apply && r[PATCH] !== undefined),
      );
    } else if (directive === 'replace') {
      replace = true;
    } else if (directive === 'merge') {
      throw new ApiError('InternalError', 'merging lists cannot yet be specified in the patch');
    } else {
      throw new ApiError(
        'InternalError',
        `unknown patch type: ${String(directive)} in map: ${JSON.stringify(item)}`,
      );
    }
  }
  if (replace) return fresh(changes, options);
  asMaps(changes, mergeKey);
  for (const item of changes) {
    const at = findByKey(result, mergeKey, item[mergeKey]);
    if (at >= 0) result[at] = mergeMap(result[at]!, item, type, options);
    else result.push(options.apply ? (withoutDirectives(item) as Json) : item);
  }
  asMaps(result, mergeKey);
  return mergeInOrder(result, changes, original, mergeKey);
}

/** What a patch adds where nothing was: without directives, nulls and the items it would delete. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !isObject(item) || item[PATCH] === undefined).map(withoutDirectives);
  }
  if (!isObject(value)) return value;
  if (value[PATCH] === 'delete') return {};
  const result: Json = {};
  for (const key of Object.keys(value)) {
    if (isDirective(key) || value[key] === null || value[key] === undefined) continue;
    assign(result, key, withoutDirectives(value[key]));
  }
  return result;
}
