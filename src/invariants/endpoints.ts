/** What endpoint slices say of a Service's Pods. */
import { matches, selectorOf } from '../sim/api/selector.ts';
import type { EndpointSlice, Pod, Service } from '../sim/api/types.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import { hasEnded, isReady, isTerminating } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

const serviceOf = (slice: EndpointSlice): string | undefined =>
  slice.metadata.labels?.['kubernetes.io/service-name'];

export const endpointsOnce = defineInvariant<null>({
  name: 'endpoints-once',
  asks: 'api',
  about: "A Pod's address stands once among a Service's endpoint slices of a port set.",
  why: 'a Pod listed twice would get twice its share of requests',
  fails: "A slice was written with a Pod's address that another slice of the Service has.",
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const slice = changeOf(entry, 'EndpointSlice')?.after;
    const service = slice === undefined ? undefined : serviceOf(slice);
    if (slice === undefined || service === undefined) return undefined;
    const seen = new Set<string>();
    for (const other of view.list('EndpointSlice')) {
      if (other.metadata.namespace !== slice.metadata.namespace || serviceOf(other) !== service) continue;
      const ports = (other.ports ?? [])
        .map((p) => `${p.name}:${p.port}`)
        .sort()
        .join(',');
      for (const e of other.endpoints ?? []) {
        // Pods on the host's network share their node's address.
        const key = `${ports} ${e.addresses[0]} ${e.targetRef?.uid ?? ''}`;
        if (seen.has(key))
          return {
            message: told('brokenEndpointTwice', { service, address: e.addresses[0]! }),
            objects: [other],
            entry: entry.id,
          };
        seen.add(key);
      }
    }
    return undefined;
  },
});

const slicesOf = (service: Service, view: InvariantView): EndpointSlice[] =>
  [...view.list('EndpointSlice')].filter(
    (s) => s.metadata.namespace === service.metadata.namespace && serviceOf(s) === service.metadata.name,
  );

export const endpointsRight = defineInvariant<null>({
  name: 'endpoints-match-ready-pods',
  asks: 'api',
  about:
    'Once everything has settled, the ready endpoints of a Service are its ready Pods, no more and no fewer.',
  why: 'requests go where endpoints lead',
  fails: 'In the end a Service listed a Pod that is not ready or not there, or left out one that is ready.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const service of view.list('Service')) {
      const selector = service.spec.selector;
      if (
        selector === undefined ||
        Object.keys(selector).length === 0 ||
        service.spec.type === 'ExternalName' ||
        service.spec.publishNotReadyAddresses === true
      )
        continue;
      const pods = [...view.list('Pod')].filter(
        (p) =>
          p.metadata.namespace === service.metadata.namespace &&
          matches(selectorOf({ matchLabels: selector }), p.metadata.labels ?? {}),
      );
      const wanted = pods
        .filter((p) => isReady(p) && !isTerminating(p) && !hasEnded(p) && p.status.podIP)
        .map((p) => p.metadata.name)
        .sort();
      const slices = slicesOf(service, view);
      const listed = [
        ...new Set(
          slices.flatMap((s) =>
            (s.endpoints ?? [])
              .filter((e) => e.conditions?.ready !== false && e.targetRef?.kind === 'Pod')
              .map((e) => e.targetRef!.name!),
          ),
        ),
      ].sort();
      if (wanted.join() === listed.join()) continue;
      return {
        message: told('brokenEndpoints', { service: named(service), listed, pods: wanted }),
        objects: [service, ...slices, ...(pods as Pod[])],
      };
    }
    return undefined;
  },
});

export const routesFresh = defineInvariant<null>({
  name: 'routes-fresh',
  asks: 'physical',
  about: 'In the end every kube-proxy that runs routes by the newest endpoints.',
  why: 'stale routes lead to Pods that are gone',
  fails:
    "In the end a node's kube-proxy ran, could reach the API server, and routed by endpoints of long ago.",
  init: () => null,
  finally(_state, view): Violation | undefined {
    const { machines, network, processes } = view.physical;
    for (const machine of machines.all()) {
      const frozen = network.staleSince(machine.name);
      if (
        frozen === undefined ||
        machine.power !== 'on' ||
        network.isCutOff(machine.name) ||
        !processes.isUp(`kube-proxy@${machine.name}`)
      )
        continue;
      return {
        message: told('brokenRoutesStale', {
          node: machine.name,
          seconds: Math.round((view.now - frozen) / 1000),
        }),
        objects: [],
      };
    }
    return undefined;
  },
});
