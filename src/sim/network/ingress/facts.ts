/**
 * Ingresses over time, and up to which moment each controller's nginx has them. One process takes them in for
 * all controllers (`controller.ts`); what nginx is told of a moment is computed when a request asks.
 */
import type { EndpointSlice, Ingress, IngressClass, Service } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { listeningSince } from '../../node/answer.ts';
import { type NodeEnv, noted } from '../../node/env.ts';
import {
  type IngressController,
  type IngressVersion,
  NEVER,
  type RuntimeContainer,
  type World,
} from '../../node/world.ts';
import { fitsWildcard, type Servers, serversOf } from './servers.ts';

const SERVICE_NAME = 'kubernetes.io/service-name';
/** How Ingresses named their class before there were IngressClasses. */
const CLASS = 'kubernetes.io/ingress.class';

/**
 * Takes a version in, and lets go of those that no nginx goes by any longer.
 * @param object null: it is gone
 */
export function recordIngress(
  world: World,
  key: string,
  object: IngressVersion['object'],
  now: Millis,
): void {
  const { objects, configured } = world.network.ingress;
  const needed = Math.min(now, ...configured.values());
  const versions = [...(objects.get(key) ?? []), { at: now, object }];
  const last = versions.findLastIndex(({ at }) => at <= needed);
  objects.set(key, last > 0 ? versions.slice(last) : versions);
}

/** Takes in what of an Ingress concerns no nginx: its status. */
export function recordStatus(world: World, key: string, object: Ingress): void {
  const { objects } = world.network.ingress;
  const versions = objects.get(key)!;
  objects.set(key, [...versions.slice(0, -1), { at: versions.at(-1)!.at, object }]);
}

/** Up to which moment the nginx of a controller's container has what the API says. */
export const knownTo = (world: World, container: RuntimeContainer): Millis =>
  world.network.ingress.configured.get(container.id) ?? listeningSince(world, container);

function versionAt(versions: readonly IngressVersion[], at: Millis): IngressVersion['object'] {
  return versions.findLast((version) => version.at <= at)?.object ?? null;
}

function* objectsAt(world: World, kind: string, at: Millis): Generator<object> {
  for (const [key, versions] of world.network.ingress.objects) {
    if (!key.startsWith(`${kind}/`)) continue;
    const object = versionAt(versions, at);
    if (typeof object === 'object' && object !== null) yield object;
  }
}

/** Whether a Secret holds a certificate and its key, at a moment. @param secret `namespace/name` */
export const hasCertificate = (world: World, secret: string, at: Millis): boolean =>
  versionAt(world.network.ingress.objects.get(`Secret/${secret}`) ?? [], at) === true;

/** Whether an Ingress is a controller's: by its class, or by the annotation that was used before. */
export function isHandled(
  { metadata, spec }: Ingress,
  classes: Iterable<IngressClass>,
  { controllerClass, annotationClass, withoutClass, byName }: IngressController,
): boolean {
  const { ingressClassName } = spec;
  if (ingressClassName !== undefined && ingressClassName !== null) {
    for (const { metadata: its, spec: said } of classes)
      if (its.name === ingressClassName)
        return said.controller === controllerClass || (byName && its.name === annotationClass);
    return false;
  }
  const annotated = metadata.annotations?.[CLASS];
  return annotated === undefined ? withoutClass : annotated === annotationClass;
}

/** Whether nginx takes new configurations (a fault). */
export function setIngressReloads(env: NodeEnv, works: boolean): void {
  const { ingress } = env.world.network;
  if (ingress.reloadFails !== works) return;
  noted(env, works ? 'ingressReloadsPass' : 'ingressReloadsFail', {});
  ingress.reloadFails = !works;
}

/** When an Ingress, or the endpoints of a Service that one leads to, last changed. */
function changedAt(world: World): Millis {
  const { objects } = world.network.ingress;
  const leadsTo = new Set<string>();
  for (const object of objectsAt(world, 'Ingress', Number.POSITIVE_INFINITY)) {
    const { metadata, spec } = object as Ingress;
    for (const service of servicesOf(spec)) leadsTo.add(`${metadata.namespace}/${service}`);
  }
  let last = NEVER;
  for (const [key, versions] of objects) {
    const { at, object } = versions.at(-1)!;
    if (needsReload(key) || leadsTo.has(serviceOf(object))) last = Math.max(last, at);
  }
  return last;
}

/** `namespace/name` of the Service that a slice is of; '': it is no slice. */
function serviceOf(object: IngressVersion['object']): string {
  if (typeof object !== 'object' || object === null || object.kind !== 'EndpointSlice') return '';
  const { namespace, labels } = object.metadata;
  return `${namespace}/${labels?.[SERVICE_NAME] ?? ''}`;
}

/** Whether nginx has to reload for a change of an object: of all but Services, endpoints and certificates. */
export const needsReload = (key: string): boolean => !/^(?:Service|EndpointSlice|Secret)\//.test(key);

/** Names of the Services that an Ingress leads to. */
export const servicesOf = ({ rules = [], defaultBackend }: Ingress['spec']): string[] =>
  [defaultBackend, ...rules.flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend))].flatMap(
    (backend) => backend?.service?.name ?? [],
  );

/** Pods of controllers whose nginx goes by less than the API says, though they run and hear of all. */
export function staleIngress(world: World): { pod: string; since: Millis }[] {
  const { ingress, cutOff, isolated } = world.network;
  const stale: { pod: string; since: Millis }[] = [];
  for (const machine of world.machines.peek().values()) {
    if (machine.power !== 'on' || cutOff.has(machine.name) || isolated.has(machine.name)) continue;
    for (const container of machine.containers.values()) {
      const since = ingress.configured.get(container.id);
      if (since === undefined || container.state !== 'running') continue;
      if (since < changedAt(world))
        stale.push({ pod: `${container.podNamespace}/${container.podName}`, since });
    }
  }
  return stale;
}

/** Services and endpoints as they were at a moment. */
export interface BackendView {
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string, service: string): EndpointSlice[];
}

export function backendsAt(world: World, at: Millis): BackendView {
  const { objects } = world.network.ingress;
  return {
    service: (namespace, name) =>
      (versionAt(objects.get(`Service/${namespace}/${name}`) ?? [], at) ?? undefined) as Service | undefined,
    slices: (namespace, service) =>
      ([...objectsAt(world, 'EndpointSlice', at)] as EndpointSlice[]).filter(
        (slice) => serviceOf(slice) === `${namespace}/${service}`,
      ),
  };
}

interface Configuration {
  readonly ingresses: readonly Ingress[];
  readonly servers: Servers;
}
/** The last that was computed, by the first of the Ingresses that it is of. */
const computed = new WeakMap<Ingress, Configuration>();

/** What nginx has been told that knows what the API said at a moment. */
export function configuredServers(world: World, controller: IngressController, at: Millis): Servers {
  const classes = [...objectsAt(world, 'IngressClass', at)] as IngressClass[];
  const ingresses = ([...objectsAt(world, 'Ingress', at)] as Ingress[]).filter((one) =>
    isHandled(one, classes, controller),
  );
  const [first] = ingresses;
  if (first === undefined) return serversOf([]);
  const known = computed.get(first);
  if (known?.ingresses.length === ingresses.length && known.ingresses.every((one, i) => one === ingresses[i]))
    return known.servers;
  const servers = serversOf(ingresses);
  computed.set(first, { ingresses, servers });
  return servers;
}

/**
 * The address that a host name stands for outside of the cluster: where an Ingress has a rule of that name,
 * what its status says, as whoever keeps such names takes it from there (external-dns, a line in /etc/hosts).
 */
export function outerAddressOf(world: World, host: string): string | undefined {
  for (const object of objectsAt(world, 'Ingress', Number.POSITIVE_INFINITY)) {
    const { spec, status } = object as Ingress;
    const names = (spec.rules ?? []).map((rule) => rule.host ?? '');
    if (!names.some((name) => name === host || (name.startsWith('*.') && fitsWildcard(name, host)))) continue;
    const [address] = status?.loadBalancer?.ingress ?? [];
    const found = address?.ip ?? address?.hostname;
    if (found) return found;
  }
  return undefined;
}
