// dist/browser/seatrial.js: the simulator, kubectl and the language in one module that a page imports as it
// is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';

export const BUNDLE = 'dist/browser/seatrial.js';
/** What a page loads, compressed as servers do. */
export const LIMIT_BYTES = 300_000;
/** What a page has no use for. */
export const LEFT_OUT = ['fast-check', '@cucumber/gherkin', '@cucumber/messages', '@cucumber/cucumber'];

/**
 * Cucumber Expressions ask for the places of groups by a polyfill that parses regular expressions, a seventh
 * of the whole; every browser that runs ES2023 knows them by itself.
 * @type {import('rolldown').Plugin}
 */
const nativeMatchIndices = {
  name: 'native match indices',
  resolveId: (id) => (id === 'regexp-match-indices' ? '\0match-indices' : null),
  load: (id) =>
    id === '\0match-indices'
      ? "export default (r, text) => new RegExp(r.source, r.flags.replace('d', '') + 'd').exec(text);"
      : null,
};

/**
 * Of seedrandom's generators the simulator draws from one.
 * @type {import('rolldown').Plugin}
 */
const aleaOnly = {
  name: 'alea only',
  resolveId: (id) => (id === 'seedrandom' ? '\0alea' : null),
  load: (id) =>
    id === '\0alea' ? "import alea from 'seedrandom/lib/alea.js'; export default { alea };" : null,
};

/**
 * @param {string} root of the project
 * @returns {Promise<number>} its size in bytes, compressed
 * @throws Error when it holds what a page has no use for, or is larger than it may be
 */
export async function bundleForBrowsers(root) {
  const { output } = await build({
    cwd: root,
    input: 'dist/src/browser.js',
    platform: 'browser',
    plugins: [nativeMatchIndices, aleaOnly],
    output: { file: BUNDLE, format: 'esm', minify: true, codeSplitting: false },
  });
  const [{ moduleIds }] = output;
  for (const name of LEFT_OUT) {
    const found = moduleIds.find((id) => id.includes(`/node_modules/${name}/`));
    if (found !== undefined) throw new Error(`src/browser.ts should not reach ${name}, and holds ${found}`);
  }
  const size = gzipSync(readFileSync(join(root, BUNDLE)), { level: 9 }).length;
  if (size > LIMIT_BYTES)
    throw new Error(`${BUNDLE} takes ${size} bytes compressed, more than ${LIMIT_BYTES}`);
  return size;
}
