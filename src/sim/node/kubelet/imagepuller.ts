/** Images: whether one is there, pulling it, and the back-off after a failed pull. Models pkg/kubelet/images/image_manager.go (pulls are serial). */
import type { Container } from '../../api/types.ts';
import { behaviourOf, canonicalImage } from '../images.ts';
import { goDuration, inBackOffSince, nextBackOff } from './backoff.ts';
import { fieldPathOf } from './podspec.ts';
import { imageSize, nodeStatusDue } from './nodestatus.ts';
import { busy, holdBack } from './sync.ts';
import type { Kubelet, Op, PodWorker } from './types.ts';

const PULL_BACKOFF_MS = 10_000;
const PULL_BACKOFF_MAX_MS = 300_000;
/** A registry's answer that there is no such image; and that what is here is up to date. */
const REGISTRY_ANSWER_MS = 800;

const backOffKey = (w: PodWorker, image: string): string => `${w.uid}_${image}`;

/** True when the image is here and the container can start at once; otherwise it is being pulled, or the container is held back. */
export function ensureImage(k: Kubelet, w: PodWorker, container: Container): boolean {
  const { ctx, machine } = k;
  const image = container.image!;
  const fieldPath = fieldPathOf(w.pod, container.name);
  const present = machine.images.has(image);
  const policy = (container.imagePullPolicy as string | undefined) ?? 'IfNotPresent';
  if (present && policy !== 'Always') {
    ctx.event(w.pod, 'Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`, { fieldPath });
    return true;
  }
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    ctx.event(w.pod, 'Warning', 'ErrImageNeverPull', message, { fieldPath });
    ctx.event(w.pod, 'Warning', 'Failed', 'Error: ErrImageNeverPull', { fieldPath });
    holdBack(k, w, container.name, 'ErrImageNeverPull', message, ctx.now + PULL_BACKOFF_MS);
    return false;
  }
  const key = backOffKey(w, image);
  const entry = k.state.pullBackOff.get(key);
  if (entry !== undefined && inBackOffSince(entry, entry.lastUpdate, ctx.now, PULL_BACKOFF_MAX_MS)) {
    ctx.event(w.pod, 'Normal', 'BackOff', `Back-off pulling image "${image}"`, { fieldPath });
    ctx.event(w.pod, 'Warning', 'Failed', 'Error: ImagePullBackOff', { fieldPath });
    holdBack(k, w, container.name, 'ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${isUnpullable(k, image) ? dialError(image) : pullError(image)}`, entry.lastUpdate + entry.delayMs);
    return false;
  }
  ctx.event(w.pod, 'Normal', 'Pulling', `Pulling image "${image}"`, { fieldPath });
  const { pullMs } = behaviourOf(k.env.world, image);
  const beganAt = Math.max(ctx.now, machine.pullFreeAt);
  const unreachable = isUnpullable(k, image);
  const failed = pullMs === 'missing' || unreachable;
  // While this one waits, an earlier pull may bring the same image.
  const arriving = present || (machine.pulls.get(image) ?? Infinity) <= beganAt;
  const takesMs = failed || arriving ? Math.min(REGISTRY_ANSWER_MS, typeof pullMs === 'number' ? pullMs : ctx.latency('imagePull')) : pullMs ?? ctx.latency('imagePull');
  machine.pullFreeAt = beganAt + takesMs;
  if (!failed && !arriving) machine.pulls.set(image, machine.pullFreeAt);
  busy(k, w, { kind: 'pull', container: container.name, startedAt: ctx.now, beganAt, failed, ...(unreachable ? { unreachable } : {}) }, machine.pullFreeAt - ctx.now);
  return false;
}

const isUnpullable = ({ env: { world } }: Kubelet, image: string): boolean => world.unpullable.size > 0 && (world.unpullable.has('*') || world.unpullable.has(image));

/** What a registry that cannot be reached looks like. */
function dialError(image: string): string {
  const name = canonicalImage(image);
  const registry = name.split('/')[0]!;
  return `failed to pull and unpack image "${name}": failed to resolve reference "${name}": failed to do request: Head "https://${registry}/v2/": dial tcp: i/o timeout`;
}

function pullError(image: string): string {
  const name = canonicalImage(image);
  return `failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${name}: not found`;
}


/** The pull is over: true when the image is here. */
export function imagePulled(k: Kubelet, w: PodWorker, op: Op & { kind: 'pull' }): boolean {
  const { ctx, machine } = k;
  const container = [...w.pod.spec.containers, ...(w.pod.spec.initContainers ?? [])].find((c) => c.name === op.container);
  if (container === undefined) return false;
  const image = container.image!;
  const fieldPath = fieldPathOf(w.pod, container.name);
  const key = backOffKey(w, image);
  if (op.failed) {
    const why = op.unreachable === true ? `rpc error: code = Unknown desc = ${dialError(image)}` : `rpc error: code = NotFound desc = ${pullError(image)}`;
    ctx.event(w.pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${why}`, { fieldPath });
    ctx.event(w.pod, 'Warning', 'Failed', 'Error: ErrImagePull', { fieldPath });
    k.state.pullBackOff.set(key, nextBackOff(k.state.pullBackOff.get(key), ctx.now, PULL_BACKOFF_MS, PULL_BACKOFF_MAX_MS));
    holdBack(k, w, container.name, 'ErrImagePull', why, k.state.pullBackOff.get(key)!.lastUpdate + k.state.pullBackOff.get(key)!.delayMs);
    return false;
  }
  k.state.pullBackOff.delete(key);
  machine.pulls.delete(image);
  if (!machine.images.has(image)) {
    machine.images.set(image, ctx.now);
    nodeStatusDue(k);
  }
  const pulled = goDuration(ctx.now - op.beganAt);
  const whole = goDuration(ctx.now - op.startedAt);
  ctx.event(w.pod, 'Normal', 'Pulled', `Successfully pulled image "${image}" in ${pulled} (${whole} including waiting). Image size: ${imageSize(image)} bytes.`, { fieldPath });
  return true;
}
