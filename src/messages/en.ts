/** The messages in English. */
import { bounded } from './bounded.ts';
import { BROKEN_EN } from './brokenen.ts';
import type { Catalogue, Messages } from './catalogue.ts';
import { stopText, wayText } from './ways.ts';

interface Place {
  readonly container: string;
  readonly namespace: string;
  readonly pod: string;
}
const container = (c: Place): string => `container ${c.container} of pod ${c.namespace}/${c.pod}`;
/** What a process of the control plane is called. */
const component = (process: string): string =>
  process === 'kube-controller-manager' ? 'controller manager' : process.replace(/^kube-/, '');
const registry = ({ image, node }: { readonly image?: string; readonly node?: string }): string =>
  image !== undefined ? ` for image ${image}` : node !== undefined ? ` to node ${node}` : '';
const watches = (process: string): string => `watches${process === '*' ? '' : ` of ${process}`}`;

const meant = (nearest: string): string => (nearest === '' ? '' : `; did you mean "${nearest}"?`);
/** `4 pods terminating, 1 pending` */
const counted = (states: readonly (readonly [number, string])[]): string =>
  states
    .filter(([count]) => count > 0)
    .map(([count, state], i) => `${count}${i > 0 ? '' : count === 1 ? ' pod' : ' pods'} ${state}`)
    .join(', ');

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** What to do about a kind that is not served. */
const LEAVE_OUT =
  '--skip-unsupported, or a step "documents that are not simulated are left out", leaves such documents out';

type Failure = Pick<Messages['foundFailures'], 'outcome' | 'pod' | 'node'>;

/** What came of a request, and where it had got to. */
const failedAt = ({ outcome, pod, node }: Failure): string[] => [
  outcome,
  ...(pod === '' ? [] : [`pod ${pod}`]),
  ...(node === '' ? [] : [`on ${node}`]),
];

/** What DNS servers do that are in trouble. */
const DNS: Readonly<Record<string, string>> = {
  error: 'every question fails',
  random: 'answers are made up',
};

/** What came of a request that nobody answered. */
const ANSWERS: Readonly<Record<string, string>> = {
  refused: 'it was refused',
  reset: 'its connection was reset',
  'timed out': 'it timed out',
  'not resolved': 'the name was not resolved',
};

const ATTACHED = {
  docString: 'a doc string (""" on lines of their own around a text)',
  table: 'a table (rows of | cells |)',
} as const;

export const EN: Catalogue = {
  ...BROKEN_EN,
  clusterSwitchedOn: () => 'the cluster is switched on',
  apiRequest: ({ method, path, user }) => `${user} asks ${method} ${path}`,

  loadChanges: ({ factor }) =>
    factor === 1 ? 'clients send as much as ever' : `clients send ${factor} times as much`,
  metricsServerDown: () => 'metrics-server is down',
  metricsServerUp: () => 'metrics-server is up',
  metricIs: ({ metric, value, subject }) =>
    `the metric ${metric}${subject === undefined ? '' : ` of ${subject}`} is ${value}`,

  nodeJoins: ({ node }) => `node ${node} joins`,
  nodeJoinsAgain: ({ node }) => `node ${node} joins again`,
  nodeGroupExhausted: ({ group }) => `the cloud has no machine for node group ${group}`,
  nodeGroupHasCapacity: ({ group }) => `the cloud has machines for node group ${group} again`,
  nodeGroupGivesNone: ({ group }) => `a machine that node group ${group} was to have does not come`,
  nodeGroupSlowed: ({ group, factor }) =>
    factor === 1
      ? `machines of node group ${group} come as fast as ever`
      : `machines of node group ${group} take ${factor} times as long to come`,
  nodeLostPower: ({ node }) => `node ${node} lost power`,
  nodePoweredOn: ({ node }) => `node ${node} was powered on`,
  nodeReboots: ({ node }) => `node ${node} reboots`,
  nodeShutsDown: ({ node }) => `node ${node} shuts down gracefully`,
  nodeOff: ({ node }) => `node ${node} is off`,
  nodeBooted: ({ node }) => `node ${node} has booted`,
  kubeletStopped: ({ node }) => `kubelet of node ${node} stopped`,
  kubeletStarted: ({ node }) => `kubelet of node ${node} started`,
  kubeletFrozen: ({ node }) => `kubelet of node ${node} is frozen`,
  kubeletThawed: ({ node }) => `kubelet of node ${node} goes on`,
  runtimeStopped: ({ node }) => `container runtime of node ${node} stopped`,
  runtimeStarted: ({ node }) => `container runtime of node ${node} started`,
  kubeProxyStopped: ({ node }) => `kube-proxy of node ${node} stopped`,
  kubeProxyStarted: ({ node }) => `kube-proxy of node ${node} started`,
  memoryTaken: ({ node, bytes }) => `${bytes} bytes of memory of node ${node} are taken`,
  diskTaken: ({ node, bytes }) => `${bytes} bytes of disk of node ${node} are taken`,
  pidsTaken: ({ node, pids }) => `${pids} process ids of node ${node} are taken`,
  nodeSlowed: ({ node, factor }) =>
    factor === 1 ? `node ${node} is as fast as ever` : `node ${node} is ${factor} times slower`,
  clockSkewed: ({ node, skewMs }) =>
    skewMs === 0
      ? `the clock of node ${node} is right again`
      : `the clock of node ${node} is ${Math.abs(skewMs)} ms ${skewMs > 0 ? 'ahead' : 'behind'}`,

  containerStarted: (c) => `${container(c)} started`,
  containerExited: (c) =>
    `${container(c)} ` +
    `${c.reason === 'OOMKilled' ? 'was killed: out of memory' : `exited with code ${c.code}`}`,
  containerCrashes: (c) => `${container(c)} crashes`,
  containerSignalled: (c) => `${container(c)} gets ${c.signal}`,
  fileChanged: (c) => `file ${c.path} changed in ${container(c)}`,
  fileDeleted: (c) => `file ${c.path} deleted in ${container(c)}`,
  volumeUpdated: ({ namespace, pod, volume }) => `volume ${volume} of pod ${namespace}/${pod} was updated`,
  faultSet: (c) => `fault ${c.fault} set in ${container(c)}`,
  faultCleared: (c) => `fault ${c.fault} cleared in ${container(c)}`,
  faultAwaitsStart: ({ fault, containers }) =>
    `fault ${fault} waits for the next start of ${containers} containers`,

  attachFails: ({ node }) => `no volume can be attached to ${node}`,
  attachWorks: ({ node }) => `volumes can be attached to ${node} again`,
  detachHangs: ({ node }) => `no volume is detached from ${node}`,
  detachWorks: ({ node }) => `volumes are detached from ${node} again`,
  storageZoneLost: ({ zone }) => `the storage of zone ${zone} is lost`,
  storageZoneBack: ({ zone }) => `the storage of zone ${zone} is back`,
  volumeFull: ({ volume }) => `volume ${volume} is full`,
  volumeHasRoom: ({ volume }) => `volume ${volume} has room again`,
  registrySilent: (of) => `no registry answers${registry(of)}`,
  registryAnswers: (of) => `registries answer again${registry(of)}`,

  nodesPartitioned: ({ from, to }) => `nodes ${from} and ${to} are partitioned`,
  nodesReconnected: ({ from, to }) => `nodes ${from} and ${to} reach each other again`,
  nodeCutOff: ({ node }) => `node ${node} is partitioned from the control plane`,
  nodeReconnected: ({ node }) => `node ${node} reaches the control plane again`,
  certificateNotRotated: ({ node, leftMs }) =>
    `node ${node}'s kubelet no longer rotates its certificate, which expires in ${leftMs / 1000} s`,
  certificateExpired: ({ node }) =>
    `the certificate of node ${node}'s kubelet has expired: its requests are answered 401 Unauthorized ` +
    '(x509: certificate has expired or is not yet valid)',
  certificateRenewed: ({ node }) => `node ${node}'s kubelet has a new certificate`,
  packetsDropped: ({ from, to }) => `packets from node ${from} to node ${to} are dropped`,
  packetsPass: ({ from, to }) => `packets from node ${from} reach node ${to} again`,
  networkLost: ({ node }) => `node ${node} lost its network`,
  networkBack: ({ node }) => `node ${node} has its network again`,
  podsPartitioned: ({ from, to }) => `pods matching ${from} and pods matching ${to} are partitioned`,
  podsReconnected: ({ from, to }) => `pods matching ${from} and pods matching ${to} reach each other again`,
  packetsLost: ({ node, percent }) =>
    percent === 0
      ? `node ${node} loses no packets any more`
      : `node ${node} loses ${percent}% of its packets`,
  packetsDelayed: ({ node, ms }) =>
    ms === 0 ? `packets of node ${node} are in time again` : `packets of node ${node} take ${ms} ms longer`,
  dnsTroubled: ({ mode, delayMs }) => `DNS: ${DNS[mode] ?? `answers take ${delayMs} ms`}`,
  dnsWell: () => 'DNS answers as it should',
  gatewayReloadsFail: () => 'no gateway controller can have its nginx reload',
  gatewayReloadsPass: () => 'gateway controllers can have their nginx reload',
  ingressReloadsFail: () => 'no ingress controller can have its nginx reload',
  ingressReloadsPass: () => 'ingress controllers can have their nginx reload',
  requestsFail: ({ url, outcome }) => `requests to ${url} fail: ${outcome}`,
  requestsSucceed: ({ url }) => `requests to ${url} succeed again`,

  apiServerDown: () => 'the api server is down',
  apiServerUp: () => 'the api server is up',
  etcdMembersLost: ({ lost, members }) => `etcd lost ${lost} of ${members} members`,
  etcdQuorumLost: () => 'etcd lost its quorum',
  etcdQuorumBack: () => 'etcd has a quorum again',
  etcdLeaderless: () => 'etcd lost its leader',
  etcdElected: ({ node, term }) => `etcd on ${node} leads (term ${term})`,
  apiServerServes: ({ node }) => `the api server on ${node} is up`,
  apiServerLost: ({ node }) => `the api server on ${node} is lost`,
  leaderElected: ({ process }) => `${process} leads`,
  leadershipLost: ({ process }) => `${process} could not renew its lease`,
  manifestMovedAway: ({ node, component }) => `${component} on ${node} is stopped`,
  manifestPutBack: ({ node, component }) => `${component} on ${node} may run again`,
  processDown: ({ process }) => `the ${component(process)} is down`,
  processUp: ({ process }) => `the ${component(process)} is up`,
  leaderDied: ({ process }) => `the leading ${process} died`,
  standbyLeads: ({ process }) => `the standby ${process} leads`,
  callsSlow: ({ slowMs }) => `API calls take ${slowMs} ms longer`,
  callsInTime: () => 'API calls take the usual time',
  callsFail: ({ percent, status }) => `${percent}% of API calls fail with ${status}`,
  callsPass: () => 'API calls go through',
  watchesLag: ({ process, lagMs }) => `${watches(process)} lag by ${lagMs} ms`,
  watchesKeepUp: ({ process }) => `${watches(process)} keep up`,
  webhookDown: ({ webhook }) => `webhook ${webhook} does not answer`,
  webhookUp: ({ webhook }) => `webhook ${webhook} answers again`,
  webhookSlow: ({ webhook, slowMs }) => `webhook ${webhook} answers ${slowMs} ms later`,
  webhookInTime: ({ webhook }) => `webhook ${webhook} answers in the usual time again`,
  aggregatedApiDown: ({ apiService }) => `the server behind API service ${apiService} does not answer`,
  aggregatedApiUp: ({ apiService }) => `the server behind API service ${apiService} answers again`,
  webhookRefuses: ({ resource }) => `an admission webhook refuses ${resource}`,
  webhookPasses: ({ resource }) => `the admission webhook lets ${resource} through`,
  evictionRefused: ({ namespace, pod }) => `eviction of pod ${namespace}/${pod} refused`,

  created: () => 'created',
  deleted: () => 'gone',
  markedForDeletion: () => 'marked for deletion',
  bound: ({ node }) => `bound to ${node}`,
  phase: ({ phase }) => `phase ${phase}`,
  condition: ({ type, status, reason }) => `${type}=${status}${reason === '' ? '' : ` (${reason})`}`,
  taints: ({ taints }) => `taints: ${taints === '' ? 'none' : taints}`,
  statusUpdated: () => 'status updated',
  updated: () => 'updated',

  step: ({ step }) => `step: ${step}`,
  becauseOf: () => 'Because of:',
  more: ({ count }) => `… ${count} more …`,
  sameLines: ({ count }) => `… the same ${count} times more …`,
  moreLines: ({ count }) => `… ${count} more lines …`,
  found: ({ found }) => `Found: ${found}`,
  doesNotHold: ({ clock }) => `It does not hold at ${clock}.`,
  didNotComeToHold: ({ clock }) => `It did not come to hold by ${clock}.`,
  firstBroken: ({ clock }) => `It was first broken at ${clock}.`,
  firstHeld: ({ clock }) => `It first held, and should not, at ${clock}.`,
  heldAtNoMoment: ({ clock }) => `It held at no moment up to ${clock}.`,

  notReadyAfter: ({ limit, count }) => `after ${limit}, ${count} not ready`,
  stillMoving: ({ limit, moving }) => `after ${limit}, still moving: ${moving}`,
  notBackAfter: ({ limit }) => `it was not within ${limit}`,
  listensNot: ({ image, port }) =>
    `(nothing listens on port ${port}: if ${image} does, say so by image "${image}" behaves as: listens: ` +
    `[${port}])`,
  podFailed: ({ reason }) => `it has failed${reason === '' ? '' : ` (${reason})`}, and nothing makes it anew`,
  podsNotMade: () => 'its pods are yet to be made',
  budgetRefuses: ({ healthy, wanted }) => `it allows no eviction: ${healthy} healthy, ${wanted} wanted`,
  nothingSaid: () => 'nothing was said of it',

  selectorMetNothing: ({ selector, nearest }) =>
    `no pod matched "${selector}" in the whole run, so this tests nothing` +
    (meant(nearest) || '; say one that "kubectl get pods --show-labels" shows'),
  nameMetNothing: ({ kind, name, nearest }) =>
    `there was no ${kind} "${name}" in the whole run, so this tests nothing` +
    (meant(nearest) || `; say one that "kubectl get ${kind.toLowerCase()}" shows`),
  containerMetNothing: ({ container: name, pod, nearest }) =>
    `pod "${pod}" had no container "${name}" in the whole run, so this tests nothing` +
    (meant(nearest) || `; say one that "kubectl describe pod ${pod}" shows`),
  heldBefore: ({ step }) =>
    `it held before “${step}”, and nothing that came of that touched what it is about: claim what ` +
    'changes, or with "for 5 minutes" that it stays so',
  nothingFollowed: ({ step }) =>
    `it was asked at the very instant of “${step}”, before anything could come of that: let time pass ` +
    'first, or claim that it holds "for 5 minutes"',
  clientSentNothing: () =>
    'it sent no request to the end of the scenario: let time pass behind it, as with "1 minute passes"',
  failedOtherwise: () =>
    'the failure that was expected came from this step, and no claim was asked: mend what it waits for, or ' +
    'claim behind "Then" what is to fail',
  changesUnseen: ({ paths, from, to }) =>
    `from ${from} to ${to} nobody was told what changed: claims over that time have not seen what came and ` +
    `went (${bounded(paths, (n) => `and ${n} more`)})`,
  leftOut: ({ documents }) => `not simulated, and left out: ${bounded(documents, (n) => `and ${n} more`)}`,
  stillGoingOn: ({ terminating, pending, notReady, step }) =>
    `still going on: ${counted([
      [terminating, 'terminating'],
      [pending, 'pending'],
      [notReady, 'not ready'],
    ])} (since “${step}”): wait with "every pod is ready", or claim with "within 5 minutes" what it comes to`,

  foundSuch: ({ kind, name }) => `there was a ${kind} "${name}"`,
  foundNoSuch: ({ kind, name }) => `there was no ${kind} "${name}"`,
  foundNoSuchIn: ({ kind, name, namespace }) => `there was no ${kind} "${name}" in namespace "${namespace}"`,
  foundUnseen: () => 'its controller had not seen the newest spec',
  foundReplicas: ({ found, wanted, state }) => `${found} of ${wanted} replicas ${state}`,
  foundRollout: ({ state, wanted, updated, available }) =>
    `it was ${state}: of ${wanted} replicas ${updated} updated, ${available} available`,
  foundPods: ({ found, of, selector, state, pods }) =>
    `${found} of ${of} ${of === 1 ? 'pod' : 'pods'} matching "${selector}" ${state}${pods}`,
  foundOnNode: ({ node }) => (node === '' ? 'it was on no node' : `it was on node "${node}"`),
  foundPod: ({ pods }) => `it was there:${pods}`,
  podState: ({ name, phase, terminating, ready }) =>
    `${name} ${terminating ? 'terminating' : phase.toLowerCase()}${ready ? ', ready' : ''}`,
  foundNode: ({ state, cordoned }) => `it was ${state}${cordoned ? ' and cordoned' : ''}`,
  foundNotCordoned: () => 'it was not cordoned, so nobody drained it',
  foundLeft: ({ left, pods }) =>
    left === 0
      ? 'no pods were left to go'
      : `${left} ${left === 1 ? 'pod was' : 'pods were'} left to go${pods}`,
  foundPlaces: ({ count, places }) => `they were on ${count} (${places})`,
  foundNowhere: () => 'none was anywhere',
  foundTogether: ({ pods, topology, place }) => `${pods} were in ${topology} "${place}"`,
  foundCondition: ({ condition }) => `it had condition ${condition}`,
  foundNoCondition: ({ type, others }) =>
    others.length === 0 ? 'it had no conditions' : `it had no condition "${type}", but ${others.join(', ')}`,
  foundInside: ({ value }) => (value === null ? 'there was none' : `it was ${JSON.stringify(value)}`),
  foundField: ({ value }) => (value === '' ? 'there was nothing at that path' : `it was "${value}"`),
  foundUnreported: () => 'its kubelet has not reported on it yet',
  foundNoContainer: ({ pod, container: name }) => `pod "${pod}" has no container "${name}"`,
  foundContainer: ({ state, why, restarts, last }) =>
    `it was ${state}${why === '' ? '' : ` (${why})`}, restarted ${restarts} ` +
    `times${last === '' ? '' : `, last terminated (${last})`}`,
  foundHealthy: ({ healthy, wanted }) => `${healthy} healthy, ${wanted} wanted`,
  foundDisrupted: ({ evicted, pod, healthy, wanted }) =>
    `the ${evicted ? 'eviction' : 'deletion'} of ${pod} left ${healthy} healthy of ${wanted} wanted`,
  foundJob: ({ isComplete, hasFailed, isSuspended, reason, active, ...ended }) => {
    const state = isComplete ? 'complete' : hasFailed ? 'failed' : isSuspended ? 'suspended' : 'under way';
    const indexes = (list: string): string => (list === '' ? '' : ` (indexes ${list})`);
    return (
      `it was ${state}${reason === '' ? '' : ` (${reason})`}: ${active} active, ` +
      `${ended.succeeded} succeeded${indexes(ended.succeededIndexes)}, ` +
      `${ended.failed} failed${indexes(ended.failedIndexes)}` +
      (ended.seconds === undefined ? '' : `, after ${ended.seconds} s`)
    );
  },
  foundCronJob: ({ active, last }) =>
    `it had ${active} active jobs and ` +
    (last === '' ? 'had never scheduled one' : `scheduled the last at ${last}`),
  foundStarted: ({ started }) => `it had started ${started}`,
  foundVolumeClaim: ({ phase, volume, capacity, reason }) =>
    `it was ${phase}` +
    (volume === '' ? '' : `, of volume ${volume}`) +
    (capacity === '' ? '' : `, ${capacity}`) +
    (reason === '' ? '' : `; the last event about it: ${reason}`),
  foundAttached: ({ nodes }) => (nodes === '' ? 'it was attached to no node' : `it was attached to ${nodes}`),
  foundAllowed: ({ allowed }) => `it allowed ${allowed}`,
  foundWanted: ({ wanted }) => `it wanted ${wanted}`,
  foundBroken: ({ name, message }) => `"${name}" was broken: ${message}`,
  foundAllHeld: () => 'all held',
  foundNothingRun: () => 'nothing has been run yet',
  foundPrinted: ({ text, eventless }) =>
    (text === '' ? 'nothing was printed' : `it printed\n${text}`) +
    (eventless ? '\n(since 1.36 Events of several objects are told with --show-events only)' : ''),
  foundEnded: ({ line, code, printed }) =>
    `"${line}" ${code === 0 ? 'succeeded' : `failed with exit code ${code}`}; ${printed}`,
  foundEvents: ({ events, more, expired }) =>
    (events.length === 0
      ? 'there was no event about it'
      : `there were ${[...events, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')}`) +
    (expired === ''
      ? ''
      : `; it was recorded, and kept until ${expired}: the API forgets Events after an hour`),
  foundUnsent: () => 'no client has sent a request',
  foundFailures: ({ failed, sent, at, ways, more, ...first }) =>
    `${failed} of ${sent} requests failed` +
    (at === '' ? '' : `, the first at ${at} s (${failedAt(first).join(', ')})`) +
    ways
      .map(
        ({ count, outcome, stop }, i) => `${i === 0 ? ': ' : '; '}${count}× ${outcome}, ${stopText.en(stop)}`,
      )
      .join('') +
    (more === 0 ? '' : `; ${more} more in other ways`),
  foundNoFailure: () => 'no request failed',
  foundOutage: ({ failed, length, clock, isOn, outcome, stop }) =>
    `${failed} failed in a row, for ${length} from ${clock}${isOn ? ' on' : ''}` +
    (stop === undefined ? '' : `: ${outcome}, ${stopText.en(stop)}`),
  foundAnswer: ({ answer, tookMs, isLate, isRight, pod, node, hops }) => {
    const where = [...(pod === '' ? [] : [`pod ${pod}`]), ...(node === '' ? [] : [`on ${node}`])].join(' ');
    const took = `${tookMs === '' ? '' : ` after ${tookMs} ms`}${isLate ? ', too late' : ''}`;
    const advice =
      '; "within" says by when the answer is there, and how long it may take is said "answers 200 in ' +
      'under 1 second"';
    return (
      `${ANSWERS[answer] ?? `it answered ${answer}`}${took}${where === '' ? '' : ` (${where})`}` +
      `${hops.length === 0 ? '' : `; its way: ${wayText.en(hops)}`}` +
      `${isRight && isLate ? advice : ''}`
    );
  },
  foundRoutes: ({ addresses }) => `it routed to ${addresses}`,

  noPhrase: ({ step }) => `no phrase of the language fits "${step}"`,
  quotesWithinQuotes: () =>
    'quotes stand within quotes: put the outer ones as single quotes (\'kubectl get pods -l "app=web"\'), ' +
    'or a backslash before the inner ones',
  didYouMean: () => 'did you mean:',

  failureExpected: () => 'only a step "Then the command fails with …" right behind makes a failure expected',
  onceSo: ({ until, today }) => `this was so until ${until}; today it is: ${today}`,
  programsKnown: ({ programs }) => `what a container can run: ${programs.join(', ')}`,

  commandEnded: ({ code }) => `exit code ${code}`,
  noCluster: () => 'there is no cluster yet: say "Given a cluster with 3 nodes" first',
  noMark: ({ mark }) => `no step marks the moment "${mark}": say "Given the moment "${mark}"" before`,
  noFile: ({ path }) =>
    `there is no file "${path}" that can be read; paths begin at the feature's own folder`,
  isFolder: ({ path }) => `"${path}" is a folder, not a file`,
  noInvariant: ({ name, others }) => `there is no invariant "${name}"; there are ${quoted(others)}`,
  noSetting: ({ name, others }) => `there is no cluster setting "${name}"; there are ${others.join(', ')}`,
  noRunningPod: ({ selector, namespace }) =>
    `no running pod matching "${selector}" in namespace "${namespace}"`,
  noFault: ({ fault, nearest }) =>
    `there is no fault "${fault}"; ${nearest === '' ? '' : `did you mean "${nearest}"? `}` +
    '`seatrial faults` lists all of them',
  noNode: ({ node, others }) => `there is no node "${node}"; the cluster has ${others.join(', ')}`,
  noNodeIn: ({ zone, others }) =>
    `there is no node in zone "${zone}"; zones are ${others.join(', ') || 'none'}`,
  noNodeMatching: ({ selector }) =>
    selector === '' ? 'there is no node to strike' : `no node matching "${selector}"`,
  noPod: ({ pod, namespace }) => `there is no pod "${pod}" in namespace "${namespace}"`,
  noPodMatching: ({ selector, namespace }) => `no pod matching "${selector}" in namespace "${namespace}"`,
  versionRemoved: ({ until, today }) =>
    `this was so until ${until}; today ${today === '' ? 'there is no such kind' : `it is ${today}`}`,
  servedAs: ({ kind, versions }) => `${kind} is served as ${versions.join(', ')}`,
  noKind: ({ kind, nearest }) =>
    `there is no kind "${kind}"; ` +
    (nearest === '' ? `a kit may bring it, or ${LEAVE_OUT}` : `did you mean "${nearest}"?`),
  leaveOut: () => LEAVE_OUT,
  noKindServed: ({ kind, kinds }) => `the cluster has no kind "${kind}"; it has ${kinds.join(', ')}`,
  noUrl: ({ url }) => `not an HTTP URL: "${url}", expected one like http://web/ or http://node-1:30080/`,
  faultRow: ({ row, problem }) => `row ${row} of the table: ${problem}`,
  faultColumns: ({ columns }) =>
    'the table of faults has the columns at, fault, target, for and parameters; "fault" is not among ' +
    `${columns.join(', ') || 'none'}`,
  noFaultColumn: ({ column, columns }) =>
    `the table of faults has no column "${column}"; columns are ${columns.join(', ')}`,
  noFaultRows: () => 'the table of faults holds no fault',
  emptyFault: () => 'the cell "fault" is empty',
  noTime: ({ text }) => `at is a duration such as 90s or 5m, counted from the step, not "${text}"`,
  attachment: ({ text, wanted, given }) =>
    wanted === ''
      ? `"${text}" takes ${given === 'table' ? 'no table' : 'no doc string'} below it`
      : `"${text}" takes ${ATTACHED[wanted]} below it, ` +
        `${given === '' ? 'and there is none' : `not ${ATTACHED[given]}`}`,
  noDrawPlayed: ({ draws, reason }) =>
    `not one of ${draws} draws could be played to its end${reason === '' ? '' : `; of the last: ${reason}`}`,
  kindNotSimulated: ({ kind, name, file, apiVersion }) =>
    `${kind} "${name}" of "${file}" is not simulated: Kubernetes serves ${kind} in ${apiVersion}, Seatrial ` +
    'does not',

  counterexamples: () => 'Counterexamples',
  foundByRun: ({ run, runs, name, seed, path }) =>
    `Found by run ${run} of ${runs} of the property "${name}" (seed ${seed}, path ${path})`,
  savedAs: ({ where }) => `Saved as ${where}; npx seatrial run ${where} fails in the same way.`,
  notSaved: ({ why }) => `It could not be saved: ${why}`,
  neverReached: ({ draws, seed, last }) =>
    `It was never reached in ${draws} draws (seed ${seed}). Of the last that was played:\n\n${last}`,
  didNotFail: ({ seeds }) =>
    'The scenario is tagged @expect-failure, and every claim of it held' +
    `${seeds === 1 ? '' : ` with any of ${seeds} seeds`}.`,
  everyClaimHeld: () => 'every claim held',

  failedAsExpected: ({ seed }) => `As expected, it failed${seed === '' ? '' : ` with seed ${seed}`}:`,
  defect: ({ message }) => `this is a defect of Seatrial, please report it: ${message}`,
  debugShows: () => '(SEATRIAL_DEBUG=1 shows where)',
  andMore: ({ count }) => `and ${count} more`,
  failures: () => 'Failed:',
  played: ({ scenarios, steps, seconds }) =>
    `${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}, ${steps} steps in ${seconds} s`,
  allureResults: ({ folder }) => `Allure results: ${folder} (npm run allure makes the site)`,
  trainingReport: ({ file }) => `Training report: ${file} (open it in a browser)`,
  countPassed: ({ count }) => `${count} passed`,
  countFailed: ({ count }) => `${count} failed`,
  countWarnings: ({ count }) => `${count} ${count === 1 ? 'warning' : 'warnings'}`,

  warning: () => 'warning:',
  note: () => 'note:',
  ofStep: ({ line, step }) => `line ${line}, ${step}:`,
  warningsFail: ({ warnings }) => `--strict makes warnings failures:\n${warnings}`,
  takenAsGiven: ({ fields }) =>
    `taken as given: these are stored, and nothing comes of them (docs/simulated.md)\n${fields}`,
  strictSimulation: ({ given }) => `the simulation is to be strict, and this is not simulated:\n${given}`,
  imageAssumed: ({ image, ports, ends }) => {
    const what = ends
      ? 'to end with exit code 0'
      : ports === ''
        ? 'to run on, and to listen on no port'
        : `to listen on ${ports} and to answer 200`;
    return `image "${image}" is not described: assumed ${what}`;
  },
  imagesAssumed: ({ images }) =>
    `assumed of images that nobody described ("image … behaves as:" says otherwise)\n${images}`,
  webhookAssumed: ({ webhook }) => `admission webhook "${webhook}" is not described`,
  webhooksAssumed: ({ webhooks }) =>
    'assumed of admission webhooks that nobody described: they let everything through unchanged ' +
    `("admission webhook … behaves as:" says otherwise)\n${webhooks}`,
  scriptPassedOver: ({ image, what }) => `${what} (image "${image}")`,
  scriptsPassedOver: ({ scripts }) =>
    `not simulated in scripts of containers: passed over, as if it had succeeded\n${scripts}`,
};
