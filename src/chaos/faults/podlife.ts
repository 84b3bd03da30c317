/** Ends of Pods that are asked for: by force, and through the eviction API. */
import { splitName } from '../../sim/api/qualifiedname.ts';
import { ApiError, isReason } from '../../sim/api/errors.ts';
import type { Pod } from '../../sim/api/types.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { podName, podsOf } from '../target.ts';
import type { FaultContext, Struck } from '../types.ts';

export const podForceDelete = defineFault({
  kind: 'PodForceDelete',
  family: 'pod',
  needs: 'api',
  target: 'pod',
  about:
    'The Pod is deleted by force, with grace period 0: its object is gone at once and its name is free, ' +
    'while its containers run on until the kubelet hears of it, or for as long as it cannot.',
  heals:
    'Its controller makes another, which may run beside the old one for a while; a Pod without one is gone.',
  phrases: [say('[pods] is/are deleted by force', '[pods]を強制削除する')],
  elsewhere: {
    chaosMesh: 'PodChaos pod-kill (gracePeriod 0)',
    litmus: 'pod-delete (FORCE)',
    krkn: 'pod_disruption_scenarios (force)',
  },
  strike(call, ctx) {
    const targets = podsOf(call, ctx);
    for (const pod of targets)
      ctx.api.delete('Pod', pod.metadata.namespace!, pod.metadata.name, { gracePeriodSeconds: 0 });
    return { targets: targets.map(podName) };
  },
});

/** Pause before a refused eviction is asked for again, as `kubectl drain` has it. */
const RETRY_MS = 5000;

/** Asks for the eviction of each Pod. @returns those that a budget refuses, with its words */
function evict(pods: readonly Pod[], ctx: FaultContext): Record<string, string> {
  const refused: Record<string, string> = {};
  for (const pod of pods) {
    try {
      ctx.api.evict(pod.metadata.namespace!, pod.metadata.name);
    } catch (error) {
      if (!(error instanceof ApiError) || !isReason(error, 'TooManyRequests')) throw error;
      refused[podName(pod)] = `refused: ${error.message}`;
      ctx.note('evictionRefused', {
        namespace: pod.metadata.namespace ?? '',
        pod: pod.metadata.name,
        why: error.message,
      });
    }
  }
  return refused;
}

/** What is left to ask for; with nothing left, or when the time is over, no more is asked. */
function later(
  struck: Struck,
  refused: Readonly<Record<string, string>>,
  uids: Readonly<Record<string, string>>,
  untilMs: number,
  ctx: FaultContext,
): Struck {
  const { nextMs: _, ...rest } = struck;
  const left = Object.keys(refused).length > 0 && ctx.now + RETRY_MS <= untilMs;
  return { ...rest, said: refused, undo: { uids, untilMs }, ...(left ? { nextMs: RETRY_MS } : {}) };
}

export const podEvict = defineFault({
  kind: 'PodEvict',
  family: 'pod',
  needs: 'api',
  target: 'pod',
  voluntary: true,
  about:
    'The Pod is evicted through the eviction API. Where a budget refuses (429) it stays, and the output ' +
    'says so; with a time, it is asked for again every 5 s for so long, as `kubectl drain` does.',
  heals: 'Its controller makes another; a Pod without one is gone.',
  parameters: [
    {
      field: 'forMs',
      about: 'how long refused evictions are asked for again; without, they are asked for once',
    },
  ],
  phrases: [
    say('[pods] is/are evicted', '[pods]を退避させる'),
    say('[pods] is/are evicted within {duration:forMs}', '[pods]を{durationJa:forMs}以内に退避させる'),
  ],
  strike(call, ctx) {
    const pods = podsOf(call, ctx);
    const uids = Object.fromEntries(pods.map((p) => [podName(p), p.metadata.uid]));
    return later({ targets: pods.map(podName) }, evict(pods, ctx), uids, ctx.now + (call.forMs ?? 0), ctx);
  },
  tick(_call, struck, ctx) {
    const { uids, untilMs } = struck.undo as { uids: Record<string, string>; untilMs: number };
    const pods = Object.keys(struck.said ?? {}).flatMap((name) => {
      const at = splitName(name, ctx.namespace);
      const pod = ctx.api.find('Pod', at.namespace, at.name);
      return pod === undefined ||
        pod.metadata.uid !== uids[name] ||
        pod.metadata.deletionTimestamp !== undefined
        ? []
        : [pod];
    });
    return later(struck, evict(pods, ctx), uids, untilMs, ctx);
  },
});
