/**
 * Two layers that look like one: what was changed, over what was there from the beginning and never changes.
 */
import { DIRECTORY, type FileNode, type FileTree, isBelow, nameOf, parentOf } from './tree.ts';

/** A tree that is made once and never changes, with the names in each directory. */
export interface BaseTree {
  readonly nodes: ReadonlyMap<string, FileNode>;
  /** Sorted. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

export interface Layer {
  readonly own: FileTree;
  readonly base: BaseTree;
}

/** A base tree of nodes by path; the directories above them are added. */
export function baseTree(entries: Iterable<readonly [string, FileNode]>): BaseTree {
  const nodes = new Map<string, FileNode>([['/', DIRECTORY]]);
  const names = new Map<string, string[]>();
  const add = (path: string, node: FileNode): void => {
    const known = nodes.has(path);
    nodes.set(path, node);
    if (known) return;
    const parent = parentOf(path);
    if (!nodes.has(parent)) add(parent, DIRECTORY);
    const siblings = names.get(parent);
    if (siblings === undefined) names.set(parent, [nameOf(path)]);
    else siblings.push(nameOf(path));
  };
  for (const [path, node] of entries) add(path, node);
  for (const siblings of names.values()) siblings.sort();
  return { nodes, names };
}

export const NO_BASE: BaseTree = baseTree([]);

/** Whether something above a path was taken away or replaced, so that the base's is not to be seen. */
function isHidden(own: FileTree, path: string): boolean {
  for (let at = path; at !== '/'; at = parentOf(at)) {
    const node = own.get(at);
    if (node !== undefined && node?.kind !== 'directory') return true;
  }
  return false;
}

/** The node at a path of which no part is a link; undefined: there is none. */
export function nodeIn({ own, base }: Layer, path: string): FileNode | undefined {
  if (own.size === 0) return base.nodes.get(path);
  const changed = own.get(path);
  if (changed !== undefined) return changed ?? undefined;
  const node = base.nodes.get(path);
  return node === undefined || isHidden(own, path) ? undefined : node;
}

/** Names in a directory, sorted. */
export function namesIn({ own, base }: Layer, directory: string): readonly string[] {
  const below = base.names.get(directory) ?? [];
  if (own.size === 0) return below;
  const names = new Set(isHidden(own, directory) ? [] : below);
  for (const [path, node] of own) {
    if (path === '/' || parentOf(path) !== directory) continue;
    if (node === null) names.delete(nameOf(path));
    else names.add(nameOf(path));
  }
  return [...names].sort();
}

/** Paths below a directory, at every depth, sorted: a directory before what is in it. */
export function pathsIn(layer: Layer, directory: string): string[] {
  return namesIn(layer, directory).flatMap((name) => {
    const path = directory === '/' ? `/${name}` : `${directory}/${name}`;
    return nodeIn(layer, path)?.kind === 'directory' ? [path, ...pathsIn(layer, path)] : [path];
  });
}

/** Takes a path away with all below it; what the base has there stays hidden, whatever is put there later. */
export function eraseIn({ own, base }: Layer, path: string): void {
  for (const known of [...own.keys()]) if (known === path || isBelow(path, known)) own.delete(known);
  for (const known of base.nodes.keys()) if (known === path || isBelow(path, known)) own.set(known, null);
}
