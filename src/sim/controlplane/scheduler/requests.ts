/**
 * What a pod asks of a node and what a node has to give, as numbers the scheduler reckons with.
 * Models staging/src/k8s.io/component-helpers/resource/helpers.go (PodRequests) and
 * pkg/scheduler/framework/types.go (Resource).
 */
import { withMembers } from '../../kernel/members.ts';
import { milliValue, wholeValue } from '../../api/quantity.ts';
import type { Container, Node, Pod, PodSpec } from '../../api/types.ts';

type ResourceList = Readonly<Record<string, string | number>> | undefined;

/**
 * CPU in thousandths of a core, memory and ephemeral storage in bytes, everything else in whole units by
 * name.
 */
export interface Resource {
  readonly milliCPU: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Extended resources and huge pages, sorted by name; undefined when there are none. */
  readonly scalars: Readonly<Record<string, number>> | undefined;
}

export interface PodRequests {
  readonly requests: Resource;
  /**
   * As `requests`, but a container that names no CPU or memory counts as 100m and 200 MiB: what scoring by
   * least allocation uses.
   */
  readonly nonZeroMilliCPU: number;
  readonly nonZeroMemory: number;
  /** Asks for neither CPU nor memory. */
  readonly bestEffort: boolean;
}

export interface Allocatable extends Resource {
  readonly pods: number;
}

const DEFAULT_MILLI_CPU = 100;
const DEFAULT_MEMORY = 200 * 1024 * 1024;

type Amounts = Map<string, number>;

const valueOf = (name: string, quantity: string | number): number =>
  name === 'cpu' ? milliValue(quantity) : wholeValue(quantity);

function requestsOf(container: Container, nonZero: boolean): Amounts {
  const amounts: Amounts = new Map();
  const requests = container.resources?.requests as ResourceList;
  if (requests !== undefined)
    for (const name of Object.keys(requests)) amounts.set(name, valueOf(name, requests[name]!));
  if (nonZero) {
    if (!amounts.has('cpu')) amounts.set('cpu', DEFAULT_MILLI_CPU);
    if (!amounts.has('memory')) amounts.set('memory', DEFAULT_MEMORY);
  }
  return amounts;
}

function add(into: Amounts, from: Amounts): void {
  for (const [name, value] of from) into.set(name, (into.get(name) ?? 0) + value);
}

function raise(into: Amounts, from: Amounts): void {
  for (const [name, value] of from) if (value > (into.get(name) ?? 0)) into.set(name, value);
}

const list = (resources: ResourceList): Amounts =>
  new Map(Object.keys(resources ?? {}).map((name) => [name, valueOf(name, resources![name]!)]));

/** Pod-level resources cover these; the rest stays the sum of the containers. */
const podLevel = (name: string): boolean =>
  name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');

/**
 * Containers run together, init containers one after the other, sidecars beside all that come after them;
 * overhead comes on top.
 */
function total(spec: PodSpec, nonZero: boolean): Amounts {
  const sum: Amounts = new Map();
  for (const container of spec.containers) add(sum, requestsOf(container, nonZero));
  const sidecars: Amounts = new Map();
  const init: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const own = requestsOf(container as Container, nonZero);
    if (container.restartPolicy === 'Always') {
      add(sum, own);
      add(sidecars, own);
      raise(init, sidecars);
    } else {
      add(own, sidecars);
      raise(init, own);
    }
  }
  raise(sum, init);
  const level = (spec as { resources?: { requests?: ResourceList } }).resources?.requests;
  if (level !== undefined)
    for (const name of Object.keys(level)) if (podLevel(name)) sum.set(name, valueOf(name, level[name]!));
  add(sum, list(spec.overhead as ResourceList));
  return sum;
}

function resourceOf(amounts: Amounts): Resource {
  let scalars: Record<string, number> | undefined;
  for (const name of [...amounts.keys()].sort()) {
    if (name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || name === 'pods') continue;
    scalars ??= {};
    scalars[name] = amounts.get(name)!;
  }
  return {
    milliCPU: amounts.get('cpu') ?? 0,
    memory: amounts.get('memory') ?? 0,
    ephemeralStorage: amounts.get('ephemeral-storage') ?? 0,
    scalars,
  };
}

const bySpec = new WeakMap<PodSpec, PodRequests>();

export function podRequests(pod: Pod): PodRequests {
  let known = bySpec.get(pod.spec);
  if (known === undefined) {
    const requests = resourceOf(total(pod.spec, false));
    const nonZero = total(pod.spec, true);
    known = {
      requests,
      nonZeroMilliCPU: nonZero.get('cpu') ?? 0,
      nonZeroMemory: nonZero.get('memory') ?? 0,
      bestEffort: requests.milliCPU === 0 && requests.memory === 0,
    };
    bySpec.set(pod.spec, known);
  }
  return known;
}

const byStatus = new WeakMap<object, Allocatable>();
const NOTHING: Allocatable = { milliCPU: 0, memory: 0, ephemeralStorage: 0, scalars: undefined, pods: 0 };

export function allocatableOf(node: Node | undefined): Allocatable {
  const allocatable = node?.status.allocatable as ResourceList;
  if (allocatable === undefined) return NOTHING;
  let known = byStatus.get(allocatable);
  if (known === undefined) {
    const amounts = list(allocatable);
    known = withMembers(resourceOf(amounts), { pods: amounts.get('pods') ?? 0 });
    byStatus.set(allocatable, known);
  }
  return known;
}
