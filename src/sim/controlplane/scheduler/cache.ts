/**
 * The scheduler's cache: its nodes, the pods on them, and the pods it has assumed. Models
 * pkg/scheduler/backend/cache/{cache,node_tree}.go. Kept up to date change by change, so that a cycle starts
 * at no cost; plain data without shared references, so that it can be forked.
 */
import { matches, printSelector, type Selector } from '../../api/selector.ts';
import type { Node, Pod } from '../../api/types.ts';
import { hasAffinity, termKey, termsOf, type AffinityTerm } from './podaffinity.ts';
import { allocatableOf } from './requests.ts';
import { addPod, emptyNodeInfo, removePod, type NodeInfo } from './nodeinfo.ts';
import { Cells } from '../../kernel/fork.ts';

/** How many pods that a selector matches, of one namespace, are on each node. */
export interface LabelCount {
  readonly selector: Selector;
  /** All of them, and those that are not being deleted, by node name; nodes with none are absent. */
  readonly all: Map<string, number>;
  readonly live: Map<string, number>;
  /**
   * Topology key to domain ('' for nodes without the key) to `live` ones there, on nodes that exist; made
   * when first asked for.
   */
  readonly domains: Map<string, Map<string, number>>;
}

/** Equal affinity terms of pods that are on nodes. */
export interface TermGroup {
  readonly term: AffinityTerm;
  /** Required anti-affinity refuses; all else only weighs, anti-affinity negatively. */
  readonly forbids: boolean;
  readonly weight: number;
  /** Node name to how many pods there have the term. */
  readonly nodes: Map<string, number>;
}

export interface SchedulerCache {
  /** Existing nodes by name. */
  readonly nodes: Map<string, NodeInfo>;
  /** Zone to the names of its nodes, both in the order in which they came. */
  readonly zones: Map<string, string[]>;
  /** Grows when a node comes, goes or changes its labels: what follows from those is made anew. */
  topology: number;
  /** The last one given to a NodeInfo. */
  generation: number;
  /** Names that pods are bound to though no such Node exists. */
  readonly ghosts: Map<string, NodeInfo>;
  /** Pod uid to the node it is on. */
  readonly placed: Map<string, { node: string; assumed: boolean }>;
  /** Inter-pod affinity terms of the pods that are on nodes; pods of one workload share theirs. */
  readonly terms: Map<string, TermGroup>;
  /** Namespace to selector text to counts, made when first asked for. */
  readonly counts: Map<string, Map<string, LabelCount>>;
  /** Image name to the nodes that have it, with its size in bytes. */
  readonly images: Map<string, Map<string, number>>;
}

export const emptySchedulerCache = (): SchedulerCache => ({
  nodes: new Map(),
  zones: new Map(),
  topology: 0,
  generation: 0,
  ghosts: new Map(),
  placed: new Cells(),
  terms: new Map(),
  counts: new Map(),
  images: new Map(),
});

export const nodeInfoOf = (cache: SchedulerCache, name: string): NodeInfo | undefined =>
  cache.nodes.get(name);

/** Says that the node, or what is on it, is other than before. */
function touch(cache: SchedulerCache, info: NodeInfo): void {
  cache.generation += 1;
  info.generation = cache.generation;
}

// ---- nodes

const zoneOf = (node: Node): string => {
  const labels = node.metadata.labels ?? {};
  const region =
    labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? '';
  const zone =
    labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '';
  return region === '' && zone === '' ? '' : `${region}:\u0000:${zone}`;
};

function enterZone(cache: SchedulerCache, node: Node): void {
  const zone = zoneOf(node);
  const names = cache.zones.get(zone);
  if (names === undefined) cache.zones.set(zone, [node.metadata.name]);
  else names.push(node.metadata.name);
}

function leaveZone(cache: SchedulerCache, node: Node): void {
  const zone = zoneOf(node);
  const names = cache.zones.get(zone)!;
  names.splice(names.indexOf(node.metadata.name), 1);
  if (names.length === 0) cache.zones.delete(zone);
}

function addImages(cache: SchedulerCache, node: Node): void {
  for (const image of node.status.images ?? []) {
    for (const name of image.names ?? []) {
      let nodes = cache.images.get(name);
      if (nodes === undefined) cache.images.set(name, (nodes = new Map()));
      nodes.set(node.metadata.name, image.sizeBytes ?? 0);
    }
  }
}

function dropImages(cache: SchedulerCache, node: Node): void {
  for (const image of node.status.images ?? []) {
    for (const name of image.names ?? []) {
      const nodes = cache.images.get(name);
      nodes?.delete(node.metadata.name);
      if (nodes?.size === 0) cache.images.delete(name);
    }
  }
}

/** Takes in a new or changed Node. */
export function setNode(cache: SchedulerCache, node: Node): NodeInfo {
  const { name } = node.metadata;
  const known = nodeInfoOf(cache, name);
  if (known !== undefined) {
    const old = known.node!;
    if (old.status.images !== node.status.images) {
      dropImages(cache, old);
      addImages(cache, node);
    }
    if (old.metadata.labels !== node.metadata.labels) changeTopology(cache);
    known.node = node;
    known.allocatable = allocatableOf(node);
    touch(cache, known);
    if (zoneOf(old) !== zoneOf(node)) {
      leaveZone(cache, old);
      enterZone(cache, node);
    }
    return known;
  }
  changeTopology(cache);
  const info = cache.ghosts.get(name) ?? emptyNodeInfo(name);
  cache.ghosts.delete(name);
  info.node = node;
  info.allocatable = allocatableOf(node);
  addImages(cache, node);
  touch(cache, info);
  cache.nodes.set(name, info);
  enterZone(cache, node);
  return info;
}

export function dropNode(cache: SchedulerCache, name: string): void {
  const info = nodeInfoOf(cache, name);
  if (info === undefined) return;
  changeTopology(cache);
  dropImages(cache, info.node!);
  leaveZone(cache, info.node!);
  cache.nodes.delete(name);
  info.node = undefined;
  info.allocatable = allocatableOf(undefined);
  if (info.pods.size > 0) cache.ghosts.set(name, info);
}

// ---- pods

function bump(map: Map<string, number>, node: string, by: number): void {
  const value = (map.get(node) ?? 0) + by;
  if (value === 0) map.delete(node);
  else map.set(node, value);
}

function count(cache: SchedulerCache, pod: Pod, node: string, by: 1 | -1): void {
  const counts = cache.counts.get(pod.metadata.namespace ?? 'default');
  if (counts === undefined) return;
  const { labels, deletionTimestamp } = pod.metadata;
  for (const entry of counts.values()) {
    if (!matches(entry.selector, labels)) continue;
    bump(entry.all, node, by);
    if (deletionTimestamp !== undefined) continue;
    bump(entry.live, node, by);
    if (entry.domains.size === 0) continue;
    const topology = nodeInfoOf(cache, node)?.node?.metadata.labels;
    if (cache.nodes.has(node)) for (const [key, sums] of entry.domains) bump(sums, topology?.[key] ?? '', by);
  }
}

/** What a required affinity of a pod that is there weighs for others it selects. */
const HARD_AFFINITY_WEIGHT = 1;

function countTerm(
  cache: SchedulerCache,
  term: AffinityTerm,
  forbids: boolean,
  weight: number,
  node: string,
  by: 1 | -1,
): void {
  const key = `${forbids ? '!' : ''}${weight}|${termKey(term)}`;
  let group = cache.terms.get(key);
  if (group === undefined) cache.terms.set(key, (group = { term, forbids, weight, nodes: new Map() }));
  bump(group.nodes, node, by);
  if (group.nodes.size === 0) cache.terms.delete(key);
}

function countTerms(cache: SchedulerCache, pod: Pod, node: string, by: 1 | -1): void {
  if (!hasAffinity(pod)) return;
  const { affinity, antiAffinity, preferred, preferredAnti } = termsOf(pod);
  for (const t of antiAffinity) countTerm(cache, t, true, 0, node, by);
  for (const t of affinity) countTerm(cache, t, false, HARD_AFFINITY_WEIGHT, node, by);
  for (const t of preferred) countTerm(cache, t, false, t.weight, node, by);
  for (const t of preferredAnti) countTerm(cache, t, false, -t.weight, node, by);
}

function place(cache: SchedulerCache, pod: Pod, node: string, assumed: boolean): void {
  let info = nodeInfoOf(cache, node) ?? cache.ghosts.get(node);
  if (info === undefined) cache.ghosts.set(node, (info = emptyNodeInfo(node)));
  addPod(info, pod);
  touch(cache, info);
  cache.placed.set(pod.metadata.uid, { node, assumed });
  countTerms(cache, pod, node, 1);
  count(cache, pod, node, 1);
}

/** Takes the pod off its node; nothing when it is on none. */
export function dropPod(cache: SchedulerCache, uid: string): void {
  const where = cache.placed.get(uid);
  if (where === undefined) return;
  cache.placed.delete(uid);
  const info = nodeInfoOf(cache, where.node) ?? cache.ghosts.get(where.node);
  const pod = info === undefined ? undefined : removePod(info, uid);
  if (info === undefined || pod === undefined) return;
  touch(cache, info);
  countTerms(cache, pod, where.node, -1);
  count(cache, pod, where.node, -1);
  if (info.node === undefined && info.pods.size === 0) cache.ghosts.delete(where.node);
}

/** Counts the pod on the node from now on, before the binding is known to have succeeded. */
export function assumePod(cache: SchedulerCache, pod: Pod, node: string): void {
  dropPod(cache, pod.metadata.uid);
  place(cache, pod, node, true);
}

/** Takes in a bound pod, new or changed; confirms one that was assumed. */
export function setPod(cache: SchedulerCache, pod: Pod): void {
  const { uid } = pod.metadata;
  const node = pod.spec.nodeName!;
  const where = cache.placed.get(uid);
  if (where !== undefined && where.node === node) {
    const info = nodeInfoOf(cache, node) ?? cache.ghosts.get(node)!;
    const old = info.pods.get(uid)!;
    where.assumed = false;
    if (
      old.metadata.labels === pod.metadata.labels &&
      old.metadata.deletionTimestamp === pod.metadata.deletionTimestamp &&
      sameNeeds(old, pod)
    ) {
      info.pods.set(uid, pod);
      return;
    }
  }
  dropPod(cache, uid);
  place(cache, pod, node, false);
}

/** Same resources, ports and affinity, told by identity: status updates share their spec. */
const sameNeeds = (a: Pod, b: Pod): boolean =>
  a.spec === b.spec ||
  (a.spec.containers === b.spec.containers &&
    a.spec.initContainers === b.spec.initContainers &&
    a.spec.affinity === b.spec.affinity);

export const isAssumed = (cache: SchedulerCache, uid: string): boolean =>
  cache.placed.get(uid)?.assumed === true;

// ---- counts

/**
 * Beyond this many selectors a namespace's oldest is dropped; counting again costs one walk over the pods.
 */
const MAX_SELECTORS = 2_000;

/** Pods of the namespace that the selector matches, per node; kept current from then on. */
export function labelCount(cache: SchedulerCache, namespace: string, selector: Selector): LabelCount {
  let counts = cache.counts.get(namespace);
  if (counts === undefined) cache.counts.set(namespace, (counts = new Map()));
  const key = selector.nothing ? '\u0000' : printSelector(selector);
  let entry = counts.get(key);
  if (entry === undefined) {
    if (counts.size >= MAX_SELECTORS) counts.delete(counts.keys().next().value!);
    entry = { selector, all: new Map(), live: new Map(), domains: new Map() };
    counts.set(key, entry);
    for (const infos of [cache.nodes, cache.ghosts]) {
      for (const info of infos.values()) {
        for (const pod of info.pods.values()) {
          if (pod.metadata.namespace !== namespace || !matches(selector, pod.metadata.labels)) continue;
          bump(entry.all, info.name, 1);
          if (pod.metadata.deletionTimestamp === undefined) bump(entry.live, info.name, 1);
        }
      }
    }
  }
  return entry;
}

/** Where nodes come, go or change their labels, their order and sums by domain are made anew. */
function changeTopology(cache: SchedulerCache): void {
  cache.topology += 1;
  for (const counts of cache.counts.values()) for (const entry of counts.values()) entry.domains.clear();
}

/** Pods not being deleted of a count, by domain of a topology key. */
export function domainCount(
  cache: SchedulerCache,
  entry: LabelCount,
  topologyKey: string,
): ReadonlyMap<string, number> {
  let sums = entry.domains.get(topologyKey);
  if (sums === undefined) {
    entry.domains.set(topologyKey, (sums = new Map()));
    for (const [name, n] of entry.live) {
      const node = nodeInfoOf(cache, name)?.node;
      if (node !== undefined) bump(sums, node.metadata.labels?.[topologyKey] ?? '', n);
    }
  }
  return sums;
}
