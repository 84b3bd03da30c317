/** What Pods ask for and may use: requests, limits, quotas. */
import type { Edit } from '../edit.ts';
import { containersOf, dropped, get, isFields, removed, scaled, setTo } from '../shapes.ts';

const RESOURCES = 'concepts/configuration/manage-resources-containers/';
const QUOTAS = 'concepts/policy/resource-quotas/';

const partDropped = (name: string, part: 'requests' | 'limits', words: Edit['words']): Edit => ({
  name,
  direction: 'weaken',
  words,
  source: RESOURCES,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ name: container, path }) =>
      dropped(object, place, [...path, 'resources', part], { container }),
    ),
});

const memoryLimit = (
  name: string,
  direction: Edit['direction'],
  times: number,
  words: Edit['words'],
): Edit => ({
  name,
  direction,
  words,
  source: RESOURCES,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name: called, path }) => {
      const now = get(container, ['resources', 'limits', 'memory']);
      const limit = scaled(now, times);
      if (limit === undefined) return [];
      const args = { container: called, limit };
      const request = get(container, ['resources', 'requests', 'memory']);
      const at = [...path, 'resources', 'limits', 'memory'];
      const steps = [{ do: 'set' as const, object: place, path: at, value: limit }];
      // A request above its limit is refused.
      if (times < 1 && request !== undefined)
        steps.push({ ...steps[0]!, path: [...path, 'resources', 'requests', 'memory'] });
      return [{ at, args, steps }];
    }),
});

const requestsAdded: Edit = {
  name: 'RequestsAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: {container} asks for 100m of CPU and 64Mi of memory',
    ja: '{object}: {container}がCPU 100mとメモリー 64Miを要求する',
  },
  source: RESOURCES,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) =>
      get(container, ['resources', 'requests']) !== undefined ||
      get(container, ['resources', 'limits']) !== undefined
        ? []
        : [
            setTo(
              place,
              [...path, 'resources', 'requests'],
              { cpu: '100m', memory: '64Mi' },
              { container: name },
            ),
          ],
    ),
};

/** What asks for all that it may use is evicted last. */
const madeGuaranteed: Edit = {
  name: 'MadeGuaranteed',
  direction: 'strengthen',
  words: {
    en: '{object}: {container} asks for as much as it may use, and is evicted last',
    ja: '{object}: {container}が上限と同じ量を要求し、最後に退避される(Guaranteed)',
  },
  source: 'concepts/workloads/pods/pod-qos/',
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) => {
      const limits = get(container, ['resources', 'limits']);
      const requests = get(container, ['resources', 'requests']);
      return isFields(limits) &&
        limits['cpu'] !== undefined &&
        limits['memory'] !== undefined &&
        requests !== undefined &&
        JSON.stringify(requests) !== JSON.stringify(limits)
        ? [setTo(place, [...path, 'resources', 'requests'], limits, { container: name })]
        : [];
    }),
};

const quota = (name: string, direction: Edit['direction'], times: number, words: Edit['words']): Edit => ({
  name,
  direction,
  words,
  source: QUOTAS,
  drafts(object, place) {
    const hard = object.kind === 'ResourceQuota' ? get(object, ['spec', 'hard']) : undefined;
    if (!isFields(hard)) return [];
    return Object.entries(hard).flatMap(([resource, now]) => {
      const limit = scaled(now, times);
      return limit === undefined || limit === String(now)
        ? []
        : [setTo(place, ['spec', 'hard', resource], limit, { resource, limit })];
    });
  },
});

const limitRangeDropped: Edit = {
  name: 'LimitRangeDropped',
  direction: 'weaken',
  words: { en: '{object} is left out', ja: '{object}を省く' },
  source: 'concepts/policy/limit-range/',
  drafts: (object, place) => (['LimitRange', 'ResourceQuota'].includes(object.kind) ? [removed(place)] : []),
};

export const resources: readonly Edit[] = [
  partDropped('RequestsDropped', 'requests', {
    en: '{object}: {container} asks for nothing',
    ja: '{object}: {container}のrequestsを省く',
  }),
  partDropped('LimitsDropped', 'limits', {
    en: '{object}: {container} may use anything',
    ja: '{object}: {container}のlimitsを省く',
  }),
  memoryLimit('MemoryLimitHalved', 'weaken', 0.5, {
    en: '{object}: {container} may use {limit} of memory, half of it',
    ja: '{object}: {container}のメモリー上限を半分の{limit}にする',
  }),
  quota('QuotaLowered', 'weaken', 0.5, {
    en: '{object}: {resource} is limited to {limit}, half of it',
    ja: '{object}: {resource}の上限を半分の{limit}にする',
  }),
  limitRangeDropped,
  requestsAdded,
  memoryLimit('MemoryLimitRaised', 'strengthen', 2, {
    en: '{object}: {container} may use {limit} of memory, twice as much',
    ja: '{object}: {container}のメモリー上限を2倍の{limit}にする',
  }),
  madeGuaranteed,
  quota('QuotaRaised', 'strengthen', 2, {
    en: '{object}: {resource} is limited to {limit}, twice as much',
    ja: '{object}: {resource}の上限を2倍の{limit}にする',
  }),
];
