/** What autoscalers may do: nothing beyond their bounds, and nothing faster than their policies. */
import type { HorizontalPodAutoscaler } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { changeOf, defineInvariant, named, type Change, told } from './define.ts';
import type { Violation } from './types.ts';

/** A decision of the controller, by its own report: from how many replicas to how many. */
function decisionIn(
  change: Change<'HorizontalPodAutoscaler'> | undefined,
): { hpa: HorizontalPodAutoscaler; from: number; to: number } | undefined {
  const { before, after } = change ?? {};
  if (before === undefined || after === undefined) return undefined;
  if (after.status.lastScaleTime === before.status.lastScaleTime) return undefined;
  const { currentReplicas = 0, desiredReplicas = 0 } = after.status;
  return { hpa: after, from: currentReplicas, to: desiredReplicas };
}

export const autoscalerBounded = defineInvariant<null>({
  name: 'autoscaler-bounded',
  asks: 'api',
  about: 'An autoscaler never asks for fewer or more replicas than it may.',
  why: 'its bounds are what somebody is ready to pay for, and what a service needs at least',
  fails: 'It scaled its target beyond minReplicas or maxReplicas as they were then.',
  init: () => null,
  observe(entry): Violation | undefined {
    const decision = decisionIn(changeOf(entry, 'HorizontalPodAutoscaler'));
    if (decision === undefined) return undefined;
    const { hpa, to } = decision;
    const { minReplicas = 1, maxReplicas } = hpa.spec;
    if (to >= minReplicas && to <= maxReplicas) return undefined;
    const bounds = { least: minReplicas, most: maxReplicas };
    const message = told('brokenAutoscalerBounds', { autoscaler: named(hpa), ...bounds, asked: to });
    return { message, objects: [hpa], entry: entry.id };
  },
});

/** Where it says nothing: at most twice as many at once, or four. */
const PLAIN_FACTOR = 2;
const PLAIN_LEAST = 4;

/** The most that one step up may come to, if nothing was taken away of late. */
function mostAfter({ spec }: HorizontalPodAutoscaler, from: number): number {
  const up = spec.behavior?.scaleUp;
  if (up === undefined) return Math.max(PLAIN_FACTOR * from, PLAIN_LEAST);
  if (up.selectPolicy === 'Disabled') return from;
  const limits = (up.policies ?? []).map(({ type, value }) =>
    type === 'Pods' ? from + value : Math.ceil(from * (1 + value / 100)),
  );
  return up.selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

/** Policies look back half an hour at most. */
const LONGEST_PERIOD_MS = 1_800_000;

export const autoscalerPaced = defineInvariant<{ lastDown: Map<string, Millis> }>({
  name: 'autoscaler-paced',
  asks: 'api',
  about: 'An autoscaler grows its target no faster than its policies allow.',
  why: 'a wrong measurement should not buy a hundred machines',
  fails:
    'One step up was larger than its policies allow from as many replicas as there were. Steps back into ' +
    'its bounds are not held against it, nor those within half an hour of a step down.',
  init: () => ({ lastDown: new Map() }),
  observe(entry, state): Violation | undefined {
    const decision = decisionIn(changeOf(entry, 'HorizontalPodAutoscaler'));
    if (decision === undefined) return undefined;
    const { hpa, from, to } = decision;
    const { uid } = hpa.metadata;
    if (to < from) {
      state.lastDown.set(uid, entry.at);
      return undefined;
    }
    const wentDown = entry.at - (state.lastDown.get(uid) ?? Number.NEGATIVE_INFINITY) < LONGEST_PERIOD_MS;
    if (from < (hpa.spec.minReplicas ?? 1) || wentDown) return undefined;
    const most = mostAfter(hpa, from);
    if (to <= most) return undefined;
    const message = told('brokenAutoscalerPace', { autoscaler: named(hpa), before: from, most, asked: to });
    return { message, objects: [hpa], entry: entry.id };
  },
});
