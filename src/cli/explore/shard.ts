/** The runs of a campaign, shared out over machines that know nothing of each other. */
import type { Campaign } from '../../explore/campaign.ts';
import { UsageError } from '../exit.ts';
import { whole } from './asked.ts';

/** A share of the runs of a campaign: from `from` up to, not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface ShardAsked {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** What a part of a campaign remembers of the whole. */
export interface Shard extends Range {
  /** Runs of the whole. */
  readonly runs: number;
  readonly campaign: Campaign;
  /** The same for all parts of one whole. */
  readonly key: string;
}

/** What an Indexed Job tells each of its Pods, from 0. */
const INDEX = 'JOB_COMPLETION_INDEX';

/**
 * `3/8`, or of the Pods of an Indexed Job `8`.
 * @param env of the process
 * @throws UsageError
 */
export function shardAsked(text: string, env: Readonly<Record<string, string | undefined>>): ShardAsked {
  const [, first, , second] = /^(\d+)(\/(\d+))?$/.exec(text) ?? [];
  if (first === undefined)
    throw new UsageError(`--shard takes a part of a number, such as 3/8, not "${text}"`);
  if (second === undefined && env[INDEX] === undefined)
    throw new UsageError(
      `--shard ${text} does not say which of ${text} parts: give it as 1/${text}, or run it in an Indexed ` +
        `Job, which sets ${INDEX}`,
    );
  const of = whole('shard', second ?? first, 1);
  const index = second === undefined ? whole('shard', env[INDEX]!, 0) + 1 : whole('shard', first, 1);
  if (index > of) throw new UsageError(`--shard: there is no part ${index} of ${of}`);
  return { index, of };
}

/** Parts differ by one run at the most, and together are all. */
export const rangeOf = ({ index, of }: ShardAsked, runs: number): Range => ({
  from: Math.floor(((index - 1) * runs) / of),
  to: Math.floor((index * runs) / of),
});
