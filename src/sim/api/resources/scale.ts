/** The Scale of an object, as its subresource is read. Source: pkg/registry/apps/deployment/storage. */
import { selectorText } from '../selector.ts';
import type { KubeObject } from '../types.ts';
import { type ResourceDefinition, valueAtPath } from './definition.ts';

/** Undefined of a kind that has none. */
export function scaleOf(
  { subresources, workload }: ResourceDefinition,
  object: KubeObject,
): Readonly<Record<string, unknown>> | undefined {
  const paths = subresources.scale;
  if (paths === undefined) return undefined;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const labels = workload?.selector(object);
  const written = paths.labelSelector === undefined ? undefined : valueAtPath(object, paths.labelSelector);
  const selector = labels === undefined ? written : selectorText(labels);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: valueAtPath(object, paths.specReplicas) ?? 0 },
    status: {
      replicas: valueAtPath(object, paths.statusReplicas) ?? 0,
      ...(typeof selector === 'string' && selector !== '' ? { selector } : {}),
    },
  };
}
