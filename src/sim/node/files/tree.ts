/** Trees of files as plain data: what a container has written, what a volume or a disk holds. */
import { bytesOfText } from './bytetext.ts';

/** Numbers of a user and a group. */
export type Owner = readonly [user: number, group: number];

/** Of what nobody says whose it is. */
const ROOT: Owner = [0, 0];

/** A file, a directory or a symbolic link; `mode` holds the permission bits alone, as in `0o644`. */
export type FileNode =
  | {
      readonly kind: 'file';
      readonly content: string;
      readonly mode: number;
      /** Bytes, where there are more than the content's: what fills a disk is counted, not kept. */
      readonly bytes?: number;
      readonly owner?: Owner;
      /** Its content is what a token says: who reads the file reads that signed. */
      readonly unsigned?: true;
    }
  | { readonly kind: 'directory'; readonly mode: number; readonly owner?: Owner }
  | { readonly kind: 'link'; readonly to: string };

/**
 * Absolute path to node; null hides what lies below it in a lower layer. Directories stand in it as well as
 * what is in them, but for `/`.
 */
export type FileTree = Map<string, FileNode | null>;

export const ownerOf = (node: FileNode): Owner => (node.kind === 'link' ? undefined : node.owner) ?? ROOT;

export const DIRECTORY: FileNode = { kind: 'directory', mode: 0o755 };
/** Everybody writes, and removes what is theirs: `/tmp`. */
export const SHARED_DIRECTORY: FileNode = { kind: 'directory', mode: 0o1777 };

export const fileOf = (content: string, mode = 0o644): FileNode => ({ kind: 'file', content, mode });

/** An absolute path without `.`, `..`, double slashes or a slash at its end; relative ones count from `/`. */
export function normalized(path: string): string {
  if (!/\/\.{0,2}(?:\/|$)|^[^/]/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** `/a` of `/a/b`; `/` of `/a`. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `/a/b` of `/a` and `b`. */
export const below = (directory: string, name: string): string =>
  directory === '/' ? `/${name}` : `${directory}/${name}`;

/** Whether a path is in a directory, at any depth; not the directory itself. */
export const isBelow = (directory: string, path: string): boolean =>
  directory === '/' ? path !== '/' : path.startsWith(`${directory}/`);

/** Bytes of a text, as a disk holds it. */
export const bytesOf = (text: string): number =>
  // eslint-disable-next-line no-control-regex -- what is not ASCII is longer on a disk
  /^[\0-\x7f]*$/.test(text) ? text.length : bytesOfText(text).length;

/** Of contents that were counted: a file that grows line by line is not read from its beginning each time. */
const counted = new WeakMap<FileNode, number>();

export function nodeBytes(node: FileNode | null): number {
  if (node?.kind !== 'file') return 0;
  if (node.bytes !== undefined) return node.bytes;
  let bytes = counted.get(node);
  if (bytes === undefined) counted.set(node, (bytes = bytesOf(node.content)));
  return bytes;
}

/** The file with a text behind what it holds. */
export function appended(file: FileNode & { readonly kind: 'file' }, text: string): typeof file {
  const longer = { ...file, content: file.content + text };
  if (file.bytes === undefined) counted.set(longer, nodeBytes(file) + bytesOf(text));
  return longer;
}

/** Bytes of all files of a tree. */
export function treeBytes(tree: FileTree): number {
  let total = 0;
  for (const node of tree.values()) total += nodeBytes(node);
  return total;
}

/** Puts a node into a tree, with the directories above it. */
export function plant(tree: FileTree, path: string, node: FileNode): void {
  for (let at = parentOf(path); at !== '/' && tree.get(at) === undefined; at = parentOf(at))
    tree.set(at, DIRECTORY);
  tree.set(path, node);
}
