/** What Pods are reached by, and what they are given: Services, policies, configuration. */
import type { Edit } from '../edit.ts';
import { count, dropped, get, isFields, leftOut, list, mistyped, setTo, text } from '../shapes.ts';

const SERVICE = 'concepts/services-networking/service/';

const serviceSelectorMistyped: Edit = {
  name: 'ServiceSelectorMistyped',
  direction: 'weaken',
  words: {
    en: '{object} selects {label}, which no pod carries',
    ja: '{object}がどのPodにもない{label}を選ぶ',
  },
  source: SERVICE,
  drafts(object, place) {
    const selector = object.kind === 'Service' ? get(object, ['spec', 'selector']) : undefined;
    if (!isFields(selector)) return [];
    return Object.entries(selector)
      .slice(0, 1)
      .map(([key, value]) =>
        setTo(place, ['spec', 'selector', key], mistyped(String(value)), {
          label: `${key}=${mistyped(String(value))}`,
        }),
      );
  },
};

const targetPortWrong: Edit = {
  name: 'TargetPortWrong',
  direction: 'weaken',
  words: {
    en: '{object} sends what comes to port {port} where nothing listens',
    ja: '{object}のポート{port}宛てを、何も待ち受けていない先へ送る',
  },
  source: SERVICE,
  drafts: (object, place) =>
    object.kind !== 'Service' || get(object, ['spec', 'selector']) === undefined
      ? []
      : list(object, ['spec', 'ports']).flatMap((port, i) => {
          const number = count(port, ['port']);
          return number === undefined
            ? []
            : [setTo(place, ['spec', 'ports', i, 'targetPort'], 65_533, { port: number })];
        }),
};

const keyDropped: Edit = {
  name: 'ConfigurationKeyDropped',
  direction: 'weaken',
  words: { en: '{object}: {key} is missing', ja: '{object}: {key}が欠けている' },
  source: 'concepts/configuration/configmap/',
  drafts: (object, place) =>
    ['ConfigMap', 'Secret'].includes(object.kind)
      ? ['data', 'stringData', 'binaryData'].flatMap((field) => {
          const data = get(object, [field]);
          return isFields(data)
            ? Object.keys(data).flatMap((key) => dropped(object, place, [field, key], { key }))
            : [];
        })
      : [],
};

const backoffDropped: Edit = {
  name: 'BackoffLimitDropped',
  direction: 'weaken',
  words: {
    en: '{object}: nothing is tried twice',
    ja: '{object}: 失敗した処理をやり直さない(backoffLimit 0)',
  },
  source: 'concepts/workloads/controllers/job/',
  drafts: (object, place) =>
    object.kind === 'Job' && (count(object, ['spec', 'backoffLimit']) ?? 6) > 0
      ? [setTo(place, ['spec', 'backoffLimit'], 0)]
      : [],
};

const concurrency = (name: string, direction: Edit['direction'], to: string, words: Edit['words']): Edit => ({
  name,
  direction,
  words,
  source: 'concepts/workloads/controllers/cron-jobs/',
  drafts: (object, place) =>
    object.kind === 'CronJob' && (text(object, ['spec', 'concurrencyPolicy']) ?? 'Allow') !== to
      ? [setTo(place, ['spec', 'concurrencyPolicy'], to)]
      : [],
});

/** Without, all times since the last start count; of more than a hundred the controller warns. */
const startingDeadlineSet: Edit = {
  name: 'StartingDeadlineSet',
  direction: 'strengthen',
  words: {
    en: '{object}: only starts missed in the last 200 s are counted',
    ja: '{object}: 直近200秒に逃した開始だけを数える(startingDeadlineSeconds)',
  },
  source: 'concepts/workloads/controllers/cron-jobs/#starting-deadline',
  drafts: (object, place) =>
    object.kind === 'CronJob' && get(object, ['spec', 'startingDeadlineSeconds']) === undefined
      ? [setTo(place, ['spec', 'startingDeadlineSeconds'], 200)]
      : [],
};

export const services: readonly Edit[] = [
  leftOut('ServiceDropped', ['Service'], SERVICE),
  leftOut('NetworkPolicyDropped', ['NetworkPolicy'], 'concepts/services-networking/network-policies/'),
  leftOut(
    'AutoscalerDropped',
    ['HorizontalPodAutoscaler'],
    'tasks/run-application/horizontal-pod-autoscale/',
  ),
  leftOut('ConfigurationDropped', ['ConfigMap', 'Secret'], 'concepts/configuration/configmap/'),
  serviceSelectorMistyped,
  targetPortWrong,
  keyDropped,
  backoffDropped,
  concurrency('ConcurrencyAllowed', 'weaken', 'Allow', {
    en: '{object}: jobs may overlap',
    ja: '{object}: Jobが重なってよい',
  }),
  concurrency('ConcurrencyForbidden', 'strengthen', 'Forbid', {
    en: '{object}: a job that is not over holds the next one back',
    ja: '{object}: 終わっていないJobがあれば次を始めない',
  }),
  startingDeadlineSet,
];
