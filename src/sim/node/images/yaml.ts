/** Reads the YAML form of a behaviour (VOCABULARY, *Images*). */
import { type Misreading, MisreadError } from '../../api/misreading.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { Millis } from '../../kernel/types.ts';
import type { HttpAnswer, ImageBehaviour } from '../world.ts';

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

const fail = (path: string, wanted: Misreading['wanted'], value: unknown): never => {
  throw new MisreadError({ of: 'image', path, wanted, value });
};

const duration = (path: string, value: unknown): Millis =>
  parseDuration(value) ?? fail(path, 'duration', value);

function quantity(path: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'string') {
    try {
      parseQuantity(value);
      return String(value);
    } catch {
      // told below, with the path
    }
  }
  return fail(path, 'quantity', value);
}

function record(path: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'mapping', value);
  return value as Record<string, unknown>;
}

function keysOf(path: string, value: Record<string, unknown>, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) fail(path === '' ? key : `${path}.${key}`, { among: known }, value[key]);
  }
}

function integer(path: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high)
    fail(path, { from: low, to: high }, value);
  return value as number;
}

function httpAnswer(path: string, value: unknown): HttpAnswer {
  if (typeof value === 'string') {
    if (!value.startsWith('/')) fail(path, 'file', value);
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
  pull: (v) => ({ pullMs: v === 'missing' ? 'missing' : (parseDuration(v) ?? fail('pull', 'pull', v)) }),
  startup: (v) => ({ startupMs: duration('startup', v) }),
  listens: (v) => ({
    listens: (Array.isArray(v) ? v : [v]).map((p, i) => integer(`listens[${i}]`, p, 1, 65_535)),
  }),
  files: (v) => ({
    files: Object.fromEntries(
      entries('files', v).map(([path, content]) => {
        if (!path.startsWith('/')) fail(`files.${path}`, 'path', path);
        return [path, content === null ? '' : String(content)];
      }),
    ),
  }),
  http: (v) => ({
    http: Object.fromEntries(
      entries('http', v).map(([path, answer]) => {
        if (!path.startsWith('/')) fail(`http.${path}`, 'path', path);
        return [path, httpAnswer(`http.${path}`, answer)];
      }),
    ),
  }),
  memory: (v) => {
    if (typeof v !== 'object') return { memory: quantity('memory', v) };
    const map = record('memory', v);
    keysOf('memory', map, ['start', 'grow']);
    const grow =
      /^(.+)\/([0-9]*)(ms|s|m|h)$/.exec(String(map.grow)) ?? fail('memory.grow', 'growth', map.grow);
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
    ignoresSigterm: typeof v === 'boolean' ? v : fail('ignoresSigterm', 'boolean', v),
  }),
  logs: (v) => ({ logs: (Array.isArray(v) ? v : [v]).map(String) }),
};

/**
 * Reads the YAML form of a behaviour, already parsed to a plain object.
 * @throws MisreadError naming the key, what was expected and what was found
 */
export function parseImageBehaviour(yaml: unknown): ImageBehaviour {
  const map = record('behaviour', yaml ?? {});
  keysOf('', map, Object.keys(KEYS));
  let behaviour: ImageBehaviour = {};
  for (const [key, value] of Object.entries(map)) behaviour = { ...behaviour, ...KEYS[key]!(value) };
  return behaviour;
}
