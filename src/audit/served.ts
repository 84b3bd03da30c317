/** What of manifests is looked at: what clients can ask, and workloads that nobody asks. */
import { count, isServedBy, isServing, list, nameOf, namespaceOf, text } from '../edits/shapes.ts';
import type { Manifests } from '../edits/manifests.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import { routesOf } from './gateways.ts';
import { hostOf, plainPath, workloadsOf, type Served } from './subject.ts';

/** Services that select a workload of the manifests, and have a port. */
const servicesOf = (objects: readonly ManifestObject[]): Served[] =>
  objects.flatMap((service) => {
    if (service.kind !== 'Service') return [];
    const port = list(service, ['spec', 'ports']).map((p) => count(p, ['port']))[0];
    const workloads = objects.flatMap((o, place) => (isServedBy(o, service) ? [place] : []));
    if (port === undefined || workloads.length === 0) return [];
    const [name, namespace] = [nameOf(service), namespaceOf(service)];
    return [
      {
        as: 'Service' as const,
        name: `${namespace}/${name}`,
        url: `http://${name}.${namespace}:${port}/`,
        workloads,
      },
    ];
  });

/** The first rule of an Ingress whose backend is a Service of the manifests, by its host and path. */
function ingressOf(ingress: ManifestObject, objects: readonly ManifestObject[]): Served[] {
  const [name, namespace] = [nameOf(ingress), namespaceOf(ingress)];
  const secured = list(ingress, ['spec', 'tls']).flatMap((tls) => list(tls, ['hosts']));
  for (const rule of list(ingress, ['spec', 'rules'])) {
    const host = text(rule, ['host']);
    if (host === undefined) continue;
    for (const path of list(rule, ['http', 'paths'])) {
      const backend = text(path, ['backend', 'service', 'name']);
      const service = objects.find(
        (o) => o.kind === 'Service' && nameOf(o) === backend && namespaceOf(o) === namespace,
      );
      if (service === undefined) continue;
      const workloads = objects.flatMap((o, place) => (isServedBy(o, service) ? [place] : []));
      if (workloads.length === 0) continue;
      const scheme = secured.includes(host) ? 'https' : 'http';
      return [
        {
          as: 'Ingress',
          name: `${namespace}/${name} (Ingress)`,
          url: `${scheme}://${hostOf(host)}${plainPath(text(path, ['path']) ?? '/')}`,
          workloads,
        },
      ];
    }
  }
  return [];
}

/** Workloads whose ready replicas can be counted. */
export const countedOf = (manifests: Pick<Manifests, 'objects'>): Served[] =>
  workloadsOf(manifests)
    .filter(({ place }) => isServing(manifests.objects[place]!))
    .map(({ place, kind, namespace, name }): Served => {
      const named = `${namespace}/${kind.toLowerCase()}/${name}`;
      return { as: 'workload', name: named, url: `workload:${named}`, workloads: [place] };
    });

/** What can be asked: Services, Ingresses and HTTPRoutes. */
export function askedOf(manifests: Pick<Manifests, 'objects'>): Served[] {
  const { objects } = manifests;
  return [
    ...servicesOf(objects),
    ...objects.filter((o) => o.kind === 'Ingress').flatMap((o) => ingressOf(o, objects)),
    ...routesOf(objects),
  ];
}

/** Those of the counted that nothing asked leads to. */
export function notLedTo(counted: readonly Served[], asked: readonly Served[]): Served[] {
  const led = new Set(asked.flatMap((s) => s.workloads));
  return counted.filter(({ workloads }) => !workloads.some((place) => led.has(place)));
}
