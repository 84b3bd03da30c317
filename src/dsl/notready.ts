/**
 * Why objects are not ready, a few words each: what their containers wait for, their last Warning, and what
 * to write where an image is not what it was taken for.
 */
import { podCondition } from '../sim/api/conditions.ts';
import type { ContainerStatus, Event, KubeObject, Pod, PodDisruptionBudget } from '../sim/api/types.ts';
import { say, type Language } from '../messages/index.ts';
import { objectsOf, type ApiState } from './state.ts';

/** How many objects are explained. */
const SHOWN = 8;

type Warnings = ReadonlyMap<string, Event>;

/** The last Warning about each object, by its uid. */
function lastWarnings(state: ApiState): Warnings {
  const last = new Map<string, Event>();
  for (const event of objectsOf(state, 'Event')) {
    if (event.type !== 'Warning') continue;
    const { uid } = event.involvedObject;
    if ((last.get(uid)?.lastTimestamp ?? '') <= event.lastTimestamp) last.set(uid, event);
  }
  return last;
}

/** The image of the container that an Event speaks of. */
function imageOf(pod: Pod, { involvedObject }: Event): string | undefined {
  const name = /\{(.+)\}$/.exec(involvedObject.fieldPath ?? '')?.[1];
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  return containers.find((c) => c.name === name)?.image;
}

/** What to write where a probe was refused: the image does not listen there. */
function adviceFor(pod: Pod, warning: Event, language: Language): string {
  const port = /:(\d+)[^:]*: connect: connection refused/.exec(warning.message)?.[1];
  const image = imageOf(pod, warning);
  if (port === undefined || image === undefined) return '';
  return say('listensNot', { image, port: Number(port) }, language);
}

/** `server: ImagePullBackOff: Back-off pulling image "shop"`, `server: CrashLoopBackOff, exit code 3`. */
function whyWaiting({ name, state, lastState }: ContainerStatus): string {
  const { reason = '', message = '' } = state!.waiting!;
  const code = lastState?.terminated?.exitCode;
  const more = code !== undefined ? `, exit code ${code}` : message === '' ? '' : `: ${message}`;
  return `${name}: ${reason}${more}`;
}

/** Reasons of a container that waits for what comes of itself. */
const ON_ITS_WAY = ['PodInitializing', 'ContainerCreating'];

function whyPod(pod: Pod, warning: Event | undefined, language: Language): string {
  const { phase, reason, conditions, initContainerStatuses = [], containerStatuses = [] } = pod.status;
  if (phase === 'Failed') return say('podFailed', { reason: reason ?? endingOf(pod) }, language);
  const waiting = [...initContainerStatuses, ...containerStatuses].find(
    ({ state }) => state?.waiting !== undefined && !ON_ITS_WAY.includes(state.waiting.reason ?? ''),
  );
  if (waiting !== undefined) return whyWaiting(waiting);
  if (warning !== undefined) {
    const advice = adviceFor(pod, warning, language);
    return `${wordsOf(warning)}${advice === '' ? '' : ` ${advice}`}`;
  }
  const condition = conditions?.find((c) => c.status !== 'True' && c.message !== undefined);
  return condition?.message ?? podCondition(pod, 'Ready')?.reason ?? say('nothingSaid', {}, language);
}

/** `exit code 3` of the first container that failed. */
function endingOf(pod: Pod): string {
  const ended = pod.status.containerStatuses?.find((s) => (s.state?.terminated?.exitCode ?? 0) !== 0);
  return ended === undefined ? '' : `${ended.name}, exit code ${ended.state!.terminated!.exitCode}`;
}

const wordsOf = ({ reason, message }: Event): string => `${reason}: ${message.trim()}`;

/** Of a workload: what was said of it, or of the sets that it controls. */
function whyWorkload(
  { metadata }: KubeObject,
  warnings: Warnings,
  state: ApiState,
  language: Language,
): string {
  const sets = [...objectsOf(state, 'ReplicaSet')].filter((set) =>
    set.metadata.ownerReferences?.some((owner) => owner.uid === metadata.uid),
  );
  const warning = [metadata.uid, ...sets.map((set) => set.metadata.uid).reverse()]
    .map((uid) => warnings.get(uid))
    .find((found) => found !== undefined);
  return warning === undefined ? say('podsNotMade', {}, language) : wordsOf(warning);
}

/** How many it would have to spare. */
const whyBudget = ({ status }: PodDisruptionBudget, language: Language): string =>
  say('budgetRefuses', { healthy: status.currentHealthy ?? 0, wanted: status.desiredHealthy ?? 0 }, language);

/** A line for each object, the first few of them: `web-1: Unhealthy: Readiness probe failed: …`. */
export function whysOf(objects: readonly KubeObject[], state: ApiState, language: Language): string[] {
  const warnings = lastWarnings(state);
  const lines = objects.slice(0, SHOWN).map((object) => {
    const { kind, metadata } = object;
    if (kind === 'PodDisruptionBudget')
      return `${kind} ${metadata.name}: ${whyBudget(object as PodDisruptionBudget, language)}`;
    return kind === 'Pod'
      ? `${metadata.name}: ${whyPod(object as Pod, warnings.get(metadata.uid), language)}`
      : `${kind} ${metadata.name}: ${whyWorkload(object, warnings, state, language)}`;
  });
  if (objects.length > SHOWN) lines.push(say('more', { count: objects.length - SHOWN }, language));
  return lines;
}
