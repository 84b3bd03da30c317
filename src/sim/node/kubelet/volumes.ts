/**
 * The volume manager: a pod's volumes are there before its sandbox is made, and what they show is brought up
 * to date when the pod is synced. Models pkg/kubelet/volumemanager (reconciler, WaitForAttachAndMount) and
 * pkg/volume/util/nestedpendingoperations (the back-off between attempts).
 * An attempt that is to be given up after two minutes begins anew without an event, as SyncPod tells of no
 * timeout (wait.Interrupted).
 */
import { wholeValue } from '../../api/quantity.ts';
import type { Pod } from '../../api/types.ts';
import { noted } from '../env.ts';
import { fileOf, plant } from '../files/tree.ts';
import { behaviourOf } from '../images.ts';
import { isSet } from '../isset.ts';
import { physicalChange } from '../notices.ts';
import { containersOf, NEVER, type PodVolume } from '../world.ts';
import { nextBackOff } from './backoff.ts';
import { claimedVolumes } from './claims.ts';
import { onMachine, prepareHostPath } from './hostpath.ts';
import { holdCorefiles, runningCorefiles } from '../corefiles.ts';
import { isProjected, payloadOf, type VolumeSpec, writePayload } from './payload.ts';
import { MissingSource, volumeSources, watchSources } from './sources.ts';
import { tokensDueAt } from './tokens.ts';
import type { Kubelet, KubeletTask, PodWorker } from './types.ts';
import { setUpProblem, withoutPlugin } from './volumeplugins.ts';

/** initialDurationBeforeRetry and maxDurationBeforeRetry of pkg/util/goroutinemap/exponentialbackoff. */
const RETRY_MS = 500;
const RETRY_MAX_MS = 122_000;
/** syncFrequency, and how far beyond it a pod's next sync may be (workerResyncIntervalJitterFactor). */
const SYNC_MS = 60_000;
const SYNC_JITTER = 0.5;

/** Why a volume cannot be had; undefined: it can. */
interface Refused {
  readonly reason: string;
  readonly message: string;
}

const failed = (volume: VolumeSpec, why: string): Refused => ({
  reason: 'FailedMount',
  message: `MountVolume.SetUp failed for volume "${volume.name}" : ${why}`,
});

const OWN = { kind: 'own', mode: 0o777, medium: 'disk', sizeLimitBytes: Infinity, projected: false } as const;

/** SetVolumeOwnership of pkg/volume/volume_linux.go: what is made in it is of its group too. */
const shared = ({ spec: { securityContext } }: Pod, mode: number) =>
  isSet(securityContext?.fsGroup) ? { mode: mode | 0o2770, group: securityContext.fsGroup } : { mode };

function emptyDir(k: Kubelet, pod: Pod, source: NonNullable<VolumeSpec['emptyDir']>): PodVolume {
  const limit = source.sizeLimit === undefined ? Infinity : wholeValue(source.sizeLimit as string);
  const sizeLimitBytes = limit > 0 ? limit : Infinity;
  if (source.medium !== 'Memory')
    return { ...OWN, ...shared(pod, OWN.mode), files: new Map(), sizeLimitBytes };
  const all = wholeValue(k.machine.capacity.memory);
  return {
    ...OWN,
    ...shared(pod, 0o1777),
    files: new Map(),
    medium: 'memory',
    sizeLimitBytes: Math.min(sizeLimitBytes, all),
  };
}

/** What an image holds, to be read only (KEP-4639): nothing before the image is here (`showImage`). */
const imageVolume = (): PodVolume => ({ ...OWN, files: new Map(), mode: 0o755, projected: true });

/** A volume shows the image that it is of, which is on the machine. */
export function showImage(k: Kubelet, w: PodWorker, volume: string, reference: string): void {
  const shown = k.machine.volumes.get(w.uid)?.get(volume);
  if (shown?.kind !== 'own') return;
  shown.files.clear();
  for (const [path, content] of Object.entries(behaviourOf(k.env.world, reference).files ?? {}))
    plant(shown.files, path, fileOf(content));
}

function claimed(k: Kubelet, pod: Pod, claimName: string, readOnly: boolean): PodVolume | Refused {
  const answer = claimedVolumes(k).mount(pod, claimName);
  if (answer.state === 'waiting') return answer;
  if (answer.state === 'onNode') {
    prepareHostPath(k.machine, answer.path, 'DirectoryOrCreate');
    return { kind: 'host', path: onMachine(answer.path) };
  }
  const { disk, attachable } = answer;
  return {
    kind: 'disk',
    disk,
    readOnly: answer.readOnly || readOnly,
    ...(attachable === undefined ? {} : { attachable }),
  };
}

/** A share that every node reaches by its address. */
function share(k: Kubelet, server: string, path: string, readOnly: boolean): PodVolume {
  const disk = `nfs://${server}${path}`;
  const { disks } = k.env.world;
  if (!disks.has(disk)) disks.set(disk, { files: new Map(), capacityBytes: Infinity, full: false });
  return { kind: 'disk', disk, readOnly };
}

/** @param old what the pod has of it already */
function setUp(
  k: Kubelet,
  w: PodWorker,
  volume: VolumeSpec,
  old: PodVolume | undefined,
): PodVolume | Refused | undefined {
  const { pod } = w;
  const { hostPath, persistentVolumeClaim, ephemeral, nfs, image } = volume;
  if (isProjected(volume)) {
    const files = old?.kind === 'own' ? old.files : new Map();
    try {
      const salt = pod.metadata.uid + volume.name;
      const payload = payloadOf(k, pod, volume, w.volumes!.tokens);
      const running = runningCorefiles(k.env.world, k.machine, w.uid, k.ctx.now);
      const wrote = writePayload(files, payload, k.ctx.now, salt);
      if (old !== undefined && !wrote) return undefined;
      holdCorefiles(k.env.world, k.machine, running, k.ctx.now);
      // All but those of ConfigMaps are in memory, whose root is everybody's but for others' files.
      return old ?? { ...OWN, files, mode: volume.configMap ? 0o777 : 0o1777, projected: true };
    } catch (error) {
      if (error instanceof MissingSource) return failed(volume, error.message);
      throw error;
    }
  }
  if (old !== undefined) return undefined;
  if (hostPath) {
    const problem = prepareHostPath(k.machine, hostPath.path, hostPath.type ?? '');
    return problem === undefined ? { kind: 'host', path: onMachine(hostPath.path) } : failed(volume, problem);
  }
  if (persistentVolumeClaim)
    return claimed(k, pod, persistentVolumeClaim.claimName, persistentVolumeClaim.readOnly === true);
  if (ephemeral) return claimed(k, pod, `${pod.metadata.name}-${volume.name}`, false);
  if (nfs) return share(k, nfs.server, nfs.path, nfs.readOnly === true);
  if (image) return imageVolume();
  const missing = withoutPlugin(volume.name, volume, volume.name);
  if (missing !== undefined) return { reason: 'FailedMount', message: missing };
  const problem = setUpProblem(volume, (name) => k.ctx.api.find('CSIDriver', '', name) !== undefined);
  if (problem !== undefined) return failed(volume, problem);
  // What is no volume of these has files of its own in its pod.
  return emptyDir(k, pod, volume.emptyDir ?? {});
}

/** Tries to have a volume. @returns whether it is there */
function attempt(k: Kubelet, w: PodWorker, volume: VolumeSpec): boolean {
  const volumes = volumesFor(k, w);
  const old = volumes.get(volume.name);
  const answer = setUp(k, w, volume, old);
  if (answer !== undefined && 'message' in answer) {
    const { failing } = w.volumes!;
    if (answer.message === '') failing.set(volume.name, { lastUpdate: k.ctx.now, delayMs: RETRY_MAX_MS });
    else {
      k.ctx.event(w.pod, 'Warning', answer.reason, answer.message);
      failing.set(volume.name, nextBackOff(failing.get(volume.name), k.ctx.now, RETRY_MS, RETRY_MAX_MS));
    }
    return false;
  }
  w.volumes!.failing.delete(volume.name);
  if (answer === undefined) return true;
  volumes.set(volume.name, answer);
  if (old !== undefined) tellReaders(k, w, volume.name);
  return true;
}

function volumesFor({ machine }: Kubelet, w: PodWorker): Map<string, PodVolume> {
  let volumes = machine.volumes.get(w.uid);
  if (volumes === undefined) machine.volumes.set(w.uid, (volumes = new Map()));
  return volumes;
}

/** A volume shows something else: its readers may answer otherwise. */
function tellReaders(k: Kubelet, w: PodWorker, volume: string): void {
  const { namespace, name, uid } = w.pod.metadata;
  const since = noted(k.env, 'volumeUpdated', {
    node: k.machine.name,
    namespace: namespace!,
    pod: name,
    uid,
    volume,
  });
  for (const container of containersOf(k.machine, w.uid))
    if (
      container.state === 'running' &&
      container.mounts.some((m) => m.volume === volume && m.held === undefined)
    )
      physicalChange(since, k.machine, container);
}

/**
 * Whether all volumes of the pod are there; what is not is tried, and tried again later. What has changed of
 * those that show objects of the API is written anew.
 */
export function volumesReady(k: Kubelet, w: PodWorker): boolean {
  const specs = w.pod.spec.volumes;
  if (specs === undefined || specs.length === 0) return true;
  if (w.volumes === undefined) {
    w.volumes = { mounted: [], failing: new Map(), stale: false, tokens: new Map(), tokensDueAt: NEVER };
    watchSources(k, w.pod);
  }
  const { volumes } = w;
  const all = volumes.mounted.length === specs.length;
  if (all && !volumes.stale) return true;
  volumes.stale = false;
  let next = Infinity;
  for (const volume of specs) {
    const mounted = volumes.mounted.includes(volume.name);
    if (mounted && !isProjected(volume)) continue;
    const failing = volumes.failing.get(volume.name);
    const due = failing === undefined ? NEVER : failing.lastUpdate + failing.delayMs;
    if (failing !== undefined && k.ctx.config.planted === 'mounts-not-retried') continue;
    if (due > k.ctx.now && !mounted) next = Math.min(next, due);
    else if (attempt(k, w, volume)) {
      if (!mounted) volumes.mounted.push(volume.name);
    } else if (!mounted) {
      const { lastUpdate, delayMs } = volumes.failing.get(volume.name)!;
      next = Math.min(next, lastUpdate + delayMs);
    }
  }
  if (volumeSources(w.pod).some((key) => k.state.unread.has(key))) volumesChange(k, w);
  awaitTokens(k, w);
  if (volumes.mounted.length === specs.length) return true;
  if (next === Infinity) return false;
  if (w.wakeAt === NEVER || next < w.wakeAt) w.wakeAt = next;
  return false;
}

/** What a pod waits for may have come. @returns whether it waits for anything */
export function volumesRetry(w: PodWorker): boolean {
  if (w.stage !== 'syncing' || w.volumes === undefined || w.volumes.failing.size === 0) return false;
  w.volumes.failing.clear();
  return true;
}

/** An object that the pod's volumes show has changed: they show it from the pod's next periodic sync on. */
export function volumesChange(k: Kubelet, w: PodWorker): void {
  if (volumeSources(w.pod).length > 0 && k.ctx.config.planted !== 'volumes-stay-stale') outdated(k, w);
}

/** A pod's volumes are looked at in its next periodic sync. */
function outdated(k: Kubelet, w: PodWorker): void {
  if (w.volumes === undefined || w.volumes.stale) return;
  w.volumes.stale = true;
  const period = SYNC_MS * (1 + SYNC_JITTER * k.ctx.random());
  const wait = Math.round(period * k.ctx.random());
  k.ctx.schedule(wait, { type: 'sync', uid: w.uid } satisfies KubeletTask as KubeletTask);
}

/** Sees to it that tokens in the pod's volumes are asked for anew in time. */
function awaitTokens(k: Kubelet, w: PodWorker): void {
  const volumes = w.volumes!;
  if (volumes.tokens.size === 0 || volumes.tokensDueAt > k.ctx.now) return;
  const { ctx } = k;
  const due = tokensDueAt(w.pod, volumes.tokens, () => ctx.random())!;
  // One that could not be had is asked for again in the next sync.
  volumes.tokensDueAt = Math.max(due, ctx.now + 1);
  // It is due for as long as the Pod lives: nothing comes of it that anybody would wait for.
  const task: KubeletTask = { type: 'tokensDue', uid: w.uid };
  ctx.schedule(volumes.tokensDueAt - ctx.now, task, { timeout: true });
}

/** Tokens in the pod's volumes are old. */
export function tokensAge(k: Kubelet, w: PodWorker): void {
  if (w.stage === 'syncing') outdated(k, w);
}

/** Whether a volume of the pod shows its labels and annotations. */
export const showsItself = (pod: Pod): boolean =>
  (pod.spec.volumes ?? []).some(
    (v) => Boolean(v.downwardAPI) || v.projected?.sources?.some((s) => Boolean(s.downwardAPI)) === true,
  );
