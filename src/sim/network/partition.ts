/**
 * Cut wires: between nodes, and between a node and the control plane. Acts on the physical world, told in the
 * history.
 */
import { kubeletProcess, kubeProxyProcess, type NodeEnv, noted } from '../node/env.ts';
import { machineOf } from '../node/machine.ts';
import type { World } from '../node/world.ts';
import { freeze } from './proxy.ts';

const pairKey = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

export const arePartitioned = (world: World, a: string, b: string): boolean =>
  a !== b && world.network.partitions.size > 0 && world.network.partitions.has(pairKey(a, b));

/** No packet passes between two nodes any more. @throws Error when one does not exist or both are one */
export function partitionNodes(env: NodeEnv, a: string, b: string): void {
  machineOf(env, a);
  machineOf(env, b);
  if (a === b) throw new Error(`a node cannot be partitioned from itself: ${a}`);
  const since = noted(env, 'nodesPartitioned', { from: a, to: b });
  env.world.network.partitions.add(pairKey(a, b));
  env.control.linksChanged(since.by);
}

export function healNodes(env: NodeEnv, a: string, b: string): void {
  if (!env.world.network.partitions.delete(pairKey(a, b))) return;
  env.control.linksChanged(noted(env, 'nodesReconnected', { from: a, to: b }).by);
}

/** A node's kubelet and kube-proxy cannot reach the API server; pods on it run on and reach other nodes. */
export function cutOffFromControlPlane(env: NodeEnv, node: string): void {
  machineOf(env, node);
  const { control, world } = env;
  if (world.network.cutOff.has(node)) return;
  const since = noted(env, 'nodeCutOff', { node });
  world.network.cutOff.add(node);
  freeze(world, node, control.now);
  control.setConnected(kubeletProcess(node), false, since.by);
  control.setConnected(kubeProxyProcess(node), false, since.by);
}

export function reconnectToControlPlane(env: NodeEnv, node: string): void {
  const { control, world } = env;
  if (!world.network.cutOff.delete(node)) return;
  const since = noted(env, 'nodeReconnected', { node });
  if (control.isUp(kubeProxyProcess(node))) world.network.frozenProxies.delete(node);
  if (!world.network.expired.has(node)) control.setConnected(kubeletProcess(node), true, since.by);
  control.setConnected(kubeProxyProcess(node), true, since.by);
}

/**
 * The kubelet's client certificate expires: every request of it is answered 401 Unauthorized. kube-proxy has
 * an account of its own.
 */
export function expireCertificate(env: NodeEnv, node: string): void {
  machineOf(env, node);
  const since = noted(env, 'certificateExpired', { node });
  env.world.network.expired.add(node);
  env.control.setConnected(kubeletProcess(node), false, since.by);
}

export function renewCertificate(env: NodeEnv, node: string): void {
  const { control, world } = env;
  if (!world.network.expired.delete(node)) return;
  const since = noted(env, 'certificateRenewed', { node });
  if (!world.network.cutOff.has(node)) control.setConnected(kubeletProcess(node), true, since.by);
}
