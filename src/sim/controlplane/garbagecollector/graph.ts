/**
 * Who owns whom: the dependency graph of all objects, kept up to date by watch events.
 * Models pkg/controller/garbagecollector/graph_builder.go and graph.go. Plain data: nodes refer to each other
 * by uid.
 */
import { Cells } from '../../kernel/fork.ts';
import type { ResourceRegistry } from '../../api/resources/registry.ts';
import type { KubeObject, OwnerReference } from '../../api/types.ts';

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';
const ABSENT_OWNERS_KEPT = 500;

export interface GraphNode {
  readonly uid: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  owners: readonly OwnerReference[];
  /** Uids; undefined for none. */
  dependents: Set<string> | undefined;
  /** Waits for its dependents' deletion (foreground). */
  deletingDependents: boolean;
  beingDeleted: boolean;
  /** False for an owner that is only known from references to it. */
  observed: boolean;
}

export interface OwnerGraph {
  readonly nodes: Map<string, GraphNode>;
  /** Owners known not to exist, by coordinates; the oldest are forgotten. */
  readonly absent: Set<string>;
}

export const emptyGraph = (): OwnerGraph => ({ nodes: new Cells(), absent: new Set() });

/** What a change of the graph calls for. */
export interface GraphWork {
  /** Uids to look at: is it to be deleted? */
  readonly attemptToDelete: string[];
  readonly attemptToOrphan: string[];
  /** A dependent's reference to an owner of another namespace. */
  readonly invalidNamespace: { dependent: GraphNode; owner: OwnerReference }[];
}

const NO_OWNERS: readonly OwnerReference[] = [];

export const coordinates = (
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  uid: string,
): string => `${apiVersion}/${kind}/${namespace}/${name}/${uid}`;

export function rememberAbsent(graph: OwnerGraph, key: string): void {
  graph.absent.delete(key);
  graph.absent.add(key);
  if (graph.absent.size > ABSENT_OWNERS_KEPT)
    for (const oldest of graph.absent) {
      graph.absent.delete(oldest);
      break;
    }
}

const isDeleting = (o: KubeObject): boolean => o.metadata.deletionTimestamp !== undefined;
const hasFinalizer = (o: KubeObject, name: string): boolean => o.metadata.finalizers?.includes(name) ?? false;

function startsWith(finalizer: string, object: KubeObject, old: KubeObject | undefined): boolean {
  if (!isDeleting(object) || !hasFinalizer(object, finalizer)) return false;
  return old === undefined || !isDeleting(old) || !hasFinalizer(old, finalizer);
}

function sameOwners(a: readonly OwnerReference[], b: readonly OwnerReference[]): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((o, i) => {
      const p = b[i]!;
      return (
        o.uid === p.uid &&
        o.name === p.name &&
        o.kind === p.kind &&
        o.apiVersion === p.apiVersion &&
        o.blockOwnerDeletion === p.blockOwnerDeletion
      );
    })
  );
}

/** Whether an owner's coordinates are those that a reference gives. */
const agrees = (ref: OwnerReference, node: GraphNode): boolean =>
  ref.name === node.name && ref.kind === node.kind && ref.apiVersion === node.apiVersion;

function link(
  graph: OwnerGraph,
  node: GraphNode,
  owners: readonly OwnerReference[],
  resources: ResourceRegistry,
  work: GraphWork,
): void {
  let doubtful = false;
  for (const ref of owners) {
    let owner = graph.nodes.get(ref.uid);
    if (owner === undefined) {
      const info = resources.ofGroup(ref.apiVersion, ref.kind);
      owner = {
        uid: ref.uid,
        apiVersion: ref.apiVersion,
        kind: ref.kind,
        namespace: info?.namespaced === false ? '' : node.namespace,
        name: ref.name,
        owners: NO_OWNERS,
        dependents: undefined,
        deletingDependents: false,
        beingDeleted: false,
        observed: false,
      };
      graph.nodes.set(ref.uid, owner);
      // Nobody has seen this owner: find out whether it exists.
      work.attemptToDelete.push(ref.uid);
    } else if (owner.namespace !== '' && owner.namespace !== node.namespace) {
      if (owner.observed) work.invalidNamespace.push({ dependent: node, owner: ref });
      doubtful = true;
    } else if (!agrees(ref, owner)) {
      doubtful = true;
    }
    if (owner.dependents === undefined) owner.dependents = new Set([node.uid]);
    else owner.dependents.add(node.uid);
  }
  if (doubtful) work.attemptToDelete.push(node.uid);
}

function unlink(graph: OwnerGraph, uid: string, owners: readonly OwnerReference[]): void {
  for (const ref of owners) {
    const owner = graph.nodes.get(ref.uid);
    owner?.dependents?.delete(uid);
    if (owner?.dependents?.size === 0) owner.dependents = undefined;
  }
}

function transitions(
  node: GraphNode,
  object: KubeObject,
  old: KubeObject | undefined,
  work: GraphWork,
): void {
  if (startsWith(ORPHAN, object, old)) {
    work.attemptToOrphan.push(node.uid);
    return;
  }
  if (!startsWith(FOREGROUND, object, old)) return;
  node.deletingDependents = true;
  work.attemptToDelete.push(...(node.dependents ?? []), node.uid);
}

/** Takes in that an object was added or changed. */
export function graphUpsert(
  graph: OwnerGraph,
  object: KubeObject,
  old: KubeObject | undefined,
  resources: ResourceRegistry,
  work: GraphWork,
): void {
  const { uid, name, namespace = '', ownerReferences: owners = NO_OWNERS } = object.metadata;
  const known = graph.nodes.get(uid);
  if (known === undefined) {
    const node: GraphNode = {
      uid,
      apiVersion: object.apiVersion,
      kind: object.kind,
      namespace,
      name,
      owners,
      dependents: undefined,
      deletingDependents: isDeleting(object) && hasFinalizer(object, FOREGROUND),
      beingDeleted: isDeleting(object),
      observed: true,
    };
    graph.nodes.set(uid, node);
    link(graph, node, owners, resources, work);
    transitions(node, object, old, work);
    return;
  }
  let node = known;
  if (!known.observed) {
    node = { ...known, apiVersion: object.apiVersion, kind: object.kind, namespace, name, observed: true };
    graph.nodes.set(uid, node);
    for (const id of known.dependents ?? []) {
      const dependent = graph.nodes.get(id);
      const ref = dependent?.owners.find((o) => o.uid === uid);
      if (dependent === undefined || ref === undefined) continue;
      const elsewhere = namespace !== '' && dependent.namespace !== namespace;
      if (elsewhere) work.invalidNamespace.push({ dependent, owner: ref });
      if (elsewhere || !agrees(ref, node)) work.attemptToDelete.push(id);
    }
  }
  if (!sameOwners(node.owners, owners)) {
    const before = new Map(node.owners.map((o) => [o.uid, o]));
    const after = new Map(owners.map((o) => [o.uid, o]));
    // An owner that waited for this dependent may wait no longer.
    for (const ref of node.owners) {
      if (
        ref.blockOwnerDeletion === true &&
        after.get(ref.uid)?.blockOwnerDeletion !== true &&
        graph.nodes.has(ref.uid)
      )
        work.attemptToDelete.push(ref.uid);
    }
    const removed = node.owners.filter((o) => !after.has(o.uid));
    node.owners = owners;
    link(
      graph,
      node,
      owners.filter((o) => !before.has(o.uid)),
      resources,
      work,
    );
    unlink(graph, uid, removed);
  }
  if (isDeleting(object)) node.beingDeleted = true;
  transitions(node, object, old, work);
}

/** Takes in that an object is gone. */
export function graphDelete(graph: OwnerGraph, uid: string, work: GraphWork): void {
  const node = graph.nodes.get(uid);
  if (node === undefined) return;
  graph.nodes.delete(uid);
  unlink(graph, uid, node.owners);
  if (node.dependents !== undefined) {
    rememberAbsent(graph, coordinates(node.apiVersion, node.kind, node.namespace, node.name, uid));
    work.attemptToDelete.push(...node.dependents);
  }
  for (const ref of node.owners)
    if (graph.nodes.get(ref.uid)?.deletingDependents === true) work.attemptToDelete.push(ref.uid);
}

/** The dependents whose references hold up their owner's deletion. */
export function blockingDependents(graph: OwnerGraph, node: GraphNode): GraphNode[] {
  const found: GraphNode[] = [];
  for (const uid of node.dependents ?? []) {
    const dependent = graph.nodes.get(uid);
    if (dependent?.owners.some((o) => o.uid === node.uid && o.blockOwnerDeletion === true))
      found.push(dependent);
  }
  return found;
}
