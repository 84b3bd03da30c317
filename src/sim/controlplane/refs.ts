/**
 * Names of objects: keys of work queues, owner references, and stand-ins for objects that are only known by
 * name.
 */
import type { Kind, KubeObject, OwnerReference } from '../api/types.ts';

/** Splits `namespace/name`; the namespace is '' when there is none. */
export function splitKey(key: string): [namespace: string, name: string] {
  const at = key.indexOf('/');
  return at < 0 ? ['', key] : [key.slice(0, at), key.slice(at + 1)];
}

/** The owner reference that says `controller: true`. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  const owners = object.metadata.ownerReferences;
  if (owners === undefined) return undefined;
  for (const o of owners) if (o.controller === true) return o;
  return undefined;
}

/** Group of an apiVersion: '' for `v1`. */
export function groupOf(apiVersion: string): string {
  const at = apiVersion.indexOf('/');
  return at < 0 ? '' : apiVersion.slice(0, at);
}

/** What an Event may be about when the object itself is no longer known. */
export function standIn(
  apiVersion: string,
  kind: Kind,
  namespace: string,
  name: string,
  uid = '',
): KubeObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === '' ? {} : { namespace }),
      uid,
      resourceVersion: '',
      creationTimestamp: '',
    },
  };
}
