/**
 * How fast, and how soon, an autoscaler follows what its metrics ask for: stabilization windows, policies,
 * bounds. Models normalizeDesiredReplicasWithBehaviors of pkg/controller/podautoscaler/horizontal.go.
 */
import type { HorizontalPodAutoscaler } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Bug } from '../../planted.ts';

type Behavior = NonNullable<HorizontalPodAutoscaler['spec']['behavior']>;
export type Rules = NonNullable<Behavior['scaleUp']>;

/** A number that the metrics asked for. */
export interface Recommendation {
  readonly at: Millis;
  readonly replicas: number;
}
/** By how many replicas the target was scaled. */
export interface ScaleEvent {
  readonly at: Millis;
  readonly change: number;
}

/** What a controller remembers of an autoscaler. */
export interface Memory {
  recommendations: Recommendation[];
  ups: ScaleEvent[];
  downs: ScaleEvent[];
}

export interface Bounded {
  readonly replicas: number;
  readonly reason: string;
  readonly message: string;
}

export interface PlainWish {
  readonly current: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly now: Millis;
  readonly planted?: Bug | undefined;
}

/** Of an autoscaler that says how it behaves. */
export interface Wish extends PlainWish {
  readonly up: Rules;
  readonly down: Rules;
}

/**
 * The wish within what was recommended of late: not above the lowest of the window for going up, not below
 * the highest of the window for going down.
 */
export function stabilize(memory: Memory, { current, desired, up, down, now }: Wish): Bounded {
  const upSince = now - (up.stabilizationWindowSeconds ?? 0) * 1000;
  const downSince = now - (down.stabilizationWindowSeconds ?? 0) * 1000;
  let [lowest, highest] = [desired, desired];
  for (const { at, replicas } of memory.recommendations) {
    if (at > upSince) lowest = Math.min(lowest, replicas);
    if (at > downSince) highest = Math.max(highest, replicas);
  }
  const kept = Math.min(upSince, downSince);
  memory.recommendations = [
    ...memory.recommendations.filter(({ at }) => at >= kept),
    { at: now, replicas: desired },
  ];
  const replicas = Math.min(Math.max(current, lowest), highest);
  return desired >= current
    ? {
        replicas,
        reason: 'ScaleUpStabilized',
        message:
          'recent recommendations were lower than current one, applying the lowest recent recommendation',
      }
    : {
        replicas,
        reason: 'ScaleDownStabilized',
        message:
          'recent recommendations were higher than current one, applying the highest recent recommendation',
      };
}

/** The same of one that does not: the highest of the window, whichever way it goes. */
export function stabilizePlainly(memory: Memory, windowMs: Millis, { desired, now }: PlainWish): Bounded {
  const recent = memory.recommendations.filter(({ at }) => at >= now - windowMs);
  memory.recommendations = [...recent, { at: now, replicas: desired }];
  const highest = Math.max(desired, ...recent.map(({ replicas }) => replicas));
  return {
    replicas: highest,
    reason: 'ScaleDownStabilized',
    message:
      'recent recommendations were higher than current one, applying the highest recent recommendation',
  };
}

const changeWithin = (events: readonly ScaleEvent[], periodSeconds: number, now: Millis): number =>
  events.reduce((sum, { at, change }) => (at > now - periodSeconds * 1000 ? sum + change : sum), 0);

/** How many replicas there were when a policy's period began. */
function replicasBefore(memory: Memory, current: number, periodSeconds: number, now: Millis): number {
  return (
    current - changeWithin(memory.ups, periodSeconds, now) + changeWithin(memory.downs, periodSeconds, now)
  );
}

/** The most that the policies let there be. */
function upLimit(memory: Memory, { current, up, now }: Wish): number {
  if (up.selectPolicy === 'Disabled') return current;
  const limits = (up.policies ?? []).map(({ type, value, periodSeconds }) => {
    const before = replicasBefore(memory, current, periodSeconds, now);
    // Rounded up, or one replica would never become two.
    return type === 'Pods' ? before + value : Math.ceil(before * (1 + value / 100));
  });
  return up.selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

/** The fewest that the policies let there be; `Min`, the least change, is the largest number. */
function downLimit(memory: Memory, { current, down, now }: Wish): number {
  if (down.selectPolicy === 'Disabled') return current;
  const limits = (down.policies ?? []).map(({ type, value, periodSeconds }) => {
    const before = replicasBefore(memory, current, periodSeconds, now);
    return type === 'Pods' ? before - value : Math.trunc(before * (1 - value / 100));
  });
  return down.selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
}

const WITHIN = { reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };

const TOO_FAST_UP = {
  reason: 'ScaleUpLimit',
  message: 'the desired replica count is increasing faster than the maximum scale rate',
};
const TOO_FAST_DOWN = {
  reason: 'ScaleDownLimit',
  message: 'the desired replica count is decreasing faster than the maximum scale rate',
};
const TOO_MANY = {
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
};
const TOO_FEW = {
  reason: 'TooFewReplicas',
  message: 'the desired replica count is less than the minimum replica count',
};

/** The most that one step may come to, where an autoscaler does not say: twice as many, or four. */
const UP_FACTOR = 2;
const UP_LEAST = 4;

/** The wish within its bounds, where the autoscaler says nothing of how fast. */
export function limitPlainly({ current, desired, min, max, planted }: PlainWish): Bounded {
  const limit = planted === 'autoscaler-ignores-policies' ? max : Math.max(UP_FACTOR * current, UP_LEAST);
  if (desired < min) return { replicas: min, ...TOO_FEW };
  if (desired > Math.min(max, limit))
    return max > limit ? { replicas: limit, ...TOO_FAST_UP } : { replicas: max, ...TOO_MANY };
  return { replicas: desired, ...WITHIN };
}

/** The wish within its bounds and what the policies allow. */
export function limitRate(memory: Memory, wish: Wish): Bounded {
  const { current, desired, min, max, planted } = wish;
  if (desired > current) {
    const limit = Math.max(upLimit(memory, wish), current);
    const bySpeed = max > limit && planted !== 'autoscaler-ignores-policies';
    const most = bySpeed ? limit : max;
    if (desired <= most) return { replicas: desired, ...WITHIN };
    return { replicas: most, ...(bySpeed ? TOO_FAST_UP : TOO_MANY) };
  }
  if (desired < current) {
    const limit = Math.min(downLimit(memory, wish), current);
    const bySpeed = min < limit && planted !== 'autoscaler-ignores-policies';
    const fewest = bySpeed ? limit : min;
    if (desired >= fewest) return { replicas: desired, ...WITHIN };
    return { replicas: fewest, ...(bySpeed ? TOO_FAST_DOWN : TOO_FEW) };
  }
  return { replicas: desired, ...WITHIN };
}

const longestPeriodMs = ({ policies = [] }: Rules): Millis =>
  Math.max(0, ...policies.map(({ periodSeconds }) => periodSeconds * 1000));

/** Remembers that the target was scaled, as long as policies look back. */
export function rememberScale(
  memory: Memory,
  before: number,
  after: number,
  rules: Pick<Wish, 'up' | 'down' | 'now'>,
): void {
  const { up, down, now } = rules;
  const since = now - Math.max(longestPeriodMs(up), longestPeriodMs(down));
  const recent = (events: ScaleEvent[]): ScaleEvent[] => events.filter(({ at }) => at >= since);
  if (after > before) memory.ups = [...recent(memory.ups), { at: now, change: after - before }];
  else memory.downs = [...recent(memory.downs), { at: now, change: before - after }];
}
