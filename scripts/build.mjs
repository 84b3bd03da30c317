// `npm run build`, and after `npm ci`: compiles to dist/, which bin/seatrial.mjs prefers while it is newer
// than the sources. Without the compiler (an install without devDependencies) there is nothing to do: the
// command runs from the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const dist = join(root, 'dist');

if (existsSync(tsc)) {
  rmSync(dist, { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  // What does not compile is not left half written.
  if (status !== 0) rmSync(dist, { recursive: true, force: true });
  process.exitCode = status ?? 1;
}
