import type { ClusterOptions, NodeOptions } from '../sim/cluster.ts';
import { simulationOf } from './capabilities.ts';
import { wrong, type InputError } from './errors.ts';
import type { ClusterOperation } from './operations/operation.ts';
import type { Session } from './types.ts';

/** Twice what Kubernetes is tested with (https://kubernetes.io/docs/setup/best-practices/cluster-large/). */
export const MOST_NODES = 10_000;

/** The nodes of a cluster whose control plane is on some of them. @throws InputError where it is on none */
export function nodesOf({ nodes, controlPlane = 0 }: ClusterOperation): NodeOptions[] {
  if (controlPlane < 1) throw wrong('planeWithoutNode', {});
  if (controlPlane + nodes > MOST_NODES) throw tooMany(controlPlane + nodes);
  return [
    ...Array.from({ length: controlPlane }, (_, i) => ({
      name: `control-plane-${i + 1}`,
      controlPlane: true as const,
    })),
    ...Array.from({ length: nodes }, (_, i) => ({ name: `node-${i + 1}` })),
  ];
}

const tooMany = (asked: number): InputError => wrong('clusterSize', { most: MOST_NODES, asked });

/** As kind's network has them to spare. */
const SOME_ADDRESSES = '172.18.255.200-172.18.255.250';

/** Controllers that a cluster is to come with, behind a load balancer. */
export function comesWith(
  { settings }: Session,
  controllers: Partial<Record<'ingressController' | 'gatewayController', true>>,
): void {
  if (Object.keys(controllers).length === 0) return;
  const { loadBalancerAddresses = SOME_ADDRESSES } = settings;
  Object.assign(settings, { loadBalancerAddresses, ...controllers });
}

/** Makes a scenario's cluster, with the settings and images given so far. @throws InputError */
export function boot(session: Session, nodes: ClusterOptions['nodes']): void {
  if (session.driver !== undefined) throw wrong('clusterTwice', {});
  const asked = typeof nodes === 'number' ? nodes : nodes.length;
  if (!(asked >= 1 && asked <= MOST_NODES)) throw tooMany(asked);
  const { seed, createDriver, limits } = session.options;
  const driver = createDriver({
    seed,
    nodes,
    parts: session.kit.parts,
    ...(limits === undefined ? {} : { limits }),
    config: { ...session.kit.settings, ...session.settings },
    latencies: Object.fromEntries(session.latencies) as ClusterOptions['latencies'],
  });
  const { listener } = session;
  session.driver =
    listener.happens === undefined || driver.simulation === undefined
      ? driver
      : simulationOf(driver).observed(() => listener.happens!(session));
  for (const [image, behaviour] of session.images) simulationOf(driver).setImage(image, behaviour);
  for (const [webhook, behaviour] of session.webhooks) simulationOf(driver).setWebhook(webhook, behaviour);
  for (const [definition, behaviour] of session.conversions)
    simulationOf(driver).setConversion(definition, behaviour);
}
