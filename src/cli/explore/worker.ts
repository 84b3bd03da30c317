/**
 * What a worker does: plays batches of runs, and shrinks what they find. It keeps the beginnings of one
 * campaign.
 */
import { ClaimError, InputError, inputErrorOf } from '../../dsl/errors.ts';
import type { Operation } from '../../dsl/operations/types.ts';
import { runBatch, scenarioOf, type Batch, type Campaign, type Finding } from '../../explore/campaign.ts';
import { playedTwice, type Difference } from '../../explore/difference.ts';
import { exhaust, type Exhausted, type Scope } from '../../explore/exhaustive.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { minimal, type Counterexample } from '../../explore/minimal.ts';
import { partsOf, tryOut } from '../../explore/trial.ts';

export type Work =
  | { readonly do: 'begin'; readonly campaign: Campaign }
  | {
      readonly do: 'batch';
      readonly campaign: Campaign;
      readonly from: number;
      readonly to: number;
      readonly hash: boolean;
      readonly untilMs: number;
    }
  | {
      readonly do: 'shrink';
      readonly finding: Finding;
      readonly how: readonly string[];
      readonly untilMs: number;
    }
  | { readonly do: 'replay'; readonly seed: string; readonly operations: readonly Operation[] }
  | { readonly do: 'twice'; readonly campaign: Campaign; readonly run: number }
  | {
      readonly do: 'exhaust';
      readonly campaign: Campaign;
      readonly scope: Scope;
      readonly first: readonly number[];
      readonly untilMs: number;
    };

/** Bad input: errors lose their class between processes. */
export interface Refused {
  readonly do: 'refused';
  readonly message: string;
}

export type Done =
  | { readonly do: 'begin' }
  | { readonly do: 'batch'; readonly batch: Batch }
  | { readonly do: 'shrink'; readonly counterexample: Counterexample | undefined }
  | { readonly do: 'replay'; readonly fails: boolean; readonly why: string | undefined }
  | { readonly do: 'twice'; readonly difference: Difference | undefined }
  | { readonly do: 'exhaust'; readonly result: Exhausted };

const beginnings = freshBeginnings();

const before = (untilMs: number) => (): boolean => Date.now() < untilMs;

export default function work(task: Work): Done | Refused {
  try {
    return perform(task);
  } catch (error) {
    const refused = inputErrorOf(error);
    if (refused === undefined) throw error;
    return { do: 'refused', message: refused.message };
  }
}

function perform(task: Work): Done {
  switch (task.do) {
    case 'begin': {
      const { seed, operations } = scenarioOf(task.campaign, 0);
      try {
        beginnings.begin(seed, operations.slice(0, partsOf(operations).begin));
      } catch (error) {
        if (error instanceof ClaimError) throw new InputError(error.message);
        throw error;
      }
      return { do: 'begin' };
    }
    case 'batch':
      return {
        do: 'batch',
        batch: runBatch(task.campaign, task.from, task.to, beginnings, {
          hash: task.hash,
          more: before(task.untilMs),
        }),
      };
    case 'shrink':
      return {
        do: 'shrink',
        counterexample: minimal(task.finding, beginnings, task.how, before(task.untilMs)),
      };
    case 'replay': {
      const { failures, meaningless } = tryOut(task, beginnings);
      return { do: 'replay', fails: failures.length > 0, why: meaningless };
    }
    case 'twice':
      return { do: 'twice', difference: playedTwice(task.campaign, task.run, freshBeginnings) };
    case 'exhaust':
      return {
        do: 'exhaust',
        result: exhaust(task.campaign, task.scope, beginnings, {
          first: task.first,
          more: before(task.untilMs),
        }),
      };
  }
}
