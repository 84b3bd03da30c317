/**
 * How strategies count `metadata.generation` and keep status out of the author's hands. Models the
 * PrepareForCreate and PrepareForUpdate that pkg/registry/<group>/<kind>/strategy.go have in common.
 */
import { deepEqual } from '../equal.ts';
import type { KubeObject } from '../types.ts';

/** Generation 1, and a status of the given form. */
export const begin =
  (status: object) =>
  <T extends KubeObject>(draft: T): T => ({
    ...draft,
    metadata: { ...draft.metadata, generation: 1 },
    status,
  });

/** Status stays; the generation grows when `changed` says so. */
export const advance =
  (changed: (next: KubeObject, old: KubeObject) => boolean) =>
  <T extends KubeObject>(next: T, old: T): T => {
    const generation = (old.metadata.generation ?? 0) + (changed(next, old) ? 1 : 0);
    return { ...next, metadata: { ...next.metadata, generation }, status: old.status };
  };

export const specChanged = (next: KubeObject, old: KubeObject): boolean => !deepEqual(next.spec, old.spec);

export const keepStatus = <T extends KubeObject>(next: T, old: T): T => ({ ...next, status: old.status });
