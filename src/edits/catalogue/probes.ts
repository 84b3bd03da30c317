/** Probes of containers. */
import type { Draft, Edit } from '../edit.ts';
import {
  containersOf,
  count,
  dropped,
  type Fields,
  get,
  isFields,
  isServing,
  list,
  setTo,
  text,
} from '../shapes.ts';

const SOURCE = 'tasks/configure-pod-container/configure-liveness-readiness-startup-probes/';

/** What a kind of probe is called in Japanese. */
const KINDS = { readiness: 'Readiness', liveness: 'Liveness', startup: 'Startup' } as const;

const probeDropped = (kind: keyof typeof KINDS): Edit => ({
  name: `${KINDS[kind]}ProbeDropped`,
  direction: 'weaken',
  words: {
    en: `{object}: container {container} has no ${kind} probe`,
    ja: `{object}: コンテナ{container}から${KINDS[kind]} Probeを省く`,
  },
  source: SOURCE,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ name, path }) =>
      dropped(object, place, [...path, `${kind}Probe`], { container: name }),
    ),
});

const readinessPathWrong: Edit = {
  name: 'ReadinessPathWrong',
  direction: 'weaken',
  words: {
    en: '{object}: the readiness probe of {container} asks for {path}, which is not there',
    ja: '{object}: {container}のReadiness Probeが存在しない{path}を求める',
  },
  source: SOURCE,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) => {
      const httpGet = get(container, ['readinessProbe', 'httpGet']);
      if (!isFields(httpGet)) return [];
      const wrong = `${text(httpGet, ['path']) ?? '/'}-not-there`;
      return [
        setTo(place, [...path, 'readinessProbe', 'httpGet', 'path'], wrong, { container: name, path: wrong }),
      ];
    }),
};

/** One answer that is late or wrong is enough. */
const hasty = (kind: 'liveness' | 'readiness'): Edit => ({
  name: `${KINDS[kind]}ProbeHasty`,
  direction: 'weaken',
  words: {
    en: `{object}: one failure of the ${kind} probe of {container} is enough`,
    ja: `{object}: {container}の${KINDS[kind]} Probeが1回失敗しただけで失敗とみなす`,
  },
  source: SOURCE,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) => {
      const probe = get(container, [`${kind}Probe`]);
      return isFields(probe) && (count(probe, ['failureThreshold']) ?? 3) > 1
        ? [setTo(place, [...path, `${kind}Probe`, 'failureThreshold'], 1, { container: name })]
        : [];
    }),
});

/** Ports by which databases, queues and the like are known: they answer no HTTP (IANA's registry). */
const OTHER_PROTOCOLS = new Set([
  22, 25, 53, 389, 636, 1433, 1521, 1883, 2049, 2181, 3306, 4222, 5432, 5671, 5672, 6379, 7687, 8883, 9042,
  9092, 11211, 26257, 26379, 27017,
]);

/** One that asks for a page sees more; not every program has one. */
const readinessProbeAdded: Edit = {
  name: 'ReadinessProbeAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: a readiness probe for {container}, {probe}',
    ja: '{object}: {container}にReadiness Probe({probe})を加える',
  },
  source: SOURCE,
  drafts: (object, place) =>
    isServing(object)
      ? containersOf(object).flatMap(({ container, name, path }) => {
          const port = list(container, ['ports']).map((p) => count(p, ['containerPort']))[0];
          if (port === undefined || get(container, ['readinessProbe']) !== undefined) return [];
          const added = (asks: Fields, probe: string): Draft =>
            setTo(
              place,
              [...path, 'readinessProbe'],
              { ...asks, periodSeconds: 2 },
              { container: name, probe },
            );
          return [
            added({ tcpSocket: { port } }, `TCP ${port}`),
            ...(OTHER_PROTOCOLS.has(port) ? [] : [added({ httpGet: { path: '/', port } }, `GET :${port}/`)]),
          ];
        })
      : [],
};

/** A container that hangs is started anew. */
const livenessProbeAdded: Edit = {
  name: 'LivenessProbeAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: {container} is started anew when what its readiness probe asks fails for a minute',
    ja: '{object}: {container}のReadiness Probeと同じ確認が1分間失敗したら再起動するLiveness Probeを加える',
  },
  source: SOURCE,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) => {
      const readiness = get(container, ['readinessProbe']);
      if (!isFields(readiness) || get(container, ['livenessProbe']) !== undefined) return [];
      const { successThreshold: _, ...asks } = readiness;
      const probe = { ...asks, periodSeconds: 10, failureThreshold: 6 };
      return [setTo(place, [...path, 'livenessProbe'], probe, { container: name })];
    }),
};

/** Until it has succeeded once, no liveness probe is asked: a slow start is no hanging. */
const startupProbeAdded: Edit = {
  name: 'StartupProbeAdded',
  direction: 'strengthen',
  words: {
    en: '{object}: a startup probe gives {container} five minutes to start',
    ja: '{object}: {container}にStartup Probeを加え、起動に5分まで待つ',
  },
  source: SOURCE,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) => {
      const liveness = get(container, ['livenessProbe']);
      if (!isFields(liveness) || get(container, ['startupProbe']) !== undefined) return [];
      const { initialDelaySeconds: _, ...asks } = liveness;
      const probe = { ...asks, periodSeconds: 5, failureThreshold: 60 };
      return [setTo(place, [...path, 'startupProbe'], probe, { container: name })];
    }),
};

const livenessProbePatient: Edit = {
  name: 'LivenessProbePatient',
  direction: 'strengthen',
  words: {
    en: '{object}: the liveness probe of {container} is failed by six failures in a row, each after 5 s',
    ja: '{object}: {container}のLiveness Probeを、5秒待って6回続けて失敗したときだけ失敗とみなす',
  },
  source: SOURCE,
  drafts: (object, place) =>
    containersOf(object).flatMap(({ container, name, path }) => {
      const probe = get(container, ['livenessProbe']);
      if (!isFields(probe) || (count(probe, ['failureThreshold']) ?? 3) >= 6) return [];
      const value = { ...probe, failureThreshold: 6, timeoutSeconds: 5 };
      return [setTo(place, [...path, 'livenessProbe'], value, { container: name })];
    }),
};

export const probes: readonly Edit[] = [
  probeDropped('readiness'),
  probeDropped('liveness'),
  probeDropped('startup'),
  readinessPathWrong,
  hasty('readiness'),
  hasty('liveness'),
  readinessProbeAdded,
  livenessProbeAdded,
  startupProbeAdded,
  livenessProbePatient,
];
