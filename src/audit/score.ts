/** A score for each workload, from 0 to 100: how much of what happens to clusters it survives. */
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

/** @throws InputError for what is no number from 0 up, or no such name */
function numbersOf<K extends string>(
  value: unknown,
  known: readonly K[],
  what: string,
): Partial<Record<K, number>> {
  if (value === undefined) return {};
  if (!isFields(value)) throw new InputError(`${what} is to be numbers by ${known.join(', ')}`);
  for (const [key, number] of Object.entries(value)) {
    if (!known.includes(key as K))
      throw new InputError(`${what} has "${key}"; there are: ${known.join(' · ')}`);
    if (typeof number !== 'number' || !(number >= 0))
      throw new InputError(`${what}: "${key}" is to be a number from 0 up, not ${JSON.stringify(number)}`);
  }
  return value as Partial<Record<K, number>>;
}

/**
 * A user's weights over the standard ones.
 * @param value what a file says: `likelihood`, `kinds` and `loss`, all of them or some
 * @param file for messages
 * @throws InputError
 */
export function weightsFrom(value: unknown, file: string): Weights {
  if (!isFields(value)) throw new InputError(`${file}: weights are an object of likelihood, kinds and loss`);
  const unknown = Object.keys(value).find((key) => !(key in WEIGHTS));
  if (unknown !== undefined)
    throw new InputError(`${file}: there is no "${unknown}"; there are: likelihood · kinds · loss`);
  const loss = {
    ...WEIGHTS.loss,
    ...numbersOf(value['loss'], ['degrades', 'down', 'lost'], `${file}: loss`),
  };
  const above = Object.entries(loss).find(([, share]) => share > 1);
  if (above !== undefined) throw new InputError(`${file}: loss: "${above[0]}" is a share, 1 at the most`);
  return {
    likelihood: {
      ...WEIGHTS.likelihood,
      ...numbersOf(value['likelihood'], ['planned', 'common', 'rare'], `${file}: likelihood`),
    },
    kinds: {
      ...(numbersOf(
        value['kinds'],
        TRIALS.map((t) => t.kind),
        `${file}: kinds`,
      ) as Record<string, number>),
    },
    loss,
  };
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
