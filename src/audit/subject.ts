/** What an audit is about: the workloads and Services of manifests, on a cluster. */
import { isServedBy, isServing, nameOf, namespaceOf, get, list, count, isFields } from '../edits/shapes.ts';
import type { Manifests } from '../edits/manifests.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';

/** A Service that is sent requests, and who stands behind it. */
export interface Served {
  /** `default/web` */
  readonly name: string;
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
export const servicesOf = ({ objects }: Pick<Manifests, 'objects'>): Served[] =>
  objects.flatMap((service) => {
    if (service.kind !== 'Service') return [];
    const port = list(service, ['spec', 'ports']).map((p) => count(p, ['port']))[0];
    const workloads = objects.flatMap((o, place) => (isServedBy(o, service) ? [place] : []));
    if (port === undefined || workloads.length === 0) return [];
    const [name, namespace] = [nameOf(service), namespaceOf(service)];
    return [{ name: `${namespace}/${name}`, url: `http://${name}.${namespace}:${port}/`, workloads }];
  });

/** How many requests a client sends. */
const PER_SECOND = 5;

export const clientsOf = (services: readonly Served[]): Operation[] =>
  services.map(({ url }): Operation => ({ op: 'client', perSecond: PER_SECOND, url }));
