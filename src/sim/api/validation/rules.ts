/** What the rules of most kinds have in common: metadata, and the same of the rest at create and update. */
import { deepEqual } from '../equal.ts';
import type { KubeObject } from '../types.ts';
import { invalidValue, problemsAt, required, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate, type NameRule } from './meta.ts';
import { pathSegmentProblems, subdomainProblems } from './text.ts';

interface Options<T> {
  /** False for kinds of the whole cluster. */
  readonly namespaced?: boolean;
  /** DNS subdomains unless given. */
  readonly name?: NameRule;
  /** What no update changes, by the field that says so. */
  readonly immutable?: Readonly<Record<string, (object: T) => unknown>>;
}

/** @param check what holds of a new object and of one that takes its place */
export function ruled<T extends KubeObject>(
  check: (object: T, out: Causes) => void,
  { namespaced = true, name = subdomainProblems, immutable = {} }: Options<T> = {},
): { create(object: T, out: Causes): void; update(next: T, old: T, out: Causes): void } {
  return {
    create(object, out) {
      validateMeta(object.metadata, namespaced, name, out);
      check(object, out);
    },
    update(next, old, out) {
      validateMetaUpdate(next.metadata, old.metadata, out);
      check(next, out);
      for (const [field, of] of Object.entries(immutable))
        if (!deepEqual(of(next), of(old))) out.push(invalidValue(field, of(next), 'field is immutable'));
    },
  };
}

/** A name that stands in a path; absent is `Required value`. */
export function pathName(value: string | undefined, field: string, out: Causes, detail = ''): void {
  if (!value) out.push(required(field, detail));
  else problemsAt(field, value, pathSegmentProblems(value), out);
}

/** What is wrong with each element of a list, or nothing where there is none. */
export function eachAt<E>(
  list: readonly E[] | undefined,
  field: string,
  check: (element: E, field: string) => void,
): void {
  (list ?? []).forEach((element, i) => check(element, `${field}[${i}]`));
}

/** A text of a decoded list: decoding makes an empty structure of null, of whatever type. */
export const textAt = (item: unknown): string => (typeof item === 'string' ? item : '');
