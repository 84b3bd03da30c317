/**
 * Graceful node shutdown: ordinary pods first, then critical ones, then the power goes.
 * Models pkg/kubelet/nodeshutdown/nodeshutdown_manager.go.
 */
import { machineProcess } from '../env.ts';
import type { MachineTask } from '../notices.ts';
import { isTerminalPhase } from './podspec.ts';
import { updateNodeStatus } from './nodestatus.ts';
import { beginTermination, effectiveGraceMs } from './terminate.ts';
import type { Kubelet, KubeletTask, PodWorker } from './types.ts';

const CRITICAL_PRIORITY = 2_000_000_000;
const SHUTDOWN = {
  reason: 'Terminated',
  message: 'Pod was terminated in response to imminent node shutdown.',
  counts: 'whenEnded',
  disruption: true,
} as const;

const isCritical = (w: PodWorker): boolean => (w.pod.spec.priority ?? 0) >= CRITICAL_PRIORITY;
const inPhase = (w: PodWorker, phase: number): boolean => isCritical(w) === (phase === 1);

export function beginShutdown(k: Kubelet, then: 'off' | 'reboot', bootMs: number | undefined): void {
  if (k.state.shuttingDown) return;
  k.state.shuttingDown = true;
  k.state.shutdown = { then, phase: 0, ...(bootMs === undefined ? {} : { bootMs }) };
  updateNodeStatus(k);
  startPhase(k, 0);
}

function phaseMs(k: Kubelet, phase: number): number {
  const { shutdownGracePeriodMs, shutdownGracePeriodCriticalPodsMs } = k.ctx.config;
  return phase === 1
    ? shutdownGracePeriodCriticalPodsMs
    : Math.max(0, shutdownGracePeriodMs - shutdownGracePeriodCriticalPodsMs);
}

/** Phase 0: ordinary pods, 1: critical pods, 2: off. */
export function startPhase(k: Kubelet, phase: number): void {
  const { shutdown } = k.state;
  if (shutdown === undefined || phase < shutdown.phase) return;
  shutdown.phase = phase;
  if (phase === 2) {
    const task: MachineTask = {
      type: 'powerOff',
      then: shutdown.then,
      ...(shutdown.bootMs === undefined ? {} : { bootMs: shutdown.bootMs }),
    };
    k.ctx.control.scheduleFor(machineProcess(k.state.node), 0, task, k.ctx.by);
    return;
  }
  const graceMs = phaseMs(k, phase);
  for (const w of k.state.workers.values()) {
    if (!inPhase(w, phase) || w.stage !== 'syncing' || isTerminalPhase(w.status?.phase)) continue;
    w.final = SHUTDOWN;
    beginTermination(k, w, Math.min(graceMs, effectiveGraceMs(w)));
  }
  k.ctx.schedule(graceMs, { type: 'shutdownPhase', phase: phase + 1 } satisfies KubeletTask as KubeletTask);
  shutdownProgress(k);
}

/** A pod has ended: the next phase need not wait when it was the last of this one. */
export function shutdownProgress(k: Kubelet): void {
  const { shutdown } = k.state;
  if (shutdown === undefined || shutdown.phase >= 2) return;
  for (const w of k.state.workers.values())
    if (inPhase(w, shutdown.phase) && w.stage !== 'terminated') return;
  startPhase(k, shutdown.phase + 1);
}
