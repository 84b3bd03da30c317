// What of a page's module waits until it is asked for. A catalogue (of faults, claims, verbs, …) is a module
// whose exports are data with functions in it. In the page its data stay in the entry, so that steps are read
// and things are found by their names; what its functions do comes in a chunk. A member that is added to a
// catalogue adds its names and phrases to the entry, and its code to the chunk. A module of functions waits
// without being listed, unless the scene that an entry is made for calls one of them (`called.mjs`).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { metIn } from './called.mjs';
import { schemasByUse, kindsApart } from './kinds.mjs';

/**
 * Catalogues by chunk: paths below dist/src.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const CHUNKS = {
  faults: [
    'chaos/faults/index.js',
    'dsl/operations/anycluster.js',
    'dsl/operations/anyfaults.js',
    'dsl/operations/eachnodeinturn.js',
    'dsl/operations/fault.js',
    'dsl/operations/faults.js',
    'dsl/operations/faultsin.js',
    'dsl/operations/nodegroup.js',
    'dsl/operations/startdrain.js',
  ],
  claims: ['dsl/claims/index.js', 'dsl/notready.js', 'invariants/library.js', 'messages/brokenen.js'],
  kubectl: [
    'kubectl/flagtable.js',
    'kubectl/operatorshell.js',
    'kubectl/raw.js',
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
    'dsl/operations/descheduler.js',
    'dsl/applymanifests.js',
    'dsl/smallermanifests.js',
  ],
  japanese: ['messages/ja.js'],
  // What containers' scripts say, and the programs they run.
  shell: ['sim/node/shell/index.js'],
  // Beside custom ones: the definitions of kinds that the entry's scene has no objects of, and their schemas,
  // which `kinds.mjs` finds.
  kinds: [
    'sim/api/resources/dynamic.js',
    'sim/api/schema/structural/custom.js',
    'sim/api/schema/structural/unknown.js',
    'sim/api/validation/customresourcedefinition.js',
  ],
  // Rules of CEL, and the library that reads them; what is registered to be asked about requests.
  cel: [
    'sim/api/schema/structural/rules.js',
    'sim/api/admission/dynamic/webhooks.js',
    'sim/api/resources/conversion.js',
    'sim/network/webhooks.js',
    'sim/node/webhookyaml.js',
    'dsl/operations/webhook.js',
    'dsl/operations/conversion.js',
  ],
};

/**
 * The chunks of the modules of functions that an entry's scene calls nothing of, by how their paths begin: the
 * first that fits.
 * @type {readonly (readonly [path: string, chunk: string])[]}
 */
const ROOMS = [
  ['sim/api/', 'api'],
  ['sim/controlplane/', 'workloads'],
  ['sim/volume/', 'workloads'],
  ['sim/network/', 'network'],
  ['sim/system/', 'system'],
  ['sim/', 'nodes'],
  ['kubectl/', 'kubectl'],
  ['', 'language'],
];

/** Of all chunks. */
export const NAMES = [...new Set([...Object.keys(CHUNKS), ...ROOMS.map(([, chunk]) => chunk)])];

/** @param {string} path below dist/src */
const roomOf = (path) => ROOMS.find(([beginning]) => path.startsWith(beginning))[1];

/** @param {unknown} value whether it is a function that stands for itself */
const isFunction = (value) =>
  typeof value === 'function' && Object.keys(value).length === 0 && !String(value).startsWith('class');

/**
 * Whether a module exports functions, beside them texts and numbers at most: of an object the entry and the
 * chunk would have one each.
 */
const isOfFunctions = (exported) =>
  Object.values(exported).some(isFunction) &&
  Object.values(exported).every(
    (value) => isFunction(value) || ['string', 'number', 'boolean'].includes(typeof value),
  );

/** Data that only pages about a catalogue read, and tables of objects: they come with the chunk. */
const TOLD = new Set(['about', 'why', 'fails', 'heals', 'elsewhere', 'columns']);

/** Behind the path of a catalogue: the module as it is. */
const REAL = '?whole';
/** Before the name of a chunk: the module that is its entry. */
const VIRTUAL = 'virtual:chunks/';

/**
 * A value as text, what is in the chunk left to stand-ins (`src/chunks/standin.ts`).
 * @param {unknown} value
 * @param {readonly (string | number)[]} path from the chunk's module
 * @returns {string}
 */
function contents(value, path) {
  if (value === undefined) return 'undefined';
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' || value instanceof RegExp) return String(value);
  if (typeof value === 'function') {
    const to = path.slice(0, -1);
    return `$(${JSON.stringify(path.at(-1))}${to.length > 0 ? `,${JSON.stringify(to)}` : ''})`;
  }
  if (Array.isArray(value)) return `[${value.map((v, i) => contents(v, [...path, i])).join(',')}]`;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new Error(`${path.join('.')} is a ${prototype.constructor.name}: catalogues are plain data`);
  const keys = Object.keys(value);
  const functions = keys.filter((key) => typeof value[key] === 'function');
  const told = keys.filter((key) => TOLD.has(key) && !functions.includes(key));
  const data = keys
    .filter((key) => !functions.includes(key) && !told.includes(key))
    .map((key) => `${JSON.stringify(key)}:${contents(value[key], [...path, key])}`);
  return functions.length + told.length === 0
    ? `{${data.join(',')}}`
    : `partly({${data.join(',')}},${JSON.stringify(told.join(' '))},${JSON.stringify(functions.join(' '))})`;
}

/**
 * @param {string} chunk
 * @param {string} module of the chunk: `m0`
 * @param {Readonly<Record<string, unknown>>} exported
 * @param {(path: string) => string} dist
 */
const tableOfContents = (chunk, module, exported, dist) => `
  import { CHUNKS } from ${JSON.stringify(dist('chunks/table.js'))};
  import { partly, standIn, whole } from ${JSON.stringify(dist('chunks/standin.js'))};
  const $ = standIn(CHUNKS.${chunk}, ${JSON.stringify(module)});
  ${Object.entries(exported)
    .map(([name, value]) => {
      const text = contents(value, [name]);
      const holds = typeof value === 'object' && value !== null;
      return `export const ${name} = ${holds ? `whole($, ${text}, ${JSON.stringify(name)})` : text};`;
    })
    .join('\n')}`;

/**
 * @param {string} root of the project
 * @param {string} entry of the module that is split, below dist/src
 * @returns {Promise<import('rolldown').Plugin>}
 */
export async function chunks(root, entry) {
  const dist = (path) => join(root, 'dist', 'src', path);
  const met = metIn(entry);
  const table = dist('chunks/table.js');
  /** Modules by their ids. @type {Map<string, string>} */
  const texts = new Map();
  /** What the chunks export, as text, by their names. @type {Record<string, string[]>} */
  const exports = Object.fromEntries(NAMES.map((chunk) => [chunk, []]));
  const split = (chunk, path, exported) => {
    const name = `m${exports[chunk].length}`;
    texts.set(dist(path), tableOfContents(chunk, name, exported, dist));
    exports[chunk].push(`export * as ${name} from ${JSON.stringify(dist(path) + REAL)};`);
  };
  const splitCatalogue = async (chunk, path) =>
    split(chunk, path, await import(pathToFileURL(dist(path)).href));
  for (const [chunk, catalogues] of Object.entries(CHUNKS))
    for (const path of catalogues) await splitCatalogue(chunk, path);
  for (const name of await kindsApart(dist('sim/api/resources'), met.kinds))
    await splitCatalogue('kinds', `sim/api/resources/${name}`);
  for (const path of met.uncalled.filter((p) => !p.startsWith('chunks/'))) {
    const exported = await import(pathToFileURL(dist(path)).href);
    if (!texts.has(dist(path)) && isOfFunctions(exported)) split(roomOf(path), path, exported);
  }

  const { played, others } = await schemasByUse(dist('sim/api'), met.kinds);
  exports.kinds.push(`export const SCHEMAS = ${JSON.stringify(others)};`);
  texts.set(
    dist('sim/api/schema/kubernetes.js'),
    `import { CHUNKS } from ${JSON.stringify(table)};
    const PLAYED = ${JSON.stringify(played)};
    export const kubernetesSchema = (name) => PLAYED[name] ?? CHUNKS.kinds.value.SCHEMAS[name];`,
  );

  const loaders = NAMES.map(
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
