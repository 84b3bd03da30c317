/** How many Pods there are, and how they are replaced. */
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Edit } from '../edit.ts';
import {
  amountOf,
  count,
  dropped,
  get,
  isScaledBy,
  isServing,
  list,
  replicasOf,
  setTo,
  templateOf,
  text,
} from '../shapes.ts';

const DEPLOYMENT = 'concepts/workloads/controllers/deployment/';
const STATEFUL = 'concepts/workloads/controllers/statefulset/';
const AUTOSCALING = 'tasks/run-application/horizontal-pod-autoscale/';

const ROLLING = ['spec', 'strategy', 'rollingUpdate'] as const;

const isRolling = (object: { kind: string }): boolean =>
  object.kind === 'Deployment' && text(object, ['spec', 'strategy', 'type']) !== 'Recreate';

const replicasReduced: Edit = {
  name: 'ReplicasReduced',
  direction: 'weaken',
  words: {
    en: '{object}: {replicas} replicas, one less',
    ja: '{object}: レプリカを1個減らして{replicas}個にする',
  },
  source: DEPLOYMENT,
  drafts(object, place) {
    const replicas = replicasOf(object) - 1;
    return isServing(object) && replicas >= 0
      ? [setTo(place, ['spec', 'replicas'], replicas, { replicas })]
      : [];
  },
};

const maxUnavailableRaised: Edit = {
  name: 'MaxUnavailableRaised',
  direction: 'weaken',
  words: {
    en: '{object}: all pods may be replaced at once',
    ja: '{object}: すべてのPodを一度に入れ替えてよい(maxUnavailable 100%)',
  },
  source: `${DEPLOYMENT}#max-unavailable`,
  drafts: (object, place) =>
    isRolling(object) && get(object, [...ROLLING, 'maxUnavailable']) !== '100%'
      ? [setTo(place, [...ROLLING, 'maxUnavailable'], '100%')]
      : [],
};

const surgeDropped: Edit = {
  name: 'SurgeDropped',
  direction: 'weaken',
  words: {
    en: '{object}: a pod ends before another takes its place',
    ja: '{object}: 入れ替わりのPodより先に古いPodを終わらせる(maxSurge 0)',
  },
  source: `${DEPLOYMENT}#max-surge`,
  drafts(object, place) {
    if (!isRolling(object)) return [];
    const surge = amountOf(get(object, [...ROLLING, 'maxSurge']) ?? '25%', replicasOf(object), true);
    if (surge === 0) return [];
    return [
      {
        at: ROLLING,
        steps: [
          { do: 'set', object: place, path: [...ROLLING, 'maxSurge'], value: 0 },
          { do: 'set', object: place, path: [...ROLLING, 'maxUnavailable'], value: 1 },
        ],
      },
    ];
  },
};

const recreated: Edit = {
  name: 'RollingMadeRecreate',
  direction: 'weaken',
  words: {
    en: '{object}: all old pods end before new ones begin',
    ja: '{object}: 古いPodをすべて終わらせてから新しいPodを始める(Recreate)',
  },
  source: `${DEPLOYMENT}#recreate-deployment`,
  drafts: (object, place) =>
    isRolling(object) ? [setTo(place, ['spec', 'strategy'], { type: 'Recreate' })] : [],
};

const minReadyDropped: Edit = {
  name: 'MinReadySecondsDropped',
  direction: 'weaken',
  words: {
    en: '{object}: a pod counts as available as soon as it is ready',
    ja: '{object}: Podの準備ができた瞬間から利用可能とみなす(minReadySeconds省略)',
  },
  source: DEPLOYMENT,
  drafts: (object, place) => dropped(object, place, ['spec', 'minReadySeconds']),
};

const orderDropped: Edit = {
  name: 'StatefulOrderDropped',
  direction: 'weaken',
  words: {
    en: '{object}: pods begin and end all at once',
    ja: '{object}: Podを順番どおりでなく一斉に起動・終了する',
  },
  source: `${STATEFUL}#parallel-pod-management`,
  drafts: (object, place) =>
    object.kind === 'StatefulSet' && text(object, ['spec', 'podManagementPolicy']) !== 'Parallel'
      ? [setTo(place, ['spec', 'podManagementPolicy'], 'Parallel')]
      : [],
};

const partitionDropped: Edit = {
  name: 'PartitionDropped',
  direction: 'weaken',
  words: {
    en: '{object}: updates are not held back at a partition',
    ja: '{object}: partitionを省き、更新を途中で止めない',
  },
  source: `${STATEFUL}#partitions`,
  drafts: (object, place) =>
    object.kind === 'StatefulSet'
      ? dropped(object, place, ['spec', 'updateStrategy', 'rollingUpdate', 'partition'])
      : [],
};

const replicasRaised: Edit = {
  name: 'ReplicasRaised',
  direction: 'strengthen',
  words: { en: '{object}: {replicas} replicas', ja: '{object}: レプリカを{replicas}個にする' },
  source: DEPLOYMENT,
  drafts(object, place, objects) {
    // An autoscaler would soon have taken it away.
    if (!isServing(object) || autoscaled(object, objects)) return [];
    const replicas = replicasOf(object) + 1;
    return [setTo(place, ['spec', 'replicas'], replicas, { replicas })];
  },
};

const surgeAllowed: Edit = {
  name: 'SurgeBeforeEnding',
  direction: 'strengthen',
  words: {
    en: '{object}: a pod ends only after another is ready in its place',
    ja: '{object}: 入れ替わりのPodの準備ができてから古いPodを終わらせる',
  },
  source: `${DEPLOYMENT}#max-surge`,
  drafts(object, place) {
    if (!isRolling(object)) return [];
    const unavailable = get(object, [...ROLLING, 'maxUnavailable']) ?? '25%';
    if (amountOf(unavailable, replicasOf(object), false) === 0) return [];
    return [
      {
        at: ROLLING,
        steps: [
          { do: 'set', object: place, path: [...ROLLING, 'maxSurge'], value: 1 },
          { do: 'set', object: place, path: [...ROLLING, 'maxUnavailable'], value: 0 },
        ],
      },
    ];
  },
};

/** With required anti-affinity and as many nodes as replicas there is no room for one more. */
const unavailableAllowed: Edit = {
  name: 'UnavailableAllowed',
  direction: 'strengthen',
  words: {
    en: '{object}: one pod ends first, so that there is room for its successor',
    ja: '{object}: 後継のための場所を空けるため、先にPodを1個終わらせてよい',
  },
  source: `${DEPLOYMENT}#max-unavailable`,
  drafts(object, place) {
    if (!isRolling(object) || replicasOf(object) < 2) return [];
    const unavailable = get(object, [...ROLLING, 'maxUnavailable']) ?? '25%';
    return amountOf(unavailable, replicasOf(object), false) === 0
      ? [setTo(place, [...ROLLING, 'maxUnavailable'], 1)]
      : [];
  },
};

const rollingMade: Edit = {
  name: 'RecreateMadeRolling',
  direction: 'strengthen',
  words: {
    en: '{object}: pods are replaced one after the other, if two may run at once',
    ja: '{object}: 同時に2個動いてよければ、Podを順に入れ替える(RollingUpdate)',
  },
  source: DEPLOYMENT,
  drafts: (object, place) =>
    object.kind === 'Deployment' && text(object, ['spec', 'strategy', 'type']) === 'Recreate'
      ? [setTo(place, ['spec', 'strategy'], { type: 'RollingUpdate' })]
      : [],
};

/** The new Pod waits for a disk that the old one has, and the old one for the new to be ready. */
const volumeHandedOver: Edit = {
  name: 'VolumeHandedOver',
  direction: 'strengthen',
  words: {
    en: '{object}: the old pod ends first, since both would need the disk of {claim}',
    ja: '{object}: {claim}のディスクを両方が必要とするため、古いPodを先に終わらせる(Recreate)',
  },
  source: DEPLOYMENT,
  drafts(object, place) {
    if (!isRolling(object)) return [];
    return list(object, [...templateOf(object)!, 'spec', 'volumes'])
      .map((volume) => text(volume, ['persistentVolumeClaim', 'claimName']))
      .filter((claim) => claim !== undefined)
      .slice(0, 1)
      .map((claim) => setTo(place, ['spec', 'strategy'], { type: 'Recreate' }, { claim }));
  },
};

const minReadyAdded: Edit = {
  name: 'MinReadySecondsAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: a pod counts once it has been ready for 10 s',
    ja: '{object}: 10秒間準備ができ続けたPodだけを利用可能とみなす',
  },
  source: DEPLOYMENT,
  drafts: (object, place) =>
    ['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind) &&
    (count(object, ['spec', 'minReadySeconds']) ?? 0) < 10
      ? [setTo(place, ['spec', 'minReadySeconds'], 10)]
      : [],
};

const progressDeadlineSet: Edit = {
  name: 'ProgressDeadlineShortened',
  direction: 'strengthen',
  words: {
    en: '{object}: a rollout without progress is told after 2 minutes, not 10',
    ja: '{object}: 進まないロールアウトを10分ではなく2分で知らせる',
  },
  source: `${DEPLOYMENT}#progress-deadline-seconds`,
  drafts: (object, place) =>
    object.kind === 'Deployment' && (count(object, ['spec', 'progressDeadlineSeconds']) ?? 600) > 120
      ? [setTo(place, ['spec', 'progressDeadlineSeconds'], 120)]
      : [],
};

/** A broken template holds an ordered StatefulSet up, also when it is mended. */
const statefulParallel: Edit = {
  name: 'StatefulMadeParallel',
  direction: 'strengthen',
  words: {
    en: '{object}: pods do not wait for each other, so that a broken one can be replaced',
    ja: '{object}: Pod同士が互いを待たず、壊れたPodを置き換えられるようにする(Parallel)',
  },
  source: `${STATEFUL}#forced-rollback`,
  drafts: orderDropped.drafts,
};

const autoscaled = (object: ManifestObject, all: readonly ManifestObject[]): boolean =>
  all.some((o) => isScaledBy(object, o));

/** Every `kubectl apply` would set the number back. */
const replicasLeftToAutoscaler: Edit = {
  name: 'ReplicasLeftToAutoscaler',
  direction: 'strengthen',
  words: {
    en: '{object}: the number of replicas is left to its autoscaler',
    ja: '{object}: レプリカ数をオートスケーラーに任せる(replicas省略)',
  },
  source: `${AUTOSCALING}#migrating-deployments-and-statefulsets-to-horizontal-autoscaling`,
  drafts: (object, place, all) =>
    isServing(object) && autoscaled(object, all) ? dropped(object, place, ['spec', 'replicas']) : [],
};

const isAutoscaler = ({ kind }: { kind: string }): boolean => kind === 'HorizontalPodAutoscaler';

const minReplicas = (name: string, direction: Edit['direction'], by: number, words: Edit['words']): Edit => ({
  name,
  direction,
  words,
  source: AUTOSCALING,
  drafts(object, place) {
    const now = count(object, ['spec', 'minReplicas']) ?? 1;
    const max = count(object, ['spec', 'maxReplicas']) ?? now;
    const replicas = now + by;
    return isAutoscaler(object) && replicas >= 1 && replicas <= max
      ? [setTo(place, ['spec', 'minReplicas'], replicas, { replicas })]
      : [];
  },
});

const scaleDownSlowed: Edit = {
  name: 'ScaleDownSlowed',
  direction: 'strengthen',
  words: {
    en: '{object}: takes one pod away a minute at most, and only after 10 calm minutes',
    ja: '{object}: 10分間落ち着いてから、1分に1個までしか減らさない',
  },
  source: `${AUTOSCALING}#configurable-scaling-behavior`,
  drafts: (object, place) =>
    isAutoscaler(object) && get(object, ['spec', 'behavior', 'scaleDown']) === undefined
      ? [
          setTo(place, ['spec', 'behavior', 'scaleDown'], {
            stabilizationWindowSeconds: 600,
            policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
          }),
        ]
      : [],
};

export const rollout: readonly Edit[] = [
  replicasReduced,
  maxUnavailableRaised,
  surgeDropped,
  recreated,
  minReadyDropped,
  orderDropped,
  partitionDropped,
  minReplicas('MinReplicasLowered', 'weaken', -1, {
    en: '{object}: may go down to {replicas}',
    ja: '{object}: {replicas}個まで減らしてよい',
  }),
  replicasRaised,
  surgeAllowed,
  unavailableAllowed,
  rollingMade,
  volumeHandedOver,
  minReadyAdded,
  progressDeadlineSet,
  statefulParallel,
  replicasLeftToAutoscaler,
  minReplicas('MinReplicasRaised', 'strengthen', 1, {
    en: '{object}: never goes below {replicas}',
    ja: '{object}: {replicas}個より減らさない',
  }),
  scaleDownSlowed,
];
