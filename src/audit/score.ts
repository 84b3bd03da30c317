/** A score for each workload, from 0 to 100: how much of what happens to clusters it survives. */
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { InputError } from '../dsl/errors.ts';
import { isFields, shortName, namespaceOf } from '../edits/shapes.ts';
import type { Manifests } from '../edits/manifests.ts';
import type { Results } from './advise.ts';
import { worstOf, type Effect } from './measure.ts';
import { isWayIn, type Served } from './subject.ts';
import { TRIALS, type Trial } from './trials/index.ts';

/** How much a kind of trial counts, and how much of it is lost. */
export interface Weights {
  /** By `planned`, `common`, `rare`. */
  readonly likelihood: Readonly<Record<Trial['likelihood'], number>>;
  /** Of single kinds, in place of their likelihood's. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Shares of a kind's weight: `degrades`, `down`, and `lost`: down and not back, or a replica missing. */
  readonly loss: Readonly<Record<'degrades' | 'down' | 'lost', number>>;
}

export const WEIGHTS: Weights = {
  likelihood: { planned: 5, common: 3, rare: 1 },
  kinds: {},
  loss: { degrades: 0.2, down: 0.7, lost: 1 },
};

export interface Score {
  /** `default/deployment/web` */
  readonly workload: string;
  readonly place: number;
  /** 0 to 100; absent: no Service of it answers, or nothing was tried. */
  readonly score?: number;
}

/** Where a member of a file stands, for messages: of its key, of its value. */
type Places = (path: readonly string[], of: 'key' | 'value') => string;

/** @throws InputError for what is no number from 0 up, or no such name */
function numbersOf<K extends string>(
  value: unknown,
  known: readonly K[],
  member: string,
  at: Places,
): Partial<Record<K, number>> {
  if (value === undefined) return {};
  if (!isFields(value))
    throw new InputError(`${at([member], 'value')}: ${member} is to be numbers by ${known.join(', ')}`);
  for (const [key, number] of Object.entries(value)) {
    if (!known.includes(key as K))
      throw new InputError(
        `${at([member, key], 'key')}: ${member} has "${key}"; there are: ${known.join(' · ')}`,
      );
    if (typeof number !== 'number' || !Number.isFinite(number) || number < 0)
      throw new InputError(
        `${at([member, key], 'value')}: ${member}: "${key}" is to be a number from 0 up, not ` +
          String(JSON.stringify(number)),
      );
  }
  return value as Partial<Record<K, number>>;
}

/**
 * A user's weights over the standard ones.
 * @param value what a file says: `likelihood`, `kinds` and `loss`, all of them or some
 * @throws InputError
 */
function weightsFrom(value: unknown, at: Places): Weights {
  if (!isFields(value))
    throw new InputError(`${at([], 'value')}: weights are an object of likelihood, kinds and loss`);
  const unknown = Object.keys(value).find((key) => !(key in WEIGHTS));
  if (unknown !== undefined)
    throw new InputError(
      `${at([unknown], 'key')}: there is no "${unknown}"; there are: likelihood · kinds · loss`,
    );
  const loss = { ...WEIGHTS.loss, ...numbersOf(value['loss'], ['degrades', 'down', 'lost'], 'loss', at) };
  const above = Object.entries(loss).find(([, share]) => share > 1);
  if (above !== undefined)
    throw new InputError(`${at(['loss', above[0]], 'value')}: loss: "${above[0]}" is a share, 1 at the most`);
  return {
    likelihood: {
      ...WEIGHTS.likelihood,
      ...numbersOf(value['likelihood'], ['planned', 'common', 'rare'], 'likelihood', at),
    },
    kinds: {
      ...(numbersOf(
        value['kinds'],
        TRIALS.map((t) => t.kind),
        'kinds',
        at,
      ) as Record<string, number>),
    },
    loss,
  };
}

/**
 * Weights as a file of YAML has them, over the standard ones.
 * @param file for messages: `weights.yaml:3:9: loss: "down" is a share, 1 at the most`
 * @throws InputError
 */
export function readWeights(text: string, file: string): Weights {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const [error] = document.errors;
  if (error !== undefined) throw new InputError(`${placeOf(error.pos[0])}: ${error.message}`);
  return weightsFrom(document.toJS(), (path, of) => {
    const around = document.getIn(path.slice(0, -1), true) ?? document.contents;
    const pair = isMap(around)
      ? around.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
      : undefined;
    const node = pair?.[of] ?? document.contents;
    return placeOf(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  });
}

const lossOf = ({ state, recovers, missing }: Effect, loss: Weights['loss']): number =>
  state === 'survives' ? 0 : !recovers || missing > 0 ? loss.lost : loss[state];

/** Trials that no manifest can do anything about do not count. */
export function scoresOf(
  { objects }: Pick<Manifests, 'objects'>,
  services: readonly Served[],
  workloads: readonly { readonly place: number }[],
  results: Results,
  weights: Weights,
): Score[] {
  return workloads.map(({ place }): Score => {
    // A way in may be lost with its controller, about which the workload behind it can do nothing.
    const own = services.filter((s) => !isWayIn(s) && s.workloads.includes(place));
    const worst = new Map<string, { readonly weight: number; readonly effect: Effect }>();
    for (const [trial, { effects }] of results) {
      if (trial.ofCluster === true || (trial.workload !== undefined && trial.workload !== place)) continue;
      const met = worstOf(
        [worst.get(trial.kind)?.effect, ...own.map((s) => effects[s.url])].filter((e) => e !== undefined),
      );
      const weight = weights.kinds[trial.kind] ?? weights.likelihood[trial.likelihood];
      if (met !== undefined) worst.set(trial.kind, { weight, effect: met });
    }
    const all = [...worst.values()];
    const whole = all.reduce((sum, { weight }) => sum + weight, 0);
    const lost = all.reduce((sum, { weight, effect }) => sum + weight * lossOf(effect, weights.loss), 0);
    const object = objects[place]!;
    const workload = `${namespaceOf(object)}/${shortName(object)}`;
    return whole === 0
      ? { workload, place }
      : { workload, place, score: Math.round(100 * (1 - lost / whole)) };
  });
}
