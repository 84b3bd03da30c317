/**
 * What tests of whole clusters share: small manifests as objects, and readings of the API and of what is so.
 */
import type { Draft } from './api/client.ts';
import type { Deployment, KubeObject, Node, Pod, PodDisruptionBudget } from './api/types.ts';
import type { Cluster } from './cluster.ts';

export interface WorkloadOptions {
  replicas?: number;
  image?: string;
  cpu?: string;
  strategy?: Deployment['spec']['strategy'];
  readiness?: boolean;
  minReadySeconds?: number;
}

export function deployment(name: string, options: WorkloadOptions = {}): Draft<KubeObject> {
  const { replicas = 3, image = 'nginx:1.15', cpu, strategy, readiness, minReadySeconds } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: {
      replicas,
      ...(strategy === undefined ? {} : { strategy }),
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'web',
              image,
              ports: [{ containerPort: 80 }],
              ...(cpu === undefined ? {} : { resources: { requests: { cpu } } }),
              ...(readiness
                ? { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 } }
                : {}),
            },
          ],
        },
      },
    },
  } as Draft<KubeObject>;
}

export function service(name: string): Draft<KubeObject> {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 80 }] },
  };
}

export function budget(name: string, spec: Partial<PodDisruptionBudget['spec']>): Draft<KubeObject> {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: name } }, ...spec },
  };
}

export const condition = (object: Pod | Node, type: string): string | undefined =>
  (object.status.conditions as { type: string; status: string }[] | undefined)?.find((c) => c.type === type)
    ?.status;

export const podsOf = (cluster: Cluster, app: string): Pod[] =>
  cluster.client().list('Pod', { labelSelector: `app=${app}` });
export const isReady = (pod: Pod): boolean =>
  condition(pod, 'Ready') === 'True' && pod.metadata.deletionTimestamp === undefined;
export const readyOf = (cluster: Cluster, app: string): Pod[] => podsOf(cluster, app).filter(isReady);

export function changeImage(cluster: Cluster, name: string, image: string): void {
  cluster
    .client()
    .patch('Deployment', 'default', name, 'strategic', {
      spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
    });
}

/** Whether a rollout is complete, as `kubectl rollout status` says. */
export function rolledOut(cluster: Cluster, name: string): boolean {
  const d = cluster.client().get('Deployment', 'default', name);
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = d.status;
  const wanted = d.spec.replicas ?? 1;
  return (
    observedGeneration >= (d.metadata.generation ?? 0) &&
    replicas === wanted &&
    updatedReplicas === wanted &&
    availableReplicas === wanted
  );
}

const MINUTE = 60_000;

/** Runs until every pod not being deleted is Ready. @throws Error after ten minutes */
export function untilReady(cluster: Cluster): void {
  const ready = (): boolean => {
    const deployments = cluster.client().list('Deployment');
    return (
      deployments.every((d) => rolledOut(cluster, d.metadata.name)) &&
      cluster
        .client()
        .list('Pod')
        .every((p) => p.metadata.deletionTimestamp !== undefined || isReady(p))
    );
  };
  if (!cluster.runUntil(ready, 10 * MINUTE)) throw new Error('not every pod became Ready within 10 minutes');
}
