/**
 * What a pod asks for in all. Source: staging/src/k8s.io/component-helpers/resource/helpers.go
 * (`PodRequests`, `PodLimits`).
 */
import { addQuantities, asQuantity, compareQuantities } from '../../sim/api/quantity.ts';
import type { Quantity } from '../../sim/api/quantity.ts';
import type { Container, Pod } from '../../sim/api/types.ts';

type Amounts = Map<string, Quantity>;

function add(into: Amounts, from: ReadonlyMap<string, Quantity>): void {
  for (const [name, q] of from) into.set(name, into.has(name) ? addQuantities(into.get(name)!, q) : q);
}

function raise(into: Amounts, to: ReadonlyMap<string, Quantity>): void {
  for (const [name, q] of to)
    if (!into.has(name) || compareQuantities(q, into.get(name)!) > 0) into.set(name, q);
}

function totalOf(pod: Pod, which: 'requests' | 'limits'): Amounts {
  const of = (c: Container): Amounts =>
    new Map(Object.entries(c.resources?.[which] ?? {}).map(([name, q]) => [name, asQuantity(q as string)]));
  const total: Amounts = new Map();
  for (const c of pod.spec.containers) add(total, of(c));
  // Init containers run one after the other, beside the sidecars that started before them.
  const sidecars: Amounts = new Map();
  const init: Amounts = new Map();
  for (const c of pod.spec.initContainers ?? []) {
    if (c.restartPolicy === 'Always') {
      add(total, of(c));
      add(sidecars, of(c));
      raise(init, sidecars);
    } else {
      const peak = of(c);
      add(peak, sidecars);
      raise(init, peak);
    }
  }
  raise(total, init);
  const overhead: Amounts = new Map(
    Object.entries(pod.spec.overhead ?? {}).map(([name, q]) => [name, asQuantity(q as string)]),
  );
  if (which === 'requests') add(total, overhead);
  else
    for (const [name, q] of overhead)
      if (total.has(name)) total.set(name, addQuantities(total.get(name)!, q));
  return total;
}

export const podTotals = (pod: Pod): { requests: Amounts; limits: Amounts } => ({
  requests: totalOf(pod, 'requests'),
  limits: totalOf(pod, 'limits'),
});
