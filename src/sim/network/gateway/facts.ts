/**
 * What controllers of Gateways know: one process takes it in for all of their Pods, which go by it a second
 * later.
 */
import type { KubeObject, Namespace } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { listeningSince } from '../../node/answer.ts';
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
import type { Gateway, GatewayClass, HTTPRoute, ReferenceGrant } from './types.ts';

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
  const needed = Math.min(now - KEEP_MS, ...frozenProxies.values());
  const versions = [...(gateway.objects.get(key) ?? []), { at: now, object }];
  const last = versions.findLastIndex(({ at }) => at <= needed);
  gateway.objects.set(key, last > 0 ? versions.slice(last) : versions);
  gateway.changedAt = now;
}

/** Up to which moment a Pod on a machine goes by what the API says. */
export function knownTo(world: World, machine: Machine, container: RuntimeContainer, now: Millis): Millis {
  const { cutOff, isolated, frozenProxies } = world.network;
  const isDeaf = cutOff.has(machine.name) || isolated.has(machine.name);
  const heard = isDeaf ? (frozenProxies.get(machine.name) ?? now) : now - RELOAD_MS;
  return Math.max(heard, listeningSince(world, container));
}

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
