/**
 * How strategies count `metadata.generation` and keep status out of the author's hands. Models the
 * PrepareForCreate and PrepareForUpdate that pkg/registry/<group>/<kind>/strategy.go have in common.
 */
import { withMembers } from '../../kernel/members.ts';
import { deepEqual } from '../equal.ts';
import type { KubeObject } from '../types.ts';

/** Generation 1, and a status of the given form. */
export const begin =
  (status: object) =>
  <T extends KubeObject>(draft: T): T =>
    withMembers(draft, { metadata: withMembers(draft.metadata, { generation: 1 }), status });

/** Status stays; the generation grows when `changed` says so. */
export const advance =
  (changed: (next: KubeObject, old: KubeObject) => boolean) =>
  <T extends KubeObject>(next: T, old: T): T => {
    const generation = (old.metadata.generation ?? 0) + (changed(next, old) ? 1 : 0);
    return withMembers(next, { metadata: withMembers(next.metadata, { generation }), status: old.status });
  };

export const specChanged = (next: KubeObject, old: KubeObject): boolean => !deepEqual(next.spec, old.spec);

export const keepStatus = <T extends KubeObject>(next: T, old: T): T => ({ ...next, status: old.status });

/** Status is the server's: of the given form at first, then as it was. */
export const serversStatus = (status: object) => ({
  create: <T extends KubeObject>(draft: T): T => ({ ...draft, status }),
  update: keepStatus,
});

/** Generation 1, and one more with every change of spec; status is the server's. */
export const generations = (status: object) => ({ create: begin(status), update: advance(specChanged) });

/** As `generations`, of a kind without status. @param of what counts; spec unless given */
export const generationsOnly = (of: (object: KubeObject) => unknown = ({ spec }) => spec) => ({
  create: <T extends KubeObject>(draft: T): T => ({
    ...draft,
    metadata: { ...draft.metadata, generation: 1 },
  }),
  update<T extends KubeObject>(next: T, old: T): T {
    const generation = (old.metadata.generation ?? 0) + (deepEqual(of(next), of(old)) ? 0 : 1);
    return { ...next, metadata: { ...next.metadata, generation } };
  },
});
