/**
 * Defaults of Pods and of the Pod templates of workloads. Models SetDefaults_PodSpec and SetDefaults_Pod of
 * pkg/apis/core/v1/defaults.go. Lists that have been defaulted are remembered by identity: the Pods of one
 * template share them, and cost nothing.
 */
import type { Container, Pod, PodSpec, PodTemplateSpec } from '../types.ts';
import { defaultContainer, hostPorts, requestsFromLimits } from './container.ts';
import { each, fill, fillZero, into, isZero } from './fill.ts';
import { defaultResourceList } from './resources.ts';
import { defaultVolume } from './volume.ts';

/** A pure memo by identity of an immutable list; holds no state of a run. */
function onceForEachList<E extends object>(change: (element: E) => E): (list: E[]) => E[] {
  const results = new WeakMap<E[], E[]>();
  return (list) => {
    let result = results.get(list);
    if (result === undefined) {
      result = each(list, change);
      results.set(list, result);
      if (result !== list) results.set(result, result);
    }
    return result;
  };
}

const defaultContainers = onceForEachList(defaultContainer);
const defaultVolumes = onceForEachList(defaultVolume);
const podContainers = onceForEachList(requestsFromLimits);
const hostNetworkContainers = onceForEachList((c: Container) => hostPorts(requestsFromLimits(c)));

/** What a PodSpec gets wherever it stands. */
function defaultPodSpec(spec: PodSpec): PodSpec {
  let next = into(spec, 'containers', defaultContainers);
  next = into(next, 'initContainers', defaultContainers as never);
  next = into(next, 'ephemeralContainers', defaultContainers as never);
  next = into(next, 'volumes', defaultVolumes as never);
  next = into(next, 'overhead', defaultResourceList);
  if (isZero(next.serviceAccountName) && !isZero(next.serviceAccount))
    next = { ...next, serviceAccountName: next.serviceAccount };
  if (!isZero(next.serviceAccountName) && next.serviceAccount !== next.serviceAccountName) {
    next = { ...next, serviceAccount: next.serviceAccountName };
  }
  next = fillZero(next, {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
  });
  return fill(next, { terminationGracePeriodSeconds: 30, securityContext: {} });
}

export function defaultPod(pod: Pod): Pod {
  return into(pod, 'spec', (spec) => {
    const containers = spec.hostNetwork === true ? hostNetworkContainers : podContainers;
    let next = defaultPodSpec(spec);
    next = into(next, 'containers', containers);
    next = into(next, 'initContainers', containers as never);
    next = into(next, 'resources', podRequests(next));
    return fill(next, { enableServiceLinks: true });
  });
}

/** Pod-level requests, where pod-level limits are given: what the containers ask together, else the limit. */
function podRequests(spec: PodSpec): (r: NonNullable<PodSpec['resources']>) => PodSpec['resources'] {
  return (resources) => {
    let next = into(into(resources, 'limits', defaultResourceList), 'requests', defaultResourceList);
    const { limits } = next;
    if (limits === undefined || Object.keys(limits).length === 0) return next;
    const asked = spec.containers.some((c) => Object.keys(c.resources?.requests ?? {}).length > 0);
    if (asked) return next;
    const requests = fill(
      (next.requests ?? {}) as Record<string, string | number>,
      limits as Record<string, string | number>,
    );
    if (requests !== next.requests) next = { ...next, requests };
    return next;
  };
}

export const defaultTemplate = (template: PodTemplateSpec): PodTemplateSpec =>
  into(template, 'spec', (spec) => defaultPodSpec(spec as PodSpec) as never);

/** As `defaultTemplate`, where it stands elsewhere than in a workload's spec: with its structs, too. */
export const completeTemplate = (template: PodTemplateSpec): PodTemplateSpec =>
  defaultTemplate(
    into(fill(template, { metadata: {}, spec: { containers: [] } }), 'spec', (spec) =>
      fill(spec, { containers: [] }),
    ),
  );
