/**
 * A load balancer before the nodes: to which of them it sends, whom it lets in. It asks each node's health
 * check again and again and learns late, `targetDelayMs`, that one is gone or back; that costs no events,
 * since what it knows is computed when asked. Models the health checks of staging/src/k8s.io/cloud-provider
 * (controllers/service) and pkg/proxy/healthcheck; the source ranges of pkg/proxy/iptables/proxier.go. Of
 * labels it goes by those that a node was made with.
 */
import type { Service } from '../api/types.ts';
import { blockOf, isWithin } from '../api/validation/cidr.ts';
import type { Millis } from '../kernel/types.ts';
import type { Machine, World } from '../node/world.ts';
import { usableOn } from './proxy.ts';
import { changeTimes, viewAt } from './routes.ts';

/** Whether a node answered health checks until a while ago, as far as its machine goes. */
function seemsUp(world: World, { name, power, bootedAt, downAt }: Machine, knownUntil: Millis): boolean {
  if (power !== 'on') return downAt > knownUntil;
  const isolatedAt = world.network.isolated.get(name);
  return isolatedAt === undefined ? bootedAt <= knownUntil : isolatedAt > knownUntil;
}

/** Of nodes that no load balancer is to send to, as those of the control plane. */
const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Whether a node's kube-proxy, which answers for the health of a local policy, ran until a while ago. */
function checks({ network: { frozenProxies, cutOff } }: World, node: string, knownUntil: Millis): boolean {
  const stoppedAt = cutOff.has(node) ? undefined : frozenProxies.get(node);
  return stoppedAt === undefined || stoppedAt > knownUntil;
}

/** Nodes that it sends a Service's requests to; with a local policy only those that have endpoints. */
export function targetsOf(world: World, service: Service, now: Millis): Machine[] {
  const knownUntil = now - world.network.targetDelayMs;
  const up = Array.from(world.machines.peek().values()).filter(
    (m) => !Object.hasOwn(m.labels, EXCLUDED) && seemsUp(world, m, knownUntil),
  );
  if (service.spec.externalTrafficPolicy !== 'Local') return up;
  const view = viewAt(world, knownUntil);
  return up.filter(({ name }) => usableOn(view, service, name) > 0 && checks(world, name, knownUntil));
}

/**
 * When it next learns of what has become of a node or, with a local policy, of endpoints. Infinity: it knows
 * all there is.
 */
export function balancerLearnsAt(world: World, service: Service, now: Millis): Millis {
  const { targetDelayMs, isolated, frozenProxies } = world.network;
  const { metadata, spec } = service;
  let next = Number.POSITIVE_INFINITY;
  const heard = (at: Millis): void => {
    if (at > now - targetDelayMs && at < next) next = at;
  };
  for (const { name, power, bootedAt, downAt } of world.machines.peek().values()) {
    heard(power === 'on' ? bootedAt : downAt);
    heard(isolated.get(name) ?? Number.NEGATIVE_INFINITY);
    heard(frozenProxies.get(name) ?? Number.NEGATIVE_INFINITY);
  }
  if (spec.externalTrafficPolicy === 'Local')
    for (const at of changeTimes(world, metadata.namespace ?? '', metadata.name)) heard(at);
  return next + targetDelayMs;
}

/** Whether loadBalancerSourceRanges let an address in. */
export function lets({ spec }: Service, address: string): boolean {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length === 0) return true;
  const client = blockOf(`${address}/32`);
  return ranges.some((range) => {
    const block = blockOf(range.trim());
    return client !== undefined && block !== undefined && isWithin(client, block);
  });
}
