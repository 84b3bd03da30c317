// What Node runs of dist/: some files in dist/node in place of a thousand modules, which take longer to find
// and read than to run. All entries are bundled together, so that a class is one whichever of them brings it;
// where an entry was, there is a module that passes it on.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'rolldown';

const FOLDER = 'dist/node';

/** Modules that are named from outside: by package.json, by bin/, by Cucumber, as a worker's. */
const ENTRIES = [
  'src/index',
  'src/cucumber',
  'src/vitest',
  'src/kubectl',
  'src/cli/main',
  'src/cli/explore/workerprocess',
  'src/drivers/remote/thread',
  'src/drivers/remote/afterwards',
  'src/serve/front/thread',
  'src/report/formatter',
  'steps/serving',
  'bench/main',
];

/** @param {string} entry @returns {string} as its bundle is named: cli-main */
const bundled = (entry) => entry.replace(/^src\//, '').replaceAll('/', '-');

/** @param {string} path @returns {string} as imports name it */
const named = (path) => {
  const text = path.split(sep).join('/');
  return text.startsWith('.') ? text : `./${text}`;
};

/**
 * Modules look for files beside them, where they were before they were bundled.
 * @param {string} root
 * @returns {import('rolldown').Plugin}
 */
const inTheirPlaces = (root) => ({
  name: 'in their places',
  transform: (code, id) =>
    code.includes('import.meta.url')
      ? code.replaceAll(
          'import.meta.url',
          `new URL(${JSON.stringify(named(relative(join(root, FOLDER), id)))}, import.meta.url).href`,
        )
      : null,
});

/** @param {string} folder @returns {string[]} the modules below it */
const modulesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .map((path) => join(folder, path));

/** @param {string} root of the project, compiled to dist/ */
export async function bundleForNode(root) {
  const dist = (path) => join(root, 'dist', path);
  const { output } = await build({
    cwd: root,
    input: Object.fromEntries(ENTRIES.map((entry) => [bundled(entry), dist(`${entry}.js`)])),
    platform: 'node',
    // Packages are their users' own copies.
    external: /^[^./]/,
    plugins: [inTheirPlaces(root)],
    preserveEntrySignatures: 'strict',
    output: {
      dir: join(root, FOLDER),
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      format: 'esm',
    },
  });
  for (const folder of ['src', 'steps', 'bench'])
    for (const module of modulesIn(dist(folder))) rmSync(module);
  for (const entry of ENTRIES) {
    const name = `${bundled(entry)}.js`;
    const chunk = output.find(({ fileName }) => fileName === name);
    const from = JSON.stringify(named(relative(dirname(dist(entry)), join(root, FOLDER, name))));
    const passed = [`export * from ${from};`];
    if (chunk?.type === 'chunk' && chunk.exports.includes('default'))
      passed.push(`export { default } from ${from};`);
    writeFileSync(dist(`${entry}.js`), `${passed.join('\n')}\n`);
  }
}
