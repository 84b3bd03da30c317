/**
 * LimitRanger: what containers leave out they get from the namespace's LimitRanges, and nothing is admitted
 * that is beyond their bounds. Models plugin/pkg/admission/limitranger/admission.go; ranges are looked at in
 * the order of their names, and resources too, where upstream's order is of chance.
 */
import { each } from '../defaults/fill.ts';
import { podResources } from '../podrequests.ts';
import { asQuantity, formatQuantity, milliValue, wholeValue, type Quantity } from '../quantity.ts';
import { qosClass } from '../strategy/qos.ts';
import type { Container, KubeObject, LimitRange, Pod } from '../types.ts';
import { refused, type AdmissionPlugin, type AdmissionRequest } from './types.ts';

type Item = LimitRange['spec']['limits'][number];
type Texts = Readonly<Record<string, string | number>>;
type Amounts = ReadonlyMap<string, Quantity>;

const ANNOTATION = 'kubernetes.io/limit-ranger';
/** Beyond it thousandths overflow an int64 (resource.MaxMilliValue). */
const MAX_MILLI_VALUE = Number((2n ** 63n - 1n) / 1000n);

const amounts = (list: object | undefined): Amounts =>
  new Map(Object.entries((list ?? {}) as Texts).map(([name, q]) => [name, asQuantity(q)]));
const sorted = (list: object | undefined): [string, Quantity][] =>
  [...amounts(list)].sort(([a], [b]) => (a < b ? -1 : 1));

/** Read as upstream reads them: by thousandths, unless one of them is too large for that. */
function observed(...quantities: readonly (Quantity | undefined)[]): number[] {
  const values = quantities.map((q) => (q === undefined ? 0 : wholeValue(q)));
  return values.every((v) => v <= MAX_MILLI_VALUE)
    ? quantities.map((q) => (q === undefined ? 0 : milliValue(q)))
    : values;
}

/** What of a container or Pod is held against its bounds. */
interface Asked {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** Why an amount is below its least; undefined: it is not. */
function belowMinimum(
  type: string,
  name: string,
  least: Quantity,
  { requests, limits }: Asked,
): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const usage = `minimum ${name} usage per ${type} is ${formatQuantity(least)}`;
  if (request === undefined) return `${usage}.  No request is specified`;
  const [ofRequest, ofLimit, bound] = observed(request, limit, least) as [number, number, number];
  if (ofRequest < bound) return `${usage}, but request is ${formatQuantity(request)}`;
  if (limit !== undefined && ofLimit < bound) return `${usage}, but limit is ${formatQuantity(limit)}`;
  return undefined;
}

function aboveMaximum(
  type: string,
  name: string,
  most: Quantity,
  { requests, limits }: Asked,
): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const usage = `maximum ${name} usage per ${type} is ${formatQuantity(most)}`;
  if (limit === undefined) return `${usage}.  No limit is specified`;
  const [ofRequest, ofLimit, bound] = observed(request, limit, most) as [number, number, number];
  if (ofLimit > bound) return `${usage}, but limit is ${formatQuantity(limit)}`;
  if (request !== undefined && ofRequest > bound)
    return `${usage}, but request is ${formatQuantity(request)}`;
  return undefined;
}

/** Of what has requests only: a claim. */
function requestAboveMaximum(
  type: string,
  name: string,
  most: Quantity,
  { requests }: Asked,
): string | undefined {
  const request = requests.get(name);
  const usage = `maximum ${name} usage per ${type} is ${formatQuantity(most)}`;
  if (request === undefined) return `${usage}.  No request is specified`;
  const [value, bound] = observed(request, most) as [number, number];
  return value > bound ? `${usage}, but request is ${formatQuantity(request)}` : undefined;
}

function aboveRatio(
  type: string,
  name: string,
  most: Quantity,
  { requests, limits }: Asked,
): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const ratioText = `${name} max limit to request ratio per ${type} is ${formatQuantity(most)}`;
  const [ofRequest, ofLimit] = observed(request, limit, most) as [number, number, number];
  if (request === undefined || ofRequest === 0)
    return `${ratioText}, but no request is specified or request is 0`;
  if (limit === undefined || ofLimit === 0) return `${ratioText}, but no limit is specified or limit is 0`;
  const ratio = ofLimit / ofRequest;
  return ratio * 1000 > milliValue(most)
    ? `${ratioText}, but provided ratio is ${ratio.toFixed(6)}`
    : undefined;
}

type Rule = typeof belowMinimum;
const RULES: readonly (readonly [keyof Item, Rule])[] = [
  ['min', belowMinimum],
  ['max', aboveMaximum],
  ['maxLimitRequestRatio', aboveRatio],
];
const CLAIM_RULES: readonly (readonly [keyof Item, Rule])[] = [
  ['min', belowMinimum],
  ['max', requestAboveMaximum],
];

function broken(item: Item, rules: typeof RULES, asked: Asked): string[] {
  return rules.flatMap(([list, rule]) =>
    sorted(item[list] as object | undefined).flatMap(
      ([name, bound]) => rule(item.type, name, bound, asked) ?? [],
    ),
  );
}

/** @returns what is wrong, in the words of k8s.io/apimachinery/pkg/util/errors (Aggregate) */
function aggregate(problems: readonly string[]): string | undefined {
  const distinct = [...new Set(problems)];
  return distinct.length > 1 ? `[${distinct.join(', ')}]` : distinct[0];
}

const containersIn = ({ spec }: Pod): Container[] => [
  ...spec.containers,
  ...((spec.initContainers ?? []) as Container[]),
];

/** What a range holds against a Pod, in the words of the refusal. */
export function podProblems(range: LimitRange, pod: Pod): string[] {
  return range.spec.limits.flatMap((item) => {
    if (item.type === 'Container')
      return containersIn(pod).flatMap(({ resources }) =>
        broken(item, RULES, { requests: amounts(resources?.requests), limits: amounts(resources?.limits) }),
      );
    if (item.type !== 'Pod') return [];
    // What its runtime takes beside the containers is not held against it.
    const { overhead: _, ...spec } = pod.spec;
    return broken(item, RULES, {
      requests: podResources(spec, 'requests'),
      limits: podResources(spec, 'limits'),
    });
  });
}

function claimProblems(range: LimitRange, claim: KubeObject): string[] {
  const { resources } = (claim.spec ?? {}) as { resources?: { requests?: object } };
  const asked: Asked = { requests: amounts(resources?.requests), limits: new Map() };
  return range.spec.limits.flatMap((item) =>
    item.type === 'PersistentVolumeClaim' ? broken(item, CLAIM_RULES, asked) : [],
  );
}

/** What a range gives to containers that leave it out. */
export function defaultsOf({ spec }: LimitRange): { requests: Texts; limits: Texts } {
  let [requests, limits]: [Texts, Texts] = [{}, {}];
  for (const item of spec.limits) {
    if (item.type !== 'Container') continue;
    requests = { ...requests, ...(item.defaultRequest as Texts | undefined) };
    limits = { ...limits, ...(item.default as Texts | undefined) };
  }
  return { requests, limits };
}

/** Adds to a list what it leaves out. @returns the list, and the names that were added */
function completed(given: object | undefined, from: Texts): [Texts, string[]] {
  const list = (given ?? {}) as Texts;
  const added = Object.keys(from).filter((name) => !Object.hasOwn(list, name));
  return [
    added.length === 0 ? list : { ...list, ...Object.fromEntries(added.map((n) => [n, from[n]!])) },
    added.sort(),
  ];
}

function completedPod(range: LimitRange, pod: Pod): Pod {
  const from = defaultsOf(range);
  if (Object.keys(from.requests).length + Object.keys(from.limits).length === 0) return pod;
  const said: string[] = [];
  const complete =
    (what: string) =>
    (container: Container): Container => {
      const [limits, newLimits] = completed(container.resources?.limits, from.limits);
      const [requests, newRequests] = completed(container.resources?.requests, from.requests);
      if (newLimits.length + newRequests.length === 0) return container;
      if (newRequests.length > 0)
        said.push(`${newRequests.join(', ')} request for ${what} ${container.name}`);
      if (newLimits.length > 0) said.push(`${newLimits.join(', ')} limit for ${what} ${container.name}`);
      const filled = (list: Texts): boolean => Object.keys(list).length > 0;
      return {
        ...container,
        resources: {
          ...container.resources,
          ...(filled(limits) ? { limits } : {}),
          ...(filled(requests) ? { requests } : {}),
        },
      } as Container;
    };
  const containers = each(pod.spec.containers, complete('container') as never) as Pod['spec']['containers'];
  const init = pod.spec.initContainers;
  const initContainers = init === undefined ? undefined : each(init, complete('init container') as never);
  if (said.length === 0) return pod;
  const spec = {
    ...pod.spec,
    containers,
    ...(initContainers === undefined ? {} : { initContainers }),
  } as Pod['spec'];
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      annotations: {
        ...pod.metadata.annotations,
        [ANNOTATION]: `LimitRanger plugin set: ${said.join('; ')}`,
      },
    },
    spec,
    status: { ...pod.status, qosClass: qosClass(spec) },
  };
}

/** The namespace's ranges, by name. */
function rangesFor({ view, namespace }: AdmissionRequest): LimitRange[] {
  const ranges = [...view.list('LimitRange', namespace)];
  return ranges.length < 2 ? ranges : ranges.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** Pods when they are made (what they ask for changes by `resize` alone), claims always. */
const isPod = ({ definition, operation, subresource }: AdmissionRequest): boolean =>
  definition.resource === 'pods' && (operation === 'CREATE' ? subresource === '' : subresource === 'resize');
const isClaim = ({ definition, operation, subresource }: AdmissionRequest): boolean =>
  definition.resource === 'persistentvolumeclaims' && operation !== 'DELETE' && subresource === '';

export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  about: ['pods', 'persistentvolumeclaims'],
  mutate: (object, request) => {
    if (!isPod(request) || request.config.planted === 'limits-not-defaulted') return object;
    let pod = object as unknown as Pod;
    for (const range of rangesFor(request)) pod = completedPod(range, pod);
    return pod as unknown as KubeObject;
  },
  validate: (object, request) => {
    const pod = isPod(request);
    if (object === undefined || (!pod && !isClaim(request))) return;
    // What goes away may be written as it is.
    if (request.operation === 'UPDATE' && object.metadata.deletionTimestamp !== undefined) return;
    for (const range of rangesFor(request)) {
      const problem = aggregate(
        pod ? podProblems(range, object as unknown as Pod) : claimProblems(range, object),
      );
      if (problem !== undefined) throw refused(request, problem);
    }
  },
};
