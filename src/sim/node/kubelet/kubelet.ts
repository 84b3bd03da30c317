/**
 * The component `kubelet` (args `{node}`): its loop. What it does for a pod is in `sync.ts`, how a pod ends
 * in `terminate.ts`. Models pkg/kubelet/kubelet.go (syncLoop, HandlePod…) and pkg/kubelet/pleg/generic.go.
 */
import { nodeUser } from '../../api/authentication/user.ts';
import type { ApiComponent, Context, WatchEvent } from '../../api/client.ts';
import { fullBucket } from '../../api/ratelimit.ts';
import { deepEqual } from '../../api/equal.ts';
import { parseTime, rfc3339 } from '../../api/time.ts';
import type { Node, Pod } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Reach } from '../reach.ts';
import { removePod } from '../runtime.ts';
import { stopContainer } from '../signal.ts';
import { containersOf, NEVER, type Machine, type World } from '../world.ts';
import { allocationIn, resourcesAskedAnew } from './allocation.ts';
import { admit, podRequests } from './admission.ts';
import { unmountVolumes } from './claims.ts';
import { disksChanged } from './disks.ts';
import { checkResources, pressureOver, resourcesMayChange } from './eviction.ts';
import { isMirror, isStatic, MIRROR } from '../../api/mirror.ts';
import { nodeNeedsUpdate, nodeStatusDue, register, updateNodeStatus } from './nodestatus.ts';
import { isTerminalPhase } from './podspec.ts';
import { probeTick, wakeProbes } from './probes.ts';
import { beginShutdown, shutdownProgress, startPhase } from './shutdown.ts';
import { needsReconcile, refreshStatus, retryLater, writeStatus } from './statuswriter.ts';
import { generateStatus } from './status.ts';
import { changedFor } from './sources.ts';
import { showsItself, tokensAge, volumesChange, volumesRetry } from './volumes.ts';
import { containerStopped, hookOver, turnOver } from './stopping.ts';
import { deleteMirror, staticPods } from './staticpods.ts';
import { killDone, opDone, syncPod } from './sync.ts';
import {
  beginTermination,
  effectiveGraceMs,
  finish,
  finishWritten,
  forget,
  killNext,
  shortenGrace,
} from './terminate.ts';
import type { Kubelet, KubeletState, KubeletTask, PodWorker, Refusal } from './types.ts';
import { isSet } from '../isset.ts';

/** A runtime that is silent for so long counts as down (runtime.go, maxWaitForContainerRuntime). */
const RUNTIME_LOST_MS = 30_000;
/** Period of the housekeeping that finds what runs without a pod. */
const HOUSEKEEPING_MS = 2_000;
/** What housekeeping stops has this long. */
const ORPHAN_GRACE_MS = 1_000;

function kubeletOf(reach: Reach, state: KubeletState, ctx: Context<World>): Kubelet {
  const machine = ctx.world.machines.get(state.node) as Machine;
  return { ctx, state, machine, env: ctx, reach };
}

function newWorker(k: Kubelet, pod: Pod): PodWorker {
  const { cpuMilli, memoryBytes } = podRequests(pod);
  const startTime = pod.status.startTime as string | undefined;
  return {
    uid: pod.metadata.uid,
    pod,
    stage: 'syncing',
    gone: false,
    startTime: startTime ?? rfc3339(k.ctx.now + k.machine.clockSkewMs),
    status: undefined,
    written: pod,
    unwritten: false,
    op: undefined,
    opToken: 0,
    again: false,
    tried: [],
    wakeAt: NEVER,
    wakeTimer: 0,
    waiting: new Map(),
    crashBackOff: new Map(),
    configRetryAt: new Map(),
    volumes: undefined,
    probes: [],
    probesMade: false,
    final: undefined,
    refusal: undefined,
    stopping: new Map(),
    graceMs: 0,
    killedAt: NEVER,
    cleanupAt: NEVER,
    cpuMilli,
    memoryBytes,
    allocation: allocationIn(pod),
  };
}

function podAdded(k: Kubelet, pod: Pod): void {
  const w = newWorker(k, pod);
  k.state.workers.set(w.uid, w);
  if (isTerminalPhase(pod.status.phase)) {
    w.status = pod.status;
    w.stage = 'terminating';
    w.graceMs = effectiveGraceMs(w);
    w.killedAt = k.ctx.now;
    return alreadyOver(k, w);
  }
  const refusal = admit(k, w);
  if (refusal !== undefined) return refuse(k, w, refusal);
  if (isSet(pod.metadata.deletionTimestamp)) return beginTermination(k, w, effectiveGraceMs(w));
  setDeadline(k, w);
  syncPod(k, w);
}

/** Models the active deadline handler (pkg/kubelet/active_deadline.go), but for its looking each second. */
function setDeadline(k: Kubelet, w: PodWorker): void {
  const deadline = w.pod.spec.activeDeadlineSeconds;
  if (!isSet(deadline)) return;
  const left = parseTime(w.startTime) + deadline * 1000 - k.ctx.now;
  const task: KubeletTask = { type: 'deadline', uid: w.uid };
  k.ctx.schedule(Math.max(0, left), task, { timeout: true });
}

/**
 * A pod that the kubelet does not take is failed. Where it ran before the kubelet started, nobody looks after
 * its containers any more: housekeeping stops them. Models rejectPod and HandlePodCleanups of
 * pkg/kubelet/kubelet.go and kubelet_pods.go.
 */
function refuse(k: Kubelet, w: PodWorker, refusal: Refusal): void {
  k.ctx.event(w.pod, 'Warning', refusal.reason, refusal.message);
  w.refusal = refusal;
  w.stage = 'terminating';
  w.graceMs = ORPHAN_GRACE_MS;
  w.status = generateStatus(k, w, false);
  writeStatus(k, w);
  if (containersOf(k.machine, w.uid).some((c) => c.state === 'running'))
    k.ctx.schedule(untilHousekeeping(k), { type: 'evict', uid: w.uid } satisfies KubeletTask as KubeletTask);
  else alreadyOver(k, w);
}

/** A pod that the API says is over: what may still run is stopped, and where it is being deleted it goes. */
function alreadyOver(k: Kubelet, w: PodWorker): void {
  if (containersOf(k.machine, w.uid).some((c) => c.state === 'running')) return killNext(k, w);
  w.stage = 'terminated';
  w.cleanupAt = k.ctx.now;
  if (isSet(w.pod.metadata.deletionTimestamp)) finish(k, w);
}

function podChanged(k: Kubelet, w: PodWorker, pod: Pod, old: Pod): void {
  w.pod = pod;
  if (isSet(pod.metadata.deletionTimestamp)) {
    if (w.stage === 'syncing') return beginTermination(k, w, effectiveGraceMs(w));
    if (w.stage === 'terminating') shortenGrace(k, w, effectiveGraceMs(w));
    else if (!isSet(old.metadata.deletionTimestamp) && isReclaimed(k, w)) finish(k, w);
    return;
  }
  const specChanged = pod.metadata.generation !== old.metadata.generation;
  if (w.stage === 'syncing' && w.volumes !== undefined && showsItself(pod) && saysOtherwise(pod, old)) {
    w.volumes.stale = true;
    syncPod(k, w);
  }
  if (w.stage !== 'syncing' || (pod.status === w.written?.status && !specChanged)) return;
  if (isTerminalPhase(pod.status.phase) && !isTerminalPhase(w.status?.phase)) {
    // Someone else (pod GC) declared the pod over.
    return beginTermination(k, w, effectiveGraceMs(w));
  }
  if (specChanged) {
    // It can only be set, or be brought forward.
    if (pod.spec.activeDeadlineSeconds !== old.spec.activeDeadlineSeconds) setDeadline(k, w);
    resourcesAskedAnew(w, pod, old);
    syncPod(k, w);
  } else if (pod.spec.readinessGates !== undefined) refreshStatus(k, w);
  if (needsReconcile(w, pod.status)) {
    w.unwritten = true;
    retryLater(k);
  }
}

/** Labels or annotations have changed. */
const saysOtherwise = (pod: Pod, old: Pod): boolean =>
  !deepEqual(
    [pod.metadata.labels, pod.metadata.annotations],
    [old.metadata.labels, old.metadata.annotations],
  );

function podGone(k: Kubelet, w: PodWorker): void {
  w.gone = true;
  if (w.stage === 'terminated') return forget(k, w);
  if (w.stage === 'syncing') beginTermination(k, w, effectiveGraceMs(w));
}

/** The mirror of a static Pod is to be there for as long as that is, and no longer. */
function mirrorChanged(k: Kubelet, mirror: Pod, gone: boolean): void {
  const w = k.state.workers.get(mirror.metadata.annotations![MIRROR]!);
  if (w === undefined || w.gone) {
    if (!gone) deleteMirror(k, mirror);
  } else if (gone || isSet(mirror.metadata.deletionTimestamp)) writeStatus(k, w);
}

/** Files of static Pods came or went. */
function filesChanged(k: Kubelet): void {
  const pods = staticPods(k);
  for (const w of k.state.workers.values()) {
    if (!isStatic(w.pod) || w.gone || pods.some(({ metadata }) => metadata.uid === w.uid)) continue;
    podGone(k, w);
    deleteMirror(k, w.pod);
  }
  for (const pod of pods) {
    const w = k.state.workers.get(pod.metadata.uid);
    if (w === undefined) podAdded(k, pod);
    // What ran before it has to be gone first.
    else if (w.gone) k.ctx.schedule(HOUSEKEEPING_MS, { type: 'filesChanged' });
  }
}

/** What runs here without a pod that the API knows of: pods that were removed while the kubelet was away. */
const orphans = ({ machine, state }: Kubelet): string[] =>
  [...machine.podContainers.keys(), ...machine.sandboxes.keys()].filter((uid) => !state.workers.has(uid));

/**
 * Orphans are stopped, as soon as the pods are known and the runtime answers (kubelet.go, syncLoopIteration:
 * no housekeeping before the sources are ready, since it would stop live pods).
 */
function housekeeping(k: Kubelet): void {
  if (!k.state.podsKnown || !k.machine.runtimeUp) return;
  for (const uid of orphans(k)) {
    const running = containersOf(k.machine, uid).filter((c) => c.state === 'running');
    if (running.length === 0) {
      unmountVolumes(k, uid);
      removePod(k.env, k.machine, uid);
    } else
      for (const container of running)
        if (!container.awaited) stopContainer(k.env, k.machine, container, ORPHAN_GRACE_MS);
  }
}

/** Housekeeping at its next tick, where there is something to do. */
function housekeepingDue(k: Kubelet): void {
  const { state, ctx } = k;
  if (!state.podsKnown || orphans(k).length === 0) return;
  ctx.schedule(untilHousekeeping(k), { type: 'housekeeping' });
}

const untilHousekeeping = ({ ctx, state }: Kubelet): Millis =>
  HOUSEKEEPING_MS - ((ctx.now - state.startedAt) % HOUSEKEEPING_MS);

function relist(k: Kubelet): void {
  const { machine, state } = k;
  machine.relistAt = NEVER;
  const uids = [...machine.changedPods];
  machine.changedPods.clear();
  for (const uid of uids) {
    const w = state.workers.get(uid);
    if (w === undefined) housekeeping(k);
    else if (w.stage === 'syncing') syncPod(k, w);
    else if (w.stage === 'terminating') refreshStatus(k, w);
  }
  resourcesMayChange(k);
}

/** Runs what concerns one pod, if its worker is still there. */
function withWorker(k: Kubelet, uid: string, act: (w: PodWorker) => void): void {
  const w = k.state.workers.get(uid);
  if (w !== undefined) act(w);
}

function runtimeChanged(k: Kubelet): void {
  if (!k.machine.runtimeUp) {
    k.ctx.schedule(RUNTIME_LOST_MS, { type: 'runtimeLost' });
    return;
  }
  if (k.state.runtimeLost) {
    k.state.runtimeLost = false;
    nodeStatusDue(k);
  }
  for (const w of k.state.workers.values()) {
    w.op = undefined;
    w.opToken += 1;
    if (w.stage === 'syncing') syncPod(k, w);
    else if (w.stage === 'terminating') killNext(k, w);
  }
  housekeepingDue(k);
}

function stopped(k: Kubelet, w: PodWorker): void {
  containerStopped(k, w);
  if (w.stage === 'terminating') {
    killNext(k, w);
    shutdownProgress(k);
  } else killDone(k, w);
}

function deadlineOver(k: Kubelet, w: PodWorker): void {
  if (w.stage !== 'syncing' || isTerminalPhase(w.status?.phase)) return;
  const message = 'Pod was active on the node longer than the specified deadline';
  k.ctx.event(w.pod, 'Normal', 'DeadlineExceeded', message);
  w.final = { reason: 'DeadlineExceeded', message, counts: 'atOnce', disruption: false };
  beginTermination(k, w, effectiveGraceMs(w));
}

/** Whether a pod is terminated and its resources are reclaimed, so that it may go from the API. */
const isReclaimed = (k: Kubelet, w: PodWorker): boolean =>
  w.stage === 'terminated' && k.ctx.now >= w.cleanupAt;

/**
 * Writes the statuses that wait, and ends the pods that waited for theirs.
 * @param retry whether deletions that failed are tried again, too
 */
function writeWaiting(k: Kubelet, retry: boolean): void {
  for (const w of k.state.workers.values()) {
    const waited = w.unwritten;
    if (waited) writeStatus(k, w);
    if (!isReclaimed(k, w) || !isSet(w.pod.metadata.deletionTimestamp) || w.unwritten) continue;
    if (waited) finishWritten(k, w);
    else if (retry) finish(k, w);
  }
}

function handle(k: Kubelet, task: KubeletTask): void {
  switch (task.type) {
    case 'relist':
      return relist(k);
    case 'sync':
      return withWorker(k, task.uid, (w) => {
        w.wakeTimer = 0;
        syncPod(k, w);
      });
    case 'op':
      return withWorker(k, task.uid, (w) => opDone(k, w, task.token));
    case 'stopped':
      return withWorker(k, task.uid, (w) => stopped(k, w));
    case 'finish':
      return withWorker(k, task.uid, (w) => finish(k, w));
    case 'deadline':
      return withWorker(k, task.uid, (w) => deadlineOver(k, w));
    case 'tokensDue':
      return withWorker(k, task.uid, (w) => tokensAge(k, w));
    case 'wakeProbes':
      return withWorker(k, task.uid, (w) => wakeProbes(k, w, task.container));
    case 'probe':
      return withWorker(k, task.uid, (w) => {
        if (!probeTick(k, w, task.container, task.kind)) return;
        if (w.stage === 'syncing') syncPod(k, w);
        else refreshStatus(k, w);
        if (w.op !== undefined) refreshStatus(k, w);
      });
    case 'evict':
      return withWorker(k, task.uid, (w) => {
        w.killedAt = k.ctx.now;
        killNext(k, w);
      });
    case 'hookOver':
      return withWorker(k, task.uid, (w) => hookOver(k, w, task.id));
    case 'turnOver':
      return withWorker(k, task.uid, (w) => turnOver(k, w, task.id));
    case 'nodeStatus':
      return updateNodeStatus(k);
    case 'register':
      return register(k);
    case 'retryStatus':
      k.state.retryTimer = 0;
      return writeWaiting(k, true);
    case 'flushStatus':
      k.state.flushDue = false;
      return writeWaiting(k, false);
    case 'housekeeping':
      return housekeeping(k);
    case 'filesChanged':
      return filesChanged(k);
    case 'runtimeChanged':
      return runtimeChanged(k);
    case 'runtimeLost':
      if (k.machine.runtimeUp) return;
      k.state.runtimeLost = true;
      return updateNodeStatus(k);
    case 'configurationChanged':
      for (const uid of changedFor(k, task.source)) withWorker(k, uid, (w) => volumesChange(k, w));
      return;
    case 'resourcesChanged':
      return resourcesMayChange(k);
    case 'evictionCheck':
      return checkResources(k);
    case 'pressureOver':
      return pressureOver(k, task.signal);
    case 'shutdown':
      return beginShutdown(k, task.then, task.bootMs);
    case 'shutdownPhase':
      return startPhase(k, task.phase);
  }
}

/** @param reach how what is executed in containers reaches the network */
export const kubelet = (reach: Reach): ApiComponent<KubeletState, KubeletTask, World> => ({
  component: 'kubelet',
  user: ({ node }) => nodeUser(node!),

  // The Node first: pods are not looked at before the kubelet knows its own Node (makePodSourceConfig).
  watches: (args) => [
    { kinds: ['Node'], node: args['node']! },
    { kinds: ['Pod'], node: args['node']! },
  ],

  start(ctx) {
    const node = ctx.args['node']!;
    const state: KubeletState = {
      node,
      startedAt: ctx.now,
      registered: false,
      nodeStatusPhaseMs: ctx.now + ctx.randomInt(ctx.config.nodeStatusUpdateFrequencyMs),
      nodeStatusAt: NEVER,
      podsKnown: false,
      retryTimer: 0,
      bucket: fullBucket(ctx.now),
      flushDue: false,
      workers: new Map(),
      sources: new Map(),
      awaited: new Map(),
      unread: new Set(),
      pullBackOff: new Map(),
      runtimeLost: false,
      shuttingDown: false,
      pressure: { memory: false, disk: false, pids: false },
      evictionTimer: 0,
      shutdown: undefined,
    };
    const k = kubeletOf(reach, state, ctx);
    k.machine.relistPeriodMs = ctx.config.plegRelistMs;
    k.machine.relistPhaseMs = ctx.now + ctx.randomInt(Math.max(1, ctx.config.plegRelistMs));
    k.machine.relistAt = NEVER;
    k.machine.changedPods.clear();
    for (const container of k.machine.containers.values()) container.awaited = false;
    register(k);
    if (k.machine.staticPods !== undefined) for (const pod of staticPods(k)) podAdded(k, pod);
    if (!k.machine.runtimeUp) runtimeChanged(k);
    return state;
  },

  observe(event: WatchEvent, state, ctx) {
    const k = kubeletOf(reach, state, ctx);
    if (event.kind === 'Node') {
      if (event.type !== 'DELETED' && state.registered && nodeNeedsUpdate(k, event.object as Node))
        nodeStatusDue(k);
      if (state.awaited.size > 0 && disksChanged(event.object as Node, event.old as Node | undefined))
        for (const w of state.workers.values()) if (volumesRetry(w)) syncPod(k, w);
      return;
    }
    const pod = event.object as Pod;
    if (isMirror(pod)) return mirrorChanged(k, pod, event.type === 'DELETED');
    const w = state.workers.get(pod.metadata.uid);
    if (event.type === 'DELETED') {
      if (w !== undefined) podGone(k, w);
    } else if (w === undefined) {
      podAdded(k, pod);
    } else {
      podChanged(k, w, pod, (event.old as Pod | undefined) ?? w.pod);
    }
  },

  reconnected(state, ctx) {
    const k = kubeletOf(reach, state, ctx);
    const again = state.podsKnown;
    if (!state.podsKnown) {
      state.podsKnown = true;
      housekeepingDue(k);
    }
    if (!state.registered) register(k);
    else {
      const node = ctx.cache.get('Node', '', state.node);
      if (node !== undefined && nodeNeedsUpdate(k, node)) nodeStatusDue(k);
    }
    for (const w of state.workers.values()) {
      // What was changed meanwhile was told to nobody who could have looked at it.
      if (again && w.stage === 'syncing') volumesChange(k, w);
      if (w.unwritten) writeStatus(k, w);
      if (isReclaimed(k, w) && isSet(w.pod.metadata.deletionTimestamp)) finish(k, w);
    }
  },

  reconfigured(setting, state, ctx) {
    const { config } = ctx;
    const { machine } = kubeletOf(reach, state, ctx);
    if (setting === 'plegRelistMs') machine.relistPeriodMs = config.plegRelistMs;
    if (setting === 'nodeLeaseRenewMs' && state.registered)
      ctx.renewLease(machine.name, config.nodeLeaseRenewMs);
  },

  handle(task, state, ctx) {
    handle(kubeletOf(reach, state, ctx), task);
  },
});
