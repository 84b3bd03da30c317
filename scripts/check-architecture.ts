/**
 * Holds the house rules that no linter knows: the rooms import one way (DESIGN, *The rooms*), and the
 * simulator stays synchronous, deterministic and free of Node built-ins; and that no line is too wide. Prints
 * each breach as `file:line: what`; exit 1 when there is one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { tooWide } from './check-width.ts';

const BASE = ['kernel', 'settings'];
const API = [...BASE, 'api'];
const SIMULATOR = [...API, 'node', 'network', 'volume', 'controlplane', 'cluster'];
const LANGUAGE = [...SIMULATOR, 'messages', 'kubectl', 'chaos', 'invariants', 'drivers', 'dsl'];

/** Room by path prefix (longest wins), with the rooms it may import besides itself. */
const ROOMS: readonly (readonly [prefix: string, room: string, mayImport: readonly string[]])[] = [
  ['src/sim/kernel', 'kernel', []],
  ['src/sim/api', 'api', BASE],
  ['src/sim/config.ts', 'settings', ['kernel']],
  ['src/sim/latency.ts', 'settings', ['kernel']],
  ['src/sim/limits.ts', 'settings', ['kernel']],
  ['src/sim/messages.ts', 'settings', ['kernel']],
  ['src/sim/planted.ts', 'settings', []],
  ['src/messages', 'messages', API],
  ['src/sim/controlplane', 'controlplane', API],
  ['src/sim/node', 'node', API],
  ['src/sim/network', 'network', [...API, 'node']],
  ['src/sim/volume', 'volume', [...API, 'node']],
  ['src/sim', 'cluster', SIMULATOR],
  ['src/kubectl', 'kubectl', [...SIMULATOR, 'messages']],
  ['src/chaos', 'chaos', [...SIMULATOR, 'messages', 'kubectl']],
  // An invariant sees machines through the physical world that it is given.
  ['src/invariants', 'invariants', [...API, 'network', 'cluster', 'messages']],
  ['src/drivers', 'drivers', [...SIMULATOR, 'kubectl', 'chaos']],
  // The language reaches a cluster's machines, network and controllers by a driver only.
  ['src/dsl', 'dsl', [...API, 'cluster', 'messages', 'kubectl', 'chaos', 'invariants', 'drivers']],
  ['src/chunks', 'chunks', ['dsl']],
  ['src/edits', 'edits', API],
  ['src/explore', 'explore', LANGUAGE],
  ['src/mutate', 'mutate', [...LANGUAGE, 'edits', 'explore']],
  // A failure's concept is one of the viewer's cards.
  ['src/failures', 'failures', [...LANGUAGE, 'edits', 'view']],
  ['src/audit', 'audit', [...LANGUAGE, 'edits', 'explore', 'failures']],
  ['src/view', 'view', LANGUAGE],
  ['src/report', 'report', [...LANGUAGE, 'view']],
  ['src/play', 'play', [...LANGUAGE, 'chunks', 'view', 'explore']],
  ['src/conformance', 'conformance', LANGUAGE],
  ['src/serve', 'serve', LANGUAGE],
];
/** Rooms at the top import anything below. */
const TOP = [
  'src/index.ts',
  'src/core.ts',
  'src/browser.ts',
  'src/cucumber.ts',
  'src/vitest.ts',
  'src/files.ts',
  'src/kubectl.ts',
  'src/cli',
  'src/fuzz',
  'steps',
  'scripts',
  'bench',
];

/** Files that speak types across rooms on purpose: a type-only import changes no direction at run time. */
const CONTRACTS = [
  'src/sim/clusterapi.ts',
  'src/sim/cluster.ts',
  'src/sim/node/world.ts',
  'src/sim/controlplane/controller.ts',
];

const LOCALE = "the host's locale";
/** Asks for the offsets of time zones, in a locale that it names. */
const ZONES = 'src/sim/api/timezone.ts';

const FORBIDDEN: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\bMath\.random\b/, 'Math.random: draw from a seeded stream'],
  [/\bMath\.(log|log2|log10|exp|pow|sin|cos|tan)\b/, "a function whose last bit is the platform's"],
  [/\bDate\.now\b|\bnew Date\(\s*\)/, 'a clock: use ctx.now'],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, 'a timer: schedule a task'],
  [/\basync\b|\bawait\b|\bnew Promise\b|\bPromise\./, 'asynchronous code'],
  [/\bperformance\.now\b|\bprocess\.(hrtime|env|argv)\b/, "the host's clock or environment"],
  [/\blocaleCompare\b|\btoLocale\w*\b|\bIntl\b/, LOCALE],
  [/from 'node:|require\(/, 'a Node built-in'],
];

const root = resolve(import.meta.dirname, '..');
const breaches: string[] = [];

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? files(`${folder}/${e.name}`) : /\.tsx?$/.test(e.name) ? [`${folder}/${e.name}`] : [],
  );
}

function roomOf(path: string): (typeof ROOMS)[number] | 'top' | undefined {
  if (TOP.some((t) => path === t || path.startsWith(`${t}/`))) return 'top';
  return ROOMS.filter(([p]) => path === p || path.startsWith(`${p}/`)).sort(
    (a, b) => b[0].length - a[0].length,
  )[0];
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1');
}

for (const file of ['src', 'steps', 'scripts'].flatMap(files)) {
  const text = withoutComments(readFileSync(join(root, file), 'utf8'));
  const test = file.endsWith('.test.ts') || file.endsWith('/testing.ts');
  const room = roomOf(file);
  if (room === undefined) breaches.push(`${file}:1: stands in no room`);
  const at = (index: number): string => `${file}:${text.slice(0, index).split('\n').length}`;
  if (!test && room !== 'top' && room !== undefined) {
    for (const m of text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?[^'";]*?from\s+'(\.[^']*)'/g)) {
      const target = relative(root, resolve(root, dirname(file), m[3]!))
        .split(sep)
        .join('/');
      const to = roomOf(target);
      if (to === room || (m[2] !== undefined && CONTRACTS.includes(target))) continue;
      const name = to === 'top' ? 'top' : to?.[1];
      if (name === room[1] || (name !== undefined && room[2].includes(name))) continue;
      breaches.push(
        `${at(m.index + m[0].indexOf('import'))}: ${room[1]} may not import ${name ?? target} (${m[3]})`,
      );
    }
  }
  if (file.startsWith('src/sim/') && !test) {
    // Strings are data: an image named "async" breaks nothing.
    const code = text.replace(/(?<!from )'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, (s) =>
      s.replace(/[^\n]/g, ' '),
    );
    for (const [pattern, why] of FORBIDDEN) {
      const m = pattern.exec(code);
      if (m !== null && !(why === LOCALE && file === ZONES))
        breaches.push(`${at(m.index)}: ${m[0].trim()}: ${why}`);
    }
  }
}

for (const file of ['src', 'steps', 'scripts', 'bench', 'examples'].flatMap(files))
  for (const { line, what } of tooWide(file, readFileSync(join(root, file), 'utf8')))
    breaches.push(`${file}:${line}: ${what}`);

// A planted bug is for those who prove that the search finds it; what it breaks asks for it.
const PLANTERS = /^src\/(?:sim|kubectl)\/|^src\/explore\/mutants\/|^src\/mutate\/|\.test\.ts$/;
for (const file of ['src', 'steps', 'scripts', 'bench'].flatMap(files)) {
  if (!PLANTERS.test(file) && /\bplanted['"]?\s*[:=]/.test(readFileSync(join(root, file), 'utf8')))
    breaches.push(`${file}:1: plants a bug: only those who look for it may`);
}

for (const breach of breaches) console.error(breach);
console.log(
  breaches.length === 0
    ? 'architecture: every import runs the right way, the simulator is deterministic, no line is too wide'
    : `architecture: ${breaches.length} breaches`,
);
process.exitCode = breaches.length === 0 ? 0 : 1;
