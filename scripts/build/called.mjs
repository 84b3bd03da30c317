// What a page's module needs from its first moment: the modules that a scene calls a function of, and the kinds
// of its objects. It is played in a process of its own, where nothing was imported before: `node called.mjs
// ENTRY` prints what came of it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '..', '..');
const DIST = pathToFileURL(join(ROOT, 'dist', 'src')).href;
const load = async (path) => await import(`${DIST}/${path}`);

/** What the playground's worker is told first. */
const begin = (language) => ({
  ask: 'begin',
  language,
  beginning: { seed: '1', start: [{ op: 'cluster', nodes: 3 }], acts: [] },
});

/**
 * By the module that they begin with; they return the kinds of all objects there were.
 * @type {Readonly<Record<string, () => Promise<readonly string[]>>>}
 */
const SCENES = {
  // A workload that comes up, is asked for and goes on in peace.
  'browser.js': async () => {
    const { Scenario } = await load('browser.js');
    const manifest = readFileSync(join(ROOT, 'examples', 'browser', 'shop.yaml'), 'utf8');
    const scenario = new Scenario({ seed: 1 })
      .say('Given a cluster with 3 nodes')
      .say('And the manifest:', manifest)
      .say('And every pod is ready')
      .say('When 5 minutes pass');
    for (const what of ['nodes', 'all', 'events', 'endpointslices', 'namespaces'])
      scenario.kubectl(`get ${what} -o wide`);
    return scenario.cluster.history.map(({ kind }) => kind);
  },
  // A bare cluster, in each language: with the page's first question more is loaded.
  'play/page/worker.js': async () => {
    let ask;
    const kinds = [];
    globalThis.addEventListener = (_, listener) => (ask = listener);
    await load('play/page/worker.js');
    for (const [id, language] of ['en', 'ja'].entries())
      await new Promise((answered, failed) => {
        globalThis.postMessage = (said) => {
          if (said.error !== undefined) failed(new Error(said.error));
          kinds.push(...(said.told?.entries ?? []).map(({ kind }) => kind));
          if (said.id === id) answered(undefined);
        };
        ask({ data: { id, question: begin(language) } });
      });
    return kinds;
  },
};

/** @param {() => Promise<readonly string[]>} scene */
async function calledIn(scene) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const kinds = await scene();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const imported = result.filter(({ url }) => url.startsWith(DIST));
  // The first function of a module is the module.
  const isCalled = ({ functions }) => functions.slice(1).some(({ ranges }) => ranges[0].count > 0);
  const paths = (scripts) => scripts.map(({ url }) => url.slice(DIST.length + 1)).sort();
  return {
    uncalled: paths(imported.filter((script) => !isCalled(script))),
    kinds: [...new Set(kinds.filter((kind) => kind !== undefined))],
  };
}

/**
 * @param {string} entry below dist/src
 * @returns {{ uncalled: readonly string[], kinds: readonly string[] }} the modules, by paths below dist/src,
 * that it imports at once and that nothing in its scene calls; the kinds that the scene has objects of
 */
export function metIn(entry) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, entry], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`the scene of ${entry} failed:\n${stderr}`);
  return JSON.parse(stdout);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await calledIn(SCENES[process.argv[2]])));
