/** What the campaigns of one command share. */
import { join } from 'node:path';
import type { Kit } from '../../dsl/types.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { fileName } from '../../explore/filename.ts';
import { VERSION } from '../../report/version.ts';
import { UsageError } from '../exit.ts';
import { whole, type ExploreOptions, type Sources } from './asked.ts';
import type { Pool } from './pool.ts';
import { rangeOf, shardAsked, type Shard } from './shard.ts';
import { keyOf, Store, type State } from './store.ts';

export interface Settings {
  /** Where the manifests of scenes were read. */
  readonly sources: Sources;
  readonly kit: Kit;
  readonly options: ExploreOptions;
  readonly pool: Pool;
  readonly interrupted: AbortSignal;
  /** Since when its time counts, in ms of the time of day; absent: from its own beginning. */
  readonly startedMs?: number;
  /** What was found is told by the caller, and all of it: what its folder holds is not taken as known. */
  readonly quiet?: boolean;
}

/** How a campaign ended. */
export interface Ending {
  /** The exit code. */
  readonly code: number;
  readonly state: State;
}

export const runsAsked = ({ runs }: ExploreOptions): number | undefined =>
  runs === undefined ? undefined : whole('runs', runs, 1);

/** Of what a campaign is asked: only the same goes on with its state. */
export const stateKey = (campaign: Campaign, options: ExploreOptions): string =>
  keyOf([
    campaign,
    runsAsked(options),
    options.showAll === true,
    options.shard === undefined ? [] : shardAsked(options.shard, process.env),
    options.exhaustive === true ? [options.delays, options.lasting] : [],
    ...(options.queue === undefined ? [] : ['queue']),
  ]);

/** Of what a queue's workers share: all that ask the same, with the same Seatrial, wherever they are. */
export const queueKey = (campaign: Campaign, { runs, kit }: ExploreOptions): string =>
  keyOf([VERSION, campaign, runs, kit ?? '']);

/** The part that is asked for; undefined of a whole campaign. @throws UsageError */
export function shardOf(campaign: Campaign, options: ExploreOptions): Shard | undefined {
  if (options.shard === undefined) return undefined;
  const runs = runsAsked(options);
  if (runs === undefined) throw new UsageError('--shard shares out a number of runs: give it by --runs');
  const { shard, ...whole } = options;
  return { ...rangeOf(shardAsked(shard, process.env), runs), runs, campaign, key: stateKey(campaign, whole) };
}

export const storeOf = ({ name }: Campaign, { out }: ExploreOptions): Store =>
  new Store(join(out, fileName(name)));
