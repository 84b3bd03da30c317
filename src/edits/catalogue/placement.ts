/** Where Pods may go: affinity, spread, node selectors, tolerations, priority. */
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Path } from '../../sim/api/schema/check.ts';
import type { Draft, Edit, Place } from '../edit.ts';
import {
  count,
  dropped,
  type Fields,
  get,
  isFields,
  isServing,
  jobSpecOf,
  list,
  nameOf,
  podLabelsOf,
  replicasOf,
  setTo,
  templateOf,
  text,
} from '../shapes.ts';

const ASSIGNING = 'concepts/scheduling-eviction/assign-pod-node/';
const SPREAD = 'concepts/scheduling-eviction/topology-spread-constraints/';
const TAINTS = 'concepts/scheduling-eviction/taint-and-toleration/';

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

const specOf = (object: ManifestObject): Path | undefined => {
  const template = templateOf(object);
  return template === undefined ? undefined : [...template, 'spec'];
};

const fieldDropped = (name: string, field: Path, words: Edit['words'], source: string): Edit => ({
  name,
  direction: 'weaken',
  words,
  source,
  drafts(object, place) {
    const spec = specOf(object);
    return spec === undefined ? [] : dropped(object, place, [...spec, ...field]);
  },
});

/** The places of a list, each with what stands there. */
const each = (
  object: ManifestObject,
  field: Path,
  draft: (item: Fields, path: Path) => readonly Draft[],
): readonly Draft[] => {
  const spec = specOf(object);
  if (spec === undefined) return [];
  return list(object, [...spec, ...field]).flatMap((item, i) =>
    isFields(item) ? draft(item, [...spec, ...field, i]) : [],
  );
};

const spreadDropped: Edit = {
  name: 'SpreadDropped',
  direction: 'weaken',
  words: { en: '{object}: pods are not spread over {key}', ja: '{object}: {key}へのPodの分散を省く' },
  source: SPREAD,
  drafts: (object, place) =>
    each(object, ['topologySpreadConstraints'], (item, path) =>
      dropped(object, place, path, { key: text(item, ['topologyKey']) ?? '' }),
    ),
};

const hardness = (name: string, direction: Edit['direction'], to: string, words: Edit['words']): Edit => ({
  name,
  direction,
  words,
  source: SPREAD,
  drafts: (object, place) =>
    each(object, ['topologySpreadConstraints'], (item, path) =>
      text(item, ['whenUnsatisfiable']) === to
        ? []
        : [setTo(place, [...path, 'whenUnsatisfiable'], to, { key: text(item, ['topologyKey']) ?? '' })],
    ),
});

const tolerationDropped: Edit = {
  name: 'TolerationDropped',
  direction: 'weaken',
  words: { en: '{object}: the taint {key} is not tolerated', ja: '{object}: taint {key}を許容しない' },
  source: TAINTS,
  drafts: (object, place) =>
    each(object, ['tolerations'], (item, path) =>
      dropped(object, place, path, { key: text(item, ['key']) ?? '*' }),
    ),
};

const spreadAdded = (name: string, key: string, words: Edit['words']): Edit => ({
  name,
  direction: 'strengthen',
  words,
  source: SPREAD,
  drafts(object, place) {
    const spec = specOf(object);
    const matchLabels = selectorOf(object);
    if (!isServing(object) || spec === undefined || replicasOf(object) < 2 || matchLabels === undefined)
      return [];
    const path = [...spec, 'topologySpreadConstraints'];
    const now = list(object, path);
    if (now.some((c) => get(c, ['topologyKey']) === key)) return [];
    const constraint = {
      maxSkew: 1,
      topologyKey: key,
      whenUnsatisfiable: 'DoNotSchedule',
      // Pods of the revision before would count else, and a rollout leaves them bunched.
      ...(object.kind === 'Deployment' ? { matchLabelKeys: ['pod-template-hash'] } : {}),
      // A node that is gone is no place.
      nodeTaintsPolicy: 'Honor',
      labelSelector: { matchLabels },
    };
    return [setTo(place, path, [...now, constraint])];
  },
});

function selectorOf(object: ManifestObject): Fields | undefined {
  const matchLabels = get(object, ['spec', 'selector', 'matchLabels']);
  if (isFields(matchLabels)) return matchLabels;
  const labels = podLabelsOf(object);
  return Object.keys(labels).length === 0 ? undefined : labels;
}

const antiAffinityPath = (spec: Path, how: string): Path => [
  ...spec,
  'affinity',
  'podAntiAffinity',
  `${how}DuringSchedulingIgnoredDuringExecution`,
];

const antiAffinityAdded: Edit = {
  name: 'AntiAffinityAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: pods are kept apart, each on a node of its own where there is one',
    ja: '{object}: Podをできるだけ別々のノードに置く(podAntiAffinity)',
  },
  source: ASSIGNING,
  drafts(object, place) {
    const spec = specOf(object);
    const matchLabels = selectorOf(object);
    if (!isServing(object) || spec === undefined || matchLabels === undefined || replicasOf(object) < 2)
      return [];
    if (get(object, [...spec, 'affinity', 'podAntiAffinity']) !== undefined) return [];
    const term = { topologyKey: HOSTNAME, labelSelector: { matchLabels } };
    return [setTo(place, antiAffinityPath(spec, 'preferred'), [{ weight: 100, podAffinityTerm: term }])];
  },
};

/** What may not be, where there are no more nodes than replicas, holds rollouts and drains up for ever. */
const antiAffinitySoftened: Edit = {
  name: 'AntiAffinityPreferred',
  direction: 'strengthen',
  words: {
    en: '{object}: keeping pods apart is preferred, not required',
    ja: '{object}: Podを離すことを必須ではなく希望にする',
  },
  source: ASSIGNING,
  drafts(object, place) {
    const spec = specOf(object);
    if (spec === undefined) return [];
    const required = antiAffinityPath(spec, 'required');
    const terms = list(object, required);
    if (terms.length === 0) return [];
    const preferred = antiAffinityPath(spec, 'preferred');
    const weighed = terms.map((podAffinityTerm) => ({ weight: 100, podAffinityTerm }));
    return [
      {
        at: required,
        steps: [
          { do: 'drop', object: place, path: required },
          { do: 'set', object: place, path: preferred, value: [...list(object, preferred), ...weighed] },
        ],
      },
    ];
  },
};

const matchLabelKeysAdded: Edit = {
  name: 'SpreadPerRevision',
  direction: 'strengthen',
  words: {
    en: '{object}: pods of each revision are spread over {key} by themselves',
    ja: '{object}: {key}への分散をリビジョンごとに数える(matchLabelKeys)',
  },
  source: SPREAD,
  drafts: (object, place) =>
    object.kind !== 'Deployment'
      ? []
      : each(object, ['topologySpreadConstraints'], (item, path) =>
          list(item, ['matchLabelKeys']).includes('pod-template-hash')
            ? []
            : [
                setTo(
                  place,
                  [...path, 'matchLabelKeys'],
                  [...list(item, ['matchLabelKeys']), 'pod-template-hash'],
                  { key: text(item, ['topologyKey']) ?? '' },
                ),
              ],
        ),
};

/** Five minutes unless something else is said. */
const tolerationShortened: Edit = {
  name: 'NodeLossToleratedShorter',
  direction: 'strengthen',
  words: {
    en: '{object}: pods of a node that is lost are replaced after 30 s, not 5 minutes',
    ja: '{object}: 失われたノードのPodを5分ではなく30秒で置き換える',
  },
  source: `${TAINTS}#taint-based-evictions`,
  drafts(object, place) {
    const spec = specOf(object);
    if ((!isServing(object) && jobSpecOf(object) === undefined) || spec === undefined) return [];
    const path = [...spec, 'tolerations'];
    const now = list(object, path);
    const keys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
    const others = now.filter((t) => !keys.includes(text(t, ['key']) ?? ''));
    const mine = now.filter((t) => keys.includes(text(t, ['key']) ?? ''));
    if (mine.length > 0 && mine.every((t) => (count(t, ['tolerationSeconds']) ?? 1e9) <= 30)) return [];
    const short = keys.map((key) => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 30,
    }));
    return [setTo(place, path, [...others, ...short])];
  },
};

const priorityAdded: Edit = {
  name: 'PriorityAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: of a priority class of its own, before pods of none',
    ja: '{object}: 独自のPriorityClassで、優先度のないPodより先に置く',
  },
  source: 'concepts/scheduling-eviction/pod-priority-preemption/',
  drafts(object, place) {
    const spec = specOf(object);
    if (
      !isServing(object) ||
      spec === undefined ||
      text(object, [...spec, 'priorityClassName']) !== undefined
    )
      return [];
    const name = `${nameOf(object)}-priority`;
    return [
      {
        at: spec,
        steps: [
          {
            do: 'add',
            value: {
              apiVersion: 'scheduling.k8s.io/v1',
              kind: 'PriorityClass',
              metadata: { name },
              value: 100_000,
            },
          },
          { do: 'set', object: place, path: [...spec, 'priorityClassName'], value: name },
        ],
      },
    ];
  },
};

/** A name goes past the scheduler: to a node that is tainted, full or gone. */
const nodeNameDropped: Edit = {
  name: 'NodeNameDropped',
  direction: 'strengthen',
  words: {
    en: '{object}: the scheduler chooses the node, not {node} by name',
    ja: '{object}: ノードを{node}と名指しせず、スケジューラーに選ばせる',
  },
  source: `${ASSIGNING}#nodename`,
  drafts(object, place: Place) {
    const spec = specOf(object);
    const node = spec === undefined ? undefined : text(object, [...spec, 'nodeName']);
    return node === undefined ? [] : dropped(object, place, [...spec!, 'nodeName'], { node });
  },
};

export const placement: readonly Edit[] = [
  fieldDropped(
    'AntiAffinityDropped',
    ['affinity', 'podAntiAffinity'],
    { en: '{object}: pods are not kept apart', ja: '{object}: podAntiAffinityを省く' },
    ASSIGNING,
  ),
  fieldDropped(
    'PodAffinityDropped',
    ['affinity', 'podAffinity'],
    { en: '{object}: pods are not kept together', ja: '{object}: podAffinityを省く' },
    ASSIGNING,
  ),
  fieldDropped(
    'NodeAffinityDropped',
    ['affinity', 'nodeAffinity'],
    { en: '{object}: any node will do', ja: '{object}: nodeAffinityを省く' },
    ASSIGNING,
  ),
  fieldDropped(
    'NodeSelectorDropped',
    ['nodeSelector'],
    { en: '{object}: has no node selector', ja: '{object}: nodeSelectorを省く' },
    ASSIGNING,
  ),
  fieldDropped(
    'PriorityDropped',
    ['priorityClassName'],
    { en: '{object}: of no priority class', ja: '{object}: priorityClassNameを省く' },
    'concepts/scheduling-eviction/pod-priority-preemption/',
  ),
  spreadDropped,
  hardness('SpreadSoftened', 'weaken', 'ScheduleAnyway', {
    en: '{object}: spreading over {key} is wished for only',
    ja: '{object}: {key}への分散を希望にとどめる',
  }),
  tolerationDropped,
  hardness('SpreadHardened', 'strengthen', 'DoNotSchedule', {
    en: '{object}: spreading over {key} is required',
    ja: '{object}: {key}への分散を必須にする',
  }),
  spreadAdded('SpreadOverNodes', HOSTNAME, {
    en: '{object}: pods are spread evenly over nodes',
    ja: '{object}: Podをノードに均等に分散する',
  }),
  spreadAdded('SpreadOverZones', ZONE, {
    en: '{object}: pods are spread evenly over zones',
    ja: '{object}: Podをゾーンに均等に分散する',
  }),
  antiAffinityAdded,
  antiAffinitySoftened,
  matchLabelKeysAdded,
  tolerationShortened,
  priorityAdded,
  nodeNameDropped,
];
