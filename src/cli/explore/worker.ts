/** What a worker thread does: plays batches of runs, and shrinks what they find. It keeps the beginnings of one campaign. */
import { InputError } from '../../dsl/errors.ts';
import type { Operation } from '../../dsl/operations.ts';
import { Beginnings } from '../../explore/beginnings.ts';
import { runBatch, type Batch, type Campaign, type Finding } from '../../explore/campaign.ts';
import { exhaust, type Exhausted, type Scope } from '../../explore/exhaustive.ts';
import { minimal, type Counterexample } from '../../explore/minimal.ts';
import { tryOut } from '../../explore/trial.ts';
import { Cluster } from '../../sim/cluster.ts';

export type Work =
  | { readonly do: 'batch'; readonly campaign: Campaign; readonly from: number; readonly to: number; readonly hash: boolean; readonly untilMs: number }
  | { readonly do: 'shrink'; readonly finding: Finding; readonly how: readonly string[]; readonly untilMs: number }
  | { readonly do: 'replay'; readonly seed: string; readonly operations: readonly Operation[] }
  | { readonly do: 'exhaust'; readonly campaign: Campaign; readonly scope: Scope; readonly first: readonly number[]; readonly untilMs: number };

export type Done =
  | { readonly do: 'batch'; readonly batch: Batch }
  | { readonly do: 'shrink'; readonly counterexample: Counterexample | undefined }
  | { readonly do: 'replay'; readonly fails: boolean; readonly why: string | undefined }
  | { readonly do: 'exhaust'; readonly result: Exhausted };

const beginnings = new Beginnings({
  seed: '1', createCluster: (options) => Cluster.create(options),
  files: { readFile: (path) => { throw new InputError(`a scenario to be explored needs its files in itself, and names ${path}`); }, list: () => undefined },
});

const before = (untilMs: number) => (): boolean => Date.now() < untilMs;

/** @throws InputError (its name and message cross the threads; its class does not) */
export default function work(task: Work): Done {
  switch (task.do) {
    case 'batch':
      return { do: 'batch', batch: runBatch(task.campaign, task.from, task.to, beginnings, { hash: task.hash, more: before(task.untilMs) }) };
    case 'shrink': return { do: 'shrink', counterexample: minimal(task.finding, beginnings, task.how, before(task.untilMs)) };
    case 'replay': {
      const { failures, meaningless } = tryOut(task, beginnings);
      return { do: 'replay', fails: failures.length > 0, why: meaningless };
    }
    case 'exhaust': return { do: 'exhaust', result: exhaust(task.campaign, task.scope, beginnings, { first: task.first, more: before(task.untilMs) }) };
  }
}
