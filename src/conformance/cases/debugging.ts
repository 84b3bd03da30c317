/** What `kubectl debug` writes: a container more in a Pod, a copy of it, a Pod on a node. */
import { runKubectl } from '../../kubectl/run.ts';
import { debugCopy, type DebugOptions, nodeDebugPod, withDebugContainer } from '../../kubectl/debug/pods.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import { Cluster } from '../../sim/cluster.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const PODS = BUILT_IN.get('Pod');
const OPTIONS: DebugOptions = {
  image: 'busybox', container: '', target: '', pullPolicy: 'IfNotPresent', command: [], argumentsOnly: false, env: [], stdin: false, tty: false, profile: 'legacy',
  kept: { labels: false, annotations: false, liveness: false, readiness: false, startup: false, initContainers: true },
  custom: undefined, copyTo: 'debugger', sameNode: false, shareProcesses: undefined, images: {},
};

/** `debugger-1`, `debugger-2`, … */
function counted(): () => string {
  let n = 0;
  return () => `debugger-${(n += 1)}`;
}

const target = (spec: object = {}, metadata: object = {}): Pod =>
  ({ metadata: { name: 'target', ...metadata }, spec: { containers: [{ name: 'app', image: 'app-image' }], ...spec }, status: {} }) as never;

type Row = readonly [name: string, options: Partial<DebugOptions>, pod: Pod, expected: object];
const ADDED = { name: 'debugger-1', image: 'busybox', imagePullPolicy: 'IfNotPresent', terminationMessagePolicy: 'File' };
const RESTRICTED = { runAsNonRoot: true, capabilities: { drop: ['ALL'] }, allowPrivilegeEscalation: false, seccompProfile: { type: 'RuntimeDefault' } };
const PTRACE = { securityContext: { capabilities: { add: ['SYS_PTRACE'] } } };
const NETADMIN = { securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } } };
const ephemeral = (name: string): object => ({ ephemeralContainers: [{ name }] });

const BESIDE: readonly Row[] = [
  ['minimum fields', {}, target(), ADDED],
  ['namespace targeting', { target: 'myapp' }, target(), { ...ADDED, targetContainerName: 'myapp' }],
  ['words as command', { command: ['echo', 'one'], container: 'debugger' }, target(), { ...ADDED, name: 'debugger', command: ['echo', 'one'] }],
  ['words as arguments', { command: ['echo', 'one'], argumentsOnly: true, container: 'debugger' }, target(), { ...ADDED, name: 'debugger', args: ['echo', 'one'] }],
  ['a name that is free', {}, target({ containers: [{ name: 'debugger-1' }] }), { ...ADDED, name: 'debugger-2' }],
  ['a name that no init container has', {}, target({ initContainers: [{ name: 'debugger-1' }] }), { ...ADDED, name: 'debugger-2' }],
  ['a name that no ephemeral container has', {}, target(ephemeral('debugger-1')), { ...ADDED, name: 'debugger-2' }],
  ['a terminal', { stdin: true, tty: true }, target(), { ...ADDED, stdin: true, tty: true }],
  ['variables', { env: [{ name: 'TEST', value: 'test' }] }, target(), { ...ADDED, env: [{ name: 'TEST', value: 'test' }] }],
  ['profile general', { profile: 'general' }, target(), { ...ADDED, ...PTRACE }],
  ['profile baseline', { profile: 'baseline' }, target(), ADDED],
  ['profile restricted', { profile: 'restricted' }, target(), { ...ADDED, securityContext: RESTRICTED }],
  ['profile netadmin', { profile: 'netadmin' }, target(), { ...ADDED, ...NETADMIN }],
  ['profile sysadmin', { profile: 'sysadmin' }, target(), { ...ADDED, securityContext: { privileged: true } }],
  ['a part of one’s own', { profile: 'general', custom: { env: [{ name: 'A', value: 'b' }], imagePullPolicy: 'Never' } }, target(), { ...ADDED, ...PTRACE, imagePullPolicy: 'Never', env: [{ name: 'A', value: 'b' }] }],
];

const lively = { name: 'app', image: 'app-image', livenessProbe: {}, readinessProbe: {}, startupProbe: {} };
const SIDE = { name: 'sidecar', image: 'sidecar-image' };
const APP = { name: 'app', image: 'app-image' };
/** What is looked at of a copy: its metadata, and what of its spec is given. */
const COPIES: readonly Row[] = [
  ['another image for a container', { container: 'app' }, target({ nodeName: 'n' }), { containers: [{ ...APP, image: 'busybox', imagePullPolicy: 'IfNotPresent' }] }],
  ['on the same node', { container: 'app', sameNode: true }, target({ nodeName: 'n' }), { containers: [{ ...APP, image: 'busybox', imagePullPolicy: 'IfNotPresent' }], nodeName: 'n' }],
  ['a container more', {}, target(), { containers: [APP, ADDED] }],
  ['a container more of a given name', { container: 'dbg' }, target(), { containers: [APP, { ...ADDED, name: 'dbg' }] }],
  ['a name that is free', {}, target({ containers: [{ name: 'debugger-1' }] }), { containers: [{ name: 'debugger-1' }, { ...ADDED, name: 'debugger-2' }] }],
  ['words as command', { command: ['echo'] }, target(), { containers: [APP, { ...ADDED, command: ['echo'] }] }],
  ['words as arguments', { command: ['echo'], argumentsOnly: true }, target(), { containers: [APP, { ...ADDED, args: ['echo'] }] }],
  ['another command in place of words it had', { image: '', pullPolicy: '', container: 'app', command: ['sleep', '1d'] }, target({ containers: [{ ...APP, command: ['a'], args: ['b'] }] }),
    { containers: [{ ...APP, command: ['sleep', '1d'] }] }],
  ['without its ephemeral containers', {}, target(ephemeral('old')), { containers: [APP, ADDED] }],
  ['process namespace as it is told', { shareProcesses: false }, target(), { containers: [APP, ADDED], shareProcessNamespace: false }],
  ['images by name', { image: '', images: { app: 'app:2' } }, target({ containers: [APP, SIDE] }), { containers: [{ ...APP, image: 'app:2' }, SIDE] }],
  ['all images', { image: '', images: { '*': 'busybox' } }, target({ containers: [APP, SIDE] }), { containers: [{ ...APP, image: 'busybox' }, { ...SIDE, image: 'busybox' }] }],
  ['an image by name before all others', { image: '', images: { '*': 'busybox', app: 'app:2' } }, target({ containers: [APP, SIDE] }), { containers: [{ ...APP, image: 'app:2' }, { ...SIDE, image: 'busybox' }] }],
  ['images and a container more', { images: { app: 'app:2' } }, target({ containers: [APP, SIDE] }), { containers: [{ ...APP, image: 'app:2' }, SIDE, ADDED] }],
  ['probes go', { profile: 'general' }, target({ containers: [lively] }), { containers: [APP, { ...ADDED, ...PTRACE }], shareProcessNamespace: true }],
  ['probes that are kept', { profile: 'general', kept: { ...OPTIONS.kept, liveness: true, startup: true } }, target({ containers: [lively] }),
    { containers: [{ ...APP, livenessProbe: {}, startupProbe: {} }, { ...ADDED, ...PTRACE }], shareProcessNamespace: true }],
  ['init containers go', { profile: 'general', kept: { ...OPTIONS.kept, initContainers: false } }, target({ initContainers: [{ name: 'i' }] }),
    { containers: [APP, { ...ADDED, ...PTRACE }], shareProcessNamespace: true }],
  ['profile baseline', { profile: 'baseline' }, target(), { containers: [APP, ADDED], shareProcessNamespace: true }],
  ['profile baseline, processes not shared', { profile: 'baseline', shareProcesses: false }, target(), { containers: [APP, ADDED], shareProcessNamespace: false }],
  ['profile restricted', { profile: 'restricted' }, target(), { containers: [APP, { ...ADDED, securityContext: RESTRICTED }], shareProcessNamespace: true }],
  ['profile netadmin', { profile: 'netadmin' }, target(), { containers: [APP, { ...ADDED, ...NETADMIN }], shareProcessNamespace: true }],
];
const WITH_METADATA: readonly [string, Partial<DebugOptions>, object][] = [
  ['labels and annotations go', { profile: 'general' }, { name: 'debugger' }],
  ['labels that are kept', { profile: 'general', kept: { ...OPTIONS.kept, labels: true } }, { name: 'debugger', labels: { app: 'business' } }],
  ['annotations that are kept', { profile: 'general', kept: { ...OPTIONS.kept, annotations: true } }, { name: 'debugger', annotations: { test: 'test' } }],
];

const HOST = { hostNetwork: true, hostPID: true, hostIPC: true };
const ROOT = { volumes: [{ name: 'host-root', hostPath: { path: '/' } }] };
const MOUNT = { volumeMounts: [{ mountPath: '/host', name: 'host-root' }] };
const NODES: readonly [string, Partial<DebugOptions>, object, object][] = [
  ['legacy', {}, { ...HOST, ...ROOT }, MOUNT],
  ['words as command', { command: ['echo'], container: 'custom' }, { ...HOST, ...ROOT }, { ...MOUNT, name: 'custom', command: ['echo'] }],
  ['words as arguments', { command: ['echo'], argumentsOnly: true }, { ...HOST, ...ROOT }, { ...MOUNT, args: ['echo'] }],
  ['general', { profile: 'general' }, { ...HOST, ...ROOT }, MOUNT],
  ['baseline', { profile: 'baseline' }, {}, {}],
  ['restricted', { profile: 'restricted' }, {}, { securityContext: RESTRICTED }],
  ['netadmin', { profile: 'netadmin' }, HOST, NETADMIN],
  ['sysadmin', { profile: 'sysadmin' }, { ...HOST, ...ROOT }, { ...MOUNT, securityContext: { privileged: true } }],
];

/** Command lines that are refused, and why. */
const REFUSED: readonly [string, string][] = [
  ['debug', 'you must specify --image when not using --copy-to.'],
  ['debug --image=busybox', 'NAME or filename is required for debug'],
  ['debug --image=busybox --env=foo p', 'must be formatted as key=value'],
  ['debug --image=image:label@deadbeef p', 'invalid image name "image:label@deadbeef": invalid reference format'],
  ['debug --image=busybox --image-pull-policy=whenever-you-feel-like-it p', 'invalid image pull policy: whenever-you-feel-like-it'],
  ['debug -t --image=busybox p', '-i/--stdin is required for containers with -t/--tty=true'],
  ['debug p -it', 'you must specify --image when not using --copy-to.'],
  ['debug p --image=busybox --replace', '--replace may only be used with --copy-to.'],
  ['debug p --image=busybox --same-node', '--same-node may only be used with --copy-to.'],
  ['debug p --image=busybox --set-image=*=busybox', '--set-image may only be used with --copy-to.'],
  ['debug p --copy-to=d', 'you must specify --image, --set-image or command arguments.'],
  ['debug p --copy-to=d -- sleep 1d', 'you must specify an existing container or a new image when specifying args.'],
  ['debug p --image=busybox --copy-to=d --target=c', '--target is incompatible with --copy-to. Use --share-processes instead.'],
  ['debug p --copy-to=d --set-image=*=SUPERGOODIMAGE#1!!!!', 'invalid image name "SUPERGOODIMAGE#1!!!!" for container "*": invalid reference format'],
  ['debug p --attach', 'you must specify --container or create a new container using --image in order to attach.'],
  ['debug p --image=busybox --profile=strange', 'unknown profile: strange'],
  ['debug service/kubernetes --image=busybox', '"v1, Kind=Service" not supported by debug'],
  ['debug node/node-1 --image=busybox --replace', '--replace may only be used with --copy-to.'],
];

function said(line: string): string {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const { code, stderr } = runKubectl(cluster, line.split(' '), { readFile: () => '' });
  return `${code} ${stderr}`;
}

/** Undefined members count as absent. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const cases: ConformanceCase[] = [
  ...BESIDE.map(([name, options, pod, expected]) => ({
    name: `beside: ${name}`, run: () => plain(withDebugContainer(PODS, pod, { ...OPTIONS, ...options }, counted()).pod.spec.ephemeralContainers!.at(-1)), expected,
  })),
  ...COPIES.map(([name, options, pod, expected]) => ({
    name: `copy: ${name}`, run: () => plain(debugCopy(PODS, pod, { ...OPTIONS, ...options }, counted()).pod.spec), expected,
  })),
  ...WITH_METADATA.map(([name, options, expected]) => ({
    name: `copy: ${name}`,
    run: () => plain(debugCopy(PODS, target({}, { labels: { app: 'business' }, annotations: { test: 'test' } }), { ...OPTIONS, ...options }, counted()).pod.metadata),
    expected,
  })),
  ...NODES.map(([name, options, spec, container]) => ({
    name: `node: ${name}`,
    run: () => plain(nodeDebugPod(PODS, 'node-XXX', 'default', 'node-debugger-node-XXX-1', { ...OPTIONS, ...options }).pod.spec),
    expected: {
      containers: [{ ...ADDED, name: 'debugger', ...container }], nodeName: 'node-XXX', restartPolicy: 'Never', tolerations: [{ operator: 'Exists' }], ...spec,
    },
  })),
  ...REFUSED.map(([line, why]) => ({ name: line, run: () => said(line).includes(why) || said(line), expected: true })),
];

export const debuggingCases: CaseArea = { area: 'kubectl debug', source: 'staging/src/k8s.io/kubectl/pkg/cmd/debug/debug_test.go', cases };
