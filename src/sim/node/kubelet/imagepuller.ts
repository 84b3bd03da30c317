/**
 * Images: whether one is there, pulling it, and the back-off after a failed pull. Models
 * pkg/kubelet/images/image_manager.go (pulls are serial).
 */
import { ApiError } from '../../api/errors.ts';
import type { Container, Pod, PodSpec } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import { behaviourOf, canonicalImage, imageSize } from '../images.ts';
import { goDuration, inBackOffSince, nextBackOff } from './backoff.ts';
import { fieldPathOf } from './podspec.ts';
import { nodeStatusDue } from './nodestatus.ts';
import { busy, holdBack } from './holding.ts';
import { registryAnswers } from '../imageregistry.ts';
import { imageNameProblem } from '../images/imagename.ts';
import type { Kubelet, Op, PodWorker, PullFailure, WantedImage } from './types.ts';

const IF_NOT_PRESENT = 'IfNotPresent';
const PULL_BACKOFF_MS = 10_000;
const PULL_BACKOFF_MAX_MS = 300_000;
/** A registry's answer that there is no such image; and that what is here is up to date. */
const REGISTRY_ANSWER_MS = 800;
/** containerd gives up a connection after this; the address is one kept for documentation (RFC 5737). */
const DIAL_TIMEOUT_MS = 30_000;
const REGISTRY_ADDRESS = '203.0.113.10:443';

const backOffKey = (w: PodWorker, image: string): string => `${w.uid}_${image}`;

type ImageVolume = NonNullable<NonNullable<PodSpec['volumes']>[number]['image']>;

/**
 * The images of a container, in the order in which they are seen to: those of its volumes come before any
 * container (getImageVolumes of pkg/kubelet/kuberuntime/kuberuntime_manager.go; here, those it mounts).
 */
export function imagesOf(pod: Pod, { name, image, imagePullPolicy, volumeMounts }: Container): WantedImage[] {
  const own = { container: name, image: image!, policy: (imagePullPolicy as string) ?? IF_NOT_PRESENT };
  const mounted = new Set((volumeMounts ?? []).map((m) => m.name));
  const volumes = (pod.spec.volumes ?? []).flatMap(({ name: volume, image: source }): WantedImage[] => {
    const { reference = '', pullPolicy = IF_NOT_PRESENT }: ImageVolume = source ?? {};
    return reference === '' || !mounted.has(volume)
      ? []
      : [{ container: name, image: reference, policy: pullPolicy as string, volume }];
  });
  return [...volumes, own];
}

/** Events of the puller about a volume's image speak of the pod. */
const aboutOf = (w: PodWorker, { container, volume }: WantedImage): { fieldPath?: string } =>
  volume === undefined ? { fieldPath: fieldPathOf(w.pod, container) } : {};

/** The container does not start for want of the image. */
function withoutImage(k: Kubelet, w: PodWorker, wanted: WantedImage, reason: string): void {
  k.ctx.event(w.pod, 'Warning', 'Failed', `Error: ${reason}`, {
    fieldPath: fieldPathOf(w.pod, wanted.container),
  });
}

/**
 * True when the image is here and the container can go on at once; otherwise it is being pulled, or the
 * container is held back.
 */
export function ensureImage(k: Kubelet, w: PodWorker, wanted: WantedImage): boolean {
  const { ctx, machine } = k;
  const { image, policy } = wanted;
  const about = aboutOf(w, wanted);
  const problem = imageNameProblem(image);
  if (problem !== undefined) {
    ctx.event(w.pod, 'Warning', 'InspectFailed', problem, about);
    withoutImage(k, w, wanted, 'InvalidImageName');
    holdBack(k, w, wanted.container, 'InvalidImageName', problem, ctx.now + PULL_BACKOFF_MS);
    return false;
  }
  const present = machine.images.has(image);
  if (present && policy !== 'Always') {
    ctx.event(
      w.pod,
      'Normal',
      'Pulled',
      `Container image "${image}" already present on machine and can be accessed by the pod`,
      about,
    );
    return true;
  }
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    ctx.event(w.pod, 'Warning', 'ErrImageNeverPull', message, about);
    withoutImage(k, w, wanted, 'ErrImageNeverPull');
    holdBack(k, w, wanted.container, 'ErrImageNeverPull', message, ctx.now + PULL_BACKOFF_MS);
    return false;
  }
  const key = backOffKey(w, image);
  const entry = k.state.pullBackOff.get(key);
  if (entry !== undefined && inBackOffSince(entry, entry.lastUpdate, ctx.now, PULL_BACKOFF_MAX_MS)) {
    ctx.event(w.pod, 'Normal', 'BackOff', `Back-off pulling image "${image}"`, about);
    withoutImage(k, w, wanted, 'ImagePullBackOff');
    holdBack(
      k,
      w,
      wanted.container,
      'ImagePullBackOff',
      `Back-off pulling image "${image}": ErrImagePull: ${pullError(image, entry.failure)}`,
      entry.lastUpdate + entry.delayMs,
    );
    return false;
  }
  ctx.event(w.pod, 'Normal', 'Pulling', `Pulling image "${image}"`, about);
  const { pullMs } = behaviourOf(k.env.world, image);
  const beganAt = Math.max(ctx.now, machine.pullFreeAt);
  const failure: PullFailure | undefined = !registryAnswers(k.env.world, machine, image)
    ? 'DeadlineExceeded'
    : pullMs === 'missing'
      ? 'NotFound'
      : undefined;
  const failed = failure !== undefined;
  // While this one waits, an earlier pull may bring the same image.
  const arriving = present || (machine.pulls.get(image) ?? Infinity) <= beganAt;
  const pull = (): Millis => (typeof pullMs === 'number' ? pullMs : ctx.latency('imagePull'));
  const takesMs =
    failure === 'DeadlineExceeded'
      ? DIAL_TIMEOUT_MS
      : failed || arriving
        ? Math.min(REGISTRY_ANSWER_MS, pull())
        : pull();
  machine.pullFreeAt = beganAt + takesMs;
  if (!failed && !arriving) machine.pulls.set(image, machine.pullFreeAt);
  busy(k, w, { kind: 'pull', wanted, startedAt: ctx.now, beganAt, failure }, machine.pullFreeAt - ctx.now);
  return false;
}

/** Secrets for registries that are not there are told of, and done without (getPullSecretsForPod). */
export function tellMissingPullSecrets(k: Kubelet, w: PodWorker): void {
  const { imagePullSecrets = [] } = w.pod.spec;
  const names = imagePullSecrets.flatMap(({ name }) => name || []);
  const isThere = (name: string): boolean => {
    try {
      return k.ctx.api.find('Secret', w.pod.metadata.namespace!, name) !== undefined;
    } catch (error) {
      if (error instanceof ApiError) return true;
      throw error;
    }
  };
  const missing = names.filter((name) => !isThere(name));
  if (missing.length === 0) return;
  k.ctx.event(
    w.pod,
    'Warning',
    'FailedToRetrieveImagePullSecret',
    `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may ` +
      'not succeed.',
  );
}

/** What containerd says of it: the registry knows no such image, or does not answer. */
function pullError(image: string, failure: PullFailure): string {
  const name = canonicalImage(image);
  const why =
    failure === 'NotFound'
      ? `${name}: not found`
      : `failed to do request: Head "${manifestUrl(name)}": dial tcp ${REGISTRY_ADDRESS}: i/o timeout`;
  return `failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${why}`;
}

/** Of `docker.io/library/nginx:1.25`. */
function manifestUrl(name: string): string {
  const [, host, path, reference] = /^([^/]+)\/(.+?)(?:@|:(?=[^:/]+$))(.+)$/.exec(name)!;
  return `https://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/${path}/manifests/${reference}`;
}

/** The pull is over: true when the image is here. */
export function imagePulled(k: Kubelet, w: PodWorker, op: Op & { kind: 'pull' }): boolean {
  const { ctx, machine } = k;
  const { wanted } = op;
  const { image } = wanted;
  const about = aboutOf(w, wanted);
  const key = backOffKey(w, image);
  if (op.failure !== undefined) {
    const why = `rpc error: code = ${op.failure} desc = ${pullError(image, op.failure)}`;
    ctx.event(w.pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${why}`, about);
    withoutImage(k, w, wanted, 'ErrImagePull');
    const entry = nextBackOff(k.state.pullBackOff.get(key), ctx.now, PULL_BACKOFF_MS, PULL_BACKOFF_MAX_MS);
    k.state.pullBackOff.set(key, { ...entry, failure: op.failure });
    holdBack(k, w, wanted.container, 'ErrImagePull', why, entry.lastUpdate + entry.delayMs);
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
  ctx.event(
    w.pod,
    'Normal',
    'Pulled',
    `Successfully pulled image "${image}" in ${pulled} (${whole} including waiting). Image size: ` +
      `${imageSize(image)} bytes.`,
    about,
  );
  return true;
}
