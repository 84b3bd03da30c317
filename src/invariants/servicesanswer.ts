import { outcomeText } from '../sim/network/index.ts';
import { defineInvariant, named, told } from './define.ts';
import type { PhysicalInvariantView, Violation } from './types.ts';
import type { Service } from '../sim/api/types.ts';

/** Most ways that are tried for a port of a Service. */
const MOST = 64;

/** What comes of requests to a port of a Service through every node and to every backend. */
function* answers(service: Service, port: number, view: PhysicalInvariantView): Generator<string> {
  const { machines, network } = view.physical;
  const nodes = machines.all().filter((m) => m.power === 'on').length;
  const backends = [...view.list('EndpointSlice')]
    .filter(
      (s) =>
        s.metadata.namespace === service.metadata.namespace &&
        s.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
    )
    .reduce((n, s) => n + (s.endpoints?.length ?? 0), 0);
  // A node may know of more backends than there are.
  const shares = 2 * backends;
  for (let way = 0; way < Math.min(MOST, nodes * shares); way += 1) {
    // First which node it enters by is drawn, then which backend it goes to.
    const draws = [(way % nodes) / nodes, Math.floor(way / nodes) / shares];
    const url = `http://${service.metadata.name}:${port}/`;
    const outcome = network.comesOf(url, service.metadata.namespace!, draws);
    yield outcome.kind === 'answered' ? 'answered' : outcomeText(outcome);
  }
}

export const servicesAnswer = defineInvariant<null>({
  name: 'services-answer',
  asks: 'physical',
  about: 'In the end a Service that answers by one way, through a node to a backend, answers by every one.',
  why: 'a request that fails now and then is the hardest to find',
  fails:
    'In the end requests to a Service were answered through some nodes or by some Pods, and refused or ' +
    'lost by others.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    for (const service of view.list('Service')) {
      if (
        service.spec.selector === undefined ||
        service.spec.clusterIP === 'None' ||
        service.spec.type === 'ExternalName' ||
        service.spec.sessionAffinity === 'ClientIP'
      )
        continue;
      if (service.spec.internalTrafficPolicy === 'Local') continue;
      for (const { port, protocol } of service.spec.ports ?? []) {
        if (protocol !== undefined && protocol !== 'TCP') continue;
        const met = new Set(answers(service, port, view));
        const failed = [...met].filter((m) => m !== 'answered');
        if (met.has('answered') && failed.length > 0)
          return {
            message: told('brokenService', { service: named(service), port, outcomes: failed }),
            objects: [service],
          };
      }
    }
    return undefined;
  },
});
