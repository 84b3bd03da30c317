/**
 * Who manages which fields, after an update and after an apply. Source:
 * structured-merge-diff/merge/update.go.
 */
import { deepEqual } from '../equal.ts';
import { areEqual, difference, EMPTY, type FieldSet, intersection, union } from './fieldset.ts';
import type { Shape } from './shape.ts';
import {
  compare,
  type Comparison,
  fieldSetOf,
  type Json,
  merge,
  withNamedFields,
  withoutFields,
} from './typed.ts';

/** What one manager owns. */
export interface Managed {
  readonly set: FieldSet;
  readonly apiVersion: string;
  readonly applied: boolean;
}

export type Managers = ReadonlyMap<string, Managed>;

/** Fields that an apply would take from their managers. */
export class ManagerConflicts extends Error {
  readonly conflicts: ReadonlyMap<string, FieldSet>;

  constructor(conflicts: ReadonlyMap<string, FieldSet>) {
    super('conflicts');
    this.conflicts = conflicts;
  }
}

/** What of a set counts: fields that the endpoint does not write are nobody's by it. */
export type Filter = (set: FieldSet) => FieldSet;

const everything: Filter = (set) => set;

const filteredComparison = ({ added, modified, removed }: Comparison, filter: Filter): Comparison => ({
  added: filter(added),
  modified: filter(modified),
  removed: filter(removed),
});

/** Takes what has changed from those who had it. @throws ManagerConflicts */
function taken(
  managers: Managers,
  changes: Comparison,
  workflow: string,
  force: boolean,
): Map<string, Managed> {
  const changed = union(changes.modified, changes.added);
  const conflicts = new Map<string, FieldSet>();
  for (const [manager, { set }] of managers) {
    if (manager === workflow) continue;
    const conflict = intersection(set, changed);
    if (conflict.size > 0) conflicts.set(manager, conflict);
  }
  if (!force && conflicts.size > 0) throw new ManagerConflicts(conflicts);
  const left = new Map<string, Managed>();
  for (const [manager, managed] of managers) {
    const set =
      manager === workflow
        ? managed.set
        : difference(difference(managed.set, conflicts.get(manager) ?? EMPTY), changes.removed);
    if (set.size > 0) left.set(manager, { ...managed, set });
  }
  return left;
}

/** After somebody wrote an object as a whole. */
export function updateManagers(
  live: Json,
  next: Json,
  shape: Shape,
  managers: Managers,
  manager: string,
  apiVersion: string,
  filter: Filter = everything,
): Managers {
  const changes = filteredComparison(compare(live, next, shape), filter);
  const left = taken(managers, changes, manager, true);
  const own = left.get(manager)?.set ?? EMPTY;
  const set = filter(union(difference(own, changes.removed), changes.modified, changes.added));
  left.delete(manager);
  if (set.size > 0) left.set(manager, { set, apiVersion, applied: false });
  return left;
}

/** Fields that were applied before and are not now go, unless somebody else has them. */
function pruned(merged: Json, managers: Managers, last: FieldSet, shape: Shape): Json {
  if (last.size === 0) return merged;
  const named = (set: FieldSet): FieldSet => withNamedFields(set, shape);
  const removed = withoutFields(merged, named(last), shape);
  const owned = union(...[...managers.values()].map(({ set }) => set));
  const everyField = named(fieldSetOf(merged, shape));
  const kept = withoutFields(
    merged,
    difference(everyField, union(named(fieldSetOf(removed, shape)), named(owned))),
    shape,
  );
  // Only what was applied before may go: what nobody manages stays.
  return withoutFields(
    merged,
    intersection(difference(everyField, named(fieldSetOf(kept, shape))), named(last)),
    shape,
  );
}

/**
 * After a configuration was applied. @returns no object where it changes nothing
 * @throws ManagerConflicts, TypedError
 */
export function applyManagers(
  live: Json,
  config: Json,
  shape: Shape,
  managers: Managers,
  manager: string,
  apiVersion: string,
  force: boolean,
  filter: Filter = everything,
): { object: Json; managers: Managers } {
  const last = managers.get(manager)?.set ?? EMPTY;
  const set = filter(fieldSetOf(config, shape));
  const claimed = new Map(managers).set(manager, { set, apiVersion, applied: true });
  const object = pruned(merge(live, config, shape), claimed, last, shape);
  const changes = filteredComparison(compare(live, object, shape), filter);
  const left = taken(claimed, changes, manager, force);
  if (set.size === 0) left.delete(manager);
  return { object: deepEqual(live, object) ? undefined : object, managers: left };
}

export const sameManagers = (a: Managers, b: Managers): boolean =>
  a.size === b.size &&
  [...a].every(([name, { set, apiVersion, applied }]) => {
    const other = b.get(name);
    return (
      other !== undefined &&
      other.apiVersion === apiVersion &&
      other.applied === applied &&
      areEqual(set, other.set)
    );
  });
