// `npm run build`, and after `npm ci`: makes dist/, which bin/seatrial.mjs prefers while it is what the
// sources say. Without the compiler (an install without devDependencies) there is nothing to do: the command
// runs from the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BUILT_FROM, sourcesHash } from '../../bin/built.mjs';

const root = resolve(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

async function build() {
  const hash = sourcesHash(root);
  rmSync(dist, { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  if (status !== 0) return status ?? 1;
  const { bringKubernetesTypes } = await import('./kubernetes-types.mjs');
  bringKubernetesTypes(root);
  const { bundleForBrowsers } = await import('./browser.mjs');
  await bundleForBrowsers(root);
  const { bundleViewer } = await import('./view.mjs');
  await bundleViewer(root);
  const { bundleSite } = await import('./site.mjs');
  await bundleSite(root);
  // The last one: of what was compiled it leaves the entries.
  const { bundleForNode } = await import('./node.mjs');
  await bundleForNode(root);
  writeFileSync(join(root, BUILT_FROM), hash);
  return 0;
}

if (existsSync(tsc)) {
  process.exitCode = 1;
  try {
    process.exitCode = await build();
  } finally {
    // What does not compile is not left half written.
    if (process.exitCode !== 0) rmSync(dist, { recursive: true, force: true });
  }
}
