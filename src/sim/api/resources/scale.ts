/** The Scale of an object, as its subresource is read. Source: pkg/registry/apps/deployment/storage. */
import { selectorText } from '../selector.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { KubeObject, LabelSelector } from '../types.ts';
import { type ResourceDefinition, valueAtPath } from './definition.ts';

/**
 * What selects the Pods of an object that can be scaled: labels, or the text that a custom resource has where
 * its definition says, which is all that is read of it.
 */
export function scaledBy(
  { subresources, workload, opaque }: ResourceDefinition,
  object: KubeObject,
): LabelSelector | string | undefined {
  if (opaque !== true) return workload?.selector(object);
  const path = subresources.scale?.labelSelector;
  const written = path === undefined ? undefined : valueAtPath(object, path);
  return typeof written === 'string' && written !== '' ? written : undefined;
}

/** Undefined of a kind that has none. */
export function scaleOf(
  definition: ResourceDefinition,
  object: KubeObject,
): Readonly<Record<string, unknown>> | undefined {
  const paths = definition.subresources.scale;
  if (paths === undefined) return undefined;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const by = scaledBy(definition, object);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: valueAtPath(object, paths.specReplicas) ?? 0 },
    status: {
      replicas: valueAtPath(object, paths.statusReplicas) ?? 0,
      ...(by === undefined ? {} : { selector: typeof by === 'string' ? by : selectorText(by) }),
    },
  };
}

interface Scale {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly replicas: number };
}

/**
 * A kind's Scales as they are named and printed; a custom resource's by the columns of its definition, which
 * find little in it (apiextensions-apiserver has no other for the subresource). Source:
 * pkg/printers/internalversion/printers.go (printScale).
 */
export const scaleDefinition = (of: ResourceDefinition): ResourceDefinition => ({
  ...of,
  group: 'autoscaling',
  kind: 'Scale',
  singular: 'scale',
  apiVersion: 'autoscaling/v1',
  ...(of.opaque === true
    ? {}
    : {
        columns: [NAME, column('Desired'), column('Available'), AGE],
        row(object, { now }) {
          const { spec, status } = object as unknown as Scale;
          return [object.metadata.name, spec.replicas, status.replicas, ageOf(created(object), now)];
        },
      }),
});
