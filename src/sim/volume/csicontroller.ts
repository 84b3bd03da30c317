/**
 * The controllers of the storage drivers: all of them in one process, which makes volumes for claims, brings
 * disks to nodes and takes them away, and enlarges them. Any provisioner that a StorageClass names is taken
 * to be installed. Models the sidecars external-provisioner, external-attacher and external-resizer of
 * github.com/kubernetes-csi; each operation takes its driver's time, and what fails is tried again.
 */
import type { ApiComponent, Context, WatchEvent } from '../api/client.ts';
import { ApiError, isAlreadyExists, isNotFound } from '../api/errors.ts';
import { wholeValue } from '../api/quantity.ts';
import { rfc3339 } from '../api/time.ts';
import type { KubeObject, PersistentVolume, PersistentVolumeClaim, VolumeAttachment } from '../api/types.ts';
import {
  backingOf,
  capacityOf,
  classOfClaim,
  driverOf,
  isShared,
  SELECTED_NODE,
  withAnnotations,
} from '../api/volumes.ts';
import type { LatencyName } from '../latency.ts';
import type { Millis, Task } from '../kernel/types.ts';
import type { World } from '../node/world.ts';
import { awaitsNode, growing, growthFailed, growthOf, grown, isToGrow } from './expand.ts';
import { CSI_CONTROLLER } from './names.ts';
import { isToDelete, isWanted, newVolume, refusal, volumeNameFor, withoutFinalizer } from './provision.ts';

type Work = 'provision' | 'delete' | 'attach' | 'detach' | 'resize' | 'expand';
export type CsiTask = Task & { readonly type: Work; readonly key: string };

/** What is under way or waits for its next attempt, by `work key`, with how often it failed. */
export interface CsiState {
  readonly busy: Set<string>;
  readonly failures: Map<string, number>;
}

type Ctx = Context<World>;

const LATENCY: Readonly<Record<Work, LatencyName>> = {
  provision: 'volumeProvision',
  delete: 'volumeDelete',
  attach: 'volumeAttach',
  detach: 'volumeDetach',
  resize: 'volumeResize',
  expand: 'volumeResize',
};
/** --retry-interval-start and --retry-interval-max of the sidecars. */
const RETRY_MS = 1_000;
const RETRY_MAX_MS = 300_000;

const idOf = (type: Work, key: string): string => `${type} ${key}`;
const nameOf = ({ metadata }: KubeObject): string =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;

function begin(type: Work, key: string, state: CsiState, ctx: Ctx, afterMs?: Millis): boolean {
  const id = idOf(type, key);
  if (state.busy.has(id)) return false;
  state.busy.add(id);
  ctx.schedule(afterMs ?? ctx.latency(LATENCY[type]), { type, key } satisfies CsiTask as Task);
  return true;
}

/** Tries again later, each time after twice as long. */
function retry(type: Work, key: string, state: CsiState, ctx: Ctx): void {
  const id = idOf(type, key);
  const failures = state.failures.get(id) ?? 0;
  state.failures.set(id, failures + 1);
  state.busy.add(id);
  const wait: Millis = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** Math.min(failures, 20));
  ctx.schedule(wait, { type, key } satisfies CsiTask as Task, { timeout: true });
}

const claimOf = (key: string, ctx: Ctx): PersistentVolumeClaim | undefined => {
  const at = key.indexOf('/');
  return ctx.cache.get('PersistentVolumeClaim', key.slice(0, at), key.slice(at + 1));
};
const classOf = (claim: PersistentVolumeClaim, ctx: Ctx) =>
  ctx.cache.get('StorageClass', '', classOfClaim(claim));
const sourceOf = (driver: string, what: string): { source: string } => ({ source: `${driver}_${what}` });

function observeClaim(claim: PersistentVolumeClaim, state: CsiState, ctx: Ctx): void {
  const key = nameOf(claim);
  const storageClass = classOf(claim, ctx);
  if (
    isWanted(claim, storageClass) &&
    ctx.cache.get('PersistentVolume', '', volumeNameFor(claim)) === undefined
  ) {
    if (begin('provision', key, state, ctx))
      ctx.event(
        claim,
        'Normal',
        'Provisioning',
        `External provisioner is provisioning volume for claim "${key}"`,
        sourceOf(driverOf(storageClass!.provisioner), 'csi-controller-0'),
      );
  } else if (isToGrow(claim)) grow(claim, state, ctx);
}

/** The driver's part at once, which begins with telling of it; the node's takes its time. */
function grow(claim: PersistentVolumeClaim, state: CsiState, ctx: Ctx): void {
  const volume = ctx.cache.get('PersistentVolume', '', claim.spec.volumeName!);
  if (volume === undefined) return;
  if (growthOf(claim, volume) !== undefined) begin('resize', nameOf(claim), state, ctx, 0);
  else begin('expand', nameOf(claim), state, ctx);
}

function provision(key: string, state: CsiState, ctx: Ctx): void {
  const claim = claimOf(key, ctx);
  const storageClass = claim === undefined ? undefined : classOf(claim, ctx);
  if (claim === undefined || storageClass === undefined || !isWanted(claim, storageClass)) return;
  const driver = driverOf(storageClass.provisioner);
  const source = sourceOf(driver, 'csi-controller-0');
  const fails = (why: string): void =>
    ctx.event(
      claim,
      'Warning',
      'ProvisioningFailed',
      `failed to provision volume with StorageClass "${classOfClaim(claim)}": ${why}`,
      source,
    );
  const nodes = ctx.api.list('Node');
  const node = claim.metadata.annotations?.[SELECTED_NODE];
  if (node !== undefined && !nodes.some((n) => n.metadata.name === node)) {
    fails(
      `error generating accessibility requirements: error getting CSINode for selected node "${node}": ` +
        `csinode.storage.k8s.io "${node}" not found`,
    );
    // The scheduler is to choose again.
    ctx.api.update<PersistentVolumeClaim>(withAnnotations(claim, { [SELECTED_NODE]: null }));
    return;
  }
  const { volume, handle, disk } = newVolume(claim, storageClass, nodes);
  const why =
    refusal(claim, storageClass) ??
    (disk?.zone !== undefined && ctx.world.storage.zones.has(disk.zone)
      ? `rpc error: code = Unavailable desc = storage of zone ${disk.zone} does not answer`
      : undefined);
  if (why !== undefined) {
    fails(why);
    retry('provision', key, state, ctx);
    return;
  }
  if (disk !== undefined && !ctx.world.disks.has(handle)) ctx.world.disks.set(handle, disk);
  try {
    ctx.api.create<PersistentVolume>(volume);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
  ctx.event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${handle}`, source);
}

function deleteVolume(name: string, state: CsiState, ctx: Ctx): void {
  const volume = ctx.cache.get('PersistentVolume', '', name);
  if (volume === undefined || !isToDelete(volume)) return;
  const attached = ctx.cache
    .list('VolumeAttachment')
    .find((a) => a.spec.source.persistentVolumeName === name);
  if (attached !== undefined) {
    ctx.event(
      volume,
      'Warning',
      'VolumeFailedDelete',
      `persistentvolume ${name} is still attached to node ${attached.spec.nodeName}`,
    );
    retry('delete', name, state, ctx);
    return;
  }
  const backing = backingOf(volume);
  if (backing.kind === 'disk') ctx.world.disks.delete(backing.handle);
  else removeDirectory(volume, backing.path, ctx);
  if (volume.metadata.deletionTimestamp === undefined) ctx.api.delete('PersistentVolume', '', name);
  const marked = ctx.api.find('PersistentVolume', '', name);
  if (marked !== undefined) ctx.api.update<PersistentVolume>(withoutFinalizer(marked));
}

/** A Pod of the provisioner's on the volume's node removes the directory. */
function removeDirectory({ spec }: PersistentVolume, path: string, { world }: Ctx): void {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const names = terms.flatMap((t) => (t.matchExpressions ?? []).flatMap((e) => e.values ?? []));
  for (const [name, machine] of world.machines)
    if (names.length === 0 || names.includes(name))
      for (const at of [...machine.hostFiles.keys()])
        if (at === path || at.startsWith(`${path}/`)) machine.hostFiles.delete(at);
}

const finalizerOf = ({ spec }: VolumeAttachment): string =>
  `external-attacher/${spec.attacher.replaceAll('.', '-')}`;

const attachFinalizers = (attachment: VolumeAttachment): readonly string[] =>
  attachment.metadata.finalizers ?? [];

function observeAttachment(attachment: VolumeAttachment, state: CsiState, ctx: Ctx): void {
  const { name, deletionTimestamp } = attachment.metadata;
  if (deletionTimestamp === undefined) {
    if (!attachment.status.attached) begin('attach', name, state, ctx);
  } else if (attachFinalizers(attachment).includes(finalizerOf(attachment)))
    begin('detach', name, state, ctx);
}

/** Why a disk does not come to a node; undefined: it does. */
function attachProblem({ spec }: VolumeAttachment, ctx: Ctx): string | undefined {
  const { storage, disks } = ctx.world;
  const volume = ctx.cache.get('PersistentVolume', '', spec.source.persistentVolumeName ?? '');
  if (volume === undefined) return `persistentvolume "${spec.source.persistentVolumeName}" not found`;
  const backing = backingOf(volume);
  const zone = backing.kind === 'disk' ? disks.get(backing.handle)?.zone : undefined;
  if (zone !== undefined && storage.zones.has(zone))
    return `rpc error: code = Unavailable desc = storage of zone ${zone} does not answer`;
  if (storage.attach.has(spec.nodeName) || storage.attach.has('*'))
    return (
      `rpc error: code = Internal desc = Could not attach volume ` +
      `"${backing.kind === 'disk' ? backing.handle : volume.metadata.name}" to node "${spec.nodeName}"`
    );
  return undefined;
}

function attach(name: string, state: CsiState, ctx: Ctx): void {
  const found = ctx.api.find('VolumeAttachment', '', name);
  if (found === undefined || found.metadata.deletionTimestamp !== undefined || found.status.attached) return;
  const finalizer = finalizerOf(found);
  const attachment = attachFinalizers(found).includes(finalizer)
    ? found
    : ctx.api.update<VolumeAttachment>({
        ...found,
        metadata: { ...found.metadata, finalizers: [...attachFinalizers(found), finalizer] },
      });
  const problem = attachProblem(attachment, ctx);
  if (problem === undefined) {
    ctx.api.updateStatus<VolumeAttachment>({ ...attachment, status: { attached: true } });
    return;
  }
  ctx.api.updateStatus<VolumeAttachment>({
    ...attachment,
    status: { attached: false, attachError: { message: problem, time: rfc3339(ctx.now) as never } },
  });
  retry('attach', name, state, ctx);
}

function detach(name: string, state: CsiState, ctx: Ctx): void {
  const attachment = ctx.api.find('VolumeAttachment', '', name);
  if (attachment === undefined || attachment.metadata.deletionTimestamp === undefined) return;
  const { detach: hanging } = ctx.world.storage;
  const { nodeName } = attachment.spec;
  if (hanging.has(nodeName) || hanging.has('*')) {
    const message = `rpc error: code = DeadlineExceeded desc = context deadline exceeded`;
    ctx.api.updateStatus<VolumeAttachment>({
      ...attachment,
      status: { ...attachment.status, detachError: { message, time: rfc3339(ctx.now) as never } },
    });
    retry('detach', name, state, ctx);
    return;
  }
  const finalizers = attachFinalizers(attachment).filter((f) => f !== finalizerOf(attachment));
  ctx.api.update<VolumeAttachment>({ ...attachment, metadata: { ...attachment.metadata, finalizers } });
}

/** Why a driver does not enlarge a disk; undefined: it does. */
function resizeProblem(volume: PersistentVolume, { world }: Ctx): string | undefined {
  const backing = backingOf(volume);
  const zone = backing.kind === 'disk' ? world.disks.get(backing.handle)?.zone : undefined;
  return zone !== undefined && world.storage.zones.has(zone)
    ? `rpc error: code = Unavailable desc = storage of zone ${zone} does not answer`
    : undefined;
}

const resizerOf = (driver: string): { source: string } => ({ source: `external-resizer ${driver}`.trim() });

/** Tells that the driver is asked for a larger disk, and, at the second time, enlarges it. */
function resize(key: string, state: CsiState, ctx: Ctx): void {
  const claim = claimOf(key, ctx);
  const volume = ctx.api.find('PersistentVolume', '', claim?.spec.volumeName ?? '');
  if (claim === undefined || volume === undefined || !isToGrow(claim)) return;
  const growth = growthOf(claim, volume);
  if (growth === undefined) return;
  const { name } = volume.metadata;
  const backing = backingOf(volume);
  const driver = backing.kind === 'disk' ? backing.driver : '';
  const source = resizerOf(driver);
  if (!growth.isMarked) {
    ctx.api.updateStatus<PersistentVolumeClaim>(growing(claim, growth.size, ctx.now));
    ctx.event(claim, 'Normal', 'ExternalExpanding', 'waiting for an external controller to expand this PVC', {
      source: 'volume_expand',
    });
    ctx.event(claim, 'Normal', 'Resizing', `External resizer is resizing volume ${name}`, source);
    begin('resize', key, state, ctx);
    return;
  }
  const problem = resizeProblem(volume, ctx);
  if (problem !== undefined) {
    ctx.api.updateStatus<PersistentVolumeClaim>(growthFailed(claim, problem, ctx.now));
    const why = `resize volume "${name}" by resizer "${driver}" failed: ${problem}`;
    ctx.event(claim, 'Warning', 'VolumeResizeFailed', why, source);
    retry('resize', key, state, ctx);
    return;
  }
  ctx.api.update<PersistentVolume>({
    ...volume,
    spec: { ...volume.spec, capacity: { ...volume.spec.capacity, storage: growth.size } as never },
  });
  if (isShared(driver)) {
    enlarge(volume, growth.size, ctx);
    ctx.api.updateStatus<PersistentVolumeClaim>(grown(claim, growth.size));
    ctx.event(claim, 'Normal', 'VolumeResizeSuccessful', 'Resize volume succeeded', source);
    return;
  }
  ctx.api.updateStatus<PersistentVolumeClaim>(awaitsNode(claim, ctx.now));
  const text = 'Require file system resize of volume on node';
  ctx.event(claim, 'Normal', 'FileSystemResizeRequired', text, source);
}

/** What is on the disk may take so much. */
function enlarge(volume: PersistentVolume, size: string | number, { world }: Ctx): void {
  const backing = backingOf(volume);
  const disk = backing.kind === 'disk' ? world.disks.get(backing.handle) : undefined;
  if (disk !== undefined) disk.capacityBytes = wholeValue(size);
}

/** A node that has the disk enlarges its file system; without one it waits until there is. */
function expand(key: string, ctx: Ctx): void {
  const claim = claimOf(key, ctx);
  if (claim === undefined || !isToGrow(claim)) return;
  const { volumeName } = claim.spec;
  const volume = ctx.cache.get('PersistentVolume', '', volumeName!);
  if (volume === undefined) return;
  const backing = backingOf(volume);
  const attachment = ctx.cache
    .list('VolumeAttachment')
    .find((a) => a.status.attached && a.spec.source.persistentVolumeName === volumeName);
  if (backing.kind === 'disk' && backing.driver !== '' && attachment === undefined) return;
  enlarge(volume, capacityOf(volume), ctx);
  ctx.api.updateStatus<PersistentVolumeClaim>(grown(claim, capacityOf(volume)));
  ctx.event(
    claim,
    'Normal',
    'FileSystemResizeSuccessful',
    `MountVolume.NodeExpandVolume succeeded for volume ` +
      `"${volumeName}"${attachment === undefined ? '' : ` ${attachment.spec.nodeName}`}`,
    { source: 'kubelet' },
  );
}

function work({ type, key }: CsiTask, state: CsiState, ctx: Ctx): void {
  switch (type) {
    case 'provision':
      return provision(key, state, ctx);
    case 'delete':
      return deleteVolume(key, state, ctx);
    case 'attach':
      return attach(key, state, ctx);
    case 'detach':
      return detach(key, state, ctx);
    case 'resize':
      return resize(key, state, ctx);
    case 'expand':
      return expand(key, ctx);
  }
}

function observe(event: WatchEvent, state: CsiState, ctx: Ctx): void {
  const { object, type, kind } = event;
  if (type === 'DELETED') return;
  if (kind === 'PersistentVolumeClaim') observeClaim(object as PersistentVolumeClaim, state, ctx);
  else if (kind === 'PersistentVolume') {
    if (isToDelete(object as PersistentVolume)) begin('delete', object.metadata.name, state, ctx);
  } else if (kind === 'VolumeAttachment') {
    observeAttachment(object as VolumeAttachment, state, ctx);
    if ((object as VolumeAttachment).status.attached)
      for (const claim of ctx.cache.list('PersistentVolumeClaim'))
        if (isToGrow(claim)) observeClaim(claim, state, ctx);
  } else for (const claim of ctx.cache.list('PersistentVolumeClaim')) observeClaim(claim, state, ctx);
}

export const csiController: ApiComponent<CsiState, CsiTask, World> = {
  component: CSI_CONTROLLER,
  watches: () => [
    { kinds: ['StorageClass', 'PersistentVolume', 'PersistentVolumeClaim', 'VolumeAttachment'] },
  ],
  start: () => ({ busy: new Set(), failures: new Map() }),
  observe,
  handle(task, state, ctx) {
    const id = idOf(task.type, task.key);
    state.busy.delete(id);
    const { size } = state.busy;
    try {
      work(task, state, ctx);
      if (state.busy.size === size) state.failures.delete(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!isNotFound(error)) retry(task.type, task.key, state, ctx);
    }
  },
};
