import type { Invariant } from './types.ts';

export const endpointsOnce: Invariant = {
  name: 'endpoints-once',
  about: 'An address stands once among a service\'s endpoint slices of a port set.',
  why: 'a Pod listed twice would get twice its share of requests',
  init: () => null,
  observe(entry, _state, view) {
    if (entry.type !== 'api' || entry.kind !== 'EndpointSlice') return undefined;
    const seen = new Set<string>();
    for (const slice of view.list('EndpointSlice')) {
      const service = slice.metadata.labels?.['kubernetes.io/service-name'];
      if (service === undefined) continue;
      const ports = (slice.ports ?? []).map((p) => `${p.name}:${p.port}`).sort().join(',');
      for (const e of slice.endpoints ?? []) {
        const key = `${slice.metadata.namespace}/${service} ${ports} ${e.addresses[0]}`;
        if (seen.has(key)) return { message: `service "${service}" lists ${e.addresses[0]} twice`, objects: [slice] };
        seen.add(key);
      }
    }
    return undefined;
  },
};
