// dist/browser/seatrial.js: the simulator, kubectl and the language in one module that a page imports as it
// is.
import { dirname } from 'node:path';
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
  // Cucumber Expressions ask for the places of groups by a polyfill that parses regular expressions, a
  // seventh of the whole; every browser that runs ES2023 knows them by itself.
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
];

/** @type {import('rolldown').Plugin} */
export const inPlace = {
  name: 'in place',
  resolveId: (id) => (Object.hasOwn(IN_PLACE, id) ? `\0${id}` : null),
  load: (id) =>
    id.startsWith('\0')
      ? (IN_PLACE[id.slice(1)] ?? null)
      : (EMPTIED.find(([ending]) => id.endsWith(ending))?.[1] ?? null),
};

/**
 * @param {string} entry @param {import('rolldown').RolldownOutput['output']} output
 * @throws Error when it holds what a page has no use for
 */
export function refuseLeftOut(entry, output) {
  for (const name of LEFT_OUT) {
    const found = output
      .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
      .find((id) => id.includes(`/node_modules/${name}/`));
    if (found !== undefined) throw new Error(`${entry} should not reach ${name}, and holds ${found}`);
  }
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
    plugins: [inPlace, await chunks(root, 'browser.js')],
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: dirname(BUNDLE),
      codeSplitting: {
        groups: [
          { name: 'seatrial', tags: ['$initial'] },
          { name: 'yaml', test: /node_modules.yaml/ },
        ],
      },
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      format: 'esm',
      minify: true,
      comments: false,
    },
  });
  refuseLeftOut('src/browser.ts', output);
}
