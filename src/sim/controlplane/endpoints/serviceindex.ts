/**
 * Which pods each service selects, kept up to date by watch events, so that neither a pod's change nor a
 * service's sync has to go through a whole namespace. Stands for upstream's GetServicesToUpdate and the
 * lister's selection by label.
 */
import type { WatchCache, WatchEvent } from '../../api/client.ts';
import type { Pod, Service } from '../../api/types.ts';
import { hasLabels, sameLabels } from '../podutil.ts';
import { podEndpointChanges } from './podendpoint.ts';

interface Selected {
  readonly selector: Readonly<Record<string, string>>;
  readonly pods: Set<string>;
}

/** Namespace to service name to what it selects; plain data. */
export type ServiceIndex = Map<string, Map<string, Selected>>;

const matches = (selector: Readonly<Record<string, string>>, pod: Pod): boolean =>
  hasLabels(selector, pod.metadata.labels);

/** Takes in a change of a service. */
export function indexService(index: ServiceIndex, event: WatchEvent<Service>, cache: WatchCache): void {
  const { name, namespace = '' } = event.object.metadata;
  const services = index.get(namespace);
  const selector = event.object.spec.selector as Record<string, string> | undefined;
  if (event.type === 'DELETED' || selector === undefined) {
    services?.delete(name);
    if (services?.size === 0) index.delete(namespace);
    return;
  }
  if (sameLabels(services?.get(name)?.selector, selector) && services?.has(name)) return;
  const pods = new Set<string>();
  for (const pod of cache.list('Pod', namespace)) if (matches(selector, pod)) pods.add(pod.metadata.name);
  if (services === undefined) index.set(namespace, new Map([[name, { selector, pods }]]));
  else services.set(name, { selector, pods });
}

/** Takes in a change of a pod. @returns `namespace/name` of the services whose endpoints it may change */
export function indexPod(index: ServiceIndex, event: WatchEvent<Pod>): string[] {
  const { object: pod, old } = event;
  const { name, namespace = '' } = pod.metadata;
  const services = index.get(namespace);
  const affected: string[] = [];
  if (services === undefined) return affected;
  const changes =
    event.type === 'MODIFIED' && old !== undefined
      ? podEndpointChanges(old, pod)
      : { endpoint: true, membership: true };
  if (!changes.endpoint && !changes.membership) return affected;
  // A pod without an address has no endpoint yet (or never had one).
  const silent = event.type !== 'MODIFIED' && !pod.status.podIP && (pod.status.podIPs?.length ?? 0) === 0;
  for (const [service, { selector, pods }] of services) {
    const was = pods.has(name);
    const is = event.type !== 'DELETED' && (changes.membership ? matches(selector, pod) : was);
    if (is && !was) pods.add(name);
    if (was && !is) pods.delete(name);
    if ((was || is) && !silent && (was !== is || changes.endpoint || changes.membership))
      affected.push(`${namespace}/${service}`);
  }
  return affected;
}

/** The pods a service selects, as the cache has them. */
export function podsOf(index: ServiceIndex, service: Service, cache: WatchCache): Pod[] {
  const { name, namespace = '' } = service.metadata;
  const found: Pod[] = [];
  for (const pod of index.get(namespace)?.get(name)?.pods ?? []) {
    const cached = cache.get('Pod', namespace, pod);
    if (cached !== undefined) found.push(cached);
  }
  return found;
}
