/** Changes, applied to manifests. What was given stays as it was. */
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import type { Path } from '../sim/api/schema/check.ts';
import type { Change, Edit } from './edit.ts';

/** A copy with a field changed; absent members on the way are made. */
function withField(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (typeof step === 'number') {
    const items = Array.isArray(value) ? [...(value as unknown[])] : [];
    const next = withField(items[step], rest, change);
    if (next === undefined) items.splice(step, 1);
    else items[step] = next;
    return items;
  }
  const { [step]: old, ...others } = (value ?? {}) as Record<string, unknown>;
  const next = withField(old, rest, change);
  if (next === undefined) return others;
  // Members stay in their order, so that a diff shows what has changed.
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries((value ?? {}) as Record<string, unknown>))
    copy[key] = key === step ? next : member;
  copy[step] = next;
  return copy;
}

/**
 * The manifests with a change. Objects that it does not touch are the very same.
 * @returns by place what became of each, `undefined` of those left out; what is added stands behind them
 */
export function changed(
  objects: readonly ManifestObject[],
  { steps }: Pick<Change, 'steps'>,
): (ManifestObject | undefined)[] {
  const result: (ManifestObject | undefined)[] = [...objects];
  for (const step of steps) {
    if (step.do === 'add') result.push(step.value);
    else if (step.do === 'remove') result[step.object] = undefined;
    else {
      const value = step.do === 'drop' ? undefined : step.value;
      result[step.object] = withField(result[step.object], step.path, () => value) as ManifestObject;
    }
  }
  return result;
}

/** All changes that edits can make of manifests, in the order of these; none twice. */
export function changesOf(objects: readonly ManifestObject[], edits: readonly Edit[]): Change[] {
  const seen = new Set<string>();
  const changes: Change[] = [];
  for (const [place, object] of objects.entries())
    for (const edit of edits)
      for (const draft of edit.drafts(object, place, objects)) {
        const key = JSON.stringify(draft.steps);
        if (seen.has(key)) continue;
        seen.add(key);
        changes.push({ ...draft, edit: edit.name, direction: edit.direction, object: place });
      }
  return changes;
}
