/** What keeps a pod's worker: the one thing it is busy with, and containers that it holds back. */
import type { Millis } from '../../kernel/types.ts';
import { NEVER } from '../world.ts';
import type { Kubelet, KubeletTask, Op, PodWorker } from './types.ts';

/** The worker is busy for so long. */
export function busy(k: Kubelet, w: PodWorker, op: Op, ms: Millis): void {
  w.op = op;
  w.opToken += 1;
  k.ctx.schedule(ms, { type: 'op', uid: w.uid, token: w.opToken } satisfies KubeletTask as KubeletTask);
}

/** A container is held back; told in the pod's status from the next sync on. */
export function holdBack(
  k: Kubelet,
  w: PodWorker,
  name: string,
  reason: string,
  message: string,
  until: Millis,
): void {
  const before = w.waiting.get(name);
  if (w.wakeAt === NEVER || until < w.wakeAt) w.wakeAt = until;
  if (before?.reason === reason && before.message === message) return;
  w.waiting.set(name, { reason, message });
  const soon = k.ctx.now + k.ctx.config.plegRelistMs;
  if (soon < w.wakeAt) w.wakeAt = soon;
}
