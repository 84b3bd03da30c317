/**
 * Creating and deleting pods on behalf of a controller, with the events that tell of it.
 * Models pkg/controller/controller_utils.go (RealPodControl).
 */
import type { Draft } from '../api/client.ts';
import { ApiError, isNamespaceTerminating } from '../api/errors.ts';
import type { KubeObject, OwnerReference, Pod, PodTemplateSpec } from '../api/types.ts';
import type { ControllerContext, Pace } from './controller.ts';

/** metav1.NewControllerRef. */
export function controllerRef(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** A pod as the template says, owned, its name to be generated from the owner's. */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject): Draft<Pod> {
  const meta = (template.metadata ?? {}) as {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace!,
      ...(meta.labels === undefined ? {} : { labels: meta.labels }),
      ...(meta.annotations === undefined ? {} : { annotations: meta.annotations }),
      ownerReferences: [controllerRef(owner)],
      ...(meta.finalizers === undefined ? {} : { finalizers: meta.finalizers }),
    },
    spec: template.spec as Pod['spec'],
  };
}

/** @throws ApiError what the API server answered */
export function createPod(ctx: ControllerContext, draft: Draft<Pod>, owner: KubeObject, source: string): Pod {
  try {
    const pod = ctx.api.create<Pod>(draft);
    ctx.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, { source });
    return pod;
  } catch (error) {
    if (error instanceof ApiError && !isNamespaceTerminating(error)) {
      ctx.event(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, { source });
    }
    throw error;
  }
}

/** @throws ApiError what the API server answered; NotFound without an event */
export function deletePod(ctx: ControllerContext, name: string, owner: KubeObject, source: string): void {
  try {
    ctx.api.delete('Pod', owner.metadata.namespace!, name);
    ctx.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`, { source });
  } catch (error) {
    if (error instanceof ApiError && error.reason !== 'NotFound') {
      ctx.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`, { source });
    }
    throw error;
  }
}

/**
 * Calls `act(i)` for 0…count-1 in batches of 1, 2, 4, …; after a batch with a failure the rest is left out,
 * so that a controller whose creates are refused does not flood the API server. Stops when no more requests
 * may be made. @returns how many succeeded, and the first error
 */
export function slowStart(
  pace: Pace,
  count: number,
  act: (i: number) => void,
): { done: number; error: ApiError | undefined; throttled: boolean } {
  let done = 0;
  let next = 0;
  for (let size = Math.min(count, 1); size > 0; size = Math.min(2 * size, count - next)) {
    let error: ApiError | undefined;
    for (const end = next + size; next < end; next++) {
      if (pace.callsLeft() < 1) return { done, error, throttled: error === undefined };
      try {
        act(next);
        done++;
      } catch (caught) {
        if (!(caught instanceof ApiError)) throw caught;
        error ??= caught;
      }
    }
    if (error !== undefined) return { done, error, throttled: false };
  }
  return { done, error: undefined, throttled: false };
}
