/**
 * A pod's worker: brings the pod nearer its spec, one thing at a time.
 * Models SyncPod of pkg/kubelet/kubelet.go and pkg/kubelet/kuberuntime/kuberuntime_manager.go, and
 * pkg/kubelet/pod_workers.go.
 */
import { hostPorts } from '../../api/hostports.ts';
import type { Container, Pod } from '../../api/types.ts';
import { DNS_ADDRESS, hasOwnResolver, resolverOf } from '../resolver.ts';
import { createSandbox, startContainer, stopSandbox, type PodIdentity } from '../runtime.ts';
import { containersOf, latestContainer, NEVER } from '../world.ts';
import { podActions } from './actions.ts';
import { busy, holdBack } from './holding.ts';
import { containerOrder } from './containerorder.ts';
import { environmentOf } from './environment.ts';
import { mountsOf } from './mounts.ts';
import { MissingSource } from './sources.ts';
import { showImage, volumesReady } from './volumes.ts';
import { goDuration, inBackOffSince, nextBackOff } from './backoff.ts';
import { ensureImage, imagePulled, imagesOf, tellMissingPullSecrets } from './imagepuller.ts';
import {
  fieldPathOf,
  findContainerSpec,
  formatPod,
  initContainersOf,
  isTerminalPhase,
  STATUSES,
} from './podspec.ts';
import { asAllocated, restartsToResize } from './allocation.ts';
import { resizePod } from './resize.ts';
import { addProbes } from './probes.ts';
import { runHook } from './prober.ts';
import { probeSpec } from './probeworker.ts';
import { nonRootProblem } from './securitycontext.ts';
import { refreshStatus } from './statuswriter.ts';
import { killContainer, killPodContainers } from './stopping.ts';
import { beginTermination } from './terminate.ts';
import type { ContainerConfiguration, Kubelet, KubeletTask, Op, PodWorker, WantedImage } from './types.ts';
import { isSet } from '../isset.ts';
import { settingSysctls } from './sysctls.ts';

/** A pod is looked at again after this at the latest while one of its containers is held back. */
const RESYNC_MS = 60_000;
/** A sync that failed is repeated after so long (backOffPeriod and workerBackOffPeriodJitterFactor). */
const SYNC_RETRY_MS = 10_000;
const SYNC_RETRY_JITTER = 0.5;

/**
 * Looks at a pod anew: status, then what it needs. While the worker is busy it notes that it must look again.
 */
export function syncPod(k: Kubelet, w: PodWorker): void {
  if (w.stage !== 'syncing') return;
  if (w.op !== undefined) {
    w.again = true;
    return;
  }
  w.tried = [];
  w.wakeAt = NEVER;
  addProbes(k, w);
  if (w.allocation !== undefined) resizePod(k, w, w.allocation);
  refreshStatus(k, w);
  if (isTerminalPhase(w.status?.phase)) return beginTermination(k, w, w.graceMs);
  proceed(k, w);
}

/** Starts the next thing the pod needs; when there is none, rests until something wakes it. */
function proceed(k: Kubelet, w: PodWorker): void {
  const { machine } = k;
  if (!machine.runtimeUp) return;
  if (!volumesReady(k, w)) return rest(k, w);
  const actions = podActions({
    pod: w.pod,
    sandbox: machine.sandboxes.get(w.uid),
    records: containersOf(machine, w.uid),
    probes: w.probes,
    planted: k.ctx.config.planted,
    ...(w.allocation === undefined ? {} : { resizes: (c: Container) => restartsToResize(k, w, c) }),
  });
  if (actions.killPod) return killPod(k, w);
  if (actions.kill.length > 0) {
    for (const { container, message, probe } of actions.kill) {
      const spec = findContainerSpec(w.pod, container.name)?.container;
      const own =
        probe === undefined || spec === undefined
          ? undefined
          : probeSpec(spec, probe)?.terminationGracePeriodSeconds;
      killContainer(k, w, container, (own ?? w.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000, message);
    }
    const names = actions.kill.map((x) => x.container.name);
    if (names.some((name) => latestContainer(machine, w.uid, name)?.state === 'running')) {
      w.op = { kind: 'kill', containers: names };
      return;
    }
    return proceed(k, w);
  }
  if (actions.createSandbox) {
    if (machine.sandboxes.has(w.uid)) {
      k.ctx.event(
        w.pod,
        'Normal',
        'SandboxChanged',
        'Pod sandbox changed, it will be killed and re-created.',
      );
      stopSandbox(k.env, machine, w.uid);
    }
    tellMissingPullSecrets(k, w);
    return busy(k, w, { kind: 'sandbox' }, k.ctx.latency('sandbox'));
  }
  for (const name of actions.start) {
    if (w.tried.includes(name)) continue;
    w.tried.push(name);
    if (tryStart(k, w, name)) return;
  }
  rest(k, w);
}

/**
 * What is left of a pod whose regular containers are done is stopped, and its sandbox after it. The pod is
 * over when the kubelet has seen that.
 */
function killPod(k: Kubelet, w: PodWorker): void {
  const running = (): string[] =>
    containersOf(k.machine, w.uid)
      .filter((c) => c.state === 'running')
      .map((c) => c.name);
  if (running().length === 0) return rest(k, w);
  killPodContainers(k, w, (w.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000);
  const left = running();
  if (left.length === 0) stopSandbox(k.env, k.machine, w.uid);
  else w.op = { kind: 'kill', containers: left, pod: true };
}

function rest(k: Kubelet, w: PodWorker): void {
  if (w.again) {
    w.again = false;
    return syncPod(k, w);
  }
  if (w.wakeAt === NEVER) return;
  if (w.wakeTimer !== 0) k.ctx.cancel(w.wakeTimer);
  const delay = Math.min(Math.max(0, w.wakeAt - k.ctx.now), RESYNC_MS);
  w.wakeTimer = k.ctx.schedule(delay, { type: 'sync', uid: w.uid } satisfies KubeletTask as KubeletTask);
}

/** Starts a container unless it is held back. True when the worker is busy with it. */
function tryStart(k: Kubelet, w: PodWorker, name: string): boolean {
  const { container } = findContainerSpec(w.pod, name)!;
  if (inCrashBackOff(k, w, container) || awaitsConfiguration(k, w, name)) return false;
  return ensureImages(k, w, container);
}

/**
 * Containers start in their order: the next one waits until this one's images are here, or cannot be had.
 * @param pulled the one that came just now
 * @returns whether the worker is busy with the container
 */
function ensureImages(k: Kubelet, w: PodWorker, container: Container, pulled?: WantedImage): boolean {
  const images = imagesOf(w.pod, container);
  const from = pulled === undefined ? 0 : images.findIndex((i) => i.volume === pulled.volume) + 1;
  for (const wanted of images.slice(from)) if (!ensureImage(k, w, wanted)) return w.op !== undefined;
  for (const { volume, image } of images) if (volume !== undefined) showImage(k, w, volume, image);
  return beginStart(k, w, container.name);
}

/** Goes on with a container of which a pull is over. */
function pullDone(k: Kubelet, w: PodWorker, op: Op & { kind: 'pull' }): boolean {
  const found = findContainerSpec(w.pod, op.wanted.container);
  return found !== undefined && imagePulled(k, w, op) && ensureImages(k, w, found.container, op.wanted);
}

function beginStart(k: Kubelet, w: PodWorker, name: string): boolean {
  const { container } = findContainerSpec(w.pod, name)!;
  const configuration = configurationOf(k, w, container);
  if (configuration === undefined) return false;
  busy(k, w, { kind: 'start', container: name, configuration }, k.ctx.latency('containerStart'));
  return true;
}

const CONFIG_ERROR = 'CreateContainerConfigError';

/** Tried not long ago, in vain. */
function awaitsConfiguration(k: Kubelet, w: PodWorker, name: string): boolean {
  const until = w.configRetryAt.get(name);
  if (until !== undefined && k.ctx.config.planted === 'configuration-not-retried') return true;
  if (until === undefined || until <= k.ctx.now) return false;
  holdBack(k, w, name, CONFIG_ERROR, w.waiting.get(name)?.message ?? '', until);
  return true;
}

/**
 * A container's variables and mounts. Undefined: something they are made of is missing, and the container is
 * held back. Models startContainer and generateContainerConfig of pkg/kubelet/kuberuntime.
 */
function configurationOf(k: Kubelet, w: PodWorker, container: Container): ContainerConfiguration | undefined {
  const { name } = container;
  const refused = nonRootProblem(k.env.world, w.pod, container);
  if (refused !== undefined) return withoutConfiguration(k, w, name, refused);
  try {
    const environment = environmentOf(k, w.pod, container);
    const mounts = mountsOf(k, w.pod, container, environment);
    w.configRetryAt.delete(name);
    return { environment, mounts };
  } catch (error) {
    if (!(error instanceof MissingSource)) throw error;
    return withoutConfiguration(k, w, name, error.message);
  }
}

function withoutConfiguration(k: Kubelet, w: PodWorker, name: string, message: string): undefined {
  k.ctx.event(w.pod, 'Warning', 'Failed', `Error: ${message}`, { fieldPath: fieldPathOf(w.pod, name) });
  const until = k.ctx.now + Math.round(SYNC_RETRY_MS * (1 + SYNC_RETRY_JITTER * k.ctx.random()));
  w.configRetryAt.set(name, until);
  holdBack(k, w, name, CONFIG_ERROR, message, until);
  return undefined;
}

/**
 * Models doBackOff: the first failure is restarted at once, later ones wait, counted from the end of the
 * last.
 */
function inCrashBackOff(k: Kubelet, w: PodWorker, container: Container): boolean {
  const { name } = container;
  const last = latestContainer(k.machine, w.uid, name);
  if (last === undefined || last.state !== 'exited') return false;
  const { ctx } = k;
  const { crashLoopInitialMs, crashLoopMaxMs } = ctx.config;
  const entry = w.crashBackOff.get(name);
  if (inBackOffSince(entry, last.finishedAt, ctx.now, crashLoopMaxMs)) {
    ctx.event(
      w.pod,
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${name} in pod ${formatPod(w.pod)}`,
      { fieldPath: fieldPathOf(w.pod, name) },
    );
    const backOff = `back-off ${goDuration(entry!.delayMs)}`;
    const message = `${backOff} restarting failed container=${name} pod=${formatPod(w.pod)}`;
    holdBack(k, w, name, 'CrashLoopBackOff', message, last.finishedAt + entry!.delayMs);
    return true;
  }
  w.crashBackOff.set(name, nextBackOff(entry, last.finishedAt, crashLoopInitialMs, crashLoopMaxMs));
  return false;
}

/** What the worker was busy with is done. */
export function opDone(k: Kubelet, w: PodWorker, token: number): void {
  const { op } = w;
  if (op === undefined || op.kind === 'kill' || token !== w.opToken) return;
  w.op = undefined;
  if (!k.machine.runtimeUp) return;
  switch (op.kind) {
    case 'sandbox':
      createSandbox(
        k.env,
        k.machine,
        {
          ...identity(w),
          ...resolving(k, w.pod),
          ...hostsOf(w.pod),
          ...handedOn(w.pod),
          ...settingSysctls(w.pod),
        },
        w.pod.spec.hostNetwork === true,
        k.ctx.config,
      );
      return proceed(k, w);
    case 'pull':
      if (!pullDone(k, w, op)) proceed(k, w);
      return;
    case 'start':
      return containerStarts(k, w, op);
    case 'postStart':
      return postStartDone(k, w, op.container, op.failure);
  }
}

/** Ports of the node that lead to the pod; where it shares the node's network, its own are the node's. */
function handedOn(pod: Pod): Pick<PodIdentity, 'hostPorts'> {
  const ports = pod.spec.hostNetwork === true ? [] : hostPorts(pod);
  return ports.length === 0 ? {} : { hostPorts: ports };
}

const identity = (w: PodWorker): PodIdentity => ({
  uid: w.uid,
  namespace: w.pod.metadata.namespace!,
  name: w.pod.metadata.name,
  ...(w.pod.metadata.labels === undefined ? {} : { labels: w.pod.metadata.labels }),
  ...named(w.pod),
});

/** What it is called inside, where that is not its name alone. Models GeneratePodHostNameAndDomain. */
function named({ metadata, spec: { hostname, subdomain } }: Pod): Pick<PodIdentity, 'hostname' | 'domain'> {
  return {
    ...(hostname ? { hostname } : {}),
    ...(subdomain ? { domain: `${subdomain}.${metadata.namespace}.svc.cluster.local` } : {}),
  };
}

/** What a Pod adds to its /etc/hosts. */
function hostsOf({ spec: { hostAliases } }: Pod): Pick<PodIdentity, 'hosts'> {
  if (!isSet(hostAliases) || hostAliases.length === 0) return {};
  const lines = hostAliases.map(({ ip, hostnames }) => `${[ip, ...(hostnames ?? [])].join('\t')}\n`);
  return { hosts: `\n# Entries added by HostAliases.\n${lines.join('')}` };
}

/** How a Pod looks names up, where it does so in its own way. */
function resolving({ env: { world } }: Kubelet, pod: Pod): Pick<PodIdentity, 'resolver'> {
  return hasOwnResolver(pod) ? { resolver: resolverOf(pod, world.system?.dns ?? DNS_ADDRESS) } : {};
}

function containerStarts(
  k: Kubelet,
  w: PodWorker,
  { container: name, configuration }: Op & { kind: 'start' },
): void {
  const found = findContainerSpec(w.pod, name);
  if (found === undefined) return proceed(k, w);
  const { container, list } = found;
  const last = latestContainer(k.machine, w.uid, name);
  const known = w.status?.[STATUSES[list]]?.find((s) => s.name === name);
  const attempt = last === undefined ? (known?.restartCount ?? 0) : last.attempt + 1;
  const record = startContainer(
    k.env,
    k.machine,
    identity(w),
    containerOrder(k.machine, w.pod, asAllocated(w, container), list, attempt, configuration),
  );
  w.waiting.delete(name);
  const fieldPath = `spec.${list}{${name}}`;
  k.ctx.event(w.pod, 'Normal', 'Created', 'Container created', { fieldPath });
  if (record.startError !== undefined) {
    k.ctx.event(w.pod, 'Warning', 'Failed', `Error: ${record.startError}`, { fieldPath });
    w.waiting.set(name, { reason: 'RunContainerError', message: record.startError });
    return afterStart(k, w, name);
  }
  k.ctx.event(w.pod, 'Normal', 'Started', 'Container started', { fieldPath });
  const hook = container.lifecycle?.postStart;
  if (isSet(hook) && record.state === 'running') {
    const { durationMs, failure } = runHook(k, w.pod, container, record, hook);
    if (durationMs > 0) return busy(k, w, { kind: 'postStart', container: name, failure }, durationMs);
    return postStartDone(k, w, name, failure);
  }
  afterStart(k, w, name);
}

function afterStart(k: Kubelet, w: PodWorker, name: string): void {
  // The next init container is started when the kubelet has seen this one run or end.
  if (initContainersOf(w.pod).some((c) => c.name === name)) rest(k, w);
  else proceed(k, w);
}

/**
 * Models startContainer of kuberuntime_container.go: the event does not tell what the hook printed, the
 * container's status does.
 */
function postStartDone(k: Kubelet, w: PodWorker, name: string, failure: string): void {
  const record = latestContainer(k.machine, w.uid, name);
  if (failure === '' || record?.state !== 'running') return afterStart(k, w, name);
  k.ctx.event(w.pod, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', {
    fieldPath: fieldPathOf(w.pod, name),
  });
  w.waiting.set(name, { reason: 'PostStartHookError', message: failure });
  killContainer(k, w, record, (w.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000, 'FailedPostStartHook');
  if (record.state === 'running') w.op = { kind: 'kill', containers: [name] };
  else proceed(k, w);
}

/** A container that the worker waits for has stopped. */
export function killDone(k: Kubelet, w: PodWorker): void {
  const { op } = w;
  if (op?.kind !== 'kill') return;
  if (op.containers.some((name) => latestContainer(k.machine, w.uid, name)?.state === 'running')) return;
  w.op = undefined;
  if (op.pod === true) {
    stopSandbox(k.env, k.machine, w.uid);
    return rest(k, w);
  }
  proceed(k, w);
}
