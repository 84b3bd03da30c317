/** What happened to containers at one moment: probes that failed, ends, starts anew. */
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Happened } from '../run.ts';
import type { Lane } from './lanes.ts';

export const TICK_KINDS = ['probeFailed', 'ended', 'restarted'] as const;
export type TickKind = (typeof TICK_KINDS)[number];

export interface Tick {
  readonly kind: TickKind;
  readonly at: Millis;
  readonly pod: string;
  readonly entry: EntryId;
}

export function ticksOf({ entries }: Pick<Happened, 'entries'>): Tick[] {
  const started = new Set<string>();
  /** Of which Pods the Events tell that count failures: a probe that fails again is an update of one. */
  const unhealthy = new Map<string, string>();
  return entries.flatMap((e): Tick[] => {
    const tick = (kind: TickKind, pod: string): Tick => ({ kind, at: e.at, pod, entry: e.id });
    if (e.type === 'api') {
      if (e.kind !== 'Event' || e.change === 'deleted') return [];
      if (e.event?.reason === 'Unhealthy') {
        const about = e.event.about.replace(/^\S+ /, '');
        if (e.name !== '') unhealthy.set(`${e.namespace}/${e.name}`, about);
        return [tick('probeFailed', about)];
      }
      const pod = unhealthy.get(`${e.namespace}/${e.name}`);
      return pod === undefined ? [] : [tick('probeFailed', pod)];
    }
    const { pod, container } = e.args as { readonly pod?: string; readonly container?: string };
    if (pod === undefined) return [];
    if (e.key === 'containerExited') return [tick('ended', pod)];
    if (e.key !== 'containerStarted') return [];
    const again = started.has(`${pod} ${container}`);
    started.add(`${pod} ${container}`);
    return again ? [tick('restarted', pod)] : [];
  });
}

/** Those that stand in the lane of a Pod. */
export const ticksIn = (lane: Lane, ticks: readonly Tick[]): Tick[] =>
  lane.of === 'pod' ? ticks.filter((t) => lane.name === t.pod || lane.name.endsWith(`/${t.pod}`)) : [];
