// Whether what was compiled is what the sources say.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the build says what it was made from. */
export const BUILT_FROM = join('dist', 'sources.sha256');

/** What is compiled of a folder: tests and what helps them is not. */
const sourcesOf = (root, folder) =>
  (existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true }) : [])
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sourcesOf(root, path);
      return /\.tsx?$/.test(entry.name) && !/(?:\.test|^testing)\.tsx?$/.test(entry.name) ? [path] : [];
    });

/** What the sources hold, as one word. */
export function sourcesHash(root) {
  const hash = createHash('sha256');
  for (const path of ['src', 'steps'].flatMap((folder) => sourcesOf(root, folder)))
    hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** Whether `root/dist` was built from the sources as they are; a package that was installed has none. */
export function isBuilt(root) {
  if (!existsSync(join(root, BUILT_FROM))) return false;
  return !existsSync(join(root, 'src')) || readFileSync(join(root, BUILT_FROM), 'utf8') === sourcesHash(root);
}
