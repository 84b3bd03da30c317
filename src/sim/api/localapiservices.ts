/**
 * The APIServices of the groups that kube-apiserver serves itself, which it makes at its start: they are
 * there before the history begins. Models pkg/controlplane/apiserver/aggregator.go (apiServicesToRegister,
 * DefaultGenericAPIServicePriorities) and cmd/kube-apiserver/app/aggregator.go. Those that
 * CustomResourceDefinitions bring are not made.
 */
import type { APIService } from './resources/apiservice.ts';
import type { ResourceDefinition } from './resources/definition.ts';
import { rfc3339 } from './time.ts';

/** By group: what orders it among others; a version's place in it is 15 unless `VERSIONS` has it. */
const GROUPS: Readonly<Record<string, number>> = {
  '': 18_000,
  apps: 17_800,
  'events.k8s.io': 17_750,
  'authentication.k8s.io': 17_700,
  'authorization.k8s.io': 17_600,
  autoscaling: 17_500,
  batch: 17_400,
  'certificates.k8s.io': 17_300,
  'networking.k8s.io': 17_200,
  policy: 17_100,
  'rbac.authorization.k8s.io': 17_000,
  'storage.k8s.io': 16_800,
  'apiextensions.k8s.io': 16_700,
  'admissionregistration.k8s.io': 16_700,
  'scheduling.k8s.io': 16_600,
  'coordination.k8s.io': 16_500,
  'node.k8s.io': 16_300,
  'discovery.k8s.io': 16_200,
  'flowcontrol.apiserver.k8s.io': 16_100,
  'resource.k8s.io': 15_900,
};
const VERSIONS: Readonly<Record<string, number>> = {
  'v1.': 1,
  'v2.autoscaling': 30,
  'v1.flowcontrol.apiserver.k8s.io': 21,
};

/** @param served what the server serves; custom resources are passed over */
export function localApiServices(served: Iterable<ResourceDefinition>): APIService[] {
  const groupVersions = new Map<string, readonly [group: string, version: string]>();
  for (const { group, versions, schemas } of served)
    if (schemas === undefined && GROUPS[group] !== undefined)
      for (const { name } of versions) groupVersions.set(`${name}.${group}`, [group, name]);
  return [...groupVersions].map(([name, [group, version]], i) => ({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: {
      name,
      uid: `00000000-0000-4000-8000-a${i.toString(16).padStart(11, '0')}`,
      resourceVersion: '0',
      creationTimestamp: rfc3339(0),
      labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' },
    },
    spec: {
      ...(group === '' ? {} : { group }),
      version,
      groupPriorityMinimum: GROUPS[group]!,
      versionPriority: VERSIONS[name] ?? 15,
    },
    status: {
      conditions: [
        {
          type: 'Available',
          status: 'True',
          reason: 'Local',
          message: 'Local APIServices are always available',
          lastTransitionTime: rfc3339(0),
        },
      ],
    },
  })) as unknown as APIService[];
}
