/**
 * The attach/detach controller: disks are attached to the nodes whose Pods want them and detached where none
 * does. Models pkg/controller/volume/attachdetach/{attach_detach_controller,reconciler/reconciler}.go. Keys:
 * names of nodes. A disk that a node says it has mounted (status.volumesInUse) is left alone; from a node
 * that is not healthy it is taken by force after six minutes (maxWaitForUnmountDuration), from one that is
 * out of service at once.
 */
import type { WatchEvent } from '../../api/client.ts';
import { isPodTerminal } from '../../api/conditions.ts';
import { deepEqual } from '../../api/equal.ts';
import { isAlreadyExists, isNotFound } from '../../api/errors.ts';
import { fnv1a32 } from '../../api/hash.ts';
import type {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  VolumeAttachment,
} from '../../api/types.ts';
import { attachableName, backingOf, isClaimBound, isForMany, podClaims } from '../../api/volumes.ts';
import type { Millis } from '../../kernel/types.ts';
import type { Controller, ControllerContext, ObserverContext } from '../controller.ts';
import { isNodeReady } from '../nodelifecycle/conditions.ts';

const FORCE_MS = 360_000;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** A volume that Pods of a node want there. */
interface Wanted {
  readonly volume: PersistentVolume;
  readonly pods: readonly Pod[];
}

export interface AttachDetachState {
  /** Volume name to the nodes to which this controller has it attached, or is attaching it. */
  readonly attached: Map<string, Set<string>>;
  /** Volume name to the nodes that wait until it is free. */
  readonly waiting: Map<string, Set<string>>;
  /** Attachment name to since when it is not wanted. */
  readonly unwantedSince: Map<string, Millis>;
  /** What was told already: `node volume` of a volume that is elsewhere, attachments and their failures. */
  readonly told: Set<string>;
}
type State = AttachDetachState;

const volumeOf = ({ spec }: VolumeAttachment): string => spec.source.persistentVolumeName ?? '';
const isGoing = ({ metadata }: VolumeAttachment): boolean => metadata.deletionTimestamp !== undefined;

/** Hex digits that are always the same of a volume, its driver and a node (getAttachmentName). */
function attachmentName(handle: string, driver: string, node: string): string {
  let digits = '';
  for (let i = 0; i < 8; i += 1)
    digits += fnv1a32(`${i}${handle}${driver}${node}`).toString(16).padStart(8, '0');
  return `csi-${digits}`;
}

/** A Pod whose containers have ended, for good or because it is deleted, needs its disks no longer. */
function isOver(pod: Pod): boolean {
  if (isPodTerminal(pod)) return true;
  if (pod.metadata.deletionTimestamp === undefined) return false;
  return (pod.status.containerStatuses ?? []).every(({ state }) =>
    Boolean(state?.terminated ?? state?.waiting),
  );
}

/** The volume behind a bound claim, where it is one that is attached. */
function attachableOf(namespace: string, name: string, ctx: ControllerContext): PersistentVolume | undefined {
  const claim = ctx.cache.get('PersistentVolumeClaim', namespace, name);
  if (claim === undefined || !isClaimBound(claim)) return undefined;
  const volume = ctx.cache.get('PersistentVolume', '', claim.spec.volumeName!);
  if (volume === undefined || attachableName(volume) === undefined) return undefined;
  const backing = backingOf(volume);
  const driver = backing.kind === 'disk' ? ctx.cache.get('CSIDriver', '', backing.driver) : undefined;
  return driver?.spec.attachRequired === false ? undefined : volume;
}

function wantedOn(node: string, ctx: ControllerContext): Map<string, Wanted> {
  const wanted = new Map<string, { volume: PersistentVolume; pods: Pod[] }>();
  for (const pod of ctx.cache.podsOnNode(node)) {
    const claims = podClaims(pod);
    if (claims.length === 0 || isOver(pod)) continue;
    for (const { name } of claims) {
      const volume = attachableOf(pod.metadata.namespace!, name, ctx);
      if (volume === undefined) continue;
      const known = wanted.get(volume.metadata.name);
      if (known === undefined) wanted.set(volume.metadata.name, { volume, pods: [pod] });
      else known.pods.push(pod);
    }
  }
  return wanted;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}

/** Says in the node's status which volumes it has, as its kubelet goes by it. */
function writeAttached(name: string, attached: readonly string[], ctx: ControllerContext): void {
  const node = ctx.cache.get('Node', '', name);
  if (node === undefined) return;
  const list = attached.map((volume) => ({ devicePath: '', name: volume }));
  if (deepEqual(list, node.status.volumesAttached ?? [])) return;
  ctx.api.patch(
    'Node',
    '',
    name,
    'merge',
    { status: { volumesAttached: list.length === 0 ? null : list } },
    { subresource: 'status' },
  );
}

const isOutOfService = (node: Node): boolean =>
  node.spec.taints?.some((t) => t.key === OUT_OF_SERVICE) ?? false;

/** How long until a volume may be taken from a node; 0: now; undefined: not before something changes. */
function untilDetach(
  attachment: VolumeAttachment,
  volume: PersistentVolume | undefined,
  state: State,
  ctx: ControllerContext,
): Millis | undefined {
  const { name } = attachment.metadata;
  const since = state.unwantedSince.get(name) ?? ctx.now;
  state.unwantedSince.set(name, since);
  const node = ctx.cache.get('Node', '', attachment.spec.nodeName);
  if (node === undefined || volume === undefined) return 0;
  const inUse = node.status.volumesInUse?.includes(attachableName(volume)!) ?? false;
  if (!inUse || isOutOfService(node)) return 0;
  return isNodeReady(node) ? undefined : Math.max(0, since + FORCE_MS - ctx.now);
}

/** Pods that have the volume on the nodes it is attached to, for those who cannot have it. */
function usersOn(nodes: ReadonlySet<string>, volume: PersistentVolume, ctx: ControllerContext): Pod[] {
  const { namespace = '', name } = volume.spec.claimRef ?? {};
  return ctx.cache
    .list('Pod', namespace)
    .filter(
      (pod) =>
        nodes.has(pod.spec.nodeName ?? '') &&
        !isOver(pod) &&
        podClaims(pod).some((claim) => claim.name === name),
    );
}

function tellElsewhere({ volume, pods }: Wanted, node: string, state: State, ctx: ControllerContext): void {
  const told = `${node} ${volume.metadata.name}`;
  if (state.told.has(told)) return;
  state.told.add(told);
  const attached = state.attached.get(volume.metadata.name) ?? new Set<string>();
  const users = usersOn(attached, volume, ctx).map((pod) => pod.metadata.name);
  const why =
    users.length === 0
      ? "Volume is already exclusively attached to one node and can't be attached to another"
      : `Volume is already used by pod(s) ${users.join(', ')}`;
  for (const pod of pods)
    ctx.event(
      pod,
      'Warning',
      'FailedAttachVolume',
      `Multi-Attach error for volume "${volume.metadata.name}" ${why}`,
    );
}

function attach(wanted: Wanted, node: string, state: State, ctx: ControllerContext): void {
  const { volume } = wanted;
  const { name } = volume.metadata;
  const elsewhere = [...(state.attached.get(name) ?? [])].some((other) => other !== node);
  if (elsewhere && !isForMany(volume) && ctx.config.planted !== 'attach-ignores-access-modes') {
    add(state.waiting, name, node);
    tellElsewhere(wanted, node, state, ctx);
    return;
  }
  const backing = backingOf(volume);
  if (backing.kind !== 'disk') return;
  add(state.attached, name, node);
  try {
    ctx.api.create<VolumeAttachment>({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: attachmentName(backing.handle, backing.driver, node) },
      spec: { attacher: backing.driver, nodeName: node, source: { persistentVolumeName: name } },
    });
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}

/** Tells Pods what became of the attempt to attach a volume they want. */
function tellAttempt(
  { volume, pods }: Wanted,
  attachment: VolumeAttachment,
  state: State,
  ctx: ControllerContext,
): void {
  const { name } = volume.metadata;
  const { attached, attachError } = attachment.status;
  const told = `${attachment.metadata.name} ${attached ? attachment.metadata.uid : attachError?.time}`;
  if ((!attached && attachError === undefined) || state.told.has(told)) return;
  state.told.add(told);
  for (const pod of pods)
    if (attached)
      ctx.event(
        pod,
        'Normal',
        'SuccessfulAttachVolume',
        `AttachVolume.Attach succeeded for volume "${name}" `,
      );
    else
      ctx.event(
        pod,
        'Warning',
        'FailedAttachVolume',
        `AttachVolume.Attach failed for volume "${name}" : ${attachError!.message}`,
      );
}

function sync(node: string, state: State, ctx: ControllerContext): void {
  const wanted = wantedOn(node, ctx);
  const here = ctx.cache.list('VolumeAttachment').filter((a) => a.spec.nodeName === node);
  const kept: string[] = [];
  const leaving: VolumeAttachment[] = [];
  for (const attachment of here) {
    const name = volumeOf(attachment);
    const volume = ctx.cache.get('PersistentVolume', '', name);
    const attachable = volume === undefined ? undefined : attachableName(volume);
    const want = wanted.get(name);
    if (isGoing(attachment)) continue;
    if (want !== undefined) {
      state.unwantedSince.delete(attachment.metadata.name);
      tellAttempt(want, attachment, state, ctx);
      if (attachment.status.attached && attachable !== undefined) kept.push(attachable);
      continue;
    }
    const wait = untilDetach(attachment, volume, state, ctx);
    if (wait === 0) leaving.push(attachment);
    else {
      if (wait !== undefined) ctx.queue.addAfter(node, wait, { timeout: true });
      if (attachment.status.attached && attachable !== undefined) kept.push(attachable);
    }
  }
  // A kubelet is not to mount what is about to go.
  writeAttached(node, kept.sort(), ctx);
  for (const { metadata } of leaving) {
    try {
      ctx.api.delete('VolumeAttachment', '', metadata.name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  for (const [name, want] of wanted)
    if (!here.some((a) => volumeOf(a) === name)) attach(want, node, state, ctx);
}

function observeAttachment(
  { type, object }: WatchEvent<VolumeAttachment>,
  state: State,
  ctx: ObserverContext,
): void {
  const { nodeName } = object.spec;
  const name = volumeOf(object);
  ctx.queue.add(nodeName);
  if (type !== 'DELETED') return add(state.attached, name, nodeName);
  state.unwantedSince.delete(object.metadata.name);
  const nodes = state.attached.get(name);
  nodes?.delete(nodeName);
  if (nodes?.size === 0) state.attached.delete(name);
  for (const node of state.waiting.get(name) ?? []) {
    state.told.delete(`${node} ${name}`);
    ctx.queue.add(node);
  }
  state.waiting.delete(name);
}

function observeNode({ type, object, old }: WatchEvent<Node>, ctx: ObserverContext): void {
  if (ctx.cache.count('VolumeAttachment') === 0) return;
  const same =
    type === 'MODIFIED' &&
    old !== undefined &&
    isNodeReady(old) === isNodeReady(object) &&
    isOutOfService(old) === isOutOfService(object) &&
    deepEqual(old.status.volumesInUse, object.status.volumesInUse) &&
    deepEqual(old.status.volumesAttached, object.status.volumesAttached);
  if (!same) ctx.queue.add(object.metadata.name);
}

/** Pods that have a node already wait for a claim to be bound. */
function observeClaim({ object, old }: WatchEvent<PersistentVolumeClaim>, ctx: ObserverContext): void {
  if (!isClaimBound(object) || (old !== undefined && isClaimBound(old))) return;
  const { namespace, name } = object.metadata;
  for (const pod of ctx.cache.list('Pod', namespace))
    if (pod.spec.nodeName && podClaims(pod).some((claim) => claim.name === name))
      ctx.queue.add(pod.spec.nodeName);
}

export const attachDetachController: Controller<AttachDetachState> = {
  name: 'attachdetach-controller',
  account: 'attachdetach-controller',
  watches: ['Node', 'PersistentVolume', 'PersistentVolumeClaim', 'CSIDriver', 'VolumeAttachment', 'Pod'],
  init: () => ({ attached: new Map(), waiting: new Map(), unwantedSince: new Map(), told: new Set() }),
  concerns: ({ kind, object }) => kind !== 'Pod' || podClaims(object as Pod).length > 0,
  observe(event, state, ctx) {
    if (event.kind === 'Pod') {
      const { nodeName } = (event.object as Pod).spec;
      if (nodeName) ctx.queue.add(nodeName);
    } else if (event.kind === 'Node') observeNode(event as unknown as WatchEvent<Node>, ctx);
    else if (event.kind === 'VolumeAttachment')
      observeAttachment(event as unknown as WatchEvent<VolumeAttachment>, state, ctx);
    else if (event.kind === 'PersistentVolumeClaim')
      observeClaim(event as unknown as WatchEvent<PersistentVolumeClaim>, ctx);
  },
  sync,
};
