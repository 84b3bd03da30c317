/**
 * What a worker does: plays batches of runs, and shrinks what they find. It keeps the beginnings of one
 * campaign, with one kit.
 */
import { ClaimError, inputErrorOf } from '../../dsl/errors.ts';
import { standardKit } from '../../dsl/kit.ts';
import { loadKit } from '../../dsl/kitfile.ts';
import { vocabularyOf } from '../../dsl/phrases/vocabulary.ts';
import type { Operation } from '../../dsl/operations/operation.ts';
import type { SessionOptions } from '../../dsl/types.ts';
import {
  causesIn,
  runBatch,
  scenarioOf,
  type Batch,
  type Campaign,
  type Finding,
} from '../../explore/campaign.ts';
import type { Guidance } from '../../explore/guidance.ts';
import { playedTwice, type Difference } from '../../explore/difference.ts';
import { exhaust, type Exhausted, type Scope } from '../../explore/exhaustive.ts';
import type { Beginnings } from '../../explore/beginnings.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { minimal, type Counterexample } from '../../explore/minimal.ts';
import { partsOf } from '../../explore/trial.ts';
import type { ScenarioResult } from '../../mutate/result.ts';
import { auditPart, type AuditAnswer, type AuditTask } from '../audit/task.ts';
import { deepEqual } from '../../sim/api/equal.ts';
import { mutateScenario, type MutateTask } from '../mutate/task.ts';

export type Work =
  | { readonly do: 'begin'; readonly campaign: Campaign; readonly untilMs: number }
  | {
      readonly do: 'batch';
      readonly campaign: Campaign;
      readonly from: number;
      readonly to: number;
      readonly hash: boolean;
      readonly untilMs: number;
      /** What the runs before met, where it is known. */
      readonly guidance?: Guidance;
    }
  | {
      readonly do: 'shrink';
      readonly finding: Finding;
      readonly how: readonly string[];
      readonly untilMs: number;
    }
  | {
      readonly do: 'replay';
      readonly seed: string;
      readonly operations: readonly Operation[];
      readonly untilMs: number;
    }
  | { readonly do: 'twice'; readonly campaign: Campaign; readonly run: number }
  | {
      readonly do: 'exhaust';
      readonly campaign: Campaign;
      readonly scope: Scope;
      readonly first: readonly number[];
      readonly untilMs: number;
    }
  | MutateTask
  | AuditTask;

/** Bad input: errors lose their class between processes. */
export interface Refused {
  readonly do: 'refused';
  readonly message: string;
  /** The text of the manifest that it is about. */
  readonly manifest: string | undefined;
}

export type Done =
  | { readonly do: 'begin' }
  | { readonly do: 'batch'; readonly batch: Batch }
  | { readonly do: 'shrink'; readonly counterexample: Counterexample | undefined }
  | {
      readonly do: 'replay';
      readonly fails: boolean;
      /** Keys of the causes for which it does. */
      readonly causes: readonly string[];
      readonly why: string | undefined;
      readonly overdue: boolean;
    }
  | { readonly do: 'twice'; readonly difference: Difference | undefined }
  | { readonly do: 'exhaust'; readonly result: Exhausted }
  | { readonly do: 'mutate'; readonly result: ScenarioResult }
  | { readonly do: 'audit'; readonly answer: AuditAnswer };

/** A task, and the file of the kit to play with; the same in all tasks of a worker. */
export interface Order {
  readonly task: Work;
  readonly kit?: string | undefined;
}

/** By the kit's file. */
const beginnings = new Map<string | undefined, Beginnings>();

async function beginningsWith(kit: string | undefined): Promise<Beginnings> {
  let found = beginnings.get(kit);
  if (found === undefined) {
    found = freshBeginnings(kit === undefined ? standardKit : await loadKit(kit));
    beginnings.set(kit, found);
  }
  return found;
}

/** The campaign of the last task: what was made for it serves the next ones. */
let last: Campaign | undefined;

function known(campaign: Campaign): Campaign {
  if (last === undefined || !deepEqual(last, campaign)) last = campaign;
  return last;
}

const before = (untilMs: number) => (): boolean => Date.now() < untilMs;

const limitsOf = ({ untilMs }: { readonly untilMs: number }): Pick<SessionOptions, 'limits'> => ({
  limits: { overdue: () => Date.now() >= untilMs },
});

export default async function work({ task, kit }: Order): Promise<Done | Refused> {
  try {
    return perform(task, await beginningsWith(kit));
  } catch (error) {
    const refused = inputErrorOf(error);
    if (refused === undefined) throw error;
    return { do: 'refused', message: refused.message, manifest: undefined };
  }
}

function perform(task: Work, beginnings: Beginnings): Done | Refused {
  switch (task.do) {
    case 'begin': {
      const { seed, operations } = scenarioOf(known(task.campaign), 0, beginnings);
      const { begin } = partsOf(operations, vocabularyOf(beginnings.kit));
      const scene = operations.slice(0, begin);
      try {
        beginnings.begin(seed, scene, limitsOf(task));
      } catch (error) {
        const refused = error instanceof ClaimError ? error : inputErrorOf(error);
        if (refused === undefined) throw error;
        const failed = beginnings.failedAt(seed, scene);
        return {
          do: 'refused',
          message: refused.message,
          manifest: failed?.op === 'manifest' ? failed.text : undefined,
        };
      }
      return { do: 'begin' };
    }
    case 'batch':
      return {
        do: 'batch',
        batch: runBatch(known(task.campaign), task.from, task.to, beginnings, {
          hash: task.hash,
          more: before(task.untilMs),
          ...(task.guidance === undefined ? {} : { guidance: task.guidance }),
        }),
      };
    case 'shrink':
      return {
        do: 'shrink',
        counterexample: minimal(task.finding, beginnings, task.how, before(task.untilMs)),
      };
    case 'replay': {
      const { trial, findings } = causesIn(task, beginnings, limitsOf(task));
      const { failures, meaningless, overdue } = trial;
      const causes = findings.map(({ cause }) => cause.key);
      return { do: 'replay', fails: failures.length > 0, causes, why: meaningless, overdue };
    }
    case 'twice':
      return {
        do: 'twice',
        difference: playedTwice(task.campaign, task.run, () => freshBeginnings(beginnings.kit)),
      };
    case 'mutate':
      return { do: 'mutate', result: mutateScenario(task, beginnings.kit) };
    case 'audit':
      return { do: 'audit', answer: auditPart(task, beginnings) };
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
