// dist/browser/seatrial.js: the simulator, kubectl and the language in one module that a page imports as it
// is.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { chunks } from './chunks.mjs';

export const BUNDLE = 'dist/browser/seatrial.js';
/** What a page has no use for. */
const LEFT_OUT = ['fast-check', '@cucumber/gherkin', '@cucumber/messages', '@cucumber/cucumber'];

/**
 * Modules in place of packages that bring more than a page needs.
 * @type {Readonly<Record<string, string>>}
 */
const IN_PLACE = {
  // Cucumber Expressions ask for the places of groups by a polyfill that parses regular expressions, a seventh
  // of the whole; every browser that runs ES2023 knows them by itself.
  'regexp-match-indices':
    "export default (r, text) => new RegExp(r.source, r.flags.replace('d', '') + 'd').exec(text);",
  // The simulator draws from one of its generators.
  seedrandom: "import alea from 'seedrandom/lib/alea.js'; export default { alea };",
  // And applies patches, without watching objects for changes.
  'fast-json-patch': `import { applyOperation } from 'fast-json-patch/module/core.mjs';
    import { PatchError as JsonPatchError } from 'fast-json-patch/module/helpers.mjs';
    export default { applyOperation, JsonPatchError };`,
};

/**
 * Modules that a page never runs, by the end of their paths.
 * @type {readonly (readonly [ending: string, code: string])[]}
 */
const EMPTIED = [
  // Steps for sentences that no phrase fits are an editor's business.
  ['/CucumberExpressionGenerator.js', 'export default class {}'],
  // Bugs are planted by tests.
  ['/sim/kernel/plant.js', 'export const isPlanted = () => false;'],
];

/** @type {import('rolldown').Plugin} */
const inPlace = {
  name: 'in place',
  resolveId: (id) => (Object.hasOwn(IN_PLACE, id) ? `\0${id}` : null),
  load: (id) =>
    id.startsWith('\0')
      ? (IN_PLACE[id.slice(1)] ?? null)
      : (EMPTIED.find(([ending]) => id.endsWith(ending))?.[1] ?? null),
};

/**
 * The schemas of what the API server serves. Those of the other built-in kinds, a twentieth of the whole, wait
 * until they are simulated; a resource of a page's own brings its schema with it.
 * @param {string} root of the project
 * @returns {Promise<import('rolldown').Plugin>}
 */
async function servedSchemas(root) {
  const dist = (path) => import(pathToFileURL(join(root, 'dist/src/sim/api', path)).href);
  const { KINDS_BY_VERSION, SCHEMAS } = await dist('schema/data.js');
  const { RESOURCES } = await dist('resources/index.js');
  const served = new Set(
    RESOURCES.flatMap(({ group, kind, versions }) =>
      versions.map(({ name }) => `${group === '' ? '' : `${group}/`}${name} ${kind}`),
    ),
  );
  // Bodies of subresources.
  for (const body of ['policy/v1 Eviction', 'autoscaling/v1 Scale', 'v1 Binding']) served.add(body);
  const kinds = {};
  const schemas = {};
  const take = (name) => {
    if (schemas[name] !== undefined || SCHEMAS[name] === undefined) return;
    schemas[name] = SCHEMAS[name];
    for (const [, used] of SCHEMAS[name].matchAll(/[@&]([\w.#-]+)/g)) take(used);
  };
  for (const [apiVersion, words] of Object.entries(KINDS_BY_VERSION)) {
    const kept = words.split(' ').filter((word) => served.has(`${apiVersion} ${word.split('#')[0]}`));
    if (kept.length > 0) kinds[apiVersion] = kept.join(' ');
    for (const word of kept) take(`${apiVersion.slice(apiVersion.indexOf('/') + 1)}.${word}`);
  }
  const text = Object.entries({ KINDS_BY_VERSION: kinds, SCHEMAS: schemas }).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)};`,
  );
  return {
    name: 'served schemas',
    load: (id) => (id.endsWith('/dist/src/sim/api/schema/data.js') ? text.join('\n') : null),
  };
}

/**
 * @param {string} root of the project
 * @throws Error when it holds what a page has no use for
 */
export async function bundleForBrowsers(root) {
  const { output } = await build({
    cwd: root,
    input: { seatrial: 'dist/src/browser.js' },
    platform: 'browser',
    plugins: [inPlace, await chunks(root), await servedSchemas(root)],
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: dirname(BUNDLE),
      codeSplitting: { groups: [{ name: 'seatrial', tags: ['$initial'] }] },
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      format: 'esm',
      minify: true,
      comments: false,
    },
  });
  for (const name of LEFT_OUT) {
    const found = output
      .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
      .find((id) => id.includes(`/node_modules/${name}/`));
    if (found !== undefined) throw new Error(`src/browser.ts should not reach ${name}, and holds ${found}`);
  }
}
