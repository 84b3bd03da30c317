/** What an audit is about: the workloads and Services of manifests, on a cluster. */
import { get, isFields, isServing, nameOf, namespaceOf } from '../edits/shapes.ts';
import type { Manifests } from '../edits/manifests.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';

/**
 * - `Service`, `Ingress`, `HTTPRoute`: a client sends it requests.
 * - `workload`: none selects it, so that its ready replicas are counted.
 */
export type ServedAs = 'Service' | 'Ingress' | 'HTTPRoute' | 'workload';

/** What is looked at: a Service, a way in to one, a workload of neither; and who stands behind it. */
export interface Served {
  readonly as: ServedAs;
  /** `default/web`, `default/web (Ingress)`, `default/web (HTTPRoute)`, `default/deployment/worker` */
  readonly name: string;
  /** What is asked; of a workload what no other has. */
  readonly url: string;
  /** Places of the workloads whose Pods it selects. */
  readonly workloads: readonly number[];
}

/** Whether a controller stands between it and a Service. */
export const isWayIn = ({ as }: Pick<Served, 'as'>): boolean => as === 'Ingress' || as === 'HTTPRoute';

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

/** A host that a wildcard stands for. */
export const hostOf = (host: string): string => host.replace(/^\*/, 'www');
/** As far as a path is no regular expression. */
export const plainPath = (path: string): string => /^[^()[\]*+?^$|\\]*/.exec(path)![0] || '/';

/** Whether an Ingress is there, and no class of its own: the cluster then comes with a controller. */
export const wantsIngressController = ({ objects }: Pick<Manifests, 'objects'>): boolean =>
  objects.some((o) => o.kind === 'Ingress') && !objects.some((o) => o.kind === 'IngressClass');

/** How many requests a client sends. */
const PER_SECOND = 5;

export const clientsOf = (services: readonly Served[]): Operation[] =>
  services
    .filter((s) => s.as !== 'workload')
    .map(({ url }): Operation => ({ op: 'client', perSecond: PER_SECOND, url }));
