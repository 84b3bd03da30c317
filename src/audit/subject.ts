/** What an audit is about: the workloads and Services of manifests, on a cluster. */
import {
  isServedBy,
  isServing,
  nameOf,
  namespaceOf,
  get,
  list,
  count,
  isFields,
  text,
} from '../edits/shapes.ts';
import type { Manifests } from '../edits/manifests.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';

/**
 * - `Service`, `Ingress`: a client sends it requests.
 * - `workload`: none selects it, so that its ready replicas are counted.
 */
export type ServedAs = 'Service' | 'Ingress' | 'workload';

/** What is looked at: a Service, an Ingress, a workload of neither; and who stands behind it. */
export interface Served {
  readonly as: ServedAs;
  /** `default/web`, `default/web (Ingress)`, `default/deployment/worker` */
  readonly name: string;
  /** What is asked; of a workload what no other has. */
  readonly url: string;
  /** Places of the workloads whose Pods it selects. */
  readonly workloads: readonly number[];
}

export interface Workload {
  /** Among the manifests' objects. */
  readonly place: number;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of its Pods: `app=web,tier=front`. */
  readonly selector: string;
}

const selectorOf = (object: ManifestObject): string => {
  const labels = get(object, ['spec', 'selector', 'matchLabels']);
  return isFields(labels)
    ? Object.entries(labels)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(',')
    : '';
};

export const workloadsOf = ({ objects }: Pick<Manifests, 'objects'>): Workload[] =>
  objects.flatMap((object, place) =>
    (isServing(object) || object.kind === 'DaemonSet') && selectorOf(object) !== ''
      ? [
          {
            place,
            kind: object.kind,
            namespace: namespaceOf(object),
            name: nameOf(object),
            selector: selectorOf(object),
          },
        ]
      : [],
  );

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

/** A host that a wildcard stands for. */
const hostOf = (host: string): string => host.replace(/^\*/, 'www');
/** As far as a path is no regular expression. */
const plainPath = (path: string): string => /^[^()[\]*+?^$|\\]*/.exec(path)![0] || '/';

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

/** Services and Ingresses, and workloads that none of them leads to. */
export function servedOf(manifests: Pick<Manifests, 'objects'>): Served[] {
  const { objects } = manifests;
  const asked = [
    ...servicesOf(objects),
    ...objects.filter((o) => o.kind === 'Ingress').flatMap((o) => ingressOf(o, objects)),
  ];
  const led = new Set(asked.flatMap((s) => s.workloads));
  const others = workloadsOf(manifests)
    .filter(({ place }) => isServing(objects[place]!) && !led.has(place))
    .map(({ place, kind, namespace, name }): Served => {
      const named = `${namespace}/${kind.toLowerCase()}/${name}`;
      return { as: 'workload', name: named, url: `workload:${named}`, workloads: [place] };
    });
  return [...asked, ...others];
}

/** Whether an Ingress is there, and no class of its own: the cluster then comes with a controller. */
export const wantsIngressController = ({ objects }: Pick<Manifests, 'objects'>): boolean =>
  objects.some((o) => o.kind === 'Ingress') && !objects.some((o) => o.kind === 'IngressClass');

/** How many requests a client sends. */
const PER_SECOND = 5;

export const clientsOf = (services: readonly Served[]): Operation[] =>
  services
    .filter((s) => s.as !== 'workload')
    .map(({ url }): Operation => ({ op: 'client', perSecond: PER_SECOND, url }));
