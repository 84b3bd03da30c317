/**
 * What the scheduler owes a Pod that it binds: the node fits its selectors, taints, affinities and spread, as
 * all of them stand.
 */
import { matches, selectorOf } from '../sim/api/selector.ts';
import type { LabelSelector, Node, Pod } from '../sim/api/types.ts';
import { matchesRequiredNodeAffinity } from '../sim/api/nodeselector.ts';
import { untoleratedTaint } from '../sim/api/tolerations.ts';
import { changeOf, defineInvariant, named, told } from './define.ts';
import type { Message } from '../sim/kernel/types.ts';
import { hasEnded, isTerminating } from './pods.ts';
import type { InvariantView, Violation } from './types.ts';

interface Term {
  readonly labelSelector?: LabelSelector;
  readonly topologyKey: string;
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: object;
}
type Spread = NonNullable<Pod['spec']['topologySpreadConstraints']>[number];

const requiredAnti = (pod: Pod): readonly Term[] =>
  (pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ??
    []) as unknown as readonly Term[];
const meets = (term: Term, owner: Pod, other: Pod): boolean =>
  (term.namespaces ?? [owner.metadata.namespace]).includes(other.metadata.namespace!) &&
  matches(selectorOf(term.labelSelector), other.metadata.labels ?? {});

/** A Pod that was bound just now, and its node; undefined for any other entry. */
function boundBy(
  entry: Parameters<NonNullable<typeof placed.observe>>[0],
  view: InvariantView,
): { pod: Pod; node: Node } | undefined {
  const change = changeOf(entry, 'Pod');
  const name =
    change !== undefined && !change.before?.spec.nodeName ? change.after?.spec.nodeName : undefined;
  const node = !name || entry.by !== 'kube-scheduler' ? undefined : view.find('Node', '', name);
  return node === undefined ? undefined : { pod: change!.after!, node };
}

/** So long after a change of a node the scheduler may not yet know of it. */
const LAG_MS = 60_000;
const NODE_TAINTS = 'node.kubernetes.io/';

export const placed = defineInvariant<{ changedAt: Map<string, number> }>({
  name: 'placement-fits',
  asks: 'api',
  about:
    'A Pod is bound to a node that has the labels of its nodeSelector, no taint of effect NoSchedule or ' +
    'NoExecute that it does not tolerate, and is not cordoned.',
  why: 'nodes are set apart for a reason',
  fails:
    'A Pod was bound to a node that does not want it, and whose labels and taints had not changed for a ' +
    'minute.',
  init: () => ({ changedAt: new Map() }),
  observe(entry, state, view): Violation | undefined {
    const changed = changeOf(entry, 'Node');
    if (
      changed?.after !== undefined &&
      (changed.before === undefined ||
        changed.before.spec !== changed.after.spec ||
        changed.before.metadata.labels !== changed.after.metadata.labels)
    ) {
      if (
        JSON.stringify([changed.before?.spec, changed.before?.metadata.labels]) !==
        JSON.stringify([changed.after.spec, changed.after.metadata.labels])
      )
        state.changedAt.set(changed.name, entry.at);
      return undefined;
    }
    const bound = boundBy(entry, view);
    if (
      bound === undefined ||
      entry.at - (state.changedAt.get(bound.node.metadata.name) ?? Number.NEGATIVE_INFINITY) < LAG_MS
    )
      return undefined;
    const { pod, node } = bound;
    const bond = { pod: named(pod), node: node.metadata.name };
    const broken = (message: Message): Violation => ({ message, objects: [pod, node], entry: entry.id });
    for (const [key, value] of Object.entries(pod.spec.nodeSelector ?? {}))
      if (node.metadata.labels?.[key] !== value)
        return broken(told('brokenPlacedLabel', { ...bond, label: `${key}=${value}` }));
    const tolerated = (t: { key: string; value?: string; effect: string }): boolean =>
      (pod.spec.tolerations ?? []).some(
        (o) =>
          (!o.effect || o.effect === t.effect) &&
          (o.key === undefined || o.key === '' ? o.operator === 'Exists' : o.key === t.key) &&
          (o.operator === 'Exists' || (o.value ?? '') === (t.value ?? '')),
      );
    for (const taint of node.spec.taints ?? []) {
      if (taint.effect === 'PreferNoSchedule' || tolerated(taint as never)) continue;
      const value = taint.key.startsWith(NODE_TAINTS) ? '' : `=${taint.value ?? ''}`;
      return broken(told('brokenPlacedTaint', { ...bond, taint: `${taint.key}${value}:${taint.effect}` }));
    }
    return undefined;
  },
});

export const antiAffinityHeld = defineInvariant<null>({
  name: 'anti-affinity-held',
  asks: 'api',
  about:
    'No Pod is bound to a node, zone or other domain where a Pod is that either of them must not be with.',
  why: 'one failure must not take both',
  fails:
    'A required anti-affinity was broken by a binding. Pods that are being deleted count: they still run.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    const bound = boundBy(entry, view);
    if (bound === undefined) return undefined;
    const { pod, node } = bound;
    const own = requiredAnti(pod);
    for (const other of view.list('Pod')) {
      if (other.metadata.uid === pod.metadata.uid || !other.spec.nodeName || hasEnded(other)) continue;
      const there = view.find('Node', '', other.spec.nodeName);
      const together = (key: string): boolean =>
        there?.metadata.labels?.[key] !== undefined &&
        there.metadata.labels[key] === node.metadata.labels?.[key];
      const broken =
        own.find((t) => meets(t, pod, other) && together(t.topologyKey)) ??
        requiredAnti(other).find((t) => meets(t, other, pod) && together(t.topologyKey));
      if (broken === undefined) continue;
      return {
        message: told('brokenAntiAffinity', {
          pod: named(pod),
          other: other.metadata.name,
          key: broken.topologyKey,
        }),
        objects: [pod, other, node],
        entry: entry.id,
      };
    }
    return undefined;
  },
});

/**
 * Whether a node is of a domain that the constraint counts: it has the keys of all the Pod's hard
 * constraints, and fits the Pod as far as the constraint's node inclusion policies ask.
 */
function isCounted(constraint: Spread, keys: readonly string[], pod: Pod, node: Node): boolean {
  if (keys.some((key) => node.metadata.labels?.[key] === undefined)) return false;
  if ((constraint.nodeAffinityPolicy ?? 'Honor') === 'Honor' && !matchesRequiredNodeAffinity(pod, node))
    return false;
  return (
    constraint.nodeTaintsPolicy !== 'Honor' ||
    untoleratedTaint(node.spec.taints, pod.spec.tolerations) === undefined
  );
}

/** Pods that the scheduler counts. */
const counts = (pod: Pod): boolean => !!pod.spec.nodeName && !isTerminating(pod) && !hasEnded(pod);

export const spreadHeld = defineInvariant<{ changedAt: number }>({
  name: 'topology-spread-held',
  asks: 'api',
  about:
    'A Pod with a spread constraint that forbids scheduling is bound where the skew stays within maxSkew, ' +
    'among the domains that the constraint counts.',
  why: 'replicas of one zone fail together',
  fails:
    'A binding made the skew larger than maxSkew, and neither a node nor a Pod of the constraint had gone ' +
    'within the last minute.',
  init: () => ({ changedAt: Number.NEGATIVE_INFINITY }),
  observe(entry, state, view): Violation | undefined {
    const node = changeOf(entry, 'Node');
    if (
      node !== undefined &&
      (node.before === undefined ||
        node.after === undefined ||
        JSON.stringify([node.before.spec, node.before.metadata.labels]) !==
          JSON.stringify([node.after.spec, node.after.metadata.labels]))
    )
      state.changedAt = entry.at;
    const gone = changeOf(entry, 'Pod');
    if (
      gone?.before !== undefined &&
      counts(gone.before) &&
      (gone.after === undefined || !counts(gone.after))
    )
      state.changedAt = entry.at;
    const bound = boundBy(entry, view);
    if (bound === undefined || entry.at - state.changedAt < LAG_MS) return undefined;
    const { pod, node: chosen } = bound;
    const hard = ((pod.spec.topologySpreadConstraints ?? []) as readonly Spread[]).filter(
      (c) => c.whenUnsatisfiable === 'DoNotSchedule',
    );
    const keys = hard.map((c) => c.topologyKey);
    for (const c of hard) {
      const domain = chosen.metadata.labels?.[c.topologyKey];
      if (domain === undefined || c.matchLabelKeys !== undefined || c.minDomains !== undefined) continue;
      const found = new Map<string, number>();
      for (const n of view.list('Node')) {
        if (!isCounted(c, keys, pod, n)) continue;
        const d = n.metadata.labels![c.topologyKey]!;
        found.set(d, found.get(d) ?? 0);
      }
      const selector = selectorOf(c.labelSelector as LabelSelector | undefined);
      for (const other of view.list('Pod')) {
        if (
          !counts(other) ||
          other.metadata.namespace !== pod.metadata.namespace ||
          !matches(selector, other.metadata.labels ?? {})
        )
          continue;
        const there = view.find('Node', '', other.spec.nodeName!);
        if (there === undefined || !isCounted(c, keys, pod, there)) continue;
        const d = there.metadata.labels![c.topologyKey]!;
        found.set(d, (found.get(d) ?? 0) + 1);
      }
      const skew = (found.get(domain) ?? 0) - Math.min(...found.values());
      if (skew > c.maxSkew)
        return {
          message: told('brokenSpread', {
            pod: named(pod),
            key: c.topologyKey,
            domain,
            skew,
            allowed: c.maxSkew,
          }),
          objects: [pod, chosen],
          entry: entry.id,
        };
    }
    return undefined;
  },
});
