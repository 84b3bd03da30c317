/** The planted bugs: what each does, and the workloads in which the search is to find it. */
import type { Bug } from '../../sim/planted.ts';
import type { SceneName } from './scenes.ts';

export interface Mutant {
  readonly bug: Bug;
  readonly about: string;
  readonly scene: SceneName;
  /** Kinds that the campaign is limited to, as `--faults` does; absent: all. */
  readonly faults?: readonly string[];
}

const mutant = (bug: Bug, scene: SceneName, about: string, faults?: readonly string[]): Mutant => ({
  bug,
  scene,
  about,
  ...(faults === undefined ? {} : { faults }),
});

/** Evictions, what makes Pods unready, and caches that are behind. */
const EVICTIONS = ['PodEvict', 'NodeDrain', 'WatchLag', 'ProbeFlapping', 'ContainerErrors', 'PodDelete'];
/** Changes, and an API server that refuses some of the calls. */
const REFUSALS = ['ApiServerErrors', 'PodDelete', 'NodeDrain', 'ImageUpdate', 'Scale'];
/** Machines that go and come back, during rollouts or not. */
const OUTAGES = [
  'NodeShutdown',
  'NodeReboot',
  'NodePowerLoss',
  'KubeletRestart',
  'WrongImage',
  'ImageUpdate',
];
/** Containers that go on when they are told to end, and Pods that are to. */
const DEAF = ['ContainerIgnoresSigterm', 'PodDelete', 'PodEvict', 'ImageUpdate', 'NodeDrain'];
/** Nodes that cannot be told, and Pods that are ended meanwhile. */
const PARTITIONS = [
  'NodePartition',
  'PodForceDelete',
  'NodeNetworkLoss',
  'PodDelete',
  'NodeCertificateExpired',
];
/** Rollouts and scaling under late caches. */
const LATE = ['WatchLag', 'Scale', 'ImageUpdate', 'PodDelete', 'ApiServerErrors'];

/** New templates, and what they wait for. */
const ROLLOUTS = ['ImageUpdate', 'WrongImage', 'Rollback', 'ProbeFlapping', 'ContainerSlowStart'];
/** Parts of a control plane, lost and found. */
const PLANE = ['ComponentStop', 'EtcdLeaderLoss', 'NodePowerLoss', 'Scale'];
/** What taints nodes, and Pods that seek a place meanwhile. */
const TAINTS = ['KubeletStop', 'KubeletFreeze', 'NodePowerLoss', 'PodDelete', 'ImageUpdate', 'Scale'];

/** What Pods are configured by, and reasons to begin anew meanwhile. */
const CONFIGURATION = [
  'ConfigMapChanged',
  'ConfigMapDeleted',
  'SecretRotated',
  'SecretDeleted',
  'PodDelete',
  'ContainerCrash',
];
/** Claims that go, Pods that move, and nodes whose disks stay behind. */
const DISKS = [
  'ClaimDelete',
  'Scale',
  'NodeCordon',
  'PodDelete',
  'PodForceDelete',
  'NodePowerLoss',
  'NodeDrain',
];

/** Definitions that go, while the API server answers badly. */
const DEFINITIONS = ['DefinitionDeleted', 'ApiServerErrors', 'WatchLag'];

/** Endpoints that come and go behind an Ingress. */
const INGRESS = ['PodDelete', 'ImageUpdate', 'Scale', 'IngressReloadFails', 'ContainerCrash'];

/** Accounts that go, while the API server answers badly. */
const ACCOUNTS = ['ServiceAccountDeleted', 'ApiServerErrors', 'WatchLag', 'ControllerManagerDown'];
/** Bindings that go while what they allow is asked for. */
const BINDINGS = ['BindingDeleted', 'PodDelete', 'Scale', 'ImageUpdate'];
/** What makes Pods, and what guards that. */
const GUARDS = ['WebhookDown', 'PodDelete', 'Scale', 'ImageUpdate', 'WrongImage'];

/** What makes nodes too few, and too many. */
const NODES = ['Scale', 'NodePowerLoss', 'NodeGroupExhausted', 'ClusterAutoscalerDown', 'PodDelete'];

export const MUTANTS: readonly Mutant[] = [
  mutant('autoscaler-ignores-minimum', 'managed', 'Node groups shrink below their least.', NODES),
  mutant('default-account-forgotten', 'accounts', 'A default account that was deleted stays away.', ACCOUNTS),
  mutant(
    'default-account-not-retried',
    'accounts',
    'The account controller does not try again what failed.',
    ACCOUNTS,
  ),
  mutant(
    'root-certificate-not-retried',
    'cleared',
    'The publisher of the root certificate does not try again what failed.',
    ['ApiServerErrors', 'WatchLag', 'PodDelete'],
  ),
  mutant(
    'api-service-given-up',
    'aggregated',
    'The aggregator asks a server no more that did not answer once.',
    ['AggregatedApiDown', 'PodDelete', 'Scale'],
  ),
  mutant('token-secrets-kept', 'accounts', 'Secrets keep the tokens of accounts that are gone.', ACCOUNTS),
  mutant(
    'unbound-still-allowed',
    'bound',
    'Who was bound to a role may do what it allows when the binding is gone.',
    BINDINGS,
  ),
  mutant(
    'webhook-failure-ignored',
    'guarded',
    'A webhook that cannot be reached is passed over, whatever its failurePolicy is.',
    GUARDS,
  ),
  mutant(
    'pod-security-misses-controllers',
    'guarded',
    'PodSecurity is asked about the Pods of users only.',
    GUARDS,
  ),
  mutant(
    'policy-denies-nothing',
    'guarded',
    'A ValidatingAdmissionPolicy denies nothing, whatever its binding says.',
    GUARDS,
  ),
  mutant(
    'definition-leaves-objects',
    'custom',
    'A CustomResourceDefinition is let go before its objects are gone.',
    DEFINITIONS,
  ),
  mutant(
    'definition-names-kept',
    'custom',
    'Nobody gets the names of a CustomResourceDefinition that is gone.',
    DEFINITIONS,
  ),
  mutant(
    'definition-cleanup-not-retried',
    'custom',
    'The deletion of the objects of a definition is not tried again where it was refused.',
    DEFINITIONS,
  ),
  mutant(
    'expectations-dropped',
    'web',
    'ReplicaSets and DaemonSets do not wait to see their own creations and deletions.',
    LATE,
  ),
  mutant('replicaset-counts-failed', 'web', 'ReplicaSets count Pods that have failed.'),
  mutant('workqueue-drops-retries', 'web', 'A sync that failed is not tried again.', REFUSALS),
  mutant('unavailable-rounded-up', 'web', "A Deployment's maxUnavailable is rounded up."),
  mutant(
    'old-scaled-before-new-ready',
    'careful',
    'Old ReplicaSets are scaled down as if the new one were available.',
    ROLLOUTS,
  ),
  mutant('surge-unbounded', 'careful', 'A new ReplicaSet gets all its replicas at once.'),
  mutant('generation-observed-late', 'web', "A Deployment's status keeps the first generation it observed."),
  mutant('scale-ignored-in-rollout', 'web', 'A Deployment that was scaled does not scale its ReplicaSets.'),
  mutant('stateful-starts-unordered', 'stateful', 'StatefulSets do not wait for lower ordinals.'),
  mutant('stateful-updates-two', 'stateful', "A StatefulSet's update takes two Pods at once."),
  mutant('stateful-ignores-partition', 'partitioned', "A StatefulSet's update goes below its partition."),
  mutant('stateful-deletes-by-force', 'stateful', 'StatefulSets delete Pods without a grace period.'),
  mutant(
    'daemon-expectations-dropped',
    'daemon',
    'A DaemonSet makes a second Pod while the first is not ready.',
  ),
  mutant(
    'budget-counts-terminating',
    'web',
    'Budgets count Pods that are being deleted as healthy.',
    EVICTIONS,
  ),
  mutant('budget-rounded-down', 'web', 'Percentages of budgets are rounded down.'),
  mutant(
    'budget-not-spent',
    'web',
    'An eviction that a budget allows is not taken from what it allows.',
    EVICTIONS,
  ),
  mutant(
    'budget-counts-running',
    'web',
    'Budgets count Pods that run and are not ready as healthy.',
    EVICTIONS,
  ),
  mutant('eviction-ignores-budgets', 'web', 'The eviction API does not ask budgets.'),
  mutant('toleration-seconds-ignored', 'web', 'Taint eviction does not wait for tolerationSeconds.'),
  mutant(
    'taint-eviction-not-cancelled',
    'web',
    'A node that comes back does not save its Pods from eviction.',
  ),
  mutant('taint-left-on-node', 'web', 'The NoExecute taint stays on a node that is Ready again.'),
  mutant(
    'scheduler-forgets-assumed',
    'full',
    'The scheduler forgets Pods it has placed until it sees them bound.',
  ),
  mutant('anti-affinity-not-counted', 'apart', 'Anti-affinity is not asked for.'),
  mutant('taints-ignored', 'web', 'The scheduler ignores taints.', TAINTS),
  mutant('spread-ignored', 'apart', 'The scheduler ignores spread constraints.'),
  mutant('cordon-ignored', 'web', 'The scheduler ignores cordons.'),
  mutant('scheduler-drops-unschedulable', 'full', 'A Pod that found no place is not tried again.'),
  mutant('endpoints-keep-unready', 'web', 'Endpoints of Pods that are not ready stay.'),
  mutant('endpoints-keep-deleted', 'web', 'Endpoints of Pods that are gone stay.'),
  mutant('proxy-stays-stale', 'web', 'A kube-proxy that was stopped routes by what it knew.'),
  mutant(
    'etcd-elects-the-outdated',
    'plane',
    'A member of etcd that lacks what was committed is elected.',
    PLANE,
  ),
  mutant('leader-outlives-its-lease', 'plane', 'A leader goes on that could not renew its Lease.', PLANE),
  mutant(
    'standby-does-not-wait',
    'plane',
    'A candidate takes a Lease whose duration has not run out.',
    PLANE,
  ),
  mutant('kubelet-never-restarts', 'web', 'Containers that exit are not restarted.'),
  mutant('volumes-stay-stale', 'configured', 'Volumes never follow what they are made of.', CONFIGURATION),
  mutant(
    'mounts-not-retried',
    'configured',
    'A volume that could not be had is not tried again.',
    CONFIGURATION,
  ),
  mutant(
    'configuration-not-retried',
    'configured',
    'A container whose variables were missing is not tried again.',
    CONFIGURATION,
  ),
  mutant('sources-read-once', 'configured', 'ConfigMaps and Secrets are read once.', CONFIGURATION),
  mutant('kubelet-forgets-after-reboot', 'stateful', 'Pods are not started again after a reboot.'),
  mutant(
    'kubelet-changes-ended-phase',
    'slow',
    'A Pod that has failed becomes one that has succeeded.',
    OUTAGES,
  ),
  mutant('kubelet-gives-up-delete', 'web', "A Pod's last deletion is not tried again.", REFUSALS),
  mutant('probe-verdict-kept', 'web', 'What a probe found of a container counts for the one after it.', [
    'ContainerHang',
  ]),
  mutant('probes-not-woken', 'web', 'Probes that have settled do not look again when something changes.', [
    'ProbeFlapping',
    'ContainerErrors',
  ]),
  mutant('kill-forgotten', 'web', 'A container that does not heed its signal is not killed.', DEAF),
  mutant('addresses-reused', 'web', 'Addresses are given that are in use.'),
  mutant('garbage-deletes-owned', 'daemon', 'The garbage collector takes some owners for gone.'),
  mutant('podgc-forgets-orphans', 'web', 'Pods of deleted nodes are not collected.'),
  mutant(
    'relist-misses-deletions',
    'web',
    'A list after a broken watch does not tell of deletions.',
    PARTITIONS,
  ),
  mutant('quota-not-enforced', 'limited', 'Quotas refuse nothing.', LATE),
  mutant('limits-not-defaulted', 'limited', 'Limit ranges give containers nothing.', LATE),
  mutant('autoscaler-unbounded', 'autoscaled', 'Autoscalers follow their metrics beyond their bounds.'),
  mutant('autoscaler-ignores-policies', 'autoscaled', 'Autoscalers go to what they want at once.'),
  mutant('job-counts-twice', 'jobs', 'A Job counts each Pod twice.'),
  mutant('job-ignores-parallelism', 'jobs', 'A Job runs one Pod more than it may side by side.'),
  mutant('job-ends-before-pods', 'jobs', 'A Job is over while Pods of it are still ending.'),
  mutant('job-forgets-orphans', 'jobs', 'Pods of Jobs that are over or gone are never let go.'),
  mutant('job-ignores-deadline', 'jobs', 'Jobs go on after activeDeadlineSeconds.'),
  mutant('ttl-ignored', 'jobs', 'Jobs are deleted as soon as they are over.'),
  mutant('cronjob-forbid-overlaps', 'cron', 'A CronJob that forbids it starts a second Job.'),
  mutant('cronjob-ignores-suspend', 'cron', 'A CronJob that is suspended makes Jobs.'),
  mutant('ttl-forgotten', 'jobs', 'Jobs that are over are kept for ever.'),
  mutant('job-ignores-index-limit', 'indexes', 'An index is tried again however often it failed.'),
  mutant('cronjob-replace-overlaps', 'jobs', 'A CronJob that replaces its Job leaves the one before.'),
  mutant(
    'replication-forgets-expectations',
    'replicated',
    'ReplicationControllers do not wait to see their own creations and deletions.',
    LATE,
  ),
  mutant('cronjob-keeps-history', 'cron', 'A CronJob keeps all Jobs that have ended.'),
  mutant('binder-ignores-capacity', 'disks', 'A claim is bound to a volume that is too small.', DISKS),
  mutant('binder-forgets-release', 'disks', 'The volume of a claim that is gone stays bound.', DISKS),
  mutant('claim-goes-in-use', 'disks', 'A claim goes while Pods use it.', DISKS),
  mutant('volume-topology-ignored', 'disks', 'Pods are placed where their volumes are not reached.', DISKS),
  mutant('attach-ignores-access-modes', 'disks', 'A disk is attached to several nodes at once.', DISKS),
  mutant('ephemeral-container-restarted', 'debugged', 'A debug container that has ended is started again.', [
    'ContainerCrash',
    'NodeReboot',
    'KubeletRestart',
  ]),
  mutant('load-balancer-shares-addresses', 'balanced', 'A load balancer gives one address to two Services.'),
  mutant('policy-outlives-its-deletion', 'policed', 'NetworkPolicies are enforced that are gone.', [
    'TrafficDenied',
    'PodDelete',
    'Scale',
  ]),
  mutant(
    'gateway-stays-unprogrammed',
    'gated',
    'A Gateway of which nginx could not read something once is never said to be programmed again.',
    ['GatewayReloadFails', 'PodDelete', 'Scale', 'ImageUpdate'],
  ),
  mutant(
    'gateway-status-not-retried',
    'gated',
    'The status of Gateways and routes is not written again where that was refused.',
    ['ApiServerErrors', 'PodDelete', 'WatchLag'],
  ),
  mutant(
    'ingress-forgets-to-reload',
    'routed',
    'An ingress controller does not reload when rules change.',
    INGRESS,
  ),
  mutant('ingress-misses-endpoints', 'routed', 'An ingress controller does not hear of endpoints.', INGRESS),
  mutant(
    'ingress-forgets-when-limited',
    'routed',
    'An ingress controller forgets what changes sooner than it may sync again.',
    INGRESS,
  ),
  mutant(
    'ingress-status-not-retried',
    'routed',
    'The status of an Ingress is not written again where that was refused.',
    ['ApiServerErrors', 'PodDelete', 'WatchLag'],
  ),
];
