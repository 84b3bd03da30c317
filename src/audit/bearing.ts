/**
 * Which strengthenings have no bearing on a kind of trial: nothing reads what they change while that happens.
 * They need not be tried alone, nor on top of what helps; beside what does harm elsewhere they may mend that.
 */

/** Only a rollout asks. concepts/workloads/controllers/deployment/ */
const OF_ROLLOUTS = [
  'SurgeBeforeEnding',
  'UnavailableAllowed',
  'RecreateMadeRolling',
  'VolumeHandedOver',
  'MinReadySecondsAdded',
  'ProgressDeadlineShortened',
];
/** Only evictions by the API ask. concepts/workloads/pods/disruptions/ */
const OF_EVICTIONS = [
  'BudgetAdded',
  'BudgetTightened',
  'BudgetOpened',
  'BudgetMadePercent',
  'UnhealthyEvicted',
];
/** Only of a node that is lost. concepts/scheduling-eviction/taint-and-toleration/ */
const OF_LOST_NODES = ['NodeLossToleratedShorter'];
/** Only where a Pod finds no room. concepts/scheduling-eviction/pod-priority-preemption/ */
const OF_FULL_NODES = ['PriorityAdded'];
/** Where its Pods stand: it matters to who loses several at once. */
const OF_PLACES = [
  'AntiAffinityAdded',
  'AntiAffinityPreferred',
  'SpreadOverNodes',
  'SpreadOverZones',
  'SpreadPerRevision',
];
/** Only a Pod that is told to end asks. concepts/workloads/pods/pod-lifecycle/#pod-termination */
const OF_ENDINGS = ['PreStopSleepAdded', 'GracePeriodLengthened', 'GraceCoversPreStop'];

/** One container ends, and is started again in its Pod. */
const IN_PLACE = [...OF_ROLLOUTS, ...OF_EVICTIONS, ...OF_LOST_NODES, ...OF_FULL_NODES, ...OF_PLACES];
/** One Pod is deleted, and another takes its place. */
const REPLACED = [...OF_ROLLOUTS, ...OF_EVICTIONS, ...OF_LOST_NODES];
const ROLLED_OUT = [...OF_EVICTIONS, ...OF_LOST_NODES];
/** Its taints evict, which asks no budget. */
const LOST = [...OF_ROLLOUTS, ...OF_EVICTIONS];

const WITHOUT_BEARING: Readonly<Record<string, readonly string[]>> = {
  'a node loses power': LOST,
  'a zone loses power': LOST,
  'nodes are rebooted in turn': OF_ROLLOUTS,
  'half of the nodes are upgraded at once': [...OF_ROLLOUTS, ...OF_LOST_NODES],
  'a pod is deleted': [...REPLACED, ...OF_FULL_NODES],
  'the quota is used up': [...REPLACED, ...OF_FULL_NODES],
  'admission webhooks are down': [...REPLACED, ...OF_FULL_NODES],
  'no node has CPU left': REPLACED,
  'a container crashes': [...IN_PLACE, ...OF_ENDINGS],
  'a container is killed for want of memory': [...IN_PLACE, ...OF_ENDINGS],
  'a container hangs': IN_PLACE,
  'it is rolled out anew': ROLLED_OUT,
  'an image that does not exist is rolled out': ROLLED_OUT,
  'its configuration lacks a key': ROLLED_OUT,
  'its configuration is broken': ROLLED_OUT,
  'a Service that it names is gone': ROLLED_OUT,
  'it is scaled down by half': [...ROLLED_OUT, ...OF_FULL_NODES],
  'its autoscaler scales it down': [...ROLLED_OUT, ...OF_FULL_NODES],
};

export const KINDS_TOLD = Object.keys(WITHOUT_BEARING);
export const EDITS_TOLD = [...new Set(Object.values(WITHOUT_BEARING).flat())];

/** Whether it matters where a Pod's replicas happen to stand. */
export const emptiesNodes = (kind: string): boolean =>
  kind === 'nodes are rebooted in turn' || kind === 'half of the nodes are upgraded at once';

/** Whether a Pod, or what is in it, is gone before another takes its place. */
export const takesPods = (kind: string): boolean =>
  emptiesNodes(kind) ||
  [
    'a node loses power',
    'a zone loses power',
    'a pod is deleted',
    'the quota is used up',
    'no node has CPU left',
    'a container crashes',
    'a container is killed for want of memory',
    'a container hangs',
  ].includes(kind);

export const addsPods = (edit: string): boolean => edit === 'ReplicasRaised' || edit === 'MinReplicasRaised';

/** A few requests are lost to a Pod that ends, or is asked before it is ready. */
const OF_ENDS = ['BudgetAdded', 'ReadinessProbeAdded', 'SurgeBeforeEnding', ...OF_ENDINGS];

export const isOfEnds = (edit: string): boolean => OF_ENDS.includes(edit);

/** Whether an edit may matter to what happens in trials of a kind. */
export const hasBearing = (edit: string, kind: string): boolean =>
  WITHOUT_BEARING[kind]?.includes(edit) !== true;
