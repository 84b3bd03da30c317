/**
 * Gives Services of type LoadBalancer an address of a pool, as a cluster without a cloud has it from MetalLB.
 * Models metallb/controller/service.go (convergeBalancer, allocateIPs) with one pool. Keys: `namespace/name`.
 * Left out: shared addresses, IPv6, and the annotation that names the pool.
 */
import { AddressPool, parsePool } from '../../api/addresspool.ts';
import type { Service } from '../../api/types.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { controllerProcess, type ControllerProcess } from '../manager.ts';
import { splitKey } from '../refs.ts';

export const LOAD_BALANCER = 'metallb-controller';
const REQUESTED = 'metallb.io/loadBalancerIPs';

interface State {
  /** Address to the key of the Service that has it. */
  held: Map<string, string>;
}

const keyOf = ({ metadata }: Service): string => `${metadata.namespace}/${metadata.name}`;
const addressesOf = ({ status }: Service): string[] =>
  (status.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
/** Another implementation's, by its class. */
const isForeign = ({ spec }: Service): boolean =>
  spec.loadBalancerClass !== undefined && spec.loadBalancerClass !== null;
const isBalanced = (service: Service): boolean =>
  service.spec.type === 'LoadBalancer' && !isForeign(service) && Boolean(service.spec.clusterIP);

/** Lets go of what a Service had; those that wait for an address try again. */
function release(key: string, { held }: State, ctx: Pick<ControllerContext, 'cache' | 'queue'>): void {
  let freed = false;
  for (const [ip, owner] of held) if (owner === key) freed = held.delete(ip);
  if (!freed) return;
  for (const service of ctx.cache.list('Service'))
    if (isBalanced(service) && addressesOf(service).length === 0) ctx.queue.add(keyOf(service));
}

/** An address for the Service, or why there is none. */
function choose(
  service: Service,
  pool: AddressPool,
  { held }: State,
  shared: boolean,
): { ip: string } | { problem: string } {
  const key = keyOf(service);
  const isFree = (ip: string): boolean => shared || (held.get(ip) ?? key) === key;
  const asked = service.metadata.annotations?.[REQUESTED] ?? service.spec.loadBalancerIP;
  if (asked) {
    if (!pool.has(asked)) return { problem: `["${asked}"] is not allowed in config` };
    return isFree(asked)
      ? { ip: asked }
      : { problem: `can't change sharing key for "${key}", address also in use by ${held.get(asked)}` };
  }
  for (const [ip, owner] of held) if (owner === key && pool.has(ip)) return { ip };
  for (const ip of pool.all()) if (isFree(ip)) return { ip };
  return { problem: 'no available IPs' };
}

const withAddresses = (service: Service, ips: readonly string[]): Service => ({
  ...service,
  status: {
    ...service.status,
    loadBalancer: ips.length === 0 ? {} : { ingress: ips.map((ip) => ({ ip, ipMode: 'VIP' })) },
  },
});

function sync(key: string, state: State, ctx: ControllerContext): void {
  const service = ctx.cache.get('Service', ...splitKey(key));
  const pool = parsePool(ctx.config.loadBalancerAddresses);
  if (service === undefined || pool === undefined || isForeign(service)) return;
  const [given] = addressesOf(service);
  if (!isBalanced(service)) {
    release(key, state, ctx);
    if (given !== undefined) ctx.api.updateStatus(withAddresses(service, []));
    return;
  }
  const chosen = choose(service, pool, state, ctx.config.planted === 'load-balancer-shares-addresses');
  if ('problem' in chosen) {
    ctx.event(
      service,
      'Warning',
      'AllocationFailed',
      `Failed to allocate IP for "${key}": ${chosen.problem}`,
    );
    release(key, state, ctx);
    if (given !== undefined) ctx.api.updateStatus(withAddresses(service, []));
    return;
  }
  if (given === chosen.ip) return;
  release(key, state, ctx);
  state.held.set(chosen.ip, key);
  ctx.api.updateStatus(withAddresses(service, [chosen.ip]));
  ctx.event(service, 'Normal', 'IPAllocated', `Assigned IP ["${chosen.ip}"]`);
}

export const loadBalancerController: Controller<State> = {
  name: LOAD_BALANCER,
  watches: ['Service'],
  init: () => ({ held: new Map() }),
  observe({ type, object, old, entry }, state, ctx) {
    const service = object as unknown as Service;
    const key = keyOf(service);
    if (type === 'DELETED') return release(key, state, ctx);
    if (isBalanced(service)) for (const ip of addressesOf(service)) state.held.set(ip, key);
    if (isBalanced(service) || (old !== undefined && isBalanced(old as unknown as Service)))
      ctx.queue.add(key, entry);
  },
  sync,
};

/** The component and the process of a cluster that has a pool. */
export const loadBalancer: ControllerProcess = controllerProcess(LOAD_BALANCER, [loadBalancerController]);
