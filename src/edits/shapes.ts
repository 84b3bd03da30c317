/** Reading what manifests say, of which nothing is sure. */
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import { formatQuantity, isQuantity, milliValue, parseQuantity, quantityOf } from '../sim/api/quantity.ts';
import type { Path } from '../sim/api/schema/check.ts';
import type { Draft, Edit, Place } from './edit.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field however deep; undefined where something on the way is missing. */
export function get(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at ?? undefined;
}

export const list = (value: unknown, path: Path): readonly unknown[] => {
  const found = get(value, path);
  return Array.isArray(found) ? found : [];
};

export const text = (value: unknown, path: Path): string | undefined => {
  const found = get(value, path);
  return typeof found === 'string' ? found : undefined;
};

export const count = (value: unknown, path: Path): number | undefined => {
  const found = get(value, path);
  return typeof found === 'number' ? found : undefined;
};

export const nameOf = (object: ManifestObject): string => text(object, ['metadata', 'name']) ?? '';
export const namespaceOf = (object: ManifestObject): string =>
  text(object, ['metadata', 'namespace']) ?? 'default';

/** `deployment/web` */
export const shortName = (object: ManifestObject): string => `${object.kind.toLowerCase()}/${nameOf(object)}`;

const TEMPLATES: Readonly<Record<string, Path>> = {
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

/** Where the labels and the spec of its Pods stand; undefined of what makes none. */
export const templateOf = ({ kind }: ManifestObject): Path | undefined => TEMPLATES[kind];

/** Kinds of which a number of Pods runs for good. */
const SERVING = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);
export const isServing = ({ kind }: ManifestObject): boolean => SERVING.has(kind);

/** Where the spec of its Jobs stands; undefined of what makes none. */
export const jobSpecOf = ({ kind }: ManifestObject): Path | undefined =>
  kind === 'Job' ? ['spec'] : kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : undefined;

/** How many Pods it wants: 1 where it does not say. */
export const replicasOf = (object: ManifestObject): number => count(object, ['spec', 'replicas']) ?? 1;

export const podLabelsOf = (object: ManifestObject): Fields => {
  const template = templateOf(object);
  const labels = template === undefined ? undefined : get(object, [...template, 'metadata', 'labels']);
  return isFields(labels) ? labels : {};
};

const includes = (labels: Fields, wanted: unknown): boolean =>
  isFields(wanted) &&
  Object.keys(wanted).length > 0 &&
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** Whether a Service, by equality as Services select, takes its Pods. */
export const isServedBy = (object: ManifestObject, service: ManifestObject): boolean =>
  service.kind === 'Service' &&
  namespaceOf(service) === namespaceOf(object) &&
  includes(podLabelsOf(object), get(service, ['spec', 'selector']));

/** Whether a budget is over its Pods; one that selects by expressions counts as being over none. */
export const isBudgetedBy = (object: ManifestObject, budget: ManifestObject): boolean =>
  budget.kind === 'PodDisruptionBudget' &&
  namespaceOf(budget) === namespaceOf(object) &&
  includes(podLabelsOf(object), get(budget, ['spec', 'selector', 'matchLabels']));

/** Whether an autoscaler decides on how many Pods it has. */
export const isScaledBy = (object: ManifestObject, autoscaler: ManifestObject): boolean =>
  autoscaler.kind === 'HorizontalPodAutoscaler' &&
  namespaceOf(autoscaler) === namespaceOf(object) &&
  text(autoscaler, ['spec', 'scaleTargetRef', 'kind']) === object.kind &&
  text(autoscaler, ['spec', 'scaleTargetRef', 'name']) === nameOf(object);

/** The containers of its Pods, init containers not among them, with where they stand. */
export function containersOf(object: ManifestObject): { container: Fields; name: string; path: Path }[] {
  const template = templateOf(object);
  if (template === undefined) return [];
  const path = [...template, 'spec', 'containers'];
  return list(object, path).flatMap((container, i) =>
    isFields(container)
      ? [{ container, name: text(container, ['name']) ?? String(i), path: [...path, i] }]
      : [],
  );
}

/** Takes a field away, if it is there. */
export const dropped = (
  object: ManifestObject,
  place: Place,
  path: Path,
  args: Draft['args'] = {},
): readonly Draft[] =>
  get(object, path) === undefined ? [] : [{ at: path, args, steps: [{ do: 'drop', object: place, path }] }];

/** Gives a field another value. */
export const setTo = (place: Place, path: Path, value: unknown, args: Draft['args'] = {}): Draft => ({
  at: path,
  args,
  steps: [{ do: 'set', object: place, path, value }],
});

/** Leaves the object out. */
export const removed = (place: Place, args: Draft['args'] = {}): Draft => ({
  at: [],
  args,
  steps: [{ do: 'remove', object: place }],
});

/** The weakening that objects of these kinds are missing. */
export const leftOut = (name: string, kinds: readonly string[], source: string): Edit => ({
  name,
  direction: 'weaken',
  words: { en: '{object} is left out', ja: '{object}を省く' },
  source,
  drafts: (object, place) => (kinds.includes(object.kind) ? [removed(place)] : []),
});

/** A value of labels that nothing else carries: a slip of the finger. */
export const mistyped = (value: string): string => `${value}x`;

/** A count or a percentage of a whole, as the API reads both. `up`: of what does not come out even. */
export function amountOf(value: unknown, whole: number, up: boolean): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  if (percent === undefined) return undefined;
  const share = (Number(percent) * whole) / 100;
  return up ? Math.ceil(share) : Math.floor(share);
}

/** So many times a quantity, in its own notation; undefined of what is none. */
export function scaled(value: unknown, times: number): string | undefined {
  if (!isQuantity(value)) return undefined;
  const { format } = parseQuantity(value);
  const milli = Math.floor(milliValue(value) * times);
  return milli % 1000 === 0 || format === 'BinarySI'
    ? formatQuantity(quantityOf(Math.floor(milli / 1000), format))
    : `${milli}m`;
}
