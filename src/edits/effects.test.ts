/**
 * Every edit does what it says: a claim holds with the manifests as they are and not with the weakening, or
 * not as they are and with the strengthening.
 */
import { describe, expect, it } from 'vitest';
import { ClaimError, InputError } from '../dsl/errors.ts';
import { filesOf, Scenario } from '../dsl/scenario.ts';
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import { changesOf } from './apply.ts';
import { EDITS, editOf } from './catalogue/index.ts';
import { manifestsOf, textsWith, yamlOf } from './manifests.ts';
import { nameOf } from './shapes.ts';

type Fields = Record<string, unknown>;

interface Case {
  readonly objects: readonly ManifestObject[];
  /** Rows of the nodes' table, or how many there are; 3 unless given. */
  readonly nodes?: number | readonly string[];
  readonly images?: Readonly<Record<string, string>>;
  /** The object that is edited; `web` unless given. */
  readonly of?: string;
  /** Whether its Pods are ready before anything happens. */
  readonly ready?: boolean;
  readonly seed?: number;
  /** Whether there is an ingress controller. */
  readonly ingress?: true;
  readonly steps: readonly string[];
}

const web = (
  replicas: number,
  { spec = {}, pod = {}, container = {} }: { spec?: Fields; pod?: Fields; container?: Fields } = {},
): ManifestObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    ...spec,
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        ...pod,
        containers: [{ name: 'web', image: 'shop', ports: [{ containerPort: 80 }], ...container }],
      },
    },
  },
});

const filler = (cpu: string): ManifestObject => {
  const name = 'filler';
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: 'filler', resources: { requests: { cpu } } }] },
      },
    },
  };
};

const stateful = (replicas: number, spec: Fields = {}): ManifestObject => {
  const { spec: made, ...rest } = web(replicas, { spec });
  return { ...rest, kind: 'StatefulSet', spec: { serviceName: 'web', ...(made as Fields) } };
};

const podOf = (container: Fields, spec: Fields = {}): ManifestObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'shop', ...container }], ...spec },
});

const object = (apiVersion: string, kind: string, name: string, fields: Fields): ManifestObject => ({
  apiVersion,
  kind,
  metadata: { name },
  ...fields,
});

const service = object('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
const budget = (spec: Fields): ManifestObject =>
  object('policy/v1', 'PodDisruptionBudget', 'budget', {
    spec: { ...spec, selector: { matchLabels: { app: 'web' } } },
  });
const autoscaler = (spec: Fields): ManifestObject =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'scaler', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 4,
      metrics: [
        {
          type: 'External',
          external: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '10' } },
        },
      ],
      ...spec,
    },
  });
const quota = (hard: Fields): ManifestObject => object('v1', 'ResourceQuota', 'quota', { spec: { hard } });
const configuration = object('v1', 'ConfigMap', 'settings', { data: { colour: 'blue' } });
/** What a Job does that works for so long; undefined: as long as its image says. */
const workSpec = (seconds: number | undefined, spec: Fields = {}, pod: Fields = {}): Fields => ({
  ...spec,
  template: {
    metadata: { labels: { app: 'work' } },
    spec: {
      restartPolicy: 'Never',
      ...pod,
      containers: [
        seconds === undefined
          ? { name: 'work', image: 'ledger' }
          : { name: 'work', image: 'busybox', command: ['sleep', String(seconds)] },
      ],
    },
  },
});
const job = (spec: Fields = {}, pod: Fields = {}): ManifestObject =>
  object('batch/v1', 'Job', 'work', { spec: workSpec(90, spec, pod) });
const stuckJob = (pod: Fields = {}): ManifestObject =>
  object('batch/v1', 'Job', 'work', { spec: workSpec(undefined, {}, pod) });
const cronJob = (spec: Fields, seconds = 150): ManifestObject =>
  object('batch/v1', 'CronJob', 'tick', {
    spec: { schedule: '* * * * *', ...spec, jobTemplate: { spec: workSpec(seconds) } },
  });

const EVICTED = ['When every pod matching "app=web" is evicted', 'And 1 minute passes'];
const readyAlways = (count: number): string =>
  `Then at every moment at least ${count === 1 ? '1 pod' : `${count} pods`} matching "app=web" was ready`;
const comesUp = (replicas: number, minutes = 1): string =>
  `Then within ${minutes}m deployment "web" has ${replicas} of ${replicas} replicas available`;
const TRAFFIC = ['When 10 seconds pass', 'Given a client sends 20 requests per second to "http://web/"'];
const RESTARTED = ['When I run "kubectl rollout restart deployment web"', 'And 2 minutes pass'];
const ANSWERS = 'Then within 5 minutes a request to "http://web/" answers 200';
const ONE_PENDING = ['When 1 minute passes', 'Then exactly 1 pod matching "app=web" is pending'];

const http = (more: Fields = {}): Fields => ({ httpGet: { path: '/', port: 80 }, ...more });
const SLOW = { shop: 'startup: 30s' };
const served = { readinessProbe: http({ periodSeconds: 1 }) };
const preStop = { ...served, lifecycle: { preStop: { sleep: { seconds: 5 } } } };
const selector = { labelSelector: { matchLabels: { app: 'web' } } };
const apart = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', ...selector },
      ],
    },
  },
};
const spread = (key: string, whenUnsatisfiable: string): Fields => ({
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: key, whenUnsatisfiable, ...selector }],
});
const ZONE = 'topology.kubernetes.io/zone';
const requests = (cpu: string): Fields => ({ resources: { requests: { cpu } } });
/** Of the second node's CPU one Pod takes all. */
const UNEVEN = ['| name | cpu | zone |', '| node-1 | 4 | zone-a |', '| node-2 | 250m | zone-b |'];
const POD_FAILS = ['When a pod of job "work" fails'];
const POD_EVICTED = 'When every pod matching "app=work" is evicted';
const IGNORED = {
  rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
};
const COMPLETE = 'Then within 10 minutes job "work" is complete';
const NONE_FAILED = 'Then 0 pods of job "work" have failed';
const CUT_OFF = [
  'When node "node-1" loses its network for 10 minutes',
  'And node "node-2" is cordoned',
  'And 15 minutes pass',
  'Then 0 pods of job "work" have failed',
];
const stuckFor = (minutes: number): readonly string[] => [
  `When ${minutes} minutes pass`,
  'Then at least 1 pod matching "app=work" is failed',
];
const MISSED = [
  'When the clock reaches "2026-01-05T09:29:00Z"',
  'And the controller manager is down for 10 minutes',
  'And 15 minutes pass',
  'Then cron job "tick" has started 1 job',
];
const BROKEN_LATER = { 'shop:2': 'exits: {after: 6s, code: 1}' };

const CASES: Readonly<Record<string, Case>> = {
  BudgetDropped: {
    objects: [web(2), budget({ minAvailable: 1 })],
    of: 'budget',
    steps: [...EVICTED, readyAlways(1)],
  },
  BudgetLoosened: {
    objects: [web(2), budget({ minAvailable: 1 })],
    of: 'budget',
    steps: [...EVICTED, readyAlways(1)],
  },
  BudgetSelectorMistyped: {
    objects: [web(2), budget({ minAvailable: 1 })],
    of: 'budget',
    steps: [...EVICTED, readyAlways(1)],
  },
  BudgetAdded: { objects: [web(2)], steps: [...EVICTED, readyAlways(1)] },
  BudgetTightened: {
    objects: [web(3), budget({ minAvailable: 1 })],
    of: 'budget',
    steps: [...EVICTED, readyAlways(2)],
  },
  BudgetOpened: {
    objects: [web(2), budget({ minAvailable: 2 })],
    of: 'budget',
    nodes: 2,
    steps: [
      'When node "node-1" is drained without waiting',
      'Then within 10 minutes the drain of node "node-1" is finished',
    ],
  },
  BudgetMadePercent: {
    objects: [web(4), budget({ minAvailable: 2 })],
    of: 'budget',
    steps: ['When deployment "web" is scaled to 8', 'And 1 minute passes', ...EVICTED, readyAlways(4)],
  },
  UnhealthyEvicted: {
    objects: [web(2, { container: { readinessProbe: http() } }), budget({ minAvailable: 1 })],
    of: 'budget',
    nodes: 2,
    steps: [
      'When a container of every pod matching "app=web" answers with errors',
      'And 1 minute passes',
      'And node "node-1" is drained without waiting',
      'Then within 10 minutes the drain of node "node-1" is finished',
    ],
  },

  ReadinessProbeDropped: {
    objects: [web(1, { container: { readinessProbe: http() } }), service],
    images: SLOW,
    steps: [
      ...TRAFFIC,
      'When deployment "web" is scaled to 2',
      'And 2 minutes pass',
      'Then no request failed',
    ],
  },
  LivenessProbeDropped: {
    objects: [web(1, { container: { livenessProbe: http() } }), service],
    steps: ['When a container of every pod matching "app=web" hangs', ANSWERS],
  },
  StartupProbeDropped: {
    objects: [
      web(1, {
        container: {
          livenessProbe: http({ periodSeconds: 5 }),
          startupProbe: http({ periodSeconds: 5, failureThreshold: 60 }),
        },
      }),
    ],
    images: { shop: 'startup: 60s' },
    ready: false,
    steps: [comesUp(1, 3), 'Then for 2 minutes at least 1 pod matching "app=web" is ready'],
  },
  ReadinessPathWrong: {
    objects: [web(1, { container: { image: 'nginx', readinessProbe: http() } })],
    ready: false,
    steps: [comesUp(1)],
  },
  ReadinessProbeHasty: {
    objects: [web(1, { container: { readinessProbe: http() } })],
    steps: [
      'When a container of every pod matching "app=web" answers 3s late for 15 seconds',
      'And 1 minute passes',
      readyAlways(1),
    ],
  },
  LivenessProbeHasty: {
    objects: [web(1, { container: { livenessProbe: http() } })],
    steps: [
      'When a container of every pod matching "app=web" answers 3s late for 15 seconds',
      'And 1 minute passes',
      'Then at no moment an event "Killing" was recorded for a pod matching "app=web"',
    ],
  },
  ReadinessProbeAdded: {
    objects: [web(1), service],
    images: SLOW,
    steps: [
      ...TRAFFIC,
      'When deployment "web" is scaled to 2',
      'And 2 minutes pass',
      'Then no request failed',
    ],
  },
  LivenessProbeAdded: {
    objects: [web(1, { container: { readinessProbe: http() } }), service],
    steps: ['When a container of every pod matching "app=web" hangs', ANSWERS],
  },
  StartupProbeAdded: {
    objects: [web(1, { container: { livenessProbe: http({ periodSeconds: 5 }) } })],
    images: { shop: 'startup: 60s' },
    ready: false,
    steps: [comesUp(1, 3), 'Then for 2 minutes at least 1 pod matching "app=web" is ready'],
  },
  LivenessProbePatient: {
    objects: [web(1, { container: { livenessProbe: http() } })],
    steps: [
      'When a container of every pod matching "app=web" answers 3s late for 1 minute',
      'And 2 minutes pass',
      readyAlways(1),
    ],
  },

  PreStopDropped: {
    objects: [web(2, { container: preStop }), service],
    steps: [...TRAFFIC, ...RESTARTED, 'Then no request failed'],
  },
  PostStartDropped: {
    objects: [
      podOf({
        image: 'busybox',
        command: ['sleep', '1d'],
        lifecycle: { postStart: { exec: { command: ['touch', '/tmp/begun'] } } },
      }),
    ],
    steps: ['When "cat /tmp/begun" is executed in pod "web"', 'Then pod "web" is ready'],
  },
  GracePeriodShortened: {
    objects: [web(2, { container: preStop }), service],
    steps: [...TRAFFIC, ...RESTARTED, 'Then no request failed'],
  },
  CommandBroken: { objects: [web(1, { container: { image: 'nginx' } })], ready: false, steps: [comesUp(1)] },
  ImageTagMistyped: {
    objects: [web(1, { container: { image: 'nginx:1.27' } })],
    ready: false,
    steps: [comesUp(1)],
  },
  RestartPolicyNever: {
    objects: [podOf({})],
    steps: ['When a container of pod "web" crashes', 'Then within 1 minute pod "web" is ready'],
  },
  PreStopSleepAdded: {
    objects: [web(2, { container: served }), service],
    steps: [...TRAFFIC, ...RESTARTED, 'Then no request failed'],
  },
  GracePeriodLengthened: {
    objects: [web(2, { pod: { terminationGracePeriodSeconds: 1 }, container: preStop }), service],
    steps: [...TRAFFIC, ...RESTARTED, 'Then no request failed'],
  },
  GraceCoversPreStop: {
    objects: [
      web(1, {
        container: {
          image: 'nginx',
          lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 40'] } } },
        },
      }),
    ],
    steps: [
      'When every pod matching "app=web" is deleted',
      'And 2 minutes pass',
      'Then at no moment an event "FailedPreStopHook" was recorded for a pod matching "app=web"',
    ],
  },

  ReplicasReduced: { objects: [web(2)], steps: [comesUp(2)] },
  MaxUnavailableRaised: { objects: [web(3)], steps: [...RESTARTED, readyAlways(3)] },
  SurgeDropped: { objects: [web(3)], steps: [...RESTARTED, readyAlways(3)] },
  RollingMadeRecreate: { objects: [web(3)], steps: [...RESTARTED, readyAlways(3)] },
  MinReadySecondsDropped: {
    objects: [web(2, { spec: { minReadySeconds: 30 } })],
    images: BROKEN_LATER,
    steps: [
      'When the image of deployment "web" is changed to "shop:2"',
      'And 3 minutes pass',
      readyAlways(2),
    ],
  },
  StatefulOrderDropped: {
    objects: [stateful(1)],
    steps: [
      'When stateful set "web" is scaled to 3',
      'And 2 minutes pass',
      'Then at every moment at most 1 pod matching "app=web" was pending',
    ],
  },
  PartitionDropped: {
    objects: [stateful(2, { updateStrategy: { rollingUpdate: { partition: 1 } } })],
    steps: [
      'When the image of stateful set "web" is changed to "shop:2"',
      'And 2 minutes pass',
      'Then stateful set "web" has 1 of 2 replicas updated',
    ],
  },
  MinReplicasLowered: {
    objects: [web(2), autoscaler({ minReplicas: 2 })],
    of: 'scaler',
    steps: ['Given the metric "queue" is "1"', 'When 10 minutes pass', comesUp(2)],
  },
  ReplicasRaised: {
    objects: [web(1)],
    steps: ['When a pod matching "app=web" is deleted', 'And 1 minute passes', readyAlways(1)],
  },
  SurgeBeforeEnding: {
    objects: [web(2, { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } })],
    steps: [...RESTARTED, readyAlways(2)],
  },
  UnavailableAllowed: {
    objects: [web(2, { pod: apart })],
    nodes: 2,
    steps: [...RESTARTED, 'Then within 5 minutes the rollout of deployment "web" is complete'],
  },
  RecreateMadeRolling: {
    objects: [web(2, { spec: { strategy: { type: 'Recreate' } } })],
    steps: [...RESTARTED, readyAlways(1)],
  },
  VolumeHandedOver: {
    objects: [
      object('v1', 'PersistentVolumeClaim', 'disk', {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      }),
      web(1, {
        pod: { ...apart, volumes: [{ name: 'disk', persistentVolumeClaim: { claimName: 'disk' } }] },
        container: { volumeMounts: [{ name: 'disk', mountPath: '/disk' }] },
      }),
    ],
    nodes: 2,
    steps: [...RESTARTED, 'Then within 5 minutes the rollout of deployment "web" is complete'],
  },
  MinReadySecondsAdded: {
    objects: [web(2)],
    images: BROKEN_LATER,
    steps: [
      'When the image of deployment "web" is changed to "shop:2"',
      'And 3 minutes pass',
      readyAlways(2),
    ],
  },
  ProgressDeadlineShortened: {
    objects: [web(2)],
    images: { 'shop:2': 'pull: missing' },
    steps: [
      'When the image of deployment "web" is changed to "shop:2"',
      'And 4 minutes pass',
      'Then deployment "web" has condition "Progressing" "False" with reason "ProgressDeadlineExceeded"',
    ],
  },
  StatefulMadeParallel: {
    objects: [stateful(2)],
    images: { 'shop:2': 'exits: {after: 1s, code: 1}' },
    steps: [
      'When the image of stateful set "web" is changed to "shop:2"',
      'And 1 minute passes',
      'And stateful set "web" is rolled back',
      'Then within 10 minutes stateful set "web" has 2 of 2 replicas ready',
    ],
  },
  ReplicasLeftToAutoscaler: {
    objects: [web(1), autoscaler({ minReplicas: 3 })],
    steps: [
      'When 2 minutes pass',
      'And I run "kubectl apply -f shop.yaml"',
      'Then for 2 minutes at least 3 pods matching "app=web" are running',
    ],
  },
  MinReplicasRaised: {
    objects: [web(1), autoscaler({})],
    of: 'scaler',
    steps: ['Given the metric "queue" is "1"', 'When 10 minutes pass', comesUp(2)],
  },
  ScaleDownSlowed: {
    objects: [web(1), autoscaler({})],
    of: 'scaler',
    steps: [
      'Given the metric "queue" is "30"',
      'When 5 minutes pass',
      'Given the metric "queue" is "1"',
      'When 8 minutes pass',
      comesUp(3),
    ],
  },

  AntiAffinityDropped: { objects: [web(2, { pod: apart })], nodes: 1, ready: false, steps: ONE_PENDING },
  PodAffinityDropped: {
    objects: [
      web(1, {
        pod: {
          affinity: {
            podAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } },
              ],
            },
          },
        },
      }),
    ],
    ready: false,
    steps: ONE_PENDING,
  },
  NodeAffinityDropped: {
    objects: [
      web(1, {
        pod: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
              },
            },
          },
        },
      }),
    ],
    ready: false,
    steps: ONE_PENDING,
  },
  NodeSelectorDropped: {
    objects: [web(1, { pod: { nodeSelector: { disk: 'ssd' } } })],
    ready: false,
    steps: ONE_PENDING,
  },
  PriorityDropped: {
    objects: [
      object('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 1000 }),
      filler('1800m'),
      web(1, { pod: { priorityClassName: 'high' }, container: requests('500m') }),
    ],
    nodes: 1,
    ready: false,
    steps: ['When 3 minutes pass', 'Then exactly 1 pod matching "app=web" is running'],
  },
  SpreadDropped: {
    objects: [web(4, { pod: spread(ZONE, 'DoNotSchedule'), container: requests('200m') })],
    nodes: UNEVEN,
    ready: false,
    steps: ONE_PENDING,
  },
  SpreadSoftened: {
    objects: [web(4, { pod: spread(ZONE, 'DoNotSchedule'), container: requests('200m') })],
    nodes: UNEVEN,
    ready: false,
    steps: ONE_PENDING,
  },
  TolerationDropped: {
    objects: [web(1, { pod: { tolerations: [{ key: 'dedicated', operator: 'Exists' }] } })],
    nodes: ['| name | taints |', '| node-1 | dedicated=web:NoSchedule |'],
    ready: false,
    steps: [comesUp(1)],
  },
  SpreadHardened: {
    objects: [web(4, { pod: spread(ZONE, 'ScheduleAnyway'), container: requests('200m') })],
    nodes: UNEVEN,
    ready: false,
    steps: ['When 1 minute passes', 'Then at every moment at most 2 pods matching "app=web" per zone'],
  },
  SpreadOverNodes: {
    objects: [web(4, { container: requests('200m') })],
    nodes: UNEVEN,
    ready: false,
    steps: ['When 1 minute passes', 'Then at every moment at most 2 pods matching "app=web" per node'],
  },
  SpreadOverZones: {
    objects: [web(4, { container: requests('200m') })],
    nodes: UNEVEN,
    ready: false,
    steps: ['When 1 minute passes', 'Then at every moment at most 2 pods matching "app=web" per zone'],
  },
  AntiAffinityAdded: {
    objects: [
      web(2, {
        pod: {
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 1,
                  preference: {
                    matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }],
                  },
                },
              ],
            },
          },
        },
      }),
    ],
    nodes: 2,
    steps: ['When 1 minute passes', 'Then no two pods matching "app=web" share a node'],
  },
  AntiAffinityPreferred: { objects: [web(3, { pod: apart })], nodes: 2, ready: false, steps: [comesUp(3)] },
  SpreadPerRevision: {
    objects: [web(4, { pod: spread('kubernetes.io/hostname', 'DoNotSchedule') })],
    nodes: 2,
    steps: [...RESTARTED, 'Then at most 2 pods matching "app=web" per node'],
  },
  NodeLossToleratedShorter: {
    objects: [web(3)],
    steps: ['When node "node-1" loses power', 'And 2 minutes pass', comesUp(3)],
  },
  PriorityAdded: {
    objects: [filler('1800m'), web(1, { container: requests('500m') })],
    nodes: 1,
    ready: false,
    steps: ['When 3 minutes pass', 'Then exactly 1 pod matching "app=web" is running'],
  },
  NodeNameDropped: { objects: [web(1, { pod: { nodeName: 'node-9' } })], ready: false, steps: [comesUp(1)] },

  RequestsDropped: {
    objects: [web(3, { container: requests('900m') })],
    nodes: 1,
    ready: false,
    steps: ONE_PENDING,
  },
  LimitsDropped: {
    objects: [podOf({ resources: { limits: { memory: '100Mi' } } })],
    images: { shop: 'memory: {start: 50Mi, grow: 10Mi/s}' },
    ready: false,
    steps: ['Then within 1 minute container "web" of pod "web" was last terminated with reason "OOMKilled"'],
  },
  MemoryLimitHalved: {
    objects: [web(1, { container: { resources: { limits: { memory: '100Mi' } } } })],
    images: { shop: 'memory: 60Mi' },
    ready: false,
    steps: ['When 1 minute passes', 'Then for 2 minutes at least 1 pod matching "app=web" is ready'],
  },
  QuotaLowered: { objects: [quota({ pods: '2' }), web(2)], of: 'quota', ready: false, steps: [comesUp(2)] },
  LimitRangeDropped: {
    objects: [
      object('v1', 'LimitRange', 'limits', {
        spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '900m' } }] },
      }),
      web(3),
    ],
    of: 'limits',
    nodes: 1,
    ready: false,
    steps: ONE_PENDING,
  },
  RequestsAdded: { objects: [quota({ 'requests.cpu': '1' }), web(1)], ready: false, steps: [comesUp(1)] },
  MemoryLimitRaised: {
    objects: [web(1, { container: { resources: { limits: { memory: '50Mi' } } } })],
    images: { shop: 'memory: 60Mi' },
    ready: false,
    steps: ['When 1 minute passes', 'Then for 2 minutes at least 1 pod matching "app=web" is ready'],
  },
  QuotaRaised: { objects: [quota({ pods: '1' }), web(2)], of: 'quota', ready: false, steps: [comesUp(2)] },
  MadeGuaranteed: {
    objects: [
      podOf({
        resources: { requests: { cpu: '100m', memory: '10Mi' }, limits: { cpu: '100m', memory: '200Mi' } },
      }),
    ],
    steps: ['Then field ".status.qosClass" of pod "web" is "Guaranteed"'],
  },

  ServiceDropped: { objects: [web(1), service], steps: [ANSWERS] },
  NetworkPolicyDropped: {
    objects: [
      web(1),
      service,
      object('networking.k8s.io/v1', 'NetworkPolicy', 'deny', { spec: { podSelector: {} } }),
    ],
    of: 'deny',
    steps: ['Then a request to "http://web/" times out'],
  },
  AutoscalerDropped: {
    objects: [web(1), autoscaler({ minReplicas: 2 })],
    of: 'scaler',
    steps: [comesUp(2, 2)],
  },
  ConfigurationDropped: {
    objects: [configuration, web(1, { container: { envFrom: [{ configMapRef: { name: 'settings' } }] } })],
    of: 'settings',
    ready: false,
    steps: [comesUp(1)],
  },
  ServiceSelectorMistyped: { objects: [web(1), service], steps: [ANSWERS] },
  TargetPortWrong: { objects: [web(1), service], images: { shop: 'listens: [80]' }, steps: [ANSWERS] },
  ConfigurationKeyDropped: {
    objects: [
      configuration,
      web(1, {
        container: {
          env: [{ name: 'COLOUR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'colour' } } }],
        },
      }),
    ],
    of: 'settings',
    ready: false,
    steps: [comesUp(1)],
  },
  BackoffLimitDropped: { objects: [job()], of: 'work', steps: [...POD_FAILS, COMPLETE] },
  BackoffLimitRaised: { objects: [job({ backoffLimit: 0 })], of: 'work', steps: [...POD_FAILS, COMPLETE] },
  PodFailurePolicyDropped: {
    objects: [job({ backoffLimit: 0, podFailurePolicy: IGNORED })],
    of: 'work',
    steps: [POD_EVICTED, COMPLETE],
  },
  DisruptionsIgnored: { objects: [job({ backoffLimit: 0 })], of: 'work', steps: [POD_EVICTED, COMPLETE] },
  RestartedOnFailure: { objects: [job()], of: 'work', steps: [...POD_FAILS, COMPLETE, NONE_FAILED] },
  ReplacedWhileEnding: {
    objects: [job({ podReplacementPolicy: 'Failed' })],
    of: 'work',
    nodes: 2,
    steps: CUT_OFF,
  },
  ReplacedWhenEnded: { objects: [job()], of: 'work', nodes: 2, steps: CUT_OFF },
  PodDeadlineSet: {
    objects: [stuckJob()],
    of: 'work',
    images: { ledger: 'listens: []' },
    steps: stuckFor(65),
  },
  PodDeadlineDropped: {
    objects: [stuckJob({ activeDeadlineSeconds: 600 })],
    of: 'work',
    images: { ledger: 'listens: []' },
    steps: stuckFor(15),
  },
  JobDeadlineLengthened: { objects: [job({ activeDeadlineSeconds: 60 })], of: 'work', steps: [COMPLETE] },
  JobDeadlineShortened: { objects: [job({ activeDeadlineSeconds: 120 })], of: 'work', steps: [COMPLETE] },
  ConcurrencyAllowed: {
    objects: [cronJob({ concurrencyPolicy: 'Forbid' })],
    of: 'tick',
    steps: ['When 6 minutes pass', 'Then at no moment cron job "tick" had 2 active jobs'],
  },
  ConcurrencyForbidden: {
    objects: [cronJob({})],
    of: 'tick',
    steps: ['When 6 minutes pass', 'Then at no moment cron job "tick" had 2 active jobs'],
  },
  ConcurrencyReplaced: {
    objects: [cronJob({})],
    of: 'tick',
    steps: ['When 6 minutes pass', 'Then at no moment cron job "tick" had 2 active jobs'],
  },
  StartingDeadlineShortened: { objects: [cronJob({ schedule: '30 9 * * *' })], of: 'tick', steps: MISSED },
  StartingDeadlineLengthened: {
    objects: [cronJob({ schedule: '30 9 * * *', startingDeadlineSeconds: 60 })],
    of: 'tick',
    steps: MISSED,
  },
  StartingDeadlineSet: {
    objects: [cronJob({})],
    of: 'tick',
    steps: [
      'When 5 minutes pass',
      'And the controller manager is down for 2 hours',
      'And 2 hours pass',
      'And 5 minutes pass',
      'Then at no moment an event "TooManyMissedTimes" was recorded for cron job "tick"',
    ],
  },
};

const WEBHOOK = 'pods.check.example.com';
const webhookWith = (more: Fields = {}): ManifestObject =>
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'check', {
    webhooks: [
      {
        name: WEBHOOK,
        clientConfig: { url: 'https://check.example.com/pods' },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        ...more,
      },
    ],
  });
const policy = [
  object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'small', {
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
        ],
      },
      validations: [{ expression: '"team" in object.metadata.labels', message: 'whose is it?' }],
    },
  }),
  object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'small', {
    spec: { policyName: 'small', validationActions: ['Deny'] },
  }),
];
const REFUSED = [
  'When 5 seconds pass',
  'And I run "kubectl create deployment late --image=shop"',
  'And 1 minute passes',
  'Then exactly 0 pods matching "app=late" are ready',
];
const rights = (verbs: readonly string[]): ManifestObject[] => [
  object('rbac.authorization.k8s.io/v1', 'Role', 'reader', {
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs }],
  }),
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'jo-reads', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jo' }],
  }),
  configuration,
];
const asJo = (line: string, then: string): string[] => [
  'Given user "jo"',
  'When 1 second passes',
  `And I run "kubectl ${line}" as user "jo"`,
  `Then ${then}`,
];
const MAY_READ = asJo('get configmap settings', 'the output contains "settings"');
const may = (verbs: string): string[] => asJo('auth can-i --list', `the output contains "[${verbs}]"`);
const fromOutside = (): Pick<Case, 'objects' | 'of' | 'ingress' | 'steps'> => ({
  objects: [
    web(1),
    service,
    object('networking.k8s.io/v1', 'Ingress', 'door', {
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'web', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    }),
  ],
  of: 'door',
  ingress: true,
  steps: ['When 1 minute passes', 'Then within 1 minute a request to "http://shop.example.com/" answers 200'],
});

const GUARDS: Readonly<Record<string, Case>> = {
  IngressDropped: fromOutside(),
  IngressServiceMistyped: fromOutside(),
  IngressHostMistyped: fromOutside(),
  WebhookDropped: {
    objects: [webhookWith()],
    of: 'check',
    steps: [`Given admission webhook "${WEBHOOK}" denies requests with "not today"`, ...REFUSED],
  },
  WebhookFailureIgnored: {
    objects: [webhookWith()],
    of: 'check',
    steps: [
      `When admission webhook "${WEBHOOK}" is down for 10 minutes`,
      'And I run "kubectl run web --image=shop"',
      'Then within 1 minute pod "web" is ready',
    ],
  },
  WebhookSparesSystem: {
    objects: [webhookWith()],
    of: 'check',
    steps: [
      `When admission webhook "${WEBHOOK}" is down for 10 minutes`,
      'And I run "kubectl run web --image=shop -n kube-system"',
      'Then within 1 minute pod "kube-system/web" is ready',
    ],
  },
  AdmissionPolicyDropped: { objects: policy, of: 'small', steps: REFUSED },
  AdmissionPolicyOnlyWarns: { objects: policy, of: 'small', steps: REFUSED },
  RoleBindingDropped: { objects: rights(['get', 'list']), of: 'jo-reads', steps: MAY_READ },
  RoleBindingSubjectMistyped: { objects: rights(['get', 'list']), of: 'jo-reads', steps: MAY_READ },
  RoleVerbDropped: { objects: rights(['get', 'list']), of: 'reader', steps: MAY_READ },
  RoleOpened: { objects: rights(['get', 'list']), of: 'reader', steps: may('get list') },
  RoleNarrowed: { objects: rights(['*']), of: 'reader', steps: may('get list watch') },
};
const ALL: Readonly<Record<string, Case>> = { ...CASES, ...GUARDS };

/** Why it does not hold, or undefined where it does. */
function brokenBy(
  text: string,
  { nodes = 3, images = {}, ready = true, seed = 1, ingress, steps }: Case,
): string | undefined {
  const scenario = new Scenario({ seed, files: filesOf({ 'shop.yaml': text }) });
  try {
    if (typeof nodes === 'number')
      scenario.say(
        `Given a cluster with ${nodes} ${nodes === 1 ? 'node' : 'nodes'}` +
          (ingress ? ' and an ingress controller' : ''),
      );
    else
      scenario.say(
        'Given a cluster with nodes:',
        nodes.map((row) =>
          row
            .split('|')
            .slice(1, -1)
            .map((c) => c.trim()),
        ),
      );
    for (const [image, behaviour] of Object.entries(images))
      scenario.say(`Given image "${image}" behaves as:`, behaviour);
    scenario.say('Given the manifest in "shop.yaml"');
    if (ready) scenario.say('Given every pod is ready');
    for (const step of steps) scenario.say(step);
    return undefined;
  } catch (error) {
    if (error instanceof ClaimError || error instanceof InputError) return error.message;
    throw error;
  }
}

function withEdit(name: string, text: string, { of = 'web' }: Case): string {
  const manifests = manifestsOf([text], ['shop.yaml']);
  const change = changesOf(manifests.objects, [editOf(name)]).find(
    (c) => nameOf(manifests.objects[c.object]!) === of,
  );
  if (change === undefined) throw new Error(`${name} does not apply`);
  return textsWith(manifests, change)[0]!;
}

describe('edits', () => {
  it('are all shown to have an effect', () => {
    expect(Object.keys(ALL).sort()).toEqual(EDITS.map((e) => e.name).sort());
  });

  it.each(Object.entries(ALL))('%s', (name, one) => {
    const text = one.objects.map(yamlOf).join('\n---\n');
    const edited = withEdit(name, text, one);
    const weakens = editOf(name).direction === 'weaken';
    expect(brokenBy(weakens ? text : edited, one)).toBeUndefined();
    expect(brokenBy(weakens ? edited : text, one)).toBeDefined();
  });
});
