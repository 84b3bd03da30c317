/**
 * A pod's status as its kubelet sees it: what the runtime says, what probes say, what is known from before.
 * Models convertStatusToAPIStatus and generateAPIPodStatus of pkg/kubelet/kubelet_pods.go, and
 * UpdatePodStatus of pkg/kubelet/prober.
 */
import { rfc3339 } from '../../api/time.ts';
import type { Container, ContainerStatus, Pod, PodCondition, PodStatus } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { containersOf, type RuntimeContainer } from '../world.ts';
import { containersReady, podInitialized, podReady, type Verdict } from './conditions.ts';
import { hasAnyRegularContainerStarted, podPhase, type PodPhase } from './phase.ts';
import {
  type ContainerList,
  containerPolicy,
  ephemeralContainersOf,
  initContainersOf,
  isSidecar,
  isTerminalPhase,
  STATUSES,
} from './podspec.ts';
import { probeResult } from './probeworker.ts';
import type { Kubelet, PodWorker, Refusal } from './types.ts';
import { isSet } from '../isset.ts';
import { terminationMessage } from './terminationmessage.ts';

/** Conditions that the kubelet writes; it leaves the others as they are. */
export const KUBELET_CONDITIONS: ReadonlySet<string> = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'PodResizePending',
  'PodResizeInProgress',
]);

type State = NonNullable<ContainerStatus['state']>;

/** What the runtime says of a container that was created and never began. */
const NEVER_STARTED = '1970-01-01T00:00:00Z';

const containerId = (c: RuntimeContainer): string => `containerd://${c.id}`;

function terminatedState(k: Kubelet, container: Container, c: RuntimeContainer): State {
  const message = c.startError ?? terminationMessage(k.env.world, k.machine, container, c);
  return {
    terminated: {
      containerID: containerId(c),
      exitCode: c.exitCode,
      finishedAt: rfc3339(c.finishedAt),
      ...(message === '' ? {} : { message }),
      reason: c.reason,
      startedAt: c.startError === undefined ? rfc3339(c.startedAt) : NEVER_STARTED,
    },
  };
}

const runtimeState = (k: Kubelet, container: Container, c: RuntimeContainer): State =>
  c.state === 'running' ? { running: { startedAt: rfc3339(c.startedAt) } } : terminatedState(k, container, c);

const EMPTY: State = {};

/** Whether the next sync would restart it. Models ShouldContainerBeRestarted. */
function willRestart(pod: Pod, container: Container, latest: RuntimeContainer | undefined): boolean {
  if (isSet(pod.metadata.deletionTimestamp)) return false;
  if (latest === undefined) return true;
  if (latest.state === 'running') return false;
  const policy = containerPolicy(pod, container);
  return policy === 'Always' || (policy === 'OnFailure' && latest.exitCode !== 0);
}

const GONE = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  finishedAt: null as unknown as string,
  startedAt: null as unknown as string,
};

function containerStatus(
  k: Kubelet,
  w: PodWorker,
  container: Container,
  list: ContainerList,
  records: readonly RuntimeContainer[],
  waitingReason: string,
): ContainerStatus {
  let latest: RuntimeContainer | undefined;
  let before: RuntimeContainer | undefined;
  for (const record of records) {
    if (record.name !== container.name) continue;
    before = latest;
    latest = record;
  }
  const known = w.status ?? w.pod.status;
  const old = known[STATUSES[list]]?.find((s) => s.name === container.name);
  let state: State = { waiting: { reason: waitingReason } };
  let lastState: State = EMPTY;
  let restartCount = 0;
  if (latest !== undefined) {
    state = runtimeState(k, container, latest);
    restartCount = latest.attempt;
    if (before !== undefined) lastState = terminatedState(k, container, before);
    else if (latest.attempt > 0 && isSet(old?.lastState)) lastState = old.lastState;
  } else if (old !== undefined) {
    restartCount = old.restartCount;
    lastState = old.lastState ?? EMPTY;
    if (isSet(old.state?.terminated)) state = old.state;
    else if (isSet(old.state?.running) && !isSet(lastState.terminated)) {
      // It ran, and the runtime knows nothing of it any more: it must have ended.
      lastState = {
        terminated: {
          ...GONE,
          message:
            'The container could not be located when the pod was deleted.  The container used to be Running',
        },
      };
      if (!isSet(w.pod.metadata.deletionTimestamp)) restartCount += 1;
    } else if (
      isSet(old.state?.waiting) &&
      latest === undefined &&
      old.state.waiting.reason !== 'PodInitializing'
    )
      state = old.state;
  }
  const waiting = w.waiting.get(container.name);
  if (waiting !== undefined && w.stage === 'syncing' && willRestart(w.pod, container, latest)) {
    if (isSet(state.terminated)) lastState = state;
    state = { waiting: { message: waiting.message, reason: waiting.reason } };
  } else if (latest === undefined && isSet(state.waiting)) state = { waiting: { reason: waitingReason } };
  const running = isSet(state.running);
  const startup = running ? probeResult(w, container.name, 'startup', latest!.id) : undefined;
  const started = running && (startup === undefined || startup === 'success');
  let ready = false;
  if (list === 'initContainers' && !isSidecar(container)) ready = state.terminated?.exitCode === 0;
  else if (started && list !== 'ephemeralContainers') {
    const readiness = probeResult(w, container.name, 'readiness', latest!.id);
    ready = readiness === undefined || readiness === 'success';
  }
  const id = latest === undefined ? (old?.containerID ?? '') : containerId(latest);
  const { name } = container;
  const image = container.image!;
  const imageID = latest?.imageId ?? old?.imageID ?? '';
  const given = w.allocation?.resources.get(name);
  if (given !== undefined && id !== '')
    return {
      ...(given.requests === undefined ? {} : { allocatedResources: given.requests }),
      containerID: id,
      image,
      imageID,
      lastState,
      name,
      ready,
      resources: given,
      restartCount,
      started,
      state,
    } as ContainerStatus;
  // The prober, who says what has started, does not look at ephemeral containers.
  if (list === 'ephemeralContainers') {
    const said = { image, imageID, lastState, name, ready, restartCount, state };
    return id === '' ? said : { containerID: id, ...said };
  }
  return id === ''
    ? { image, imageID, lastState, name, ready, restartCount, started, state }
    : { containerID: id, image, imageID, lastState, name, ready, restartCount, started, state };
}

const conditionOf = (
  type: string,
  verdict: Verdict,
  old: readonly PodCondition[],
  now: Millis,
  generation: number | undefined,
): PodCondition => {
  const before = old.find((c) => c.type === type);
  const { message, reason, status } = verdict;
  const lastProbeTime = null as unknown as string;
  const lastTransitionTime =
    before !== undefined && before.status === status && isSet(before.lastTransitionTime)
      ? before.lastTransitionTime
      : rfc3339(now);
  if (message === undefined && reason === undefined && generation !== undefined) {
    return { lastProbeTime, lastTransitionTime, observedGeneration: generation, status, type };
  }
  const condition: Partial<PodCondition> = { lastProbeTime, lastTransitionTime };
  if (message !== undefined) condition.message = message;
  if (generation !== undefined) condition.observedGeneration = generation;
  if (reason !== undefined) condition.reason = reason;
  condition.status = status;
  condition.type = type;
  return condition as PodCondition;
};

/** Quality of service by requests and limits is set when the pod is created; until then it is best effort. */
const qosOf = (pod: Pod): NonNullable<PodStatus['qosClass']> => pod.status.qosClass ?? 'BestEffort';

/** All that is said of a pod that was not taken. Models rejectPod of pkg/kubelet/kubelet.go. */
function refusedStatus(w: PodWorker, refusal: Refusal): PodStatus {
  const { generation } = w.pod.metadata;
  return {
    message: `Pod was rejected: ${refusal.message}`,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase: 'Failed',
    qosClass: qosOf(w.pod),
    reason: refusal.reason,
    startTime: w.startTime,
  } as PodStatus;
}

/** Whether the pod, deleted, stays in its phase until it is gone. */
export const keepsPhase = (k: Kubelet, pod: Pod): boolean =>
  k.ctx.config.formerly?.deletedPodKeepsPhase === true && isSet(pod.metadata.deletionTimestamp);

/** @param terminal the pod's containers are stopped for good */
export function generateStatus(k: Kubelet, w: PodWorker, terminal: boolean): PodStatus {
  const { pod } = w;
  // When it is deleted, a pod's worker comes to it after all, and looks at what became of its containers.
  const deleted = w.stage === 'terminated' && isSet(pod.metadata.deletionTimestamp);
  if (w.refusal !== undefined && !deleted) return refusedStatus(w, w.refusal);
  const { machine } = k;
  const now = k.ctx.now + machine.clockSkewMs;
  const known = w.status ?? pod.status;
  const records = containersOf(machine, w.uid);
  const inits = initContainersOf(pod);
  const waitingReason = inits.length > 0 ? 'PodInitializing' : 'ContainerCreating';
  const initStatuses = inits.map((c) => containerStatus(k, w, c, 'initContainers', records, waitingReason));
  const statuses = pod.spec.containers.map((c) =>
    containerStatus(k, w, c, 'containers', records, waitingReason),
  );
  const all = inits.length === 0 ? statuses : [...initStatuses, ...statuses];
  let phase: PodPhase = podPhase(
    pod.spec,
    all,
    terminal && !keepsPhase(k, pod),
    inits.length > 0 && hasAnyRegularContainerStarted(pod.spec, statuses),
  );
  if (!isTerminalPhase(phase) && isTerminalPhase(known.phase)) phase = known.phase as PodPhase;
  const ended = terminal || w.stage === 'terminated';
  if (w.final !== undefined && (ended || w.final.counts === 'atOnce')) phase = 'Failed';
  // What the API has as over stays as it is (generateAPIPodStatus: "attempted illegal phase transition").
  if (isTerminalPhase(pod.status.phase) && k.ctx.config.planted !== 'kubelet-changes-ended-phase')
    phase = pod.status.phase as PodPhase;
  const sandbox = machine.sandboxes.get(w.uid);
  const old = known.conditions ?? [];
  const generation = pod.metadata.generation;
  const containers = containersReady(pod, all, phase);
  const condition = (type: string, verdict: Verdict): PodCondition =>
    conditionOf(type, verdict, old, now, generation);
  const conditions: PodCondition[] = [
    condition('PodReadyToStartContainers', { status: sandbox?.ready === true ? 'True' : 'False' }),
    condition('Initialized', podInitialized(pod, all, phase)),
    condition('Ready', podReady(pod, pod.status.conditions ?? [], containers)),
    condition('ContainersReady', containers),
    condition('PodScheduled', { status: 'True' }),
  ];
  const resize = w.allocation?.state;
  if (resize !== undefined) {
    const { type, ...why } = resize;
    conditions.push(condition(type, { status: 'True', ...why }));
  }
  if (w.final?.disruption === true) {
    conditions.push(
      condition('DisruptionTarget', {
        status: 'True',
        reason: 'TerminationByKubelet',
        message: w.final.message,
      }),
    );
  }
  if (w.final !== undefined) phase = 'Failed';
  const reason = w.final?.reason ?? known.reason;
  const message = w.final?.message ?? known.message;
  const ip =
    sandbox?.ready === true
      ? sandbox.ip
      : isTerminalPhase(phase) || terminal || w.stage !== 'syncing'
        ? known.podIP
        : undefined;
  const status: Partial<PodStatus> = {
    conditions,
    containerStatuses: statuses,
    hostIP: machine.ip,
    hostIPs: [{ ip: machine.ip }],
  };
  const ephemeral = ephemeralContainersOf(pod);
  if (ephemeral.length > 0)
    status.ephemeralContainerStatuses = ephemeral.map((c) =>
      containerStatus(k, w, c as Container, 'ephemeralContainers', records, waitingReason),
    );
  if (inits.length > 0) status.initContainerStatuses = initStatuses;
  if (message !== undefined) status.message = message;
  if (generation !== undefined) status.observedGeneration = generation;
  status.phase = phase;
  if (ip !== undefined) {
    status.podIP = ip;
    status.podIPs = [{ ip }];
  }
  status.qosClass = qosOf(pod);
  if (reason !== undefined) status.reason = reason;
  status.startTime = w.startTime;
  return status as PodStatus;
}

/**
 * What is written: the kubelet's status with the conditions of others kept. A terminal phase, and the
 * condition that tells of a disruption by the kubelet, wait until no container can still run. Models
 * mergePodStatus of pkg/kubelet/status/status_manager.go.
 */
export function mergeStatus(
  inApi: PodStatus,
  ours: PodStatus,
  mayHaveRunningContainers: boolean,
  now: Millis,
): PodStatus {
  const ends = isTerminalPhase(ours.phase) && !isTerminalPhase(inApi.phase);
  const mine: PodCondition[] = [];
  for (const condition of ours.conditions ?? []) {
    if (condition.type !== 'DisruptionTarget') mine.push(condition);
    else if (ends && !mayHaveRunningContainers) {
      const before = inApi.conditions?.find((c) => c.type === condition.type);
      const lastTransitionTime =
        before?.status === condition.status ? before.lastTransitionTime : rfc3339(now);
      mine.push({ ...condition, lastTransitionTime } as PodCondition);
    }
  }
  const foreign = (inApi.conditions ?? []).filter(
    (c) => !KUBELET_CONDITIONS.has(c.type) && !mine.some((m) => m.type === c.type),
  );
  const conditions = foreign.length === 0 ? mine : [...mine, ...foreign];
  const status: PodStatus = { ...ours, conditions };
  if (conditions.length === 0) delete status.conditions;
  if (!ends || !mayHaveRunningContainers) return status;
  const { reason: _reason, message: _message, ...going } = status;
  return {
    ...going,
    ...(inApi.message === undefined ? {} : { message: inApi.message }),
    phase: inApi.phase,
    ...(inApi.reason === undefined ? {} : { reason: inApi.reason }),
  };
}
