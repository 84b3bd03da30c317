/** What happens to a workload by itself: its Pods, its containers, its rollouts, its number. */
import { count, isScaledBy, isServing, nameOf, replicasOf } from '../../edits/shapes.ts';
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Workload } from '../subject.ts';
import {
  aPodOf,
  isRolledOut,
  kubectl,
  restarted,
  said,
  trialOf,
  what,
  type Likelihood,
  type Line,
  type TrialKind,
} from './trial.ts';

/** A kind that any workload can meet. */
const ofEach = (
  kind: string,
  ja: string,
  likelihood: Likelihood,
  lines: (workload: Workload) => readonly Line[],
  isMet: (workload: Workload) => boolean = () => true,
): TrialKind => ({
  kind,
  ja,
  likelihood,
  trials: ({ workloads }) => workloads.filter(isMet).map((w) => trialOf(w, kind, ...lines(w))),
});

/** The autoscaler that is for it. */
const autoscalerOf = (objects: readonly ManifestObject[], { place }: Workload): ManifestObject | undefined =>
  objects.find((o) => isScaledBy(objects[place]!, o));

const autoscaledDown: TrialKind = {
  kind: 'its autoscaler scales it down',
  ja: 'オートスケーラーがスケールダウンする',
  likelihood: 'planned',
  trials: ({ manifests: { objects }, workloads }) =>
    workloads.flatMap((w) => {
      const autoscaler = autoscalerOf(objects, w);
      if (autoscaler === undefined) return [];
      const most = count(autoscaler, ['spec', 'maxReplicas']) ?? 2;
      const { operations } = trialOf(
        w,
        '',
        kubectl(`scale ${what(w)} --replicas=${most}`, w),
        'When 15 minutes pass',
      );
      const name = `${what(w)}: ${nameOf(autoscaler)} scales it down from ${most}`;
      return [{ name, workload: w.place, operations, about: [objects.indexOf(autoscaler)] }];
    }),
};

const scaledDown: TrialKind = {
  kind: 'it is scaled down by half',
  ja: '半分にスケールダウンする',
  likelihood: 'planned',
  trials: ({ manifests: { objects }, workloads }) =>
    workloads.flatMap((w) => {
      const object = objects[w.place]!;
      const replicas = replicasOf(object);
      if (!isServing(object) || replicas < 2 || autoscalerOf(objects, w) !== undefined) return [];
      return [
        trialOf(w, scaledDown.kind, kubectl(`scale ${what(w)} --replicas=${Math.ceil(replicas / 2)}`, w)),
      ];
    }),
};

const wrongImage: TrialKind = {
  kind: 'an image that does not exist is rolled out',
  ja: '存在しないイメージを展開する',
  likelihood: 'common',
  trials: ({ workloads }) =>
    workloads
      .filter(isRolledOut)
      .map((w) =>
        trialOf(
          w,
          `${wrongImage.kind}, and rolled back after 5 minutes`,
          `When an image that does not exist is rolled out to ${said(w)} for 5 minutes`,
          'When 5 minutes pass',
        ),
      ),
};

const aContainerOf = (w: Workload): string => `When a container of ${aPodOf(w)}`;

export const workload: readonly TrialKind[] = [
  ofEach('a pod is deleted', 'Podが削除される', 'planned', (w) => [`When ${aPodOf(w)} is deleted`]),
  ofEach('it is rolled out anew', '新たに展開する', 'planned', (w) => [restarted(w)], isRolledOut),
  scaledDown,
  autoscaledDown,
  ofEach('a container crashes', 'コンテナが異常終了する', 'common', (w) => [`${aContainerOf(w)} crashes`]),
  ofEach(
    'a container is killed for want of memory',
    'メモリー不足でコンテナが強制終了される',
    'common',
    (w) => [`${aContainerOf(w)} is OOM-killed`],
  ),
  ofEach('a container hangs', 'コンテナが応答しなくなる', 'common', (w) => [`${aContainerOf(w)} hangs`]),
  wrongImage,
];
