/** What a user got wrong, in English. */
import type { SlipMessages } from './slips.ts';

export const SLIPS_EN: { readonly [K in keyof SlipMessages]: (args: SlipMessages[K]) => string } = {
  settingDuration: ({ name, value }) => `cluster setting "${name}" is a duration such as 40s, not "${value}"`,
  settingBoolean: ({ name, value }) => `cluster setting "${name}" is true or false, not "${value}"`,
  settingBounds: ({ name, least, most, value }) =>
    `cluster setting "${name}" is from ${least} to ${most}, not "${value}"`,
  settingRange: ({ name, value }) => `cluster setting "${name}": ${value} ends before it begins`,
  settingPool: ({ name, value }) =>
    `cluster setting "${name}" is a range or a block of IPv4 addresses, as 172.18.255.200-172.18.255.250 or ` +
    `192.0.2.0/28, not "${value}"`,
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
    `a ${kind} has no progress deadline, so its status never says that a rollout is stuck: ask whether it is ` +
    'progressing, at a time when it should be complete',
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
};
