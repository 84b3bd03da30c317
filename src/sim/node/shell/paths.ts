/** Paths as a process sees them from its working directory, and patterns of them. */
import type { FileSystem } from '../files/filesystem.ts';
import { normalized } from '../files/tree.ts';
import { hasWildcards, matchesName, withoutEscapes } from './pattern.ts';

/** An absolute path, without `.` and `..`. */
export const absolute = (cwd: string, path: string): string =>
  normalized(path.startsWith('/') ? path : `${cwd}/${path}`);

/** `b` of `/a/b/`; `/` of `/`. */
export function baseName(path: string): string {
  const trimmed = path.replace(/(?<=[^/])\/+$/, '');
  return /^\/+$/.test(trimmed) ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

export function directoryName(path: string): string {
  const trimmed = path.replace(/(?<=[^/])\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  return at < 0 ? '.' : trimmed.slice(0, at).replace(/\/+$/, '') || '/';
}

/** The paths that a pattern matches, as they are written in it, sorted; none where it matches none. */
export function globbed(files: FileSystem, cwd: string, pattern: string): string[] {
  const rooted = pattern.startsWith('/');
  let found = [rooted ? '/' : ''];
  const parts = pattern.split('/').filter((part) => part !== '');
  for (const [i, part] of parts.entries()) {
    const next: string[] = [];
    for (const base of found) {
      const directory = absolute(cwd, base || '.');
      const names = hasWildcards(part)
        ? (files.list(directory) ?? []).filter((name) => matchesName(part, name))
        : [withoutEscapes(part)];
      for (const name of names) {
        const path = base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;
        const node = files.stat(absolute(cwd, path));
        if (node === undefined || (i < parts.length - 1 && node.kind !== 'directory')) continue;
        next.push(path);
      }
    }
    found = next;
  }
  const slash = pattern.endsWith('/') && parts.length > 0 ? '/' : '';
  return found
    .filter((path) => path !== '')
    .map((path) => path + slash)
    .sort();
}
