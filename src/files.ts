/** Files on disk, as the steps of a scenario name them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from './dsl/types.ts';

/**
 * Files of a folder: relative paths begin there, absolute ones are taken as they are.
 * @param folder a path, or a URL of the scheme `file:`
 * @example new Scenario({ files: filesIn('manifests') })
 */
export function filesIn(folder: string | URL): Files {
  const root = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const resolve = (path: string): string => (isAbsolute(path) ? path : join(root, path));
  return {
    readFile: (path) => readFileSync(resolve(path), 'utf8'),
    list: (path) => {
      const at = resolve(path);
      return existsSync(at) && statSync(at).isDirectory() ? readdirSync(at).sort() : undefined;
    },
  };
}
