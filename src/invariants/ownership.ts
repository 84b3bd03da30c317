/** Who owns whom. */
import type { KubeObject, OwnerReference } from '../sim/api/types.ts';
import { defineInvariant, named, told, titled } from './define.ts';
import type { InvariantView, Violation } from './types.ts';

/** Whether an owner is there, as far as the cluster serves its kind. */
function isThere(
  { apiVersion, kind, name, uid }: OwnerReference,
  of: KubeObject,
  view: InvariantView,
): boolean {
  const definition = view.resources.ofGroup(apiVersion, kind);
  if (definition === undefined) return true;
  const namespace = definition.namespaced ? (of.metadata.namespace ?? '') : '';
  return view.find(definition.resource, namespace, name)?.metadata.uid === uid;
}

export const ownersSound = defineInvariant<null>({
  name: 'owners-sound',
  asks: 'api',
  about: 'An object has one controller at most, and in the end nothing is left whose owners are all gone.',
  why: 'what nobody owns runs for ever and is paid for',
  fails:
    'Two controllers owned one object, or in the end an object was left of owners that are gone (the ' +
    'garbage collector forgot it).',
  init: () => null,
  observe(entry): Violation | undefined {
    if (entry.type !== 'api' || entry.after === undefined) return undefined;
    const object = entry.after as KubeObject;
    const controllers = object.metadata.ownerReferences?.filter((r) => r.controller === true) ?? [];
    return controllers.length < 2
      ? undefined
      : {
          message: told('brokenControllers', { object: titled(object), controllers: controllers.length }),
          objects: [object],
          entry: entry.id,
        };
  },
  finally(_state, view): Violation | undefined {
    for (const { resource, kind } of view.resources.all()) {
      for (const object of view.list(resource)) {
        const refs = object.metadata.ownerReferences ?? [];
        if (refs.length === 0 || object.metadata.deletionTimestamp !== undefined) continue;
        if (refs.some((ref) => isThere(ref, object, view))) continue;
        return {
          message: told('brokenOrphan', {
            object: `${kind} ${named(object)}`,
            owner: `${refs[0]!.kind} ${refs[0]!.name}`,
          }),
          objects: [object],
        };
      }
    }
    return undefined;
  },
});

export const gcJust = defineInvariant<null>({
  name: 'garbage-only',
  asks: 'api',
  about:
    'The garbage collector deletes only what has no owner left, or whose owner is deleted in the foreground.',
  why: 'it deletes without asking',
  fails: 'The garbage collector deleted an object one of whose owners was there.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    if (entry.type !== 'api' || entry.by !== 'garbage-collector-controller' || entry.before === undefined)
      return undefined;
    const before = entry.before as KubeObject;
    const after = entry.after as KubeObject | undefined;
    if (
      before.metadata.deletionTimestamp !== undefined ||
      (after !== undefined && after.metadata.deletionTimestamp === undefined)
    )
      return undefined;
    for (const ref of before.metadata.ownerReferences ?? []) {
      const definition = view.resources.ofGroup(ref.apiVersion, ref.kind);
      const owner = definition && view.find(definition.resource, before.metadata.namespace ?? '', ref.name);
      if (owner?.metadata.uid === ref.uid && owner.metadata.deletionTimestamp === undefined) {
        return {
          message: told('brokenCollected', { object: titled(before), owner: `${ref.kind} ${ref.name}` }),
          objects: [before, owner],
          entry: entry.id,
        };
      }
    }
    return undefined;
  },
});

export const daemonsOnce = defineInvariant<null>({
  name: 'daemon-pods-once',
  asks: 'api',
  about: 'In the end a DaemonSet has one Pod at most on a node.',
  why: 'two agents of a node disturb each other',
  fails: 'In the end two Pods of a DaemonSet were on one node.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    const seen = new Map<string, KubeObject>();
    for (const pod of view.list('Pod')) {
      const owner = pod.metadata.ownerReferences?.find(
        (r) => r.controller === true && r.kind === 'DaemonSet',
      );
      if (
        owner === undefined ||
        pod.metadata.deletionTimestamp !== undefined ||
        !pod.spec.nodeName ||
        pod.status.phase === 'Failed' ||
        pod.status.phase === 'Succeeded'
      )
        continue;
      const key = `${owner.uid} ${pod.spec.nodeName}`;
      const other = seen.get(key);
      if (other !== undefined)
        return {
          message: told('brokenDaemons', {
            one: other.metadata.name,
            other: pod.metadata.name,
            set: owner.name,
            node: pod.spec.nodeName,
          }),
          objects: [other, pod],
        };
      seen.set(key, pod);
    }
    return undefined;
  },
});
