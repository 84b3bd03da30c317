/**
 * The scheduling queue: pods to try now, pods that wait out a back-off, and pods that wait for something to
 * change. Models pkg/scheduler/backend/queue/{scheduling_queue,active_queue,backoff_queue,nominator}.go with
 * the queueing hints, and popping from the back-off queue while nothing else is to be done
 * (SchedulerPopFromBackoffQ, on by default since 1.33). Plain data.
 */
import type { ClusterConfig } from '../../config.ts';
import type { Pod } from '../../api/types.ts';
import type { EntryId, Millis } from '../../kernel/types.ts';
import type { ClusterEvent, Lookups } from './framework.ts';
import { heapPop, heapPush } from './heap.ts';
import { podPriority } from './podaffinity.ts';
import { pluginNamed } from './plugins/index.ts';
import { isGated } from './plugins/schedulinggates.ts';

const INITIAL_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 10_000;
/** --pod-max-in-unschedulable-pods-duration, and how often the queue looks. */
export const MAX_UNSCHEDULABLE_MS = 300_000;
export const FLUSH_PERIOD_MS = 30_000;

/** Now, and the history entry that led to what is being done; a context is one. */
export interface Moment {
  readonly now: Millis;
  readonly by: { readonly cause: EntryId };
  readonly config?: Pick<ClusterConfig, 'planted'>;
}

/** What refused a pod for which there was no node at all: any new node brings it back. */
export const NO_NODES = 'NoNodes';

export type Place = 'active' | 'backoff' | 'unschedulable' | 'inFlight';

export interface QueuedPod {
  pod: Pod;
  place: Place;
  /** When it last joined the queue; ties go by `seq`. */
  timestamp: Millis;
  /** Marks its current entry in a heap; older ones are stale. */
  seq: number;
  attempts: number;
  /** Attempts that ended unschedulable, and errors in a row: what back-off grows by. */
  refusals: number;
  errors: number;
  backoffUntil: Millis;
  /** Plugins that refused it; empty after an error. */
  plugins: string[];
  /** What made it ready to be tried. */
  cause: EntryId;
}

interface Entry {
  readonly uid: string;
  readonly seq: number;
  readonly priority: number;
  readonly timestamp: Millis;
  /** End of the back-off, in whole seconds, so that priority decides within one. */
  readonly window: Millis;
}

export interface QueueState {
  readonly pods: Map<string, QueuedPod>;
  readonly active: Entry[];
  readonly backoff: Entry[];
  /** After errors: these serve their back-off in full. */
  readonly errorBackoff: Entry[];
  readonly unschedulable: Set<string>;
  /** Pod uid to the node it is nominated to, and the reverse. */
  readonly nominations: Map<string, string>;
  readonly nominated: Map<string, Map<string, Pod>>;
  /** How many live entries `active` and `backoff` hold. */
  ready: number;
  seq: number;
}

export const emptyQueue = (): QueueState => ({
  pods: new Map(),
  active: [],
  backoff: [],
  errorBackoff: [],
  unschedulable: new Set(),
  nominations: new Map(),
  nominated: new Map(),
  ready: 0,
  seq: 0,
});

/** Higher priority first, then who joined first. */
const byPriority = (a: Entry, b: Entry): boolean => {
  if (a.priority !== b.priority) return a.priority > b.priority;
  return a.timestamp !== b.timestamp ? a.timestamp < b.timestamp : a.seq < b.seq;
};
const byWindow = (a: Entry, b: Entry): boolean =>
  a.window !== b.window ? a.window < b.window : byPriority(a, b);

/** 1 s doubling to 10 s. */
export function backoffMs(failures: number): Millis {
  if (failures === 0) return 0;
  let duration = INITIAL_BACKOFF_MS;
  for (let i = 1; i < failures && duration < MAX_BACKOFF_MS; i += 1) duration *= 2;
  return Math.min(duration, MAX_BACKOFF_MS);
}

function leave(queue: QueueState, item: QueuedPod): void {
  if (item.place === 'unschedulable') queue.unschedulable.delete(item.pod.metadata.uid);
  else if (item.place === 'active' || (item.place === 'backoff' && item.plugins.length > 0)) queue.ready -= 1;
}

function enter(queue: QueueState, item: QueuedPod, place: 'active' | 'backoff' | 'unschedulable'): void {
  leave(queue, item);
  const { uid } = item.pod.metadata;
  item.place = place;
  if (place === 'unschedulable') {
    queue.unschedulable.add(uid);
    return;
  }
  queue.seq += 1;
  item.seq = queue.seq;
  const window = Math.floor(item.backoffUntil / 1_000) * 1_000;
  const entry: Entry = {
    uid,
    seq: item.seq,
    priority: podPriority(item.pod),
    timestamp: item.timestamp,
    window,
  };
  if (place === 'active') heapPush(queue.active, entry, byPriority);
  else if (item.plugins.length > 0) heapPush(queue.backoff, entry, byWindow);
  else heapPush(queue.errorBackoff, { ...entry, window: item.backoffUntil }, byWindow);
  if (place === 'active' || item.plugins.length > 0) queue.ready += 1;
}

const live = (queue: QueueState, entry: Entry): QueuedPod | undefined => {
  const item = queue.pods.get(entry.uid);
  return item !== undefined && item.seq === entry.seq && (item.place === 'active' || item.place === 'backoff')
    ? item
    : undefined;
};

function top(queue: QueueState, heap: Entry[], less: (a: Entry, b: Entry) => boolean): QueuedPod | undefined {
  while (heap.length > 0) {
    const item = live(queue, heap[0]!);
    if (item !== undefined) return item;
    heapPop(heap, less);
  }
  return undefined;
}

/** A pod that waits to be scheduled appeared. */
export function enqueue(queue: QueueState, pod: Pod, { now, by }: Moment): void {
  const { uid } = pod.metadata;
  if (queue.pods.has(uid)) return;
  const item: QueuedPod = {
    pod,
    place: 'inFlight',
    timestamp: now,
    seq: 0,
    attempts: 0,
    refusals: 0,
    errors: 0,
    backoffUntil: now,
    plugins: [],
    cause: by.cause,
  };
  queue.pods.set(uid, item);
  if (isGated(pod)) {
    item.plugins = ['SchedulingGates'];
    enter(queue, item, 'unschedulable');
  } else enter(queue, item, 'active');
  nominate(queue, pod, pod.status.nominatedNodeName || undefined);
}

/**
 * Moves what served its back-off to the active queue; when the next error back-off ends, undefined when none
 * is left.
 */
export function flushBackoff(queue: QueueState, now: Millis): Millis | undefined {
  for (const heap of [queue.backoff, queue.errorBackoff]) {
    for (;;) {
      const item = top(queue, heap, byWindow);
      if (item === undefined || item.backoffUntil > now) break;
      heapPop(heap, byWindow);
      enter(queue, item, 'active');
    }
  }
  return top(queue, queue.errorBackoff, byWindow)?.backoffUntil;
}

/** The next pod to try; it is in flight until it is settled. */
export function pop(queue: QueueState, now: Millis): QueuedPod | undefined {
  flushBackoff(queue, now);
  let item = top(queue, queue.active, byPriority);
  if (item !== undefined) heapPop(queue.active, byPriority);
  else {
    item = top(queue, queue.backoff, byWindow);
    if (item === undefined) return undefined;
    heapPop(queue.backoff, byWindow);
  }
  leave(queue, item);
  item.place = 'inFlight';
  item.attempts += 1;
  return item;
}

/** The attempt ended without a node. No plugins: it ended in an error and is retried after its back-off. */
export function requeue(queue: QueueState, item: QueuedPod, pod: Pod, plugins: string[], now: Millis): void {
  item.pod = pod;
  item.timestamp = now;
  item.plugins = plugins;
  if (plugins.length === 0) {
    item.errors += 1;
    item.backoffUntil = now + backoffMs(item.errors);
    enter(queue, item, 'backoff');
    return;
  }
  item.errors = 0;
  item.refusals += 1;
  item.backoffUntil = now + backoffMs(item.refusals);
  enter(queue, item, 'unschedulable');
}

/** Straight to the active queue, back-off or not. */
export function activate(queue: QueueState, uid: string): void {
  const item = queue.pods.get(uid);
  if (
    item !== undefined &&
    (item.place === 'unschedulable' || item.place === 'backoff') &&
    !isGated(item.pod)
  )
    enter(queue, item, 'active');
}

/** Bound, deleted, or no longer ours. */
export function dequeue(queue: QueueState, uid: string): void {
  const item = queue.pods.get(uid);
  if (item !== undefined) {
    leave(queue, item);
    queue.pods.delete(uid);
  }
  unnominate(queue, uid);
}

function wake(queue: QueueState, item: QueuedPod, { now, by }: Moment): void {
  item.cause = by.cause;
  enter(queue, item, item.backoffUntil > now ? 'backoff' : 'active');
}

function worthTrying(item: QueuedPod, event: ClusterEvent, lookups: Lookups): boolean {
  for (const name of item.plugins) {
    if (name === NO_NODES && event.type === 'nodeAdd') return true;
    const plugin = pluginNamed(name);
    if (plugin?.events?.has(event.type) === true && plugin.hint!(item.pod, event, lookups)) return true;
  }
  return false;
}

/** Something happened: the refused pods that may fit now are tried again. */
export function onEvent(
  queue: QueueState,
  event: ClusterEvent,
  lookups: Lookups,
  when: Moment,
  only?: (pod: Pod) => boolean,
): void {
  if (queue.unschedulable.size === 0 || when.config?.planted === 'scheduler-drops-unschedulable') return;
  for (const uid of queue.unschedulable) {
    const item = queue.pods.get(uid)!;
    if (isGated(item.pod) || (only !== undefined && !only(item.pod))) continue;
    if (worthTrying(item, event, lookups)) wake(queue, item, when);
  }
}

/** The pod itself changed. `event`: in a way that may make it schedulable. */
export function updateQueued(
  queue: QueueState,
  pod: Pod,
  event: ClusterEvent | undefined,
  lookups: Lookups,
  when: Moment,
): void {
  const item = queue.pods.get(pod.metadata.uid);
  if (item === undefined) {
    enqueue(queue, pod, when);
    return;
  }
  const wish = pod.status.nominatedNodeName || undefined;
  // A nomination that has not reached the API yet is not lost to an older update.
  const kept =
    item.pod.status.nominatedNodeName || wish ? undefined : queue.nominations.get(pod.metadata.uid);
  const reprioritised = podPriority(item.pod) !== podPriority(pod);
  item.pod = pod;
  nominate(queue, pod, wish ?? kept);
  if (item.place === 'unschedulable') {
    if (event !== undefined && !isGated(pod) && worthTrying(item, event, lookups)) wake(queue, item, when);
  } else if (reprioritised && item.place !== 'inFlight') enter(queue, item, item.place);
}

/**
 * Tries again what has waited for 5 minutes, whatever it waits for; when to look next, undefined when nothing
 * waits.
 */
export function flushUnschedulable(queue: QueueState, when: Moment): Millis | undefined {
  const { now } = when;
  if (when.config?.planted === 'scheduler-drops-unschedulable') return undefined;
  let next: Millis | undefined;
  for (const uid of queue.unschedulable) {
    const item = queue.pods.get(uid)!;
    if (isGated(item.pod)) continue;
    if (now - item.timestamp > MAX_UNSCHEDULABLE_MS) {
      wake(queue, item, when);
      continue;
    }
    const due = item.timestamp + MAX_UNSCHEDULABLE_MS;
    if (next === undefined || due < next) next = due;
  }
  return next;
}

// ---- nominations

/** Promises the pod room on the node; undefined takes the promise back. */
export function nominate(queue: QueueState, pod: Pod, node: string | undefined): void {
  const { uid } = pod.metadata;
  unnominate(queue, uid);
  if (node === undefined) return;
  queue.nominations.set(uid, node);
  let pods = queue.nominated.get(node);
  if (pods === undefined) queue.nominated.set(node, (pods = new Map()));
  pods.set(uid, pod);
}

export function unnominate(queue: QueueState, uid: string): void {
  const node = queue.nominations.get(uid);
  if (node === undefined) return;
  queue.nominations.delete(uid);
  const pods = queue.nominated.get(node)!;
  pods.delete(uid);
  if (pods.size === 0) queue.nominated.delete(node);
}

const NOBODY: readonly Pod[] = [];
export function nominatedTo(queue: QueueState, node: string): readonly Pod[] {
  const pods = queue.nominated.get(node);
  return pods === undefined ? NOBODY : [...pods.values()];
}
