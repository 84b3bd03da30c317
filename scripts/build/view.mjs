// dist/view/: the scripts of a report's page, one that shows and one that simulates, each a file that needs no
// other.
import { build } from 'rolldown';
import { inPlace, refuseLeftOut } from './browser.mjs';

/** @param {string} root of the project */
export async function bundleViewer(root) {
  const bundles = [
    ['page', 'dist/src/view/page/main.js', 'esm'],
    ['simulator', 'dist/src/view/page/worker.js', 'iife'],
  ];
  for (const [name, input, format] of bundles) {
    const { output } = await build({
      cwd: root,
      input: { [name]: input },
      platform: 'browser',
      plugins: [inPlace],
      output: { dir: 'dist/view', entryFileNames: '[name].js', format, minify: true, comments: false },
    });
    refuseLeftOut(input, output);
  }
}
