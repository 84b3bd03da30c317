/** What a user got wrong, in English. */
import type { Aim, SlipMessages } from './slips.ts';
import { FIELD_TYPES } from './fieldtypes.ts';

const PODS =
  'a pod\'s name, or "one pod matching SELECTOR", "all pods matching …", "2 pods matching …", "50% of pods ' +
  'matching …", "random pods matching …"';
const AIMS: Readonly<Record<Exclude<Aim, 'workload'>, string>> = {
  node:
    'a node\'s name, "zone NAME", or "one node", "all nodes", "2 nodes", "50% of nodes", "random nodes", ' +
    'each with "matching SELECTOR" or not',
  pod: PODS,
  container: PODS,
  budget: "a pod disruption budget's name",
  quota: "a resource quota's name",
  configMap: "a config map's name",
  secret: "a secret's name",
  claim: "a persistent volume claim's name",
  job: "a job's name",
  cronJob: "a cron job's name",
  definition: "a custom resource definition's name, PLURAL.GROUP",
  webhook: "an admission webhook's name, or of a conversion webhook that of its definition",
  apiService: 'the name of an APIService that another server is behind, VERSION.GROUP',
  account: "a service account's name",
  binding: 'the name of a role binding or cluster role binding',
  metric: "a metric's name",
  none: 'nothing',
};

const BEHAVES: Readonly<Record<string, string>> & { readonly image: string } = {
  image: 'image',
  webhook: 'admission webhook',
  conversion: 'conversion webhook of',
};

const either = (workloads: readonly string[]): string => workloads.map((w) => `"${w} NAME"`).join(' or ');

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

export const SLIPS_EN: { readonly [K in keyof SlipMessages]: (args: SlipMessages[K]) => string } = {
  settingDuration: ({ name, value }) => `cluster setting "${name}" is a duration such as 40s, not "${value}"`,
  settingBoolean: ({ name, value }) => `cluster setting "${name}" is true or false, not "${value}"`,
  settingBounds: ({ name, least, most, value }) =>
    `cluster setting "${name}" is from ${least} to ${most}, not "${value}"`,
  settingRange: ({ name, value }) => `cluster setting "${name}": ${value} ends before it begins`,
  deschedulerPolicy: ({ problem }) => `the descheduler takes no such policy: ${problem}`,
  settingFlag: ({ name, flag }) =>
    `${name} takes flags of the cluster autoscaler with values that it takes, such as --nodes=1:5:node or ` +
    `--scale-down-unneeded-time=2m, not "${flag}"`,
  nodeGroupSize: ({ name, min, max }) =>
    `node group "${name}" has 0 nodes or more, and at most as many as it may have: not ${min} to ${max}`,
  nodeGroupRows: ({ rows }) => `a node group is of nodes alike: one row, not ${rows}`,
  settingPool: ({ name, value }) =>
    `cluster setting "${name}" is a range or a block of IPv4 addresses, as 172.18.255.200-172.18.255.250 ` +
    `or 192.0.2.0/28, not "${value}"`,
  settingSubnet: ({ name, example, value }) =>
    `cluster setting "${name}" is the first two numbers of its addresses, as ${example}, not "${value}"`,
  settingNumber: ({ name, value }) => `cluster setting "${name}" is a number, not "${value}"`,
  settingFixed: ({ name }) =>
    `cluster setting "${name}" is said before the cluster: addresses have been given out by it already`,
  nodeQuantity: ({ node, column, text, example }) =>
    `node ${node}: ${column} "${text}" is no quantity above 0, such as ${example}`,
  nodeLabel: ({ node, label }) => `node ${node}: label "${label}" should be written key=value`,
  nodeTaint: ({ node, taint, effects }) =>
    `node ${node}: taint "${taint}" should be written key=value:Effect, with an effect of ` +
    effects.join(', '),
  nodePods: ({ node, pods }) => `node ${node}: pods "${pods}" is no number`,
  nodeZone: ({ node, zone }) => `node ${node}: zone "${zone}" is no label value`,
  noNodeColumn: ({ column, columns }) =>
    `a table of nodes has no column "${column}"; it may have ${columns.join(', ')}`,
  noNodeNames: ({ column }) => `a table of nodes needs a column "${column}"`,
  nodeWithoutName: ({ row }) => `a table of nodes has a row without a name: row ${row}`,
  nodeName: ({ name }) =>
    `a table of nodes has a name "${name}"; names are of lower case letters, digits, - and .`,
  nodeTwice: ({ name }) => `the table of nodes names "${name}" twice`,
  noNodeRows: () => 'the table of nodes has no row',
  nodeRole: ({ node, role, known }) => `node ${node}: role "${role}" is none; it may be ${known}, or empty`,
  clusterTwice: () => 'the scenario has a cluster already',
  planeWithoutNode: () => 'a control plane is on 1 node at least',
  clusterSize: ({ most, asked }) => `a cluster has 1 to ${most.toLocaleString('en')} nodes, not ${asked}`,
  bareNode: ({ line, column }) =>
    `STDIN:${line}:${column}: status: required of a Node that no machine registers; machines are named by ` +
    '"a cluster with nodes:"',
  clientTooFast: ({ most, asked }) => `a client sends at most ${most} requests per second, not ${asked}`,
  metricQuantity: ({ metric, value }) =>
    `the metric "${metric}" is a quantity such as 30 or 250m, not "${value}"`,
  manyContainers: ({ kind, name, containers, line }) =>
    `${kind} "${name}" has the containers ${containers.join(', ')}: say which, with I run "${line}"`,
  noRollout: ({ kind, kinds }) => `a ${kind} has no rollout; these have: ${kinds.join(', ')}`,
  neverStuck: ({ kind }) =>
    `a ${kind} has no progress deadline, so its status never says that a rollout is stuck: ask whether it ` +
    'is progressing, at a time when it should be complete',
  noCapacity: ({ wanted }) => `"${wanted}" is no capacity; say one such as "10Gi"`,
  tagNumber: ({ what, example, text }) => `${what} should be a number, as in ${example}, not "${text}"`,
  notThere: ({ what, name, namespace }) => `there is no ${what} "${name}" in namespace "${namespace}"`,
  noDefinition: ({ name }) => `there is no custom resource definition "${name}"`,
  membersLost: ({ members, lost }) => `etcd has ${members} members: ${lost} of them cannot be lost`,
  noLeader: ({ process }) => `no ${process} leads: there is none to lose`,
  leaderDown: ({ process }) => `${process} is down: it has no leader to lose`,
  nodeOff: ({ node }) => `node ${node} is off: there is nothing on it to strike`,
  noKey: ({ what, name }) => `${what} "${name}" has no key`,
  isImmutable: ({ what, name }) => `${what} "${name}" is immutable`,
  noReadinessProbe: ({ pods }) => `${pods.join(', ')} has no readiness probe that could flap`,
  pathNotAbsolute: ({ path }) => `path begins with /, which "${path}" does not`,
  noFileIn: ({ path, pods }) => `there is no file${path === '' ? '' : ` ${path}`} in ${pods.join(', ')}`,
  selfPartition: ({ node }) => `node "${node}" cannot be partitioned from itself`,
  reachesItself: ({ node }) => `node "${node}" always reaches itself`,
  noNodeObject: ({ node }) => `there is no Node object of ${node}`,
  jobEnded: ({ name }) => `job "${name}" has ended`,
  noJobPod: ({ name }) => `no pod of job "${name}" is running`,
  alreadySuspended: ({ kind, name }) => `${kind} "${name}" is suspended already`,
  claimUnbound: ({ claim }) => `persistent volume claim "${claim}" is not bound`,
  claimOnNode: ({ claim }) =>
    `persistent volume claim "${claim}" is a directory of its node: fill the node's disk`,
  claimUnmounted: ({ claim }) => `persistent volume claim "${claim}" has not been mounted yet`,
  notScaled: ({ kind }) => `a ${kind} is not scaled`,
  imageExists: ({ image }) => `image "${image}" exists: this fault needs one that does not`,
  dnsMode: ({ mode }) => `value of DnsFailure is error, random or slow, not "${mode}"`,
  faultNeedsZone: ({ fault }) => `${fault} needs a zone to strike: "zone NAME"`,
  faultNeedsNode: ({ fault }) => `${fault} needs a node to strike`,
  faultNeedsPod: ({ fault }) => `${fault} needs a pod to strike`,
  faultNeedsWorkload: ({ fault }) => `${fault} needs a workload to strike`,
  noDuration: ({ text }) => `a duration is written as 90s or 5m, not "${text}"`,
  nothingToChoose: () => 'chooseOne has nothing to choose from',
  repeatedTooOften: ({ times }) => `a schedule is repeated 1 to 1000 times, not ${times}`,
  noProcess: ({ process }) =>
    `there is no process "${process}"; there are kube-controller-manager, kube-scheduler and those of ` +
    'nodes, such as kubelet@node-1',
  needsKubectl: () => 'this fault runs kubectl, which only a step can',
  noPodLabel: () => 'none of these pods has a label',
  noNodeToLabel: () => 'there is no Node object to label',
  notOnPlane: ({ component, nodes }) =>
    `${component} runs on ${nodes.join(', ') || 'no node of this cluster'}: say "a cluster with 3 control ` +
    'plane nodes and 2 workers", and one of those',
  noEtcdLeader: () => 'no member leads etcd: it is on no node of this cluster, or has no majority',
  badSelector: ({ selector, problem }) => `selector "${selector}": ${problem}`,
  noProxyToStop: () => 'the node is off: there is no kube-proxy to stop',
  noneSuch: ({ what, name }) => `there is no ${what} "${name}"`,
  noNamesServer: () =>
    'no Pods answer for names in this cluster: say "a cluster with 1 control plane node and 2 workers", or ' +
    '"DNS fails"',
  noNodeGroup: () =>
    'no cluster autoscaler asks for nodes in this cluster: say "a cluster with 2 nodes and a cluster ' +
    'autoscaler"',
  noPolicySelector: ({ operator }) => `a NetworkPolicy has no selector with "${operator}"`,
  selectorOnly: ({ fault }) => `${fault} is aimed at pods by a selector`,
  lastNodes: () => 'the last nodes cannot be removed: a cluster has one at least',
  noApiService: ({ name, others }) =>
    `there is no APIService "${name}" that another server is behind` +
    (others.length === 0 ? ': apply one with a spec.service' : `; there are ${quoted(others)}`),
  noWebhook: ({ name, others }) =>
    `there is no webhook "${name}"${others.length === 0 ? '' : `; there are ${quoted(others)}`}`,
  badField: ({ column, type, text }) => `${column} is ${FIELD_TYPES[type]}, not "${text}"`,
  fieldMissing: ({ fault, column, type }) => `${fault} needs ${column}: ${FIELD_TYPES[type]}`,
  notAmong: ({ fault, column, among, text }) =>
    `${column} of ${fault} is one of ${among.join(', ')}, not "${text}"`,
  noColumn: ({ fault, column, columns }) =>
    `${fault} has no "${column}"; it takes ${columns.join(', ') || 'nothing'}`,
  badTarget: ({ target, text, workloads }) =>
    `target is ${target === 'workload' ? either(workloads) : AIMS[target]}, not "${text}"`,
  noTargetWanted: ({ text }) => `this fault has no target, so "${text}" cannot be one`,
  badMode: ({ mode }) =>
    `how many is one, all, random, a number from 1, or a share from 1% to 100%, not "${mode}"`,
  noContainer: ({ of, container, others }) =>
    `${of} has no container "${container}"; it has ${others.join(', ')}`,
  containerNotRunning: ({ container, pod }) => `container "${container}" of pod "${pod}" is not running`,
  noContainerTemplate: ({ target }) => `${target} has no template of Pods with a container`,
  noWorkload: ({ kind, served, kinds }) =>
    served
      ? `a ${kind} runs no Pods of a template; these do: ${kinds.join(', ')}`
      : `the cluster has no kind "${kind}"; these run Pods: ${kinds.join(', ')}`,
  leftBehind: ({ left }) => `not all is as it was in the cluster:\n${left}`,
  strikeMissed: ({ at, fault, problem }) => `at ${at}, ${fault}: ${problem}`,
  noFaultFits: () => 'none of these faults has a target in this scenario: apply a workload first',
  anyRange: ({ least, most, nodes }) =>
    `any ${least} to ${most} ${nodes ? 'nodes' : 'faults'}: the first number is at least 1, and not above ` +
    'the second',

  notYaml: ({ problem }) => `this is no YAML: ${problem}`,
  noSchedule: () => 'a schedule is a map with the key "faults"',
  noScheduleKey: ({ key }) => `a schedule has the key "faults", not "${key}"`,
  noFaultsKey: () => 'the key "faults" is missing',
  keyIsList: ({ key }) => `"${key}" is a list`,
  keyIsText: ({ key }) => `"${key}" is a text or a number`,
  noNumberKey: ({ key }) => `"${key}" is missing: a whole number`,
  keyIsNumber: ({ key, text }) => `"${key}" is a whole number, not "${text}"`,
  entryIsMap: ({ forms: [first, ...others] }) =>
    `an entry is a map with a ${first}, or with one of ${others.join(', ')}`,
  entryHasOne: ({ forms, found }) =>
    `an entry has one of ${forms.join(', ')}; this one has ${found.join(' and ') || 'nothing'}`,
  formTakes: ({ form, taken, key }) => `"${form}" takes ${taken.join(', ')}, not "${key}"`,
  noDo: () => '"do" is missing: what is done again and again',

  sendsNone: () => 'this cluster sends no requests: a simulated one does',
  tellsNone: () => 'this cluster does not tell what is physically so: a simulated one does',
  takesNone: () => 'this cluster takes no settings and goes on from no seed: a simulated one does',
  nodesNotReady: () => 'the nodes did not become Ready within a minute of their boot, as the settings are',
  badFieldPath: ({ path, problem }) =>
    `field "${path}": ${problem}; a field is named like ".spec.replicas" or ` +
    `".status.conditions[?(@.type=='Ready')].status"`,
  badHeader: ({ text }) => `a header has a name and a value, as "X-Canary: always", not "${text}"`,
  noPort: ({ port }) => `not a port: ${port}`,
  senderNotRunning: ({ pod }) => `pod ${pod} does not run: no request can come from it`,
  clientTooSlow: ({ asked }) => `a client sends more than 0 requests per second, not ${asked}`,
  openQuote: ({ line }) => `a quote is not closed: ${line}`,
  noFileAmong: ({ path, others }) =>
    `there is no file "${path}"${others.length === 0 ? '' : `; there are ${others.join(', ')}`}`,
  propertyNotHere: () => '"any …" makes a scenario a property, which is not played here',
  noLine: () => 'there is no line to run: the doc string is empty',
  numberTooLarge: ({ most }) =>
    `a number in this step (of a duration: in ms) is larger than ${most}, the largest there may be`,
  ambiguousStep: ({ step, phrases }) => `"${step}" fits more than one phrase: ${phrases.join(' · ')}`,
  withSeed: ({ seed, problem }) => `With seed ${seed}:\n${problem}`,
  historyCut: () => 'claims over the past need the whole history of the run, and only its end was kept',
  missingNamespace: ({ name }) =>
    `there is no namespace "${name}": a step 'namespace "${name}"' makes one, or its manifest`,
  missingAccount: ({ name }) =>
    `there is no service account "${name}" in this namespace: apply its manifest first`,
  missingPriorityClass: ({ name }) => `there is no PriorityClass "${name}": apply its manifest first`,
  noInstant: ({ time, now }) =>
    `"${time}" is no moment of the clock, which shows ${now}: say it in the same way`,
  instantIsOver: ({ time, now }) => `the clock is past ${time}: it shows ${now}`,
  badBehaviour: ({ of, name, problem }) => `${BEHAVES[of] ?? BEHAVES.image} "${name}": ${problem}`,
};
