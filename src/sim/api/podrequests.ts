/**
 * What a Pod asks for as a whole: containers together, or the largest moment of its start, whichever is more.
 * Models staging/src/k8s.io/component-helpers/resource/helpers.go.
 */
import { addQuantities, asQuantity, compareQuantities, formatQuantity, type Quantity } from './quantity.ts';
import type { Container, Pod, PodSpec } from './types.ts';

export type QuantityList = Map<string, Quantity>;
type Side = 'requests' | 'limits';

const listOf = (
  container: { resources?: { requests?: object; limits?: object } },
  side: Side,
): [string, Quantity][] =>
  Object.entries((container.resources?.[side] ?? {}) as Record<string, string | number>).map(([name, q]) => [
    name,
    asQuantity(q),
  ]);

export function addTo(sum: QuantityList, entries: Iterable<[string, Quantity]>): void {
  for (const [name, q] of entries) {
    const before = sum.get(name);
    sum.set(name, before === undefined ? q : addQuantities(before, q));
  }
}

function raise(sum: QuantityList, entries: Iterable<[string, Quantity]>): void {
  for (const [name, q] of entries) {
    const before = sum.get(name);
    if (before === undefined || compareQuantities(q, before) > 0) sum.set(name, q);
  }
}

export function podResources(spec: PodSpec, side: Side): QuantityList {
  const total: QuantityList = new Map();
  for (const container of spec.containers) addTo(total, listOf(container, side));
  const sidecars: QuantityList = new Map();
  const start: QuantityList = new Map();
  for (const init of (spec.initContainers ?? []) as Container[]) {
    const own = listOf(init, side);
    if (init.restartPolicy === 'Always') {
      addTo(total, own);
      addTo(sidecars, own);
      raise(start, sidecars);
    } else {
      const moment: QuantityList = new Map(own);
      addTo(moment, sidecars);
      raise(start, moment);
    }
  }
  raise(total, start);
  for (const [name, q] of listOf({ resources: spec.resources }, side)) total.set(name, q);
  const overhead = Object.entries((spec.overhead ?? {}) as Record<string, string | number>).map(
    ([n, q]): [string, Quantity] => [n, asQuantity(q)],
  );
  addTo(total, side === 'requests' ? overhead : overhead.filter(([name]) => total.has(name)));
  return total;
}

interface Given {
  readonly requests?: object;
  readonly limits?: object;
}
interface ContainerGiven {
  readonly name: string;
  readonly resources?: Given;
  readonly allocatedResources?: object;
}

/** The containers, each with as much as it asks for, was granted or still has, whichever is the most. */
function withGiven<C extends Container>(
  containers: readonly C[],
  statuses: readonly ContainerGiven[],
  infeasible: boolean,
): C[] {
  return containers.map((container) => {
    const status = statuses.find(({ name }) => name === container.name);
    if (status === undefined) return container;
    const most = (side: Side): object => {
      const held: QuantityList = new Map(infeasible ? [] : listOf(container, side));
      raise(held, listOf(status, side));
      if (side === 'requests' && status.allocatedResources !== undefined)
        raise(held, listOf({ resources: { requests: status.allocatedResources } }, side));
      return Object.fromEntries([...held].map(([name, q]) => [name, formatQuantity(q)]));
    };
    const resources = { requests: most('requests'), limits: most('limits') };
    return { ...container, resources } as C;
  });
}

/**
 * What a Pod holds that is being resized: more than it asks for while it is made smaller. Models
 * determineContainerReqs and determineContainerLimits of the helpers (`UseStatusResources`).
 */
export function podHolds(pod: Pod, side: Side): QuantityList {
  const { spec, status } = pod;
  const statuses = (status?.containerStatuses ?? []) as readonly ContainerGiven[];
  if (!statuses.some(({ resources, allocatedResources }) => resources ?? allocatedResources))
    return podResources(spec, side);
  const infeasible = (status.conditions ?? []).some(
    ({ type, reason }) => type === 'PodResizePending' && reason === 'Infeasible',
  );
  return podResources({ ...spec, containers: withGiven(spec.containers, statuses, infeasible) }, side);
}
