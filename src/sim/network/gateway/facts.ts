/**
 * What controllers of Gateways know: one process takes it in for all of their Pods, which go by it a second
 * later.
 */
import type { KubeObject, Namespace } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { listeningSince } from '../../node/answer.ts';
import { type NodeEnv, noted } from '../../node/env.ts';
import { programOf } from '../../node/images.ts';
import {
  containersOf,
  type GatewayController,
  type GatewayVersion,
  type Machine,
  type RuntimeContainer,
  type World,
} from '../../node/world.ts';
import { viewAt } from '../routes.ts';
import type { Seen } from './attachment.ts';
import { isHost, meetingNames } from './match.ts';
import { type Gateway, type GatewayClass, GROUP, type HTTPRoute, type ReferenceGrant } from './types.ts';

export const GATEWAY_CONTROLLER = 'gateway-controller';

/** Until nginx goes by what its controller has heard: changes are gathered, and it reloads. */
const RELOAD_MS = 1_000;
/** Versions replaced longer ago are of no use to whoever hears of all. */
const KEEP_MS = 5_000;

/** Takes a version in. @param object null: it is gone */
export function recordGateway(
  world: World,
  key: string,
  object: GatewayVersion['object'],
  now: Millis,
): void {
  const { gateway, frozenProxies } = world.network;
  const needed = Math.min(now - KEEP_MS, gateway.frozenAt ?? now, ...frozenProxies.values());
  const versions = [...(gateway.objects.get(key) ?? []), { at: now, object }];
  const last = versions.findLastIndex(({ at }) => at <= needed);
  gateway.objects.set(key, last > 0 ? versions.slice(last) : versions);
  gateway.changedAt = now;
}

/** Up to which moment a Pod on a machine goes by what the API says. */
export function knownTo(world: World, machine: Machine, container: RuntimeContainer, now: Millis): Millis {
  const { cutOff, isolated, frozenProxies, gateway } = world.network;
  const isDeaf = cutOff.has(machine.name) || isolated.has(machine.name);
  const heard = isDeaf ? (frozenProxies.get(machine.name) ?? now) : now - RELOAD_MS;
  return Math.max(Math.min(heard, gateway.frozenAt ?? heard), listeningSince(world, container));
}

/** Whether nginx behind Gateways takes new configurations (a fault). */
export function setGatewayReloads(env: NodeEnv, works: boolean): void {
  const { world, control } = env;
  const { gateway } = world.network;
  if ((gateway.frozenAt === undefined) === works) return;
  const { by } = noted(env, works ? 'gatewayReloadsPass' : 'gatewayReloadsFail', {});
  if (!works) {
    gateway.frozenAt = control.now - RELOAD_MS;
    return;
  }
  delete gateway.frozenAt;
  gateway.changedAt = control.now;
  if (control.has(GATEWAY_CONTROLLER) && control.isUp(GATEWAY_CONTROLLER))
    control.scheduleFor(GATEWAY_CONTROLLER, RELOAD_MS, { type: 'status' }, by);
}

/** Whether nginx could not be given what the API said last. */
export const isStuck = ({ network: { gateway } }: World): boolean =>
  gateway.frozenAt !== undefined && gateway.changedAt > gateway.frozenAt;

/** When Pods next go by something else. Infinity: they know all there is. */
export function gatewaysChangeAt({ network }: World, now: Millis): Millis {
  const at = network.gateway.changedAt + RELOAD_MS;
  return at > now ? at : Number.POSITIVE_INFINITY;
}

/** What a controller's container, or the one beside it, was started with. */
export function controllerOf(world: World, machine: Machine, podUid: string): GatewayController | undefined {
  const found = containersOf(machine, podUid).flatMap((one) => programOf(world, one).gateway ?? []);
  return found.find(({ isDataPlane }) => isDataPlane !== true) ?? found[0];
}

/** What a controller knows that goes by what the API said at a moment. */
export function seenAt(world: World, { controllerName }: GatewayController, at: Millis): Seen {
  const { objects } = world.network.gateway;
  const objectAt = (key: string): GatewayVersion['object'] =>
    objects.get(key)?.findLast((version) => version.at <= at)?.object ?? null;
  const all = <T>(kind: string): T[] =>
    [...objects.keys()]
      .filter((key) => key.startsWith(`${kind}/`))
      .map((key) => objectAt(key))
      .filter((object): object is KubeObject => typeof object === 'object' && object !== null) as T[];
  const classes = new Set(
    all<GatewayClass>('GatewayClass')
      .filter(({ spec }) => spec.controllerName === controllerName)
      .map(({ metadata }) => metadata.name),
  );
  const view = viewAt(world, at);
  return {
    gateways: all<Gateway>('Gateway').filter(({ spec }) => classes.has(spec.gatewayClassName)),
    routes: all<HTTPRoute>('HTTPRoute'),
    grants: all<ReferenceGrant>('ReferenceGrant'),
    service: (namespace, name) => view.service(namespace, name),
    labelsOf: (name) => (objectAt(`Namespace//${name}`) as Namespace | null)?.metadata.labels ?? {},
    hasCertificate: (namespace, name) => objectAt(`Secret/${namespace}/${name}`) === true,
  };
}

/**
 * The address that a host name stands for outside of the cluster: where a route has that name at a listener
 * of its Gateway, what the Gateway's status says, as whoever keeps such names takes it from there
 * (source/gateway.go of github.com/kubernetes-sigs/external-dns).
 */
export function routedAddressOf({ network }: World, host: string): string | undefined {
  const { objects } = network.gateway;
  for (const [key, versions] of objects) {
    if (!key.startsWith('HTTPRoute/')) continue;
    const route = versions.at(-1)?.object as HTTPRoute | null | undefined;
    if (!route) continue;
    const { hostnames, parentRefs = [] } = route.spec;
    for (const {
      group = GROUP,
      kind = 'Gateway',
      namespace = route.metadata.namespace,
      name,
    } of parentRefs) {
      if (group !== GROUP || kind !== 'Gateway') continue;
      const gateway = objects.get(`Gateway/${namespace}/${name}`)?.at(-1)?.object as
        | Gateway
        | null
        | undefined;
      const names = gateway?.spec.listeners.flatMap((one) => meetingNames(one.hostname, hostnames)) ?? [];
      if (!names.some((one) => one !== '' && isHost(one, host))) continue;
      const found = gateway?.status?.addresses?.[0]?.value;
      if (found) return found;
    }
  }
  return undefined;
}
