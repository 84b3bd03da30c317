// Whether what was compiled is what the sources say.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** When the newest file of a folder was last written; 0 for none. */
function newest(folder) {
  let latest = 0;
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

/**
 * Whether `root/dist` was built after the last change of the sources; a package that was installed has no
 * sources.
 */
export function isBuilt(root) {
  const main = join(root, 'dist', 'src', 'cli', 'main.js');
  return (
    existsSync(main) &&
    Math.max(newest(join(root, 'src')), newest(join(root, 'steps'))) < statSync(main).mtimeMs
  );
}
