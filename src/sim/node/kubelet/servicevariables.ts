/**
 * Variables that tell containers of the Services there were when they began. Models pkg/kubelet/envvars and
 * getServiceEnvVarMap of pkg/kubelet/kubelet_pods.go.
 */
import type { Service } from '../../api/types.ts';
import { servicesEntry, type World } from '../world.ts';

export type Variables = Readonly<Record<string, string>>;

const MASTER_NAMESPACE = 'default';
const MASTER_SERVICE = 'kubernetes';

const named = (name: string): string => name.toUpperCase().replaceAll('-', '_');

/** The Services of a namespace that have an address, by name. */
function servicesIn(world: World, namespace: string): Service[] {
  const { routes, routeIndex } = world.network;
  return (routeIndex.get(servicesEntry(namespace)) ?? [])
    .map((key) => routes.get(key)?.at(-1)?.object as Service | null | undefined)
    .filter((s): s is Service => Boolean(s?.spec.clusterIP) && s?.spec.clusterIP !== 'None')
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** Both forms: `X_SERVICE_HOST` and its kin, and those of Docker's links. */
function addVariables(into: Record<string, string>, service: Service): void {
  const name = named(service.metadata.name);
  const ip = service.spec.clusterIP!;
  const ports = service.spec.ports ?? [];
  into[`${name}_SERVICE_HOST`] = ip;
  if (ports.length > 0) into[`${name}_SERVICE_PORT`] = String(ports[0]!.port);
  for (const port of ports)
    if (port.name) into[`${name}_SERVICE_PORT_${named(port.name)}`] = String(port.port);
  for (const [i, port] of ports.entries()) {
    const protocol = (port.protocol ?? 'TCP').toUpperCase();
    const url = `${protocol.toLowerCase()}://${ip}:${port.port}`;
    const prefix = `${name}_PORT_${port.port}_${protocol}`;
    if (i === 0) into[`${name}_PORT`] = url;
    into[prefix] = url;
    into[`${prefix}_PROTO`] = protocol.toLowerCase();
    into[`${prefix}_PORT`] = String(port.port);
    into[`${prefix}_ADDR`] = ip;
  }
}

/** What was made last of the Services of a namespace: containers that begin meanwhile share it. */
const last = new Map<string, { readonly services: readonly Service[]; readonly variables: Variables }>();
const NAMESPACES_REMEMBERED = 256;

/**
 * The variables of containers of a namespace: of the API server's Service always, of those of the namespace
 * where `links` says so. Frozen, and the same object as long as the Services are the same.
 */
export function serviceVariables(world: World, namespace: string, links: boolean): Variables {
  const own = links ? servicesIn(world, namespace) : [];
  const master =
    links && namespace === MASTER_NAMESPACE
      ? []
      : servicesIn(world, MASTER_NAMESPACE).filter((s) => s.metadata.name === MASTER_SERVICE);
  // One of the namespace that has the name of the API server's counts in its stead.
  const services = [...master.filter((m) => !own.some((s) => s.metadata.name === m.metadata.name)), ...own];
  const key = `${links}/${namespace}`;
  const known = last.get(key);
  if (known?.services.length === services.length && services.every((s, i) => s === known.services[i]))
    return known.variables;
  const made: Record<string, string> = {};
  for (const service of services) addVariables(made, service);
  const variables = Object.freeze(made);
  if (last.size >= NAMESPACES_REMEMBERED) last.clear();
  last.set(key, { services, variables });
  return variables;
}
