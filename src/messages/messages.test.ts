import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healFaults, strikeFault } from '../chaos/healer.ts';
import { FAULTS } from '../chaos/index.ts';
import { PARTS } from '../chaos/testing.ts';
import { FaultError, type FaultCall, type FaultWorld } from '../chaos/types.ts';
import { runKubectlLine, startKubectl } from '../kubectl/index.ts';
import { ApiError } from '../sim/api/errors.ts';
import { Cluster } from '../sim/cluster.ts';
import { defineGroup, setCapacity } from '../sim/clusterautoscaler/index.ts';
import type { WorldChange } from '../sim/kernel/history.ts';
import { addClient, isolateNode } from '../sim/network/index.ts';
import { declareMetric, moveManifest, powerOff, startRuntime, stopRuntime } from '../sim/node/index.ts';
import type {
  FailureMessages,
  FoundMessages,
  ReportMessages,
  InputMessages,
  StepMessages,
  TellingMessages,
  WarningMessages,
} from './catalogue.ts';
import { BROKEN_EN } from './brokenen.ts';
import { EN } from './en.ts';
import { LANGUAGES, say, wordsOf } from './index.ts';
import { JA } from './ja.ts';

const IO = { readFile: () => '' };
const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [{name: page, configMap: {name: page}}]
      containers:
        - name: web
          image: "nginx:1.15"
          ports: [{containerPort: 80}]
          volumeMounts: [{name: page, mountPath: /page}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: page}
data: {text: one}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 3, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: now, resources: {requests: {storage: 1Gi}}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: now}
provisioner: disk.csi.seatrial.dev
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.shop.example.com}
spec:
  group: shop.example.com
  version: v1
  groupPriorityMinimum: 1000
  versionPriority: 15
  service: {namespace: default, name: web, port: 80}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: check}
webhooks:
  - name: check.example.com
    clientConfig: {url: "https://check.example.com/"}
    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    failurePolicy: Fail
    sideEffects: None
    admissionReviewVersions: [v1]
`;
const WORLD: FaultWorld = {
  nodes: ['node-1', 'node-2'],
  zones: ['zone-a'],
  pods: ['app=web'],
  workloads: [{ kind: 'Deployment', name: 'web' }],
  budgets: ['web'],
  webhooks: ['check.example.com'],
  apiServices: ['v1.shop.example.com'],
  quotas: [],
  configMaps: ['page'],
  claims: ['data'],
  ingresses: ['web'],
  gateways: ['front'],
  policies: ['web'],
  nodeGroups: ['node'],
};

/** How failures are told, each with args. */
type Told = TellingMessages &
  WarningMessages &
  FoundMessages &
  StepMessages &
  InputMessages &
  FailureMessages &
  ReportMessages;
const TELLING: { readonly [K in keyof Told]: Told[K] } = {
  created: {},
  deleted: {},
  markedForDeletion: {},
  bound: { node: 'node-1' },
  phase: { phase: 'Running' },
  condition: { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
  taints: { taints: 'dedicated:NoSchedule' },
  statusUpdated: {},
  updated: {},
  step: { step: 'node "node-1" loses power' },
  becauseOf: {},
  more: { count: 3 },
  sameLines: { count: 719 },
  moreLines: { count: 1443 },
  found: { found: 'it was ready' },
  doesNotHold: { clock: '[0:01:30]' },
  didNotComeToHold: { clock: '[0:01:30]' },
  firstBroken: { clock: '[0:01:30]' },
  firstHeld: { clock: '[0:01:30]' },
  heldAtNoMoment: { clock: '[0:01:30]' },
  notReadyAfter: { limit: '10m', count: 3 },
  stillMoving: { limit: '1h', moving: 'kubelet@node-1 (sync)' },
  notBackAfter: { limit: '10m' },
  listensNot: { image: 'shop', port: 8080 },
  podFailed: { reason: 'Evicted' },
  podsNotMade: {},
  nothingSaid: {},
  selectorMetNothing: { selector: 'app=shpo', nearest: 'app=shop' },
  nameMetNothing: { kind: 'Deployment', name: 'wbe', nearest: 'web' },
  containerMetNothing: { container: 'wbe', pod: 'shop', nearest: '' },
  heldBefore: { step: 'node "node-1" loses power' },
  nothingFollowed: { step: 'node "node-1" loses power' },
  changesUnseen: { paths: ['/api/v1/namespaces/shop/pods'], from: '[0:00:02]', to: '[0:00:05]' },
  leftOut: { documents: ['NetworkPolicy "web" (web.yaml:3)'] },
  clientSentNothing: {},
  failedOtherwise: {},
  stillGoingOn: { terminating: 4, pending: 1, notReady: 2, step: 'node "node-1" loses power' },
  noPhrase: { step: 'it rains' },
  quotesWithinQuotes: {},
  didYouMean: {},
  failureExpected: {},
  onceSo: { until: '1.18', today: 'kubectl get TYPE NAME -o yaml' },
  programsKnown: { programs: ['cat', 'ls'] },
  commandEnded: { code: 3 },
  noCluster: {},
  noMark: { mark: 'noon' },
  noFile: { path: 'web.yaml' },
  isFolder: { path: 'web' },
  noInvariant: { name: 'i', others: ['store-sound'] },
  noSetting: { name: 's', others: ['watch'] },
  noRunningPod: { selector: 'app=web', namespace: 'team' },
  noFault: { fault: 'PodDelte', nearest: 'PodDelete' },
  noNode: { node: 'node-9', others: ['node-1'] },
  noNodeIn: { zone: 'zone-z', others: ['zone-a'] },
  noNodeMatching: { selector: 'disk=ssd' },
  noPod: { pod: 'web', namespace: 'team' },
  noPodMatching: { selector: 'app=web', namespace: 'team' },
  versionRemoved: { until: '1.25', today: 'policy/v1' },
  servedAs: { kind: 'Deployment', versions: ['apps/v1'] },
  noKind: { kind: 'Dployment', nearest: 'Deployment' },
  leaveOut: {},
  noKindServed: { kind: 'Foo', kinds: ['Pod', 'Node'] },
  noUrl: { url: 'web' },
  faultRow: { row: 2, problem: 'x' },
  faultColumns: { columns: ['at'] },
  noFaultColumn: { column: 'x', columns: ['at', 'fault'] },
  noFaultRows: {},
  emptyFault: {},
  noTime: { text: 'x' },
  attachment: { text: 'the manifest:', wanted: '', given: '' },
  noDrawPlayed: { draws: 100, reason: 'x' },
  counterexamples: {},
  foundByRun: { run: 6, runs: 100, name: 'p', seed: 1, path: '5:0' },
  savedAs: { where: 'p.feature' },
  notSaved: { why: 'EROFS' },
  neverReached: { draws: 100, seed: 1, last: 'x' },
  didNotFail: { seeds: 3 },
  everyClaimHeld: {},
  failedAsExpected: { seed: '7' },
  defect: { message: 'x' },
  debugShows: {},
  andMore: { count: 3 },
  failures: {},
  played: { scenarios: 2, steps: 9, seconds: '1.2' },
  allureResults: { folder: 'reports' },
  trainingReport: { file: 'report.html' },
  countPassed: { count: 2 },
  countFailed: { count: 3 },
  countWarnings: { count: 4 },
  kindNotSimulated: { kind: 'TokenReview', name: 'x', file: 'a.yaml', apiVersion: 'v1' },
  warning: {},
  note: {},
  ofStep: { line: 12, step: 'pod "wbe" is gone' },
  warningsFail: { warnings: '  pod "wbe" is gone' },
  takenAsGiven: { fields: '  Pod spec.volumes (a.yaml:3)' },
  strictSimulation: { given: '  image "x"' },
  budgetRefuses: { healthy: 2, wanted: 2 },
  // States that no language knows stand in its words as they are.
  foundSuch: { kind: 'pod', name: 'web' },
  foundNoSuch: { kind: 'pod', name: 'web' },
  foundNoSuchIn: { kind: 'Deployment', name: 'web', namespace: 'default' },
  foundUnseen: {},
  foundReplicas: { found: 1, wanted: 2, state: 'odd' },
  foundRollout: { state: 'odd', wanted: 3, updated: 2, available: 1 },
  foundPods: { found: 1, of: 2, selector: 'app=web', state: 'odd', pods: '' },
  foundOnNode: { node: 'node-1' },
  foundPod: { pods: ' (web running)' },
  podState: { name: 'web', phase: 'odd', terminating: false, ready: true },
  foundNode: { state: 'odd', cordoned: true },
  foundNotCordoned: {},
  foundLeft: { left: 1, pods: '' },
  foundPlaces: { count: 2, places: 'node-1: 2' },
  foundNowhere: {},
  foundTogether: { pods: 'a, b', topology: 'rack', place: 'node-1' },
  foundCondition: { condition: 'Ready=False' },
  foundNoCondition: { type: 'Ready', others: ['A=True'] },
  foundField: { value: '3' },
  foundInside: { value: '3' },
  foundUnreported: {},
  foundNoContainer: { pod: 'web', container: 'c' },
  foundContainer: { state: 'odd', why: 'CrashLoopBackOff', restarts: 2, last: 'Error' },
  foundHealthy: { healthy: 1, wanted: 2 },
  foundDisrupted: { evicted: true, pod: 'web', healthy: 1, wanted: 2 },
  foundAllowed: { allowed: 1 },
  foundJob: {
    isComplete: false,
    hasFailed: true,
    isSuspended: false,
    reason: 'FailedIndexes',
    active: 1,
    succeeded: 2,
    succeededIndexes: '0,2',
    failed: 1,
    failedIndexes: '1',
    seconds: 61,
  },
  foundStarted: { started: 2 },
  foundCronJob: { active: 1, last: '' },
  foundVolumeClaim: { phase: 'Pending', volume: 'v', capacity: '1Gi', reason: 'WaitForFirstConsumer' },
  foundAttached: { nodes: '' },
  foundWanted: { wanted: 2 },
  foundBroken: { name: 'x', message: 'y' },
  foundAllHeld: {},
  foundNothingRun: {},
  foundPrinted: { text: 'x', eventless: true },
  foundEnded: { line: 'kubectl', code: 1, printed: 'x' },
  foundUnsent: {},
  foundEvents: { events: ['Killing (Stopping container web)'], more: 2, expired: '[1:00:00]' },
  foundFailures: {
    failed: 1,
    sent: 2,
    at: '3.0',
    outcome: '503',
    pod: 'web',
    node: 'node-1',
    ways: [
      {
        count: 1,
        outcome: '503',
        stop: { place: 'pod', name: 'team/web', obstacle: 'errorStatus', via: 'node-1' },
      },
    ],
    more: 1,
  },
  foundNoFailure: {},
  foundOutage: {
    failed: 3,
    length: '2s',
    clock: '[0:01:00]',
    isOn: true,
    outcome: '503',
    stop: { place: 'node', name: 'node-1', obstacle: 'nodeOff', via: '' },
  },
  foundAnswer: {
    answer: '503',
    tookMs: '20',
    isLate: true,
    isRight: false,
    pod: 'team/web',
    node: 'node-1',
    hops: [{ place: 'pod', name: 'team/web', afterMs: 1, obstacle: 'errorStatus' }],
  },
  foundRoutes: { addresses: 1 },
  imageAssumed: { image: 'shop', ports: '8080, 9090', ends: false },
  imagesAssumed: { images: '  shop' },
  webhookAssumed: { webhook: 'check.example.com' },
  webhooksAssumed: { webhooks: '  check.example.com' },
  scriptPassedOver: { image: 'shop', what: 'jq -r .x' },
  scriptsPassedOver: { scripts: '  jq' },
};

function strike(cluster: Cluster, call: FaultCall): void {
  try {
    strikeFault(cluster, call, {
      namespace: 'default',
      kubectl: (argv) => void startKubectl(cluster, argv, IO),
    });
    cluster.pass(70_000);
    healFaults(cluster);
  } catch (error) {
    // It met nobody, or was refused: there are others.
    if (!(error instanceof FaultError || error instanceof ApiError)) throw error;
  }
  cluster.pass(70_000);
}

/** What clusters say that meet every fault of the catalogue. */
function everythingSaid(): WorldChange[] {
  const base = Cluster.create({
    seed: 1,
    nodes: 2,
    parts: PARTS,
    config: { clusterAutoscaler: '--nodes=1:2:node' },
  });
  defineGroup(base, 'spare', {}, 1);
  setCapacity(base, 'spare', false);
  runKubectlLine(base, 'kubectl apply -f -', { ...IO, stdin: MANIFESTS });
  base.pass(30_000);
  base.client().patch('ConfigMap', 'default', 'page', 'merge', { data: { text: 'two' } });
  base.pass(100_000);
  addClient(base, 'http://web/', 1);
  stopRuntime(base, 'node-1');
  startRuntime(base, 'node-1');
  declareMetric(base, 'queue', '30');
  declareMetric(base, 'queue', '30', 'Service/default/web');
  const calls = FAULTS.flatMap((fault) => {
    const drawn = fault.arbitrary(WORLD, fc);
    return drawn === undefined ? [] : fc.sample(drawn, { numRuns: 4, seed: 7 });
  });
  // What no search draws.
  calls.push({ kind: 'NodeCertificateExpired', node: 'node-1', delayMs: 60_000 });
  const struck = calls.map((call) => {
    const cluster = base.fork();
    strike(cluster, call);
    return cluster;
  });
  return [...struck, planeThatFails()].flatMap(({ history }) =>
    history.flatMap((e) => (e.type === 'world' ? [e] : [])),
  );
}

/** A control plane on nodes, of which one is cut off, and then two are lost. */
function planeThatFails(): Cluster {
  const nodes = [1, 2, 3].map((n) => ({ name: `control-plane-${n}`, controlPlane: true as const }));
  const cluster = Cluster.create({ seed: 1, nodes });
  const { leader, leaderships } = cluster.control.plane!;
  expect(leaderships.get('kube-controller-manager')!.holder).toContain(leader);
  isolateNode(cluster, leader);
  cluster.pass(70_000);
  moveManifest(cluster, leader, 'kube-scheduler', true);
  moveManifest(cluster, leader, 'kube-scheduler', false);
  for (const { name } of nodes) if (name !== leader) powerOff(cluster, name);
  cluster.pass(5_000);
  return cluster;
}

describe('the catalogue', () => {
  it('has words in every language for all that a cluster says, with the args it is given', () => {
    const said = everythingSaid();
    for (const entry of said) {
      expect(EN).toHaveProperty(entry.key);
      const [en, ja] = LANGUAGES.map((language) => wordsOf(entry, language));
      expect(en).not.toMatch(/undefined|NaN|\[object/);
      expect(ja).not.toMatch(/undefined|NaN|\[object/);
      expect(ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
    // Nothing in the catalogue that nobody says.
    const met = new Set<string>([
      ...said.map((e) => e.key),
      ...Object.keys({ ...TELLING, ...BROKEN_EN }),
      'clusterSwitchedOn',
      // Of clusters that are served alone.
      'apiRequest',
    ]);
    expect(Object.keys(EN).filter((key) => !met.has(key))).toEqual([]);
  });

  it('puts what a telling is about into its words', () => {
    for (const [key, args] of Object.entries(TELLING))
      for (const language of LANGUAGES)
        for (const value of Object.values(args)
          .flat()
          .filter((v) => typeof v === 'string' || typeof v === 'number'))
          expect(wordsOf({ key, args }, language)).toContain(String(value));
  });

  it('speaks the same messages in both languages', () => {
    expect(Object.keys(JA)).toEqual(Object.keys(EN));
  });

  it("tells a message of a user's own in its own words, or by its key and args", () => {
    const message = { key: 'example.com/ballast-shifted', args: { tons: 3, to: 'port' } };
    expect(wordsOf(message, 'ja')).toBe('example.com/ballast-shifted (tons: 3, to: port)');
    const own = { [message.key]: { en: () => 'the ballast shifted', ja: () => '荷が動いた' } };
    expect(wordsOf(message, 'ja', own)).toBe('荷が動いた');
    expect(wordsOf({ key: 'toString', args: {} }, 'en')).toBe('toString');
    expect(say('nodeLostPower', { node: 'node-1' }, 'en')).toBe('node node-1 lost power');
  });
});
