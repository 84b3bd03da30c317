// Which of Kubernetes' kinds a page has from the start: those that the scene of its entry has objects of
// (`called.mjs`). Of all others the entry knows names and columns; rules and schemas are in the chunk `kinds`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Kinds that come as bodies of subresources. */
const BODIES = ['policy/v1 Eviction', 'autoscaling/v1 Scale', 'v1 Binding'];

/**
 * The modules of definitions of the other kinds: each is a catalogue.
 * @param {string} folder dist/src/sim/api/resources
 * @param {readonly string[]} first
 * @returns {Promise<string[]>} their names
 */
export async function kindsApart(folder, first) {
  const isApart = (value) => typeof value?.resource === 'string' && !first.includes(value.kind);
  const found = [];
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.js') || name === 'index.js') continue;
    const exported = Object.values(await import(pathToFileURL(join(folder, name)).href));
    if (exported.length > 0 && exported.every(isApart)) found.push(name);
  }
  return found;
}

/**
 * Schemas of the kinds that a page has from the start, with all that they refer to, and the others.
 * @param {string} api dist/src/sim/api
 * @param {readonly string[]} first kinds
 * @returns {Promise<{ played: Record<string, string>, others: Record<string, string> }>}
 */
export async function schemasByUse(api, first) {
  const dist = (path) => import(pathToFileURL(join(api, path)).href);
  const { SCHEMAS } = await dist('schema/data.js');
  const { typeOfKind } = await dist('schema/types.js');
  const { RESOURCES } = await dist('resources/index.js');
  const { apiVersionText } = await dist('resources/definition.js');
  const played = {};
  const take = (name) => {
    if (played[name] !== undefined || SCHEMAS[name] === undefined) return;
    played[name] = SCHEMAS[name];
    for (const [, used] of SCHEMAS[name].matchAll(/[@&]([\w.#-]+)/g)) take(used);
  };
  const takeKind = (apiVersion, kind) => take(typeOfKind(apiVersion, kind)?.name);
  for (const definition of RESOURCES.filter((d) => first.includes(d.kind)))
    for (const { name } of definition.versions)
      takeKind(apiVersionText(definition.group, name), definition.kind);
  for (const body of BODIES) takeKind(...body.split(' '));
  const others = Object.fromEntries(Object.entries(SCHEMAS).filter(([name]) => played[name] === undefined));
  return { played, others };
}
