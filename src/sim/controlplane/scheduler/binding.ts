/**
 * The end of an attempt: the pod is bound to its node, once the volumes chosen for it there are bound, or it
 * is told why not. Models the binding cycle of pkg/scheduler/schedule_one.go and, of volumes, Reserve,
 * PreBind and Unreserve of plugins/volumebinding. Scheduling and binding happen at one moment, the end of the
 * cycle's latency, where no volume is waited for.
 */
import { withMembers } from '../../kernel/members.ts';
import type { Context } from '../../api/client.ts';
import { withPodCondition } from '../../api/conditions.ts';
import { ApiError, isReason } from '../../api/errors.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod, PodCondition } from '../../api/types.ts';
import { annotated, BIND_COMPLETED, podClaims, SELECTED_NODE, withAnnotations } from '../../api/volumes.ts';
import { withClaim } from '../volume/binder.ts';
import { reachesNode } from '../volume/match.ts';
import { assumePod, dropPod, nodeInfoOf } from './cache.ts';
import type { Cycle } from './framework.ts';
import { eventNote } from './message.ts';
import { volumesFor } from './plugins/volumebinding.ts';
import { dequeue, nominate, onEvent, requeue, unnominate, type QueuedPod } from './queue.ts';
import { lookupsOf, type SchedulerState, type SchedulerTask } from './state.ts';

/** bindTimeoutSeconds of the plugin's arguments. */
const BIND_TIMEOUT_MS = 600_000;

const keyOf = ({ metadata }: Pod | PersistentVolumeClaim): string => `${metadata.namespace}/${metadata.name}`;

/** Takes the node for the pod, and binds it there, at once or when its volumes are bound. */
export function placePod(
  state: SchedulerState,
  item: QueuedPod,
  node: string,
  cycle: Cycle,
  ctx: Context,
): void {
  const { pod } = item;
  const { uid } = pod.metadata;
  if (ctx.config.planted === 'scheduler-forgets-assumed') dropPod(state.cache, uid);
  else assumePod(state.cache, { ...pod, spec: withMembers(pod.spec, { nodeName: node }) }, node);
  unnominate(state.queue, uid);
  if (podClaims(pod).length > 0 && !bindVolumes(state, item, node, cycle, ctx)) return;
  bindPod(state, item, node, ctx);
}

/** Writes down what was chosen of volumes. @returns whether nothing is waited for */
function bindVolumes(
  state: SchedulerState,
  item: QueuedPod,
  node: string,
  cycle: Cycle,
  ctx: Context,
): boolean {
  const { pod } = item;
  const { uid, namespace = 'default' } = pod.metadata;
  const chosen = volumesFor(cycle, node);
  if (chosen === undefined) return true;
  try {
    for (const { claim, volume } of chosen.matched) {
      const wanted = withClaim(volume, claim);
      const { name } = volume.metadata;
      if (wanted !== volume) state.assumed.volumes.set(name, ctx.api.update<PersistentVolume>(wanted));
    }
    for (const claim of chosen.provisioned) {
      if (claim.metadata.annotations?.[SELECTED_NODE] === node) continue;
      const wanted = withAnnotations(claim, { [SELECTED_NODE]: node });
      state.assumed.claims.set(keyOf(claim), ctx.api.update<PersistentVolumeClaim>(wanted));
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reject(state, item, node, `running PreBind plugin "VolumeBinding": ${error.message}`, ctx);
    return false;
  }
  const claims = [...chosen.matched.map((m) => m.claim), ...chosen.provisioned].map((c) => c.metadata.name);
  const task: SchedulerTask = { type: 'volumesOverdue', uid };
  const timer = ctx.schedule(BIND_TIMEOUT_MS, task, { timeout: true });
  state.assumed.bindings.set(uid, { pod, node, claims, timer });
  return settle(state, namespace, uid, ctx);
}

/** Looks whether a pod's volumes are bound, or will not be. @returns true when they are */
function settle(state: SchedulerState, namespace: string, uid: string, ctx: Context): boolean {
  const { node, claims } = state.assumed.bindings.get(uid)!;
  const item = state.queue.pods.get(uid);
  const lookups = lookupsOf(state, ctx);
  const info = nodeInfoOf(state.cache, node);
  let bound = true;
  let problem = info === undefined ? `node "${node}" not found` : undefined;
  for (const name of claims) {
    const claim = lookups.claim(namespace, name);
    const volume = claim?.spec.volumeName ? lookups.volume(claim.spec.volumeName) : undefined;
    if (claim === undefined) problem ??= `persistentvolumeclaim "${name}" not found`;
    else if (!annotated(claim, BIND_COMPLETED) || volume === undefined) {
      bound = false;
      if (isGivenBack(state, claim)) problem ??= `selectedNode annotation reset for PVC "${name}"`;
    } else if (info?.node !== undefined && !reachesNode(volume, info.node))
      problem ??=
        `pv "${volume.metadata.name}" node affinity doesn't match node "${node}": no matching ` +
        `NodeSelectorTerms`;
  }
  if (problem === undefined && !bound) return false;
  endWait(state, uid, ctx);
  if (problem === undefined) return true;
  if (item !== undefined)
    reject(state, item, node, `running PreBind plugin "VolumeBinding": binding volumes: ${problem}`, ctx);
  return false;
}

/** Whether the provisioner can make no volume for the node chosen, and has taken the choice back. */
function isGivenBack({ assumed }: SchedulerState, claim: PersistentVolumeClaim): boolean {
  const ours = assumed.claims.get(keyOf(claim));
  if (ours === undefined || claim.spec.volumeName || annotated(claim, SELECTED_NODE)) return false;
  return Number(ours.metadata.resourceVersion) < Number(claim.metadata.resourceVersion);
}

function endWait(state: SchedulerState, uid: string, ctx: Context): void {
  const { pod, claims, timer } = state.assumed.bindings.get(uid)!;
  ctx.cancel(timer);
  state.assumed.bindings.delete(uid);
  for (const name of claims) state.assumed.claims.delete(`${pod.metadata.namespace}/${name}`);
}

/** A claim or a volume changed: pods that wait for it are bound, or tried again. */
export function volumesChange(state: SchedulerState, ctx: Context): void {
  for (const [uid, { pod, node }] of state.assumed.bindings) {
    const item = state.queue.pods.get(uid);
    if (item === undefined) endWait(state, uid, ctx);
    else if (settle(state, pod.metadata.namespace!, uid, ctx)) bindPod(state, item, node, ctx);
  }
}

export function volumesOverdue(state: SchedulerState, uid: string, ctx: Context): void {
  const binding = state.assumed.bindings.get(uid);
  const item = state.queue.pods.get(uid);
  if (binding === undefined) return;
  endWait(state, uid, ctx);
  const message = 'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded';
  if (item !== undefined) reject(state, item, binding.node, message, ctx);
}

/** The node is given back, and the pod is tried again after a back-off. */
function reject(state: SchedulerState, item: QueuedPod, node: string, message: string, ctx: Context): void {
  const { pod } = item;
  const assumed: Pod = { ...pod, spec: withMembers(pod.spec, { nodeName: node }) };
  dropPod(state.cache, pod.metadata.uid);
  onEvent(state.queue, { type: 'podDelete', pod: assumed }, lookupsOf(state, ctx), ctx);
  fail(state, item, ctx, { message, reason: 'SchedulerError', plugins: [], nominate: '' });
}

function bindPod(state: SchedulerState, item: QueuedPod, node: string, ctx: Context): void {
  const { pod } = item;
  const { uid, namespace = 'default', name } = pod.metadata;
  try {
    ctx.api.bind(namespace, name, uid, node);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reject(state, item, node, `binding rejected: ${error.message}`, ctx);
    return;
  }
  dequeue(state.queue, uid);
  ctx.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${node}`);
}

interface Failure {
  readonly message: string;
  readonly reason: 'Unschedulable' | 'SchedulerError';
  readonly plugins: string[];
  /** The node nominated; '' takes a nomination back; absent leaves it as it is. */
  readonly nominate?: string;
}

export function fail(state: SchedulerState, item: QueuedPod, ctx: Context, failure: Failure): void {
  const { uid, namespace = 'default', name } = item.pod.metadata;
  const cached = ctx.cache.get('Pod', namespace, name);
  const known = cached !== undefined && cached.metadata.uid === uid ? cached : undefined;
  const pod = known ?? item.pod;
  if (known === undefined || known.spec.nodeName) dequeue(state.queue, uid);
  else {
    requeue(state.queue, item, known, failure.plugins, ctx.now);
    if (failure.nominate !== undefined) nominate(state.queue, known, failure.nominate || undefined);
  }
  ctx.event(pod, 'Warning', 'FailedScheduling', eventNote(failure.message));
  writeStatus(pod, ctx, failure);
}

/** A condition says of which generation it speaks. */
const observedAt = (pod: Pod, condition: PodCondition): PodCondition =>
  pod.metadata.generation === undefined
    ? condition
    : { ...condition, observedGeneration: pod.metadata.generation };

/** PodScheduled=False and the nomination, written only when they change. */
function writeStatus(pod: Pod, ctx: Context, failure: Failure): void {
  const condition = {
    type: 'PodScheduled',
    status: 'False' as const,
    reason: failure.reason,
    message: failure.message,
  };
  const status = withPodCondition(pod.status, condition, ctx.now);
  const renominated =
    failure.nominate !== undefined && failure.nominate !== (pod.status.nominatedNodeName ?? '');
  if (status === pod.status && !renominated) return;
  const patch = {
    ...(status === pod.status
      ? {}
      : { conditions: [observedAt(pod, status.conditions!.find((c) => c.type === condition.type)!)] }),
    ...(renominated ? { nominatedNodeName: failure.nominate || null } : {}),
  };
  try {
    ctx.api.patch(
      'Pod',
      pod.metadata.namespace ?? 'default',
      pod.metadata.name,
      'strategic',
      { status: patch },
      { subresource: 'status' },
    );
  } catch (error) {
    // The next attempt writes it; a pod that is gone needs it no more.
    if (!(error instanceof ApiError) || isReason(error, 'Invalid', 'BadRequest')) throw error;
  }
}
