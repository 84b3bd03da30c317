/**
 * The labels by which a pod's siblings are known when it names no spread constraints of its own: the Services
 * that select it and the ReplicaSet or StatefulSet that owns it. Models
 * pkg/scheduler/framework/plugins/helper/spread.go.
 */
import {
  EVERYTHING,
  matches,
  selectorFromLabels,
  selectorOf,
  type Requirement,
  type Selector,
} from '../../api/selector.ts';
import type { Pod } from '../../api/types.ts';
import type { Lookups } from './framework.ts';
import { narrowed } from './podaffinity.ts';

export function defaultSelector(pod: Pod, lookups: Lookups): Selector {
  const namespace = pod.metadata.namespace ?? 'default';
  let labels: Record<string, string> | undefined;
  for (const service of lookups.services(namespace)) {
    const wanted = service.spec.selector as Record<string, string> | undefined;
    if (wanted === undefined || !hasKeys(wanted) || !matches(servicesSelector(wanted), pod.metadata.labels))
      continue;
    labels = { ...labels, ...wanted };
  }
  const selector = labels === undefined ? EVERYTHING : selectorFromLabels(labels);
  const owner = pod.metadata.ownerReferences?.find((o) => o.controller === true);
  if (owner === undefined || !owner.apiVersion.startsWith('apps/')) return selector;
  const controller =
    owner.kind === 'ReplicaSet'
      ? lookups.replicaSet(namespace, owner.name)
      : owner.kind === 'StatefulSet'
        ? lookups.statefulSet(namespace, owner.name)
        : undefined;
  if (controller === undefined) return selector;
  const own = selectorOf(controller.spec.selector);
  if (labels === undefined) return own;
  return own.nothing ? selector : narrowed(selector, own.requirements as Requirement[]);
}

function hasKeys(labels: Readonly<Record<string, string>>): boolean {
  for (const _ in labels) return true;
  return false;
}

const byLabels = new WeakMap<object, Selector>();
function servicesSelector(labels: Record<string, string>): Selector {
  let known = byLabels.get(labels);
  if (known === undefined) byLabels.set(labels, (known = selectorFromLabels(labels)));
  return known;
}
