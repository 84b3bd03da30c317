/**
 * Where today's Kubernetes (1.36) does otherwise than the recorded one (1.20), each with the source that says
 * so. Two kinds: words that changed, which are translated before comparing; and behaviour that changed, which
 * excuses the differences it names.
 */
import type { Difference } from './compare/span.ts';
import type { Trace } from './types.ts';

/** Words of the recorded release and of today's. */
export interface Rewording {
  readonly what: string;
  readonly source: string;
  readonly in: 'event message' | 'event source' | 'output';
  readonly from: RegExp;
  readonly to: string;
}

const REWORDINGS: readonly Rewording[] = [
  {
    what: 'the taint manager became a controller of its own',
    source:
      'KEP-3902; pkg/controller/tainteviction/taint_eviction.go (Run: recorder of ' +
      '"taint-eviction-controller")',
    in: 'event source',
    from: /^taint-controller$/,
    to: 'taint-eviction-controller',
  },
  {
    what: 'scaling events name the number before',
    source: 'pkg/controller/deployment/sync.go, scaleReplicaSet: "Scaled %s replica set %s from %d to %d"',
    in: 'event message',
    from: / from \d+ to (\d+)$/,
    to: ' to $1',
  },
  {
    what: "a preempted pod is told the preemptor's UID, not its name",
    source:
      'pkg/scheduler/framework/preemption/preemption.go, prepareCandidate: "Preempted by pod %v on node %v"',
    in: 'event message',
    from: /^Preempted by (?:pod )?\S+ on node/,
    to: 'Preempted by <pod> on node',
  },
  {
    what: 'an unschedulable pod is told what preemption found, too: the first sentence is compared',
    source: 'pkg/scheduler/framework/types.go, FitError.Error; README of the recordings',
    in: 'event message',
    from: /^(\d+\/\d+ nodes are available: [^.]*\.).*$/s,
    to: '$1',
  },
  {
    what: 'an unmet required anti-affinity is told once, no longer after a sum of affinity and anti-affinity',
    source:
      'pkg/scheduler/framework/plugins/interpodaffinity/filtering.go, Filter (1.20 added ' +
      'ErrReasonAffinityNotMatch to each)',
    in: 'event message',
    from: /\d+ node\(s\) didn't match pod affinity\/anti-affinity(?: rules)?, /g,
    to: '',
  },
  {
    what: 'taints that keep a pod off a node are counted together, not taint by taint',
    source: 'pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go, Filter',
    in: 'event message',
    from: / had (?:untolerated taint \{[^}]*\}|taint \{[^}]*\}, that the pod didn't tolerate)/g,
    to: ' had untolerated taint(s)',
  },
  {
    what: 'node selector and node affinity have one sentence',
    source: 'pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go, ErrReasonPod',
    in: 'event message',
    from: / didn't match (?:node selector|Pod's node affinity(?:\/selector)?)/g,
    to: " didn't match Pod's node affinity/selector",
  },
  {
    what: 'a pod bound by name is told of the node name',
    source: 'pkg/scheduler/framework/plugins/nodename/node_name.go, ErrReason',
    in: 'event message',
    from: / didn't match the requested hostname/g,
    to: " didn't match the requested node name",
  },
  {
    what: 'drain names the namespace of pods it cannot evict',
    source: 'staging/src/k8s.io/kubectl/pkg/drain/drain.go, evictPods',
    in: 'output',
    from: /error when (evicting|deleting) pods?(?: |\/)"([^"]+)"(?: -n "[^"]+")?/g,
    to: 'error when $1 pod "$2"',
  },
  {
    what: 'warnings begin with a capital',
    source: 'staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go, DeleteResult',
    in: 'output',
    from: /^warning: /gm,
    to: 'Warning: ',
  },
  {
    what: 'nodes tell the release they run',
    source: 'the recordings: v1.20.2',
    in: 'output',
    from: /\bv1\.\d+\.\d+(?:[-+][\w.]+)?/g,
    to: '<version>',
  },
  {
    what: 'drain ends in "drained"',
    source: 'staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go, RunDrain: printObj for "drained"',
    in: 'output',
    from: /^node\/(\S+) evicted$/gm,
    to: 'node/$1 drained',
  },
  {
    what: 'drain names the error where it goes on, and lists it without "error:" in the end',
    source: 'staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go, RunDrain',
    in: 'output',
    from: /^error: unable to drain node "(\S+)"(?:, aborting command| due to error: .*, continuing command)\.\.\.$/gm,
    to: 'error: unable to drain node "$1"',
  },
  {
    what: 'as above',
    source: 'as above',
    in: 'output',
    from: /^error: (cannot delete |error when evicting|global timeout reached)/gm,
    to: '$1',
  },
  {
    what: 'warnings of drain are no longer written in capitals',
    source:
      'staging/src/k8s.io/kubectl/pkg/drain/filters.go, PodDeleteList.Warnings; cmd/drain/drain.go, ' +
      'deleteOrEvictPodsSimple',
    in: 'output',
    from: /^WARNING: /gm,
    to: 'Warning: ',
  },
  {
    what: 'delete names the namespace',
    source: 'staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go, PrintObj',
    in: 'output',
    from: /^(\S+ "\S+" (?:force )?deleted) from \S+ namespace$/gm,
    to: '$1',
  },
  {
    what: 'label without a value says "unlabeled"',
    source: 'staging/src/k8s.io/kubectl/pkg/cmd/label/label.go, updateDataChangeMsg: MsgUnLabeled',
    in: 'output',
    from: /^(\S+) unlabeled$/gm,
    to: '$1 labeled',
  },
  {
    what: 'rollout undo warns of what apply has managed',
    source: 'staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_undo.go, RunUndo',
    in: 'output',
    from: /^Warning: resource \S+ was previously managed with 'kubectl apply'.*\n/gm,
    to: '',
  },
  {
    what: 'Endpoints are deprecated, which the API server says',
    source:
      'KEP-4974; pkg/registry/core/endpoint/strategy.go, WarningsOnCreate, and the v1 deprecation warning',
    in: 'output',
    from: /^Warning: v1 Endpoints is deprecated.*\n/gm,
    to: '',
  },
  {
    what:
      'the recorded clusters had no Endpoints of the service kubernetes: they were emptied between ' +
      'scenarios',
    source: 'the recordings: `get endpoints`',
    in: 'output',
    from: /^(?:endpoints\/)?kubernetes +[\d.]+:\d+ +\S+\n/gm,
    to: '',
  },
  {
    what: 'describe tells of node selectors and tolerations of pod templates',
    source: 'staging/src/k8s.io/kubectl/pkg/describe/describe.go, DescribePodTemplate',
    in: 'output',
    from: /^ +(?:Node-Selectors|Tolerations): +<none>\n/gm,
    to: '',
  },
  {
    what: 'scaling events name the number before, in describe as well',
    source: 'pkg/controller/deployment/sync.go, scaleReplicaSet',
    in: 'output',
    from: /(Scaled (?:up|down) replica set \S+) from \d+ to (\d+)/g,
    to: '$1 to $2',
  },
  {
    what: 'an unknown kind is told otherwise',
    source: 'staging/src/k8s.io/cli-runtime/pkg/resource/mapper.go, infoForData',
    in: 'output',
    from: /^error: resource mapping not found for name: "[^"]*" namespace: "[^"]*" from ("[^"]*"): (no matches .*)\nensure CRDs are installed first$/gm,
    to: 'error: unable to recognize $1: $2',
  },
  {
    what: 'drain says of pods without a controller what they lack, not who might have made them',
    source: 'staging/src/k8s.io/kubectl/pkg/drain/filters.go, unmanagedFatal and unmanagedWarning',
    in: 'output',
    from: /Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet/g,
    to: 'Pods that declare no controller',
  },
  {
    what: 'warnings of drain stand in one line in the order of a map, which is chance in either release',
    source: 'staging/src/k8s.io/kubectl/pkg/drain/filters.go, PodDeleteList.Warnings',
    in: 'output',
    from: /; (?=(?:ignoring|deleting) (?:\S+ )?Pods\b)/g,
    to: '\nWarning: ',
  },
  {
    what: 'requests beyond the limit are told the limit',
    source: 'pkg/apis/core/validation/validation.go, ValidateResourceRequirements',
    in: 'output',
    from: /(must be less than or equal to \S+ limit) of \S+/g,
    to: '$1',
  },
  {
    what: 'values that are no plain text or number are printed as JSON, not in the syntax of Go',
    source: 'staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go, ErrorBody (1.20: %#v)',
    in: 'output',
    from: /Invalid value: (?:[\w.*[\]]*\{.*?\}|\[.*?\]): /g,
    to: 'Invalid value: <object>: ',
  },
  {
    what: 'more fields of StatefulSets may be changed, and are listed',
    source: 'pkg/apis/apps/validation/validation.go, ValidateStatefulSetUpdate',
    in: 'output',
    from: /(updates to statefulset spec for fields other than) '.*' are forbidden/g,
    to: '$1 <fields> are forbidden',
  },
  ...(['output', 'event message'] as const).flatMap((where) => [
    {
      what: 'a quota that wants requests or limits names the containers without',
      source: 'kubernetes/kubernetes#107210; pkg/quota/v1/evaluator/core/pods.go, Constraints',
      in: where,
      from: /(?<=must specify .*) for: [\w.,-]+/g,
      to: '',
    },
    { what: 'as above', source: 'as above', in: where, from: /(?<=must specify .*); /g, to: ',' },
  ]),
  {
    what: 'quotas show their age last',
    source: 'pkg/printers/internalversion/printers.go, resourceQuotaColumnDefinitions',
    in: 'output',
    from: /^(\S+(?: +\S+)??) +(AGE|(?:\d+[smhdy])+) +(REQUEST +LIMIT|(?:[\w./-]+: [\w.]+\/[\w.]+(?:, | +|$))+)$/gm,
    to: '$1 $3 $2',
  },
  {
    what: 'restarts are told with when the last one was',
    source: 'pkg/printers/internalversion/printers.go, printPod',
    in: 'output',
    from: /(?<=\d) \((?:\d+[smhdy])+ ago\)/g,
    to: '',
  },
  {
    what: 'describe tells of the address families and the internal traffic policy of a service',
    source: 'staging/src/k8s.io/kubectl/pkg/describe/describe.go, describeService',
    in: 'output',
    from: /^(?:IP Family Policy|IP Families|Internal Traffic Policy): .*\n/gm,
    to: '',
  },
  {
    what: 'our own line under an error, which says where in the manifest it stands',
    source: 'src/kubectl/manifests.ts; kubectl names no lines',
    in: 'output',
    from: /^[ \t]*STDIN:\d+:\d+: .*\n?/gm,
    to: '',
  },
];

function reword(kind: Rewording['in'], text: string): string {
  let out = text;
  for (const r of REWORDINGS) if (r.in === kind) out = out.replace(r.from, r.to);
  return out;
}

export const todaysSource = (source: string): string => reword('event source', source);
export const todaysMessage = (message: string): string => reword('event message', message);
export const todaysOutput = (output: string): string => reword('output', output);

/** What an excuse may look at beside the difference itself. */
export interface Context {
  readonly scenario: string;
  readonly recorded: readonly Trace[];
  readonly simulated: Trace;
}

/** Behaviour that changed between the releases. */
export interface KnownDifference {
  readonly rule: number;
  readonly why: string;
  readonly source: string;
  /** Whether it explains this difference. */
  explains(difference: Difference, context: Context): boolean;
}

const text = (value: unknown): string => JSON.stringify(value) ?? '';

/** The recorded kubelets' status managers looked for pods to delete this often. */
const CLEANUP_PERIOD_S = 10;

const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    rule: 7,
    why:
      'kubelets deleted ended pods at the next tick of 10 s, so that the tick a pod just met or missed is ' +
      'chance; today they delete it at once. ' +
      'Replays tick as the recorded kubelets did, and may be a tick apart',
    source:
      'pkg/kubelet/status/status_manager.go of 1.20, syncPeriod and canBeDeleted; since 1.22 ' +
      'pkg/kubelet/pod_workers.go, completeTerminated',
    explains: ({ what, recorded, simulated }) =>
      /: pod gone/.test(what) &&
      typeof simulated === 'number' &&
      recorded.some((t) => Math.abs(simulated - (t as number)) <= CLEANUP_PERIOD_S + 1),
  },
  {
    rule: 6,
    why:
      'kubectl no longer validates against a schema it has fetched: the server does, field by field, and ' +
      'says so in its own words',
    source: 'KEP-2885 (server-side field validation); staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go',
    explains: ({ what, recorded, simulated }) =>
      what.includes('(apply) output') &&
      text(recorded).includes('error validating data: ValidationError') &&
      /is invalid|strict decoding error|cannot be handled as/.test(text(simulated)),
  },
  {
    rule: 6,
    why: 'the server decodes JSON by another library, whose errors read otherwise',
    source:
      'KEP-2885; staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go (sigs.k8s.io/json in ' +
      'place of json-iterator since 1.23)',
    explains: ({ what, recorded, simulated }) =>
      what.includes('output') &&
      text(recorded).includes('cannot be handled as a') &&
      text(simulated).includes('cannot be handled as a'),
  },
];

export const isKnown = (
  rule: number,
  difference: Difference,
  context: Context,
): KnownDifference | undefined =>
  KNOWN_DIFFERENCES.find((k) => k.rule === rule && k.explains(difference, context));
