/** What an audit is about: the workloads and Services of manifests, on a cluster. */
import { get, isFields, isServing, nameOf, namespaceOf, podLabelsOf } from '../edits/shapes.ts';
import type { Manifests } from '../edits/manifests.ts';
import type { Operation, OperationOf } from '../dsl/operations/operation.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import type { Millis } from '../sim/kernel/types.ts';

/**
 * - `Service`, `Ingress`, `HTTPRoute`: a client sends it requests.
 * - `workload`: none selects it, so that its ready replicas are counted.
 * - `Job`, `CronJob`: whether its work is done, and when.
 */
export type ServedAs = 'Service' | 'Ingress' | 'HTTPRoute' | 'workload' | 'Job' | 'CronJob';

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

/** Whether it ends. */
export const isWork = ({ as }: Pick<Served, 'as'>): boolean => as === 'Job' || as === 'CronJob';

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

/** A Job or CronJob, and how a run of it goes undisturbed. */
export interface Work extends Omit<Workload, 'selector'> {
  readonly kind: 'Job' | 'CronJob';
  /** The name of the Job that trials run: its own, or that of one made of a CronJob by hand. */
  readonly job: string;
  /** From its start to its completion. */
  readonly tookMs: Millis;
  /** How long the API says of a Pod that it runs while it does, at the longest: then it can be met. */
  readonly seenMs: Millis;
  /** Of each container that ended well how long it worked, the shortest; and how many Pods did the work. */
  readonly durations: Durations;
  /** What is said of images that nobody described, so that their work lasts. */
  readonly images: readonly OperationOf<'image'>[];
  /** When a CronJob is due next, by which Job, and how often. */
  readonly next?: { readonly at: Millis; readonly job: string; readonly everyMs: Millis };
}

export interface Durations {
  readonly byContainer: Readonly<Record<string, Millis>>;
  readonly pods: number;
}

const hasLabels = (value: unknown): boolean => isFields(value) && Object.keys(value).length > 0;

/** Of its Pods; where it selects by expressions, the labels that its template gives them. */
function selectorOf(object: ManifestObject): string {
  const own = get(object, [
    'spec',
    'selector',
    ...(object.kind === 'ReplicationController' ? [] : ['matchLabels']),
  ]);
  const labels = hasLabels(own) ? own : podLabelsOf(object);
  return isFields(labels)
    ? Object.entries(labels)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(',')
    : '';
}

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
    .filter((s) => s.as !== 'workload' && !isWork(s))
    .map(({ url }): Operation => ({ op: 'client', perSecond: PER_SECOND, url }));
