/** PodDisruptionBudgets. */
import type { ManifestObject } from '../../sim/api/manifest/read.ts';
import type { Edit } from '../edit.ts';
import {
  amountOf,
  get,
  isBudgetedBy,
  isFields,
  isServing,
  mistyped,
  nameOf,
  namespaceOf,
  podLabelsOf,
  removed,
  replicasOf,
  setTo,
} from '../shapes.ts';

const SOURCE = 'tasks/run-application/configure-pdb/';
const isBudget = ({ kind }: ManifestObject): boolean => kind === 'PodDisruptionBudget';

const wantedBy = (budget: ManifestObject, all: readonly ManifestObject[]): number =>
  all.filter((o) => isServing(o) && isBudgetedBy(o, budget)).reduce((sum, o) => sum + replicasOf(o), 0);

const budgetDropped: Edit = {
  name: 'BudgetDropped',
  direction: 'weaken',
  words: { en: '{object} is left out', ja: '{object}を省く' },
  source: SOURCE,
  drafts: (object, place) => (isBudget(object) ? [removed(place)] : []),
};

const budgetLoosened: Edit = {
  name: 'BudgetLoosened',
  direction: 'weaken',
  words: { en: '{object} allows one more disruption', ja: '{object}が中断をもう1個許可する' },
  source: SOURCE,
  drafts(object, place, all) {
    if (!isBudget(object)) return [];
    const wanted = wantedBy(object, all);
    const min = amountOf(get(object, ['spec', 'minAvailable']), wanted, true);
    if (min !== undefined && min > 0) return [setTo(place, ['spec', 'minAvailable'], min - 1)];
    const max = amountOf(get(object, ['spec', 'maxUnavailable']), wanted, true);
    return max === undefined ? [] : [setTo(place, ['spec', 'maxUnavailable'], max + 1)];
  },
};

const budgetSelectorMistyped: Edit = {
  name: 'BudgetSelectorMistyped',
  direction: 'weaken',
  words: {
    en: '{object} selects {label}, which no pod carries',
    ja: '{object}がどのPodにもない{label}を選ぶ',
  },
  source: SOURCE,
  drafts(object, place) {
    const labels = isBudget(object) ? get(object, ['spec', 'selector', 'matchLabels']) : undefined;
    if (!isFields(labels)) return [];
    return Object.entries(labels)
      .slice(0, 1)
      .map(([key, value]) =>
        setTo(place, ['spec', 'selector', 'matchLabels', key], mistyped(String(value)), {
          label: `${key}=${mistyped(String(value))}`,
        }),
      );
  },
};

const budgetAdded: Edit = {
  name: 'BudgetAdded',
  direction: 'strengthen',
  words: {
    en: 'a PodDisruptionBudget for {object}, one disruption at a time',
    ja: '{object}にPodDisruptionBudgetを加え、中断を1個ずつにする',
  },
  source: SOURCE,
  drafts(object, _place, all) {
    const labels = podLabelsOf(object);
    if (!isServing(object) || replicasOf(object) < 2 || Object.keys(labels).length === 0) return [];
    if (all.some((budget) => isBudgetedBy(object, budget))) return [];
    const matchLabels = get(object, ['spec', 'selector', 'matchLabels']);
    const namespace = get(object, ['metadata', 'namespace']);
    return [
      {
        at: [],
        steps: [
          {
            do: 'add',
            value: {
              apiVersion: 'policy/v1',
              kind: 'PodDisruptionBudget',
              metadata: {
                name: nameOf(object),
                ...(namespace === undefined ? {} : { namespace: namespaceOf(object) }),
              },
              spec: {
                maxUnavailable: 1,
                selector: { matchLabels: isFields(matchLabels) ? matchLabels : labels },
              },
            },
          },
        ],
      },
    ];
  },
};

const budgetTightened: Edit = {
  name: 'BudgetTightened',
  direction: 'strengthen',
  words: { en: '{object} allows one disruption at a time', ja: '{object}が許可する中断を1個ずつにする' },
  source: SOURCE,
  drafts(object, place, all) {
    if (!isBudget(object)) return [];
    const wanted = wantedBy(object, all);
    const min = amountOf(get(object, ['spec', 'minAvailable']), wanted, true);
    if (min !== undefined && min < wanted - 1) return [setTo(place, ['spec', 'minAvailable'], wanted - 1)];
    const max = amountOf(get(object, ['spec', 'maxUnavailable']), wanted, true);
    return max !== undefined && max > 1 ? [setTo(place, ['spec', 'maxUnavailable'], 1)] : [];
  },
};

/** A budget that allows nothing holds every drain up. */
const budgetOpened: Edit = {
  name: 'BudgetOpened',
  direction: 'strengthen',
  words: {
    en: '{object} allows one disruption, where it allowed none',
    ja: '中断を許可していなかった{object}が1個を許可する',
  },
  source: 'concepts/workloads/pods/disruptions/',
  drafts(object, place, all) {
    if (!isBudget(object)) return [];
    const wanted = wantedBy(object, all);
    const min = amountOf(get(object, ['spec', 'minAvailable']), wanted, true);
    if (min !== undefined && wanted > 0 && min >= wanted)
      return [
        {
          at: ['spec', 'minAvailable'],
          steps: [
            { do: 'drop', object: place, path: ['spec', 'minAvailable'] },
            { do: 'set', object: place, path: ['spec', 'maxUnavailable'], value: 1 },
          ],
        },
      ];
    return amountOf(get(object, ['spec', 'maxUnavailable']), wanted, true) === 0
      ? [setTo(place, ['spec', 'maxUnavailable'], 1)]
      : [];
  },
};

/** A number stays what it was when the workload is scaled; a share grows with it. */
const budgetMadePercent: Edit = {
  name: 'BudgetMadePercent',
  direction: 'strengthen',
  words: {
    en: '{object} asks for {percent} in place of a number',
    ja: '{object}が個数ではなく{percent}を求める',
  },
  source: SOURCE,
  drafts(object, place, all) {
    const min = isBudget(object) ? get(object, ['spec', 'minAvailable']) : undefined;
    const wanted = wantedBy(object, all);
    if (typeof min !== 'number' || wanted < 2 || min >= wanted) return [];
    const percent = `${Math.floor((min * 100) / wanted)}%`;
    return [setTo(place, ['spec', 'minAvailable'], percent, { percent })];
  },
};

/** Without, a Pod that crashes in a loop cannot be evicted, and its node is never drained. */
const unhealthyEvicted: Edit = {
  name: 'UnhealthyEvicted',
  direction: 'strengthen',
  words: {
    en: '{object} always lets pods that are not ready be evicted',
    ja: '{object}が準備のできていないPodの退避を常に許可する',
  },
  source: `${SOURCE}#unhealthy-pod-eviction-policy`,
  drafts: (object, place) =>
    isBudget(object) && get(object, ['spec', 'unhealthyPodEvictionPolicy']) !== 'AlwaysAllow'
      ? [setTo(place, ['spec', 'unhealthyPodEvictionPolicy'], 'AlwaysAllow')]
      : [],
};

export const budgets: readonly Edit[] = [
  budgetDropped,
  budgetLoosened,
  budgetSelectorMistyped,
  budgetAdded,
  budgetTightened,
  budgetOpened,
  budgetMadePercent,
  unhealthyEvicted,
];
