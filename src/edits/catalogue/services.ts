/** What Pods are reached by, and what they are given: Services, policies, configuration. */
import type { Edit } from '../edit.ts';
import { count, dropped, get, isFields, leftOut, list, mistyped, setTo } from '../shapes.ts';

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
];
