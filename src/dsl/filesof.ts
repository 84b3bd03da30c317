/** Files that are none on a disk. */
import { wrong } from './errors.ts';
import { type Files } from './types.ts';

/**
 * Files that are held in memory, by their paths.
 * @example
 * const scenario = new Scenario({ files: filesOf({ 'web.yaml': manifest }) });
 */
export function filesOf(texts: Readonly<Record<string, string>>): Files {
  const names = Object.keys(texts);
  return {
    readFile: (path) => {
      const text = texts[path];
      if (text === undefined) throw wrong('noFileAmong', { path, others: names });
      return text;
    },
    list: (path) => {
      const folder = path.replace(/\/*$/, '/');
      const within = names
        .filter((n) => n.startsWith(folder))
        .map((n) => n.slice(folder.length).split('/')[0]!);
      return within.length === 0 ? undefined : [...new Set(within)].sort();
    },
  };
}
