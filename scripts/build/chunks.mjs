// What of a page's module waits until it is asked for. A catalogue (of faults, claims, verbs, …) is a module
// whose exports are data with functions in it. In the page its data stay in the entry, so that steps are read
// and things are found by their names; what its functions do comes in a chunk. A member that is added to a
// catalogue adds its names and phrases to the entry, and its code to the chunk.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { schemasByUse, kindsApart } from './kinds.mjs';

/**
 * Catalogues by chunk: paths below dist/src.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const CHUNKS = {
  faults: [
    'chaos/faults/index.js',
    'dsl/operations/anycluster.js',
    'dsl/operations/anyfaults.js',
    'dsl/operations/eachnodeinturn.js',
    'dsl/operations/fault.js',
    'dsl/operations/faults.js',
    'dsl/operations/faultsin.js',
    'dsl/operations/startdrain.js',
  ],
  claims: ['dsl/claims/index.js', 'dsl/notready.js', 'invariants/library.js', 'messages/brokenen.js'],
  kubectl: [
    'kubectl/flagtable.js',
    'kubectl/operatorshell.js',
    'kubectl/verbs/more.js',
    'kubectl/waits/all.js',
    'kubectl/output/jsonpath.js',
  ],
  // YAML, and what is done with it.
  manifests: [
    'sim/api/manifest/read.js',
    'kubectl/manifests.js',
    'kubectl/verbs/apply.js',
    'sim/node/images/yaml.js',
    'dsl/operations/image.js',
    'dsl/applymanifests.js',
    'dsl/smallermanifests.js',
  ],
  // What controllers do about an object of a kind that most plans have none of, and the rules for these.
  workloads: [
    ...['manage', 'status', 'update', 'history', 'backoff'].map((n) => `sim/controlplane/daemonset/${n}.js`),
    ...['pods', 'revisions', 'status', 'update'].map((n) => `sim/controlplane/statefulset/${n}.js`),
    ...['manage', 'tracking', 'failurepolicy', 'successpolicy', 'backoff', 'perindex', 'orphans'].map(
      (n) => `sim/controlplane/job/${n}.js`,
    ),
    'sim/controlplane/cronjob/history.js',
    'sim/controlplane/podautoscaler/reconcile.js',
    'sim/node/apiworker.js',
    'sim/controlplane/volume/binder.js',
    'sim/controlplane/volume/match.js',
    'sim/volume/provision.js',
    'sim/api/validation/job.js',
    'sim/api/validation/jobstatus.js',
    'sim/api/validation/schedule.js',
    'sim/api/cron.js',
    'sim/api/timezone.js',
  ],
  japanese: ['messages/ja.js'],
  // What containers' scripts say, and the programs they run.
  shell: ['sim/node/shell/index.js'],
  // The definitions of kinds that are stored only or rare, and their schemas, which `kinds.mjs` finds;
  // custom ones.
  kinds: [
    'sim/api/resources/dynamic.js',
    'sim/api/schema/structural/custom.js',
    'sim/api/schema/structural/unknown.js',
    'sim/api/validation/customresourcedefinition.js',
  ],
  // Rules of CEL, and the library that reads them.
  cel: ['sim/api/schema/structural/rules.js'],
};

/** Data that only pages about a catalogue read: they come with the chunk. */
const TOLD = new Set(['about', 'why', 'fails', 'heals', 'elsewhere']);

/** Behind the path of a catalogue: the module as it is. */
const REAL = '?whole';
/** Before the name of a chunk: the module that is its entry. */
const VIRTUAL = 'virtual:chunks/';

/**
 * A value as text, its functions calling those of the chunk.
 * @param {unknown} value
 * @param {readonly (string | number)[]} path from the chunk's module
 * @returns {string}
 */
function contents(value, path) {
  if (value === undefined) return 'undefined';
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'function') {
    const key = path.at(-1);
    return `$(${JSON.stringify(path.slice(0, -1))},${JSON.stringify(key)})`;
  }
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map((v, i) => contents(v, [...path, i])).join(',')}]`;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new Error(`${path.join('.')} is a ${prototype.constructor.name}: catalogues are plain data`);
  const keys = Object.keys(value);
  if (keys.length > 20 && keys.every((key) => typeof value[key] === 'function'))
    return `functions(${JSON.stringify(path)},${JSON.stringify(keys.join(' '))})`;
  return `{${keys
    .map((key) =>
      TOLD.has(key) && typeof value[key] !== 'function'
        ? `get ${key}(){return at(${JSON.stringify(path)}).${key}}`
        : `${JSON.stringify(key)}:${contents(value[key], [...path, key])}`,
    )
    .join(',')}}`;
}

/**
 * @param {string} module of a chunk: `faults.value.m0`
 * @param {Readonly<Record<string, unknown>>} exported
 * @param {string} table
 */
const tableOfContents = (module, exported, table) => `
  import { CHUNKS } from ${JSON.stringify(table)};
  const at = (path) => path.reduce((value, key) => value[key], CHUNKS.${module});
  const $ = (path, key) => (...args) => at(path)[key](...args);
  const functions = (path, keys) => Object.fromEntries(keys.split(' ').map((key) => [key, $(path, key)]));
  ${Object.entries(exported)
    .map(([name, value]) => `export const ${name} = ${contents(value, [name])};`)
    .join('\n')}`;

/**
 * @param {string} root of the project
 * @returns {Promise<import('rolldown').Plugin>}
 */
export async function chunks(root) {
  const dist = (path) => join(root, 'dist', 'src', path);
  const table = dist('chunks/table.js');
  /** Modules by their ids. @type {Map<string, string>} */
  const texts = new Map();
  /** What the chunks export, as text, by their names. @type {Record<string, string[]>} */
  const exports = Object.fromEntries(Object.keys(CHUNKS).map((chunk) => [chunk, []]));
  const split = async (chunk, path) => {
    const exported = await import(pathToFileURL(dist(path)).href);
    const name = `m${exports[chunk].length}`;
    texts.set(dist(path), tableOfContents(`${chunk}.value.${name}`, exported, table));
    exports[chunk].push(`export * as ${name} from ${JSON.stringify(dist(path) + REAL)};`);
  };
  for (const [chunk, catalogues] of Object.entries(CHUNKS))
    for (const path of catalogues) await split(chunk, path);
  for (const name of await kindsApart(dist('sim/api/resources')))
    await split('kinds', `sim/api/resources/${name}`);

  const { played, others } = await schemasByUse(dist('sim/api'));
  exports.kinds.push(`export const SCHEMAS = ${JSON.stringify(others)};`);
  texts.set(
    dist('sim/api/schema/kubernetes.js'),
    `import { CHUNKS } from ${JSON.stringify(table)};
    const PLAYED = ${JSON.stringify(played)};
    export const kubernetesSchema = (name) => PLAYED[name] ?? CHUNKS.kinds.value.SCHEMAS[name];`,
  );

  const loaders = Object.keys(CHUNKS).map(
    (chunk) => `${chunk}: new Chunk('${chunk}', () => import('${VIRTUAL}${chunk}.js'))`,
  );
  texts.set(table, `import { Chunk } from './chunk.js'; export const CHUNKS = {${loaders.join(',')}};`);
  for (const [chunk, lines] of Object.entries(exports)) texts.set(`${VIRTUAL}${chunk}.js`, lines.join('\n'));
  return {
    name: 'chunks',
    resolveId: (id) => (id.startsWith(VIRTUAL) || id.endsWith(REAL) ? id : null),
    load: (id) =>
      texts.get(id) ?? (id.endsWith(REAL) ? readFileSync(id.slice(0, -REAL.length), 'utf8') : null),
  };
}
