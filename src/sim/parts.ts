/** What a cluster is made of, in code: passed when it is created, and again when it is restored. */
import { ADMISSION_PLUGINS, type AdmissionPlugin } from './api/admission/index.ts';
import type { ProgramCall, ProgramOutcome } from './api/clientprogram.ts';
import type { ResourceDefinition } from './api/resources/definition.ts';
import { RESOURCES } from './api/resources/index.ts';
import type { ClusterApi } from './clusterapi.ts';
import { cloudProvider, clusterAutoscaler } from './clusterautoscaler/index.ts';
import { type AnyComponent, Components } from './components.ts';
import { descheduler } from './descheduler/index.ts';
import { apiextensions } from './controlplane/apiextensions/index.ts';
import type { Controller } from './controlplane/controller.ts';
import { loadBalancer } from './controlplane/loadbalancer/loadbalancer.ts';
import { controllerManager } from './controlplane/manager.ts';
import { CONTROLLERS } from './controlplane/controllers.ts';
import { scheduler } from './controlplane/scheduler/index.ts';
import { etcd } from './etcd.ts';
import type { By } from './kernel/types.ts';
import { networkComponents, podNetwork } from './network/index.ts';
import { nodeComponents } from './node/index.ts';
import type { WebhookBehaviour } from './node/webhooks.ts';
import type { ImageBehaviour } from './node/world.ts';
import { systemComponents } from './system/index.ts';
import { csiController } from './volume/index.ts';

/** @param by which program of which Pod it is, because of what */
export type ClientProgram = (cluster: ClusterApi, call: ProgramCall, by: By) => ProgramOutcome;

/**
 * Behaviour only: what a run remembers is the cluster's state. A member of one's own joins by a copy with
 * more in it.
 *
 *     const parts = { ...standardParts, controllers: [...standardParts.controllers, mine] };
 *     const cluster = Cluster.create({ seed: 1, nodes: 3, parts });
 */
export interface ClusterParts {
  /** What processes may be instances of, beside the controller manager. */
  readonly components: readonly AnyComponent[];
  /** Those that the controller manager runs, in the order in which they see a change. */
  readonly controllers: readonly Controller<any>[];
  /** Admission plugins of the API server, in their order. */
  readonly admission: readonly AdmissionPlugin[];
  /** What its API serves from the start. */
  readonly resources: readonly ResourceDefinition[];
  /** What containers of images do beside those of the catalogue, by name with or without a tag. */
  readonly images: Readonly<Record<string, ImageBehaviour>>;
  /** What programs of containers do that work on the cluster as its clients, by their names. */
  readonly programs: Readonly<Record<string, ClientProgram>>;
  /** What admission webhooks answer, by their names in their configurations. */
  readonly webhooks: Readonly<Record<string, WebhookBehaviour>>;
}

/**
 * Kubernetes as it comes.
 * @example
 * Cluster.create({ seed: 1, nodes: 1, parts: { ...standardParts, images: { shop: { listens: [8080] } } } })
 */
export const standardParts: ClusterParts = {
  components: [
    etcd,
    apiextensions,
    loadBalancer,
    scheduler,
    ...systemComponents,
    ...nodeComponents(podNetwork),
    ...networkComponents,
    csiController,
    cloudProvider,
    clusterAutoscaler,
    descheduler,
  ],
  controllers: CONTROLLERS,
  admission: ADMISSION_PLUGINS,
  resources: RESOURCES,
  images: {},
  programs: {},
  webhooks: {},
};

const made = new WeakMap<ClusterParts, Components>();

/** The components of a cluster made of these parts. @throws Error when two have one name */
export function componentsOf(parts: ClusterParts): Components {
  let components = made.get(parts);
  if (components === undefined) {
    components = new Components([controllerManager(parts.controllers), ...parts.components]);
    made.set(parts, components);
  }
  return components;
}
