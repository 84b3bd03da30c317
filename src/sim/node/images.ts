/**
 * What containers of an image do. Images unknown here listen on their declared ports and run on.
 * The vocabulary of a behaviour is in VOCABULARY.md, *Images*.
 */
import { parseQuantity, wholeValue } from '../api/quantity.ts';
import { hex32 } from '../kernel/hex.ts';
import { remembered } from '../kernel/memo.ts';
import type { Millis } from '../kernel/types.ts';
import type { HttpAnswer, ImageBehaviour, World } from './world.ts';

/** Until a server listens, where its image does not say. */
export const DEFAULT_STARTUP_MS = 1000;

const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body>
<h1>Welcome to nginx!</h1>
</body>
</html>
`;
const NGINX_ERROR_PAGE = `<!DOCTYPE html>
<html>
<head><title>Error</title></head>
<body><h1>An error occurred.</h1></body>
</html>
`;

/** Images known from the start, by name without registry and tag. */
const CATALOGUE: Readonly<Record<string, ImageBehaviour>> = {
  nginx: {
    startupMs: 200,
    listens: [80],
    files: {
      '/usr/share/nginx/html/index.html': NGINX_PAGE,
      '/usr/share/nginx/html/50x.html': NGINX_ERROR_PAGE,
      '/etc/nginx/nginx.conf': 'user nginx;\nworker_processes auto;\n',
    },
    http: {
      '/': '/usr/share/nginx/html/index.html',
      '/index.html': '/usr/share/nginx/html/index.html',
      '/50x.html': '/usr/share/nginx/html/50x.html',
      '/*': { status: 404 },
    },
    memory: '10Mi',
    stopSignal: 'QUIT',
    accessLog: 'nginx',
    logs: ['/docker-entrypoint.sh: Configuration complete; ready for start up'],
  },
  httpd: {
    startupMs: 300,
    listens: [80],
    files: { '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n' },
    http: {
      '/': '/usr/local/apache2/htdocs/index.html',
      '/index.html': '/usr/local/apache2/htdocs/index.html',
      '/*': { status: 404 },
    },
    stopSignal: 'WINCH',
    accessLog: 'httpd',
  },
  busybox: { startupMs: 0, listens: [], shell: true },
  alpine: { startupMs: 0, listens: [], shell: true },
  debian: { startupMs: 0, listens: [], shell: true },
  ubuntu: { startupMs: 0, listens: [], shell: true },
  bash: { startupMs: 0, listens: [], shell: true },
  curl: { startupMs: 0, listens: [], shell: true },
  'hello-world': { startupMs: 0, listens: [], exits: { afterMs: 10, code: 0 }, logs: ['Hello from Docker!'] },
  pause: { startupMs: 0, listens: [] },
};

const EMPTY: ImageBehaviour = {};

/** `registry:5000/team/web:1.2@sha256:…` without tag and digest. */
export function withoutTag(image: string): string {
  const at = image.indexOf('@');
  const base = at < 0 ? image : image.slice(0, at);
  const colon = base.lastIndexOf(':');
  return colon > base.lastIndexOf('/') ? base.slice(0, colon) : base;
}

function described(world: World, image: string): ImageBehaviour | undefined {
  if (world.images.size > 0) {
    const exact = world.images.get(image) ?? world.images.get(withoutTag(image));
    if (exact !== undefined) return exact;
  }
  const name = withoutTag(image);
  const short = name.slice(name.lastIndexOf('/') + 1);
  return Object.hasOwn(CATALOGUE, short) ? CATALOGUE[short] : undefined;
}

/** What a container of this image does: the scenario's word first, then the catalogue's. */
export const behaviourOf = (world: World, image: string): ImageBehaviour => described(world, image) ?? EMPTY;

/** Whether scenario or catalogue say what its containers do; of others it is assumed. */
export const isKnownImage = (world: World, image: string): boolean => described(world, image) !== undefined;

/** `docker.io/library/nginx:1.25`: the name with registry and tag, as the runtime resolves it. */
export function canonicalImage(image: string): string {
  const first = image.split('/')[0]!;
  const hasRegistry =
    image.includes('/') && (first.includes('.') || first.includes(':') || first === 'localhost');
  const path = hasRegistry
    ? image
    : image.includes('/')
      ? `docker.io/${image}`
      : `docker.io/library/${image}`;
  return path.includes('@') || path.lastIndexOf(':') > path.lastIndexOf('/') ? path : `${path}:latest`;
}

/** Hex digits that look like a digest, from text and a number; the same for the same input. */
export function hexDigits(text: string, salt: number, length: number): string {
  let h = (0x811c9dc5 ^ salt) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  let out = '';
  while (out.length < length) {
    h = (h + 0x9e3779b9) >>> 0;
    let z = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    out += hex32((z ^ (z >>> 16)) >>> 0);
  }
  return out.slice(0, length);
}

/** The image's reference by digest, as the runtime reports it in `imageID`. */
export const imageIdOf = remembered(4096, (image: string) => {
  const canonical = canonicalImage(image);
  return `${withoutTag(canonical)}@sha256:${hexDigits(canonical, 7, 64)}`;
});

/** Bytes of an image, made up but the same in every run. */
export const imageSize = (image: string): number =>
  20_000_000 + (Number.parseInt(hexDigits(image, 3, 7), 16) % 180_000_000);

const DURATION_PART = /([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/g;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `3s`, `250ms`, `1m30s` in ms; undefined when it is not a duration. */
export function parseDuration(text: unknown): Millis | undefined {
  if (text === 0) return 0;
  if (typeof text !== 'string' || !/^(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(DURATION_PART)) total += Number(amount) * UNIT_MS[unit!]!;
  return Math.round(total);
}

class BehaviourError extends Error {}
const fail = (path: string, want: string, got: unknown): never => {
  throw new BehaviourError(
    `image behaviour: ${path}: expected ${want}, found ${JSON.stringify(got) ?? 'nothing'}`,
  );
};

const duration = (path: string, value: unknown): Millis =>
  parseDuration(value) ?? fail(path, 'a duration such as 3s or 250ms', value);

function quantity(path: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'string') {
    try {
      parseQuantity(value);
      return String(value);
    } catch {
      // told below, with the path
    }
  }
  return fail(path, 'a quantity such as 50Mi or 250m', value);
}

function record(path: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'a mapping', value);
  return value as Record<string, unknown>;
}

function keysOf(path: string, value: Record<string, unknown>, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      fail(path === '' ? key : `${path}.${key}`, `one of ${known.join(', ')}`, value[key]);
  }
}

function integer(path: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high)
    fail(path, `a whole number from ${low} to ${high}`, value);
  return value as number;
}

function httpAnswer(path: string, value: unknown): HttpAnswer {
  if (typeof value === 'string') {
    if (!value.startsWith('/')) fail(path, 'a file path that begins with /', value);
    return value;
  }
  if (typeof value === 'number') return { status: integer(path, value, 100, 599) };
  const map = record(path, value);
  keysOf(path, map, ['status', 'after', 'body']);
  return {
    status: integer(`${path}.status`, map.status ?? 200, 100, 599),
    ...(map.after === undefined ? {} : { afterMs: duration(`${path}.after`, map.after) }),
    ...(map.body === undefined ? {} : { body: String(map.body) }),
  };
}

const entries = (path: string, value: unknown): [string, unknown][] => Object.entries(record(path, value));

/** One reader a key of the YAML form. */
const KEYS: Readonly<Record<string, (value: unknown) => ImageBehaviour>> = {
  pull: (v) => ({
    pullMs:
      v === 'missing'
        ? 'missing'
        : (parseDuration(v) ?? fail('pull', 'a duration such as 3s, or missing', v)),
  }),
  startup: (v) => ({ startupMs: duration('startup', v) }),
  listens: (v) => ({
    listens: (Array.isArray(v) ? v : [v]).map((p, i) => integer(`listens[${i}]`, p, 1, 65_535)),
  }),
  files: (v) => ({
    files: Object.fromEntries(
      entries('files', v).map(([path, content]) => {
        if (!path.startsWith('/')) fail(`files.${path}`, 'a path that begins with /', path);
        return [path, content === null ? '' : String(content)];
      }),
    ),
  }),
  http: (v) => ({
    http: Object.fromEntries(
      entries('http', v).map(([path, answer]) => {
        if (!path.startsWith('/')) fail(`http.${path}`, 'a path that begins with /', path);
        return [path, httpAnswer(`http.${path}`, answer)];
      }),
    ),
  }),
  memory: (v) => {
    if (typeof v !== 'object') return { memory: quantity('memory', v) };
    const map = record('memory', v);
    keysOf('memory', map, ['start', 'grow']);
    const grow =
      /^(.+)\/([0-9]*)(ms|s|m|h)$/.exec(String(map.grow)) ??
      fail('memory.grow', 'a quantity per time such as 1Mi/s', map.grow);
    return {
      memory: {
        start: quantity('memory.start', map.start),
        grow: quantity('memory.grow', grow[1]),
        perMs: Number(grow[2] || '1') * UNIT_MS[grow[3]!]!,
      },
    };
  },
  cpu: (v) => {
    if (typeof v !== 'object') return { cpu: quantity('cpu', v) };
    const map = record('cpu', v);
    keysOf('cpu', map, ['perRequest']);
    return { cpu: { perRequest: quantity('cpu.perRequest', map.perRequest) } };
  },
  exits: (v) => {
    const map = record('exits', v);
    keysOf('exits', map, ['after', 'code']);
    return {
      exits: {
        afterMs: duration('exits.after', map.after ?? '0s'),
        code: integer('exits.code', map.code ?? 0, 0, 255),
      },
    };
  },
  ignoresSigterm: (v) => ({
    ignoresSigterm: typeof v === 'boolean' ? v : fail('ignoresSigterm', 'true or false', v),
  }),
  logs: (v) => ({ logs: (Array.isArray(v) ? v : [v]).map(String) }),
};

/**
 * Reads the YAML form of a behaviour, already parsed to a plain object.
 * @throws Error naming the key, what was expected and what was found
 */
export function parseImageBehaviour(yaml: unknown): ImageBehaviour {
  const map = record('behaviour', yaml ?? {});
  keysOf('', map, Object.keys(KEYS));
  let behaviour: ImageBehaviour = {};
  for (const [key, value] of Object.entries(map)) behaviour = { ...behaviour, ...KEYS[key]!(value) };
  return behaviour;
}

/** Bytes in use by a container of this behaviour that has run for so long. */
export function memoryInUse(behaviour: ImageBehaviour, runMs: Millis): number {
  const { memory } = behaviour;
  if (memory === undefined) return 0;
  if (typeof memory === 'string') return wholeValue(memory);
  return wholeValue(memory.start) + Math.floor((wholeValue(memory.grow) * runMs) / memory.perMs);
}

/** How many bytes a ms a container of this behaviour takes on. */
export const memoryGrowth = ({ memory }: ImageBehaviour): number =>
  typeof memory === 'object' ? wholeValue(memory.grow) / memory.perMs : 0;

/**
 * How long a container of this behaviour can run before it uses more than `limit` bytes; undefined: for ever.
 */
export function outOfMemoryAfter(behaviour: ImageBehaviour, limit: number): Millis | undefined {
  const { memory } = behaviour;
  if (memory === undefined || limit <= 0) return undefined;
  const start = wholeValue(typeof memory === 'string' ? memory : memory.start);
  if (start > limit) return 0;
  if (typeof memory === 'string') return undefined;
  const grow = wholeValue(memory.grow);
  return grow <= 0 ? undefined : Math.floor(((limit - start) * memory.perMs) / grow) + 1;
}
