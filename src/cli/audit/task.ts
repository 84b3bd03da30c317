/** What a worker process does of `seatrial audit`: the plan, some trials, or advice for one Service. */
import type { Advice, Precedent, Results } from '../../audit/advise.ts';
import { adviseOn, planOf, tryOne, type Plan } from '../../audit/audit.ts';
import { Stage, type Changed, type Played } from '../../audit/stage.ts';
import type { Served } from '../../audit/subject.ts';
import type { Trial } from '../../audit/trials/index.ts';
import { manifestsOf } from '../../edits/manifests.ts';
import type { Beginnings } from '../../explore/beginnings.ts';
import type { ClusterShape } from '../../explore/scene.ts';

/** What all parts of an audit have in common. */
export interface Audited {
  readonly texts: readonly string[];
  /** Their files, for messages. */
  readonly files: readonly string[];
  readonly shape: ClusterShape;
  readonly seed: string;
}

export type AuditPart =
  | { readonly part: 'plan'; readonly kinds?: readonly string[] }
  | {
      readonly part: 'trials';
      readonly services: readonly Served[];
      readonly trials: readonly Trial[];
      /** On other manifests than those of the audit. */
      readonly changed?: Changed;
    }
  | {
      readonly part: 'advice';
      readonly services: readonly Served[];
      readonly service: Served;
      readonly results: Results;
      /** Of one that it is alike to. */
      readonly precedent?: Precedent;
    };

export interface AuditTask {
  readonly do: 'audit';
  readonly audited: Audited;
  readonly ask: AuditPart;
  readonly untilMs: number;
}

export type AuditAnswer =
  | { readonly part: 'plan'; readonly plan: Plan }
  /** Of the first ones, as many as there was time for. */
  | { readonly part: 'trials'; readonly played: readonly Played[] }
  | { readonly part: 'advice'; readonly advice: Readonly<Record<string, Advice>> };

/** Of whoever's beginnings, the stage that was asked for last. */
const stages = new WeakMap<Beginnings, { readonly key: string; readonly stage: Stage }>();

function stageOf(audited: Audited, beginnings: Beginnings): Stage {
  const key = JSON.stringify(audited);
  const last = stages.get(beginnings);
  if (last?.key === key) return last.stage;
  const { texts, files, shape, seed } = audited;
  const stage = new Stage(manifestsOf(texts, files), { shape, seed, beginnings });
  stages.set(beginnings, { key, stage });
  return stage;
}

/** @throws InputError, ClaimError where the manifests do not come up */
export function auditPart({ audited, ask, untilMs }: AuditTask, beginnings: Beginnings): AuditAnswer {
  const stage = stageOf(audited, beginnings);
  const more = (): boolean => Date.now() < untilMs;
  switch (ask.part) {
    case 'plan':
      return { part: 'plan', plan: planOf(stage, ask.kinds) };
    case 'trials': {
      const played: Played[] = [];
      for (const trial of ask.trials)
        if (more()) played.push(tryOne(stage, ask.services, trial, ask.changed));
      return { part: 'trials', played };
    }
    case 'advice': {
      const { services, service, results, precedent } = ask;
      return { part: 'advice', advice: adviseOn(stage, services, service, results, more, precedent) };
    }
  }
}
