/** A real cluster in the place of a simulated one. */
import type { ClusterOptions } from '../../sim/cluster.ts';
import { RemoteDriver } from './driver.ts';
import type { Scope } from './gate.ts';
import { accessOf } from './kubeconfig.ts';

/** Which cluster, and what of it may be touched. Plain data. */
export interface RealCluster extends Scope {
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  /** Absent: the current one. */
  readonly context?: string;
  /** Of the Pods that send requests. */
  readonly clientImage?: string;
}

/**
 * Takes a cluster up for a scenario; `close` lets go of it.
 * @throws KubeconfigError, RemoteError
 */
export const takeUp = (
  { kubeconfig, context, clientImage, ...scope }: RealCluster,
  asked: Pick<ClusterOptions, 'seed' | 'nodes' | 'parts'>,
): RemoteDriver =>
  new RemoteDriver(
    { access: accessOf(kubeconfig, context), scope, ...(clientImage === undefined ? {} : { clientImage }) },
    asked,
  );

export { Installed, lackOf, wouldMake } from './chaosmesh/mesh.ts';
export { Line } from './line.ts';
export { RemoteError } from './driver.ts';
export { outOfScope, type Scope } from './gate.ts';
export { accessOf, KubeconfigError } from './kubeconfig.ts';
