/**
 * What is done about one HorizontalPodAutoscaler: the metrics are asked how many replicas are needed, and the
 * target is scaled. Models reconcileAutoscaler of pkg/controller/podautoscaler/horizontal.go.
 */
import { withCondition, type Condition } from '../../api/conditions.ts';
import { deepEqual } from '../../api/equal.ts';
import { ApiError } from '../../api/errors.ts';
import { matches, parseLabelSelector, printSelector } from '../../api/selector.ts';
import { rfc3339 } from '../../api/time.ts';
import type { HorizontalPodAutoscaler, Pod } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import {
  limitPlainly,
  limitRate,
  rememberScale,
  stabilize,
  stabilizePlainly,
  type Memory,
  type Rules,
  type Wish,
} from './behavior.ts';
import { askMetric, InvalidMetric, type MetricStatus, type Question } from './metrics.ts';
import { MetricError, type Tolerances } from './replicas.ts';
import { scaleOf, type Scale } from './scale.ts';

type Status = HorizontalPodAutoscaler['status'];

export interface AutoscalerState {
  memories: Map<string, Memory>;
  /** Which Pods each autoscaler was found to steer: the selector of its target in words, by key. */
  selectors: Map<string, string>;
}

/** One sync: the autoscaler as it was, and the conditions it comes to have. */
class Sync {
  readonly ctx: ControllerContext;
  readonly hpa: HorizontalPodAutoscaler;
  private conditions: readonly Condition[];

  constructor(ctx: ControllerContext, hpa: HorizontalPodAutoscaler) {
    this.ctx = ctx;
    this.hpa = hpa;
    this.conditions = (hpa.status.conditions ?? []) as Condition[];
  }

  set(type: string, status: 'True' | 'False', reason: string, message: string): void {
    this.conditions = withCondition(this.conditions, { type, status, reason, message }, this.ctx.now);
  }

  warn(reason: string, message: string): void {
    this.ctx.event(this.hpa as never, 'Warning', reason, message);
  }

  /** Writes the status where it differs; one that another has written meanwhile, at the next period. */
  write(more: Partial<Status>): void {
    const { hpa, ctx, conditions } = this;
    const { desiredReplicas = 0 } = hpa.status;
    const status: Status = { ...hpa.status, desiredReplicas, ...more, conditions } as Status;
    if (deepEqual(status, hpa.status)) return;
    try {
      ctx.api.updateStatus({ ...hpa, status } as never);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.warn('FailedUpdateStatus', error.message);
    }
  }
}

/** The behaviour, with what defaulting leaves to the controller: how long recommendations hold going down. */
function rulesOf(
  { spec }: HorizontalPodAutoscaler,
  { config }: ControllerContext,
): { up: Rules; down: Rules } {
  const { scaleUp = {}, scaleDown = {} } = spec.behavior ?? {};
  const stabilizationWindowSeconds =
    scaleDown.stabilizationWindowSeconds ?? config.horizontalPodAutoscalerDownscaleStabilizationMs / 1000;
  return { up: scaleUp as Rules, down: { ...scaleDown, stabilizationWindowSeconds } as Rules };
}

const tolerancesOf = (up: Rules, down: Rules, { config }: ControllerContext): Tolerances => {
  const of = (rules: Rules): number => {
    const { tolerance } = rules as { tolerance?: string | number };
    return tolerance === undefined ? config.horizontalPodAutoscalerTolerance : Number(tolerance);
  };
  return { up: of(up), down: of(down) };
};

/** What the metrics together ask for. */
interface Asked {
  readonly replicas: number;
  /** Of the metric that asks for most. */
  readonly metric: string;
  readonly statuses: readonly MetricStatus[];
}

/** Says that nothing can be decided, and why. */
class Undecided extends MetricError {
  readonly statuses: readonly MetricStatus[];

  constructor(message: string, statuses: readonly MetricStatus[]) {
    super(message);
    this.statuses = statuses;
  }
}

/** The largest of what the metrics ask for; those that say nothing only ever hold it up. */
function askAll(sync: Sync, question: Question): Asked {
  const { hpa, scale } = question;
  const specs = hpa.spec.metrics ?? [];
  const statuses: MetricStatus[] = [];
  let [replicas, metric] = [0, ''];
  let invalid = 0;
  let first: InvalidMetric | undefined;
  for (const spec of specs) {
    try {
      const found = askMetric(question, spec);
      statuses.push(found.status);
      if (replicas === 0 || found.replicas > replicas) ({ replicas, name: metric } = found);
    } catch (error) {
      if (!(error instanceof InvalidMetric)) throw error;
      sync.warn(error.reason, error.why);
      statuses.push({ type: '' } as MetricStatus);
      first ??= error;
      invalid += 1;
    }
  }
  if (first !== undefined && (invalid >= specs.length || replicas < scale.specReplicas)) {
    sync.set(
      'ScalingActive',
      'False',
      first.reason,
      `the HPA was unable to compute the replica count: ${first.why}`,
    );
    throw new Undecided(
      `invalid metrics (${invalid} invalid out of ${specs.length}), first error is: ${first.message}`,
      statuses,
    );
  }
  sync.set(
    'ScalingActive',
    'True',
    'ValidMetricFound',
    `the HPA was able to successfully calculate a replica count from ${metric}`,
  );
  return { replicas, metric, statuses };
}

/** The autoscalers of a namespace that steer one of the Pods, as far as their targets are known. */
function steering(pods: readonly Pod[], namespace: string, { ctx }: Sync, state: AutoscalerState): string[] {
  const known = ctx.cache.list('HorizontalPodAutoscaler', namespace).flatMap(({ metadata }) => {
    const key = `${namespace}/${metadata.name}`;
    const text = state.selectors.get(key);
    return text === undefined ? [] : [{ key, selector: parseLabelSelector(text) }];
  });
  if (known.length < 2) return known.map(({ key }) => key);
  return known
    .filter(({ selector }) => pods.some((pod) => matches(selector, pod.metadata.labels ?? {})))
    .map(({ key }) => key)
    .sort();
}

/** The target's Pods can be told, and no other autoscaler steers one of them. @throws Undecided */
function checkSelector(key: string, sync: Sync, scale: Scale, state: AutoscalerState): void {
  const { hpa, ctx } = sync;
  const { selector, selectorText, selectorProblem } = scale;
  if (selectorProblem !== undefined) {
    const message =
      `couldn't convert selector into a corresponding internal selector object: ` + selectorProblem;
    sync.warn('InvalidSelector', message);
    sync.set('ScalingActive', 'False', 'InvalidSelector', message);
    throw new Undecided(message, []);
  }
  if (selector === undefined) {
    sync.warn('SelectorRequired', 'selector is required');
    sync.set('ScalingActive', 'False', 'InvalidSelector', "the HPA target's scale is missing a selector");
    throw new Undecided('selector is required', []);
  }
  const namespace = hpa.metadata.namespace ?? '';
  state.selectors.set(key, selectorText);
  const pods = ctx.cache.list('Pod', namespace).filter((pod) => matches(selector, pod.metadata.labels ?? {}));
  const names = steering(pods, namespace, sync, state);
  if (names.length < 2) return;
  const text = printSelector(selector);
  const message = `pods by selector ${text} are controlled by multiple HPAs: [${names.join(' ')}]`;
  sync.warn('AmbiguousSelector', message);
  sync.set('ScalingActive', 'False', 'AmbiguousSelector', message);
  throw new Undecided(message, []);
}

/** What there should be, and why that is another number than now. */
interface Decision {
  readonly replicas: number;
  readonly reason: string;
  readonly statuses: readonly MetricStatus[];
}

function decide(key: string, sync: Sync, scale: Scale, state: AutoscalerState, memory: Memory): Decision {
  const { hpa, ctx } = sync;
  const { minReplicas: min = 1, maxReplicas: max } = hpa.spec;
  const current = scale.specReplicas;
  if (current === 0 && min !== 0) {
    sync.set(
      'ScalingActive',
      'False',
      'ScalingDisabled',
      'scaling is disabled since the replica count of the target is zero',
    );
    return { replicas: 0, reason: '', statuses: [] };
  }
  if (current > max && ctx.config.planted !== 'autoscaler-unbounded')
    return { replicas: max, reason: 'Current number of replicas above Spec.MaxReplicas', statuses: [] };
  if (current < min)
    return { replicas: min, reason: 'Current number of replicas below Spec.MinReplicas', statuses: [] };
  checkSelector(key, sync, scale, state);
  const { up, down } = rulesOf(hpa, ctx);
  const {
    replicas: asked,
    metric,
    statuses,
  } = askAll(sync, { ctx, hpa, scale, tolerances: tolerancesOf(up, down, ctx) });
  const below = asked < current ? 'All metrics below target' : '';
  const reason = asked > current ? `${metric} above target` : below;
  const wish: Wish = {
    current,
    desired: asked,
    min,
    max,
    up,
    down,
    now: ctx.now,
    planted: ctx.config.planted,
  };
  const plain = hpa.spec.behavior === undefined;
  const stable = plain
    ? stabilizePlainly(memory, ctx.config.horizontalPodAutoscalerDownscaleStabilizationMs, wish)
    : stabilize(memory, wish);
  if (stable.replicas === asked)
    sync.set('AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size');
  else sync.set('AbleToScale', 'True', stable.reason, stable.message);
  const within = { ...wish, desired: stable.replicas };
  const limited = plain ? limitPlainly(within) : limitRate(memory, within);
  sync.set(
    'ScalingLimited',
    limited.replicas === stable.replicas ? 'False' : 'True',
    limited.reason,
    limited.message,
  );
  const unbounded =
    ctx.config.planted === 'autoscaler-unbounded' ? Math.max(limited.replicas, asked) : limited.replicas;
  return { replicas: unbounded, reason, statuses };
}

/** Brings the target to a number, and tells of it. @returns whether it was done */
function rescale(
  sync: Sync,
  scale: Scale,
  { replicas, reason, statuses }: Decision,
  memory: Memory,
): boolean {
  const { hpa, ctx } = sync;
  const current = scale.specReplicas;
  try {
    ctx.api.scale(scale.definition.resource, hpa.metadata.namespace ?? '', scale.name, replicas);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    sync.warn('FailedRescale', `New size: ${replicas}; reason: ${reason}; error: ${error.message}`);
    sync.set(
      'AbleToScale',
      'False',
      'FailedUpdateScale',
      `the HPA controller was unable to update the target scale: ${error.message}`,
    );
    sync.write({ currentReplicas: current, currentMetrics: [...statuses] });
    return false;
  }
  sync.set(
    'AbleToScale',
    'True',
    'SucceededRescale',
    `the HPA controller was able to update the target scale to ${replicas}`,
  );
  ctx.event(hpa as never, 'Normal', 'SuccessfulRescale', `New size: ${replicas}; reason: ${reason}`);
  if (hpa.spec.behavior !== undefined)
    rememberScale(memory, current, replicas, { ...rulesOf(hpa, ctx), now: ctx.now });
  return true;
}

/** One sync. @param key `namespace/name` */
export function reconcile(
  key: string,
  hpa: HorizontalPodAutoscaler,
  state: AutoscalerState,
  ctx: ControllerContext,
): void {
  const sync = new Sync(ctx, hpa);
  let scale: Scale;
  try {
    scale = scaleOf(hpa, ctx);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    sync.warn('FailedGetScale', error.message);
    sync.set(
      'AbleToScale',
      'False',
      'FailedGetScale',
      `the HPA controller was unable to get the target's current scale: ${error.message}`,
    );
    sync.write({});
    return;
  }
  sync.set(
    'AbleToScale',
    'True',
    'SucceededGetScale',
    "the HPA controller was able to get the target's current scale",
  );
  const current = scale.specReplicas;
  let memory = state.memories.get(key);
  if (memory === undefined) {
    memory = { recommendations: [{ at: ctx.now, replicas: current }], ups: [], downs: [] };
    state.memories.set(key, memory);
  }
  let decision: Decision;
  try {
    decision = decide(key, sync, scale, state, memory);
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    sync.write({ currentReplicas: current, currentMetrics: [...error.statuses] });
    sync.warn('FailedComputeMetricsReplicas', error.message);
    return;
  }
  const { replicas, statuses } = decision;
  const scaled = replicas !== current;
  if (scaled && !rescale(sync, scale, decision, memory)) return;
  sync.write({
    currentReplicas: current,
    desiredReplicas: replicas,
    currentMetrics: [...statuses],
    ...(scaled ? { lastScaleTime: rfc3339(ctx.now) } : {}),
  });
}
