/** The feature files that a command line names, and how Cucumber is told of them. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './exit.ts';

const LINES = /(?::\d+)+$/;

/** Without the lines that are named of it. */
export const fileOf = (path: string): string => (existsSync(path) ? path : path.replace(LINES, ''));

/** @throws UsageError for a link that leads nowhere */
function within(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): string[] => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : within(path);
      if (!entry.name.endsWith('.feature')) return [];
      if (!existsSync(path)) throw new UsageError(`${path} is a link to what does not exist`);
      return statSync(path).isFile() ? [path] : [];
    });
}

/**
 * The files: those named, with the lines that are named of them, and those of folders.
 * @throws UsageError for what is neither
 */
export function featureFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const file = fileOf(path);
    if (!existsSync(file)) throw new UsageError(`there is no feature file or folder ${file}`);
    if (statSync(file).isDirectory()) return within(file);
    if (!file.endsWith('.feature'))
      throw new UsageError(`${file} is no feature file: its name should end in .feature`);
    return [path];
  });
}

/**
 * A path as Cucumber takes it: it reads patterns, in which no sign can be escaped, only stand in a class or
 * for any.
 */
export const asPattern = (path: string): string =>
  path
    .replace(/[[\]*?()]/g, '[$&]')
    .replace(/[{}\\]/g, '?')
    .replace(/(^|\/)@(?=[^/]*$)/, '$1[@]');
