/** Copy-on-write helpers: a value that lacks nothing comes back as it is. */

/** Unset as a pointer is in Go: absent or null. */
export const isNil = (v: unknown): v is undefined | null => v === undefined || v === null;

/** Unset as a plain Go field is: absent, null, '' or 0. */
export const isZero = (v: unknown): boolean => v === undefined || v === null || v === '' || v === 0;

function fillWhere<T extends object>(object: T, values: Partial<T>, missing: (v: unknown) => boolean): T {
  let out: T | undefined;
  for (const key in values) {
    if (!missing(object[key]) || missing(values[key])) continue;
    out ??= { ...object };
    out[key] = values[key] as T[typeof key];
  }
  return out ?? object;
}

/** Sets the given keys where they are absent or null. */
export const fill = <T extends object>(object: T, values: Partial<T>): T => fillWhere(object, values, isNil);

/** Sets the given keys where they have Go's zero value. */
export const fillZero = <T extends object>(object: T, values: Partial<T>): T =>
  fillWhere(object, values, isZero);

/** Applies `change` to one field where it is set. */
export function into<T extends object, K extends keyof T>(
  object: T,
  key: K,
  change: (value: NonNullable<T[K]>) => T[K],
): T {
  const value = object[key];
  if (isNil(value)) return object;
  const next = change(value as NonNullable<T[K]>);
  return next === value ? object : { ...object, [key]: next };
}

/** Applies `change` to each element; the same array where none changed. */
export function each<E>(list: E[], change: (element: E) => E): E[] {
  let out: E[] | undefined;
  for (let i = 0; i < list.length; i += 1) {
    const next = change(list[i]!);
    if (next === list[i]) continue;
    out ??= list.slice();
    out[i] = next;
  }
  return out ?? list;
}

type ElementOf<L> = L extends (infer E)[] ? E : never;

/** Applies `change` to each element of a list field. */
export function intoEach<T extends object, K extends keyof T>(
  object: T,
  key: K,
  change: (element: ElementOf<NonNullable<T[K]>>) => ElementOf<NonNullable<T[K]>>,
): T {
  return into(object, key, (list) => each(list as ElementOf<NonNullable<T[K]>>[], change) as T[K]);
}
