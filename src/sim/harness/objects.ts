/** Nodes, pods and workloads as tests put them into a harness. */
import type { Draft } from '../api/client.ts';
import { rfc3339 } from '../api/time.ts';
import type { KubeObject } from '../api/types.ts';

/** A node with the given Ready status (null: its kubelet never reported), as the bench puts it. */
export function testNode(
  name: string,
  ready: string | null = 'True',
  extra: { labels?: Record<string, string>; taints?: object[] } = {},
): object {
  const types = [
    ['MemoryPressure', 'False'],
    ['DiskPressure', 'False'],
    ['PIDPressure', 'False'],
    ['Ready', ready],
  ];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, ...(extra.labels === undefined ? {} : { labels: extra.labels }) },
    spec: { ...(extra.taints === undefined ? {} : { taints: extra.taints }) },
    status: {
      conditions:
        ready === null
          ? []
          : types.map(([type, status]) => ({
              type,
              status,
              lastHeartbeatTime: rfc3339(0),
              lastTransitionTime: rfc3339(0),
              reason: 'Kubelet',
              message: '',
            })),
    },
  };
}

/** A running pod. */
export function testPod(
  name: string,
  extra: {
    node?: string;
    ready?: boolean;
    labels?: Record<string, string>;
    ip?: string;
    phase?: string;
    owner?: object;
    deleting?: boolean;
    spec?: object;
    uid?: string;
    namespace?: string;
  } = {},
): object {
  const ready = extra.ready ?? true;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: extra.namespace ?? 'default',
      ...(extra.uid === undefined ? {} : { uid: extra.uid }),
      labels: extra.labels ?? {},
      ...(extra.owner === undefined ? {} : { ownerReferences: [extra.owner] }),
      ...(extra.deleting === true
        ? { deletionTimestamp: rfc3339(30_000), deletionGracePeriodSeconds: 30 }
        : {}),
    },
    spec: {
      containers: [{ name: 'c', image: 'nginx', resources: {} }],
      ...(extra.node === undefined ? {} : { nodeName: extra.node }),
      ...extra.spec,
    },
    status: {
      phase: extra.phase ?? 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: rfc3339(0) }],
      ...(extra.ip === undefined ? {} : { podIP: extra.ip, podIPs: [{ ip: extra.ip }] }),
    },
  };
}

/** A pod template with one container. */
export const template = (
  labels: Record<string, string>,
  image = 'nginx:1.15',
): { metadata: { labels: Record<string, string> }; spec: Record<string, unknown> } => ({
  metadata: { labels },
  spec: { containers: [{ name: 'web', image }] },
});

/** A workload's draft: replicas, selector `app: <name>` and a template; `spec` adds to it or replaces. */
export function workload(
  kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet',
  name: string,
  spec: Record<string, unknown> = {},
): Draft<KubeObject> {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'default', labels },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 3 }),
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      template: template(labels),
      ...spec,
    },
  } as Draft<KubeObject>;
}
