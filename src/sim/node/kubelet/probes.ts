/**
 * When probes tick. A probe whose next outcome would change nothing has no tick: it is woken when the
 * container's answer may have changed, and then goes on in its own rhythm. One that asks beyond its Pod goes
 * on all the time, since nobody tells it of changes there. Models
 * pkg/kubelet/prober/{prober_manager,worker}.go.
 */
import { parseTime } from '../../api/time.ts';
import type { ContainerStatus, Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { listeningSince } from '../answer.ts';
import { latestContainer, NEVER } from '../world.ts';
import { fieldPathOf, findContainerSpec, initContainersOf, isSidecar } from './podspec.ts';
import { runProbe } from './prober.ts';
import {
  adoptContainer,
  isSettled,
  newProbeWorker,
  PROBE_KINDS,
  probeSpec,
  type ProbeKind,
  type ProbeWorker,
  takeOutcome,
  tickFrom,
} from './probeworker.ts';
import type { Kubelet, KubeletTask, PodWorker } from './types.ts';
import { isSet } from '../isset.ts';

/** Makes the workers of a pod's probes, once. After a kubelet's start they are spread over their periods. */
export function addProbes(k: Kubelet, w: PodWorker): void {
  if (w.probesMade) return;
  w.probesMade = true;
  const { ctx } = k;
  const containers = [...w.pod.spec.containers, ...initContainersOf(w.pod).filter(isSidecar)];
  for (const container of containers) {
    for (const kind of PROBE_KINDS) {
      const spec = probeSpec(container, kind);
      if (spec === undefined) continue;
      const periodMs = (spec.periodSeconds ?? 10) * 1000;
      const spread = ctx.now - k.state.startedAt < periodMs ? ctx.randomInt(periodMs) : 0;
      w.probes.push(newProbeWorker(container, kind, ctx.now + spread));
    }
  }
}

function statusOf(w: PodWorker, name: string): ContainerStatus | undefined {
  return (
    w.status?.containerStatuses?.find((s) => s.name === name) ??
    w.status?.initContainerStatuses?.find((s) => s.name === name)
  );
}

const startedAtOf = (status: ContainerStatus): Millis =>
  parseTime(status.state!.running!.startedAt as unknown as string);

/** @param idle whether its outcome matters only if something beyond the Pod changes before it is due */
function arm(k: Kubelet, w: PodWorker, p: ProbeWorker, at: Millis, idle = false): void {
  if (p.dueAt !== NEVER && p.dueAt <= at && !p.idle) return;
  if (p.dueAt !== NEVER) k.ctx.cancel(p.timer);
  p.dueAt = at;
  p.idle = idle;
  const task: KubeletTask = { type: 'probe', uid: w.uid, container: p.container, kind: p.kind };
  p.timer = k.ctx.schedule(at - k.ctx.now, task, { timeout: idle });
}

/** Ends a pod's probes; when it is being deleted, readiness goes on. */
export function stopProbes(k: Kubelet, w: PodWorker, keepReadiness: boolean): void {
  for (const p of w.probes) {
    if (keepReadiness && p.kind === 'readiness') continue;
    if (p.dueAt !== NEVER) k.ctx.cancel(p.timer);
    p.dueAt = NEVER;
    if (p.kind !== 'readiness') p.result = 'success';
  }
}

/**
 * Puts the probes to the containers that run now. After a kubelet's restart what the API says of a container
 * still holds until its probes say otherwise (ChangeContainerStatusOnKubeletRestart is off since 1.35).
 */
export function adoptContainers(k: Kubelet, w: PodWorker): void {
  for (const p of w.probes) {
    const record = latestContainer(k.machine, w.uid, p.container);
    if (record === undefined || record.state !== 'running' || p.containerId === record.id) continue;
    const first = p.containerId === '';
    if (!first && k.ctx.config.planted === 'probe-verdict-kept') p.containerId = record.id;
    else adoptContainer(p, record.id);
    if (!first || p.kind === 'liveness') continue;
    const { status } = w.pod;
    const known = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].find(
      (s) => s.containerID === `containerd://${record.id}`,
    );
    if (p.kind === 'readiness' ? known?.ready === true : known?.started === true) p.result = 'success';
  }
}

/**
 * A fresh status was generated: probes whose container has come up get their next tick; a readiness probe
 * without success runs at once.
 */
export function statusGenerated(k: Kubelet, w: PodWorker): void {
  for (const p of w.probes) {
    const status = statusOf(w, p.container);
    if (!isSet(status?.state?.running)) continue;
    if (p.onHold || (w.stage !== 'syncing' && p.kind !== 'readiness')) continue;
    if (p.kind === 'startup' ? status.started === true : status.started !== true) continue;
    const first = p.lookedAt !== p.containerId;
    if (p.dueAt !== NEVER && !(first && p.kind === 'readiness')) continue;
    // A probe that has settled on this very container waits to be woken.
    if (!first && p.lastResult !== 'unknown' && isSettled(p, p.lastResult)) continue;
    const delay =
      (probeSpec(findContainerSpec(w.pod, p.container)!.container, p.kind)!.initialDelaySeconds ?? 0) * 1000;
    const earliest = Math.max(k.ctx.now, startedAtOf(status) + delay);
    arm(k, w, p, p.kind === 'readiness' && earliest === k.ctx.now ? earliest : tickFrom(p, earliest));
  }
}

/**
 * The container may answer otherwise than before. A probe that changes something in it itself (its command
 * writes a file) is not asked again at the same moment.
 */
export function wakeProbes(k: Kubelet, w: PodWorker, container: string): void {
  if (k.ctx.config.planted === 'probes-not-woken') return;
  for (const p of w.probes) {
    if (p.container !== container || (p.dueAt !== NEVER && !p.idle) || p.onHold) continue;
    const status = statusOf(w, p.container);
    if (!isSet(status?.state?.running) || (p.kind === 'startup') === (status.started === true)) continue;
    const delay =
      (probeSpec(findContainerSpec(w.pod, p.container)!.container, p.kind)!.initialDelaySeconds ?? 0) * 1000;
    const earliest = Math.max(k.ctx.now, p.tickedAt + 1, startedAtOf(status) + delay);
    arm(k, w, p, tickFrom(p, earliest));
  }
}

const TITLES: Readonly<Record<ProbeKind, string>> = {
  startup: 'Startup',
  readiness: 'Readiness',
  liveness: 'Liveness',
};

/** One tick. Says whether a result changed, so that the pod is to be synced. */
export function probeTick(k: Kubelet, w: PodWorker, containerName: string, kind: ProbeKind): boolean {
  const p = w.probes.find((x) => x.container === containerName && x.kind === kind);
  if (p === undefined) return false;
  p.dueAt = NEVER;
  p.tickedAt = k.ctx.now;
  const status = statusOf(w, containerName);
  const found = findContainerSpec(w.pod, containerName);
  if (!isSet(status?.state?.running) || found === undefined || p.onHold) return false;
  if (w.stage !== 'syncing' && kind !== 'readiness') return false;
  if ((kind === 'startup') === (status.started === true)) return false;
  const record = latestContainer(k.machine, w.uid, containerName);
  // The container is gone and the kubelet has not noticed yet: the next status will tell.
  if (record === undefined || record.id !== p.containerId) return false;
  const spec = probeSpec(found.container, kind)!;
  const { now } = k.ctx;
  // A command cannot be run in a container that has ended: no outcome; the rest finds nobody who answers.
  if (record.state !== 'running' && isSet(spec.exec)) return false;
  const verdict = runProbe(k, found.container, record, spec);
  p.lookedAt = record.id;
  const outcome = verdict.ok ? 'success' : 'failure';
  // What is found again and again is told once, as of a probe that has no tick then.
  const isNews = !p.idle || p.lastResult !== outcome;
  if (!verdict.ok && isNews) unhealthy(k, w.pod, containerName, kind, verdict.output);
  const changed = takeOutcome(p, spec, outcome);
  if (p.onHold || record.state !== 'running') return changed;
  const upAt = listeningSince(k.env.world, record);
  if (!isSettled(p, outcome)) arm(k, w, p, tickFrom(p, now + 1));
  else if (verdict.asksElsewhere === true) arm(k, w, p, tickFrom(p, now + 1), true);
  else if (!verdict.ok && upAt > now) arm(k, w, p, tickFrom(p, Math.max(upAt, now + 1)));
  return changed;
}

function unhealthy(k: Kubelet, pod: Pod, container: string, kind: ProbeKind, output: string): void {
  k.ctx.event(pod, 'Warning', 'Unhealthy', `${TITLES[kind]} probe failed: ${output}`, {
    fieldPath: fieldPathOf(pod, container),
  });
}
