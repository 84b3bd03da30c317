import type { Pod, Service } from '../sim/api/types.ts';
import { changeOf, defineInvariant, told } from './define.ts';
import { hasEnded, isTerminating } from './pods.ts';
import type { Violation } from './types.ts';

/** A Pod being deleted on a node that is gone keeps its address in the API although nobody holds it. */
const holds = (pod: Pod): boolean => pod.spec.hostNetwork !== true && !hasEnded(pod) && !isTerminating(pod);

export const uniqueAddresses = defineInvariant<null>({
  name: 'unique-pod-addresses',
  asks: 'api',
  about: "No two Pods that run have one address. Pods of the host network share their node's.",
  why: 'a service would reach the wrong Pod',
  fails: 'Two Pods were given one address.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const change = changeOf(entry, 'Pod');
    const ip = change?.after?.status.podIP;
    if (change?.after === undefined || !ip || ip === change.before?.status.podIP || !holds(change.after))
      return undefined;
    for (const other of view.list('Pod')) {
      if (other.status.podIP !== ip || other.metadata.uid === change.after.metadata.uid || !holds(other))
        continue;
      return {
        message: told('brokenAddress', {
          one: other.metadata.name,
          other: change.after.metadata.name,
          address: ip,
        }),
        objects: [other, change.after],
        entry: entry.id,
      };
    }
    return undefined;
  },
});

export const uniqueNodePorts = defineInvariant<null>({
  name: 'unique-node-ports',
  asks: 'api',
  about: 'No two Services have one node port of a protocol.',
  why: 'a request from outside would reach the wrong Service',
  fails: 'A node port was given twice.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const service = changeOf(entry, 'Service')?.after;
    if (service === undefined) return undefined;
    const ports = new Set(
      (service.spec.ports ?? []).flatMap((p) => (p.nodePort ? [`${p.protocol ?? 'TCP'}/${p.nodePort}`] : [])),
    );
    if (ports.size === 0) return undefined;
    for (const other of view.list('Service')) {
      const clash =
        other.metadata.uid === service.metadata.uid
          ? undefined
          : (other.spec.ports ?? []).find((p) => ports.has(`${p.protocol ?? 'TCP'}/${p.nodePort}`));
      if (clash !== undefined)
        return {
          message: told('brokenNodePort', {
            one: other.metadata.name,
            other: service.metadata.name,
            port: clash.nodePort!,
          }),
          objects: [other, service],
          entry: entry.id,
        };
    }
    return undefined;
  },
});

const externalAddresses = (service: Service): string[] =>
  (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);

/** Two Services that have one external address, the second among those given. */
function sharing(services: Iterable<Service>, all: readonly Service[]): Violation | undefined {
  for (const service of services) {
    const addresses = new Set(externalAddresses(service));
    for (const other of addresses.size === 0 ? [] : all) {
      const address = externalAddresses(other).find((ip) => addresses.has(ip));
      if (address === undefined || other.metadata.uid === service.metadata.uid) continue;
      const [one, two] = [other.metadata.name, service.metadata.name];
      return {
        message: told('brokenExternalAddress', { one, other: two, address }),
        objects: [other, service],
      };
    }
  }
  return undefined;
}

export const uniqueExternalAddresses = defineInvariant<null>({
  name: 'unique-external-addresses',
  asks: 'api',
  about: 'No two Services have one address of a load balancer.',
  why: 'a request from outside would reach the wrong Service',
  fails: 'A load balancer gave one address twice.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const service = changeOf(entry, 'Service')?.after;
    if (service === undefined || externalAddresses(service).length === 0) return undefined;
    const found = sharing([service], [...view.list('Service')]);
    return found === undefined ? undefined : { ...found, entry: entry.id };
  },
  finally(_state, view): Violation | undefined {
    const all = [...view.list('Service')];
    return sharing(all, all);
  },
});
