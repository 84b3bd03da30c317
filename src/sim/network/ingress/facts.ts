/**
 * Ingresses over time, and up to which moment each controller's nginx has them. One process takes them in for
 * all controllers (`controller.ts`); what nginx is told of a moment is computed when a request asks.
 */
import type { Ingress, IngressClass } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { listeningSince } from '../../node/answer.ts';
import type { IngressController, IngressVersion, RuntimeContainer, World } from '../../node/world.ts';
import { fitsWildcard, type Servers, serversOf } from './servers.ts';

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
