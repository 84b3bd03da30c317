/**
 * RuntimeClass and NodeRestriction, as far as simulated. The tests and files of upstream's that these come from
 * were read beside them; the plugins' set-up (listers, feature gates) cannot be here.
 */
import { nodeRestriction } from '../../sim/api/admission/noderestriction.ts';
import { runtimeClass } from '../../sim/api/admission/runtimeclass.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../sim/api/admission/types.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject, Pod, ResourceName } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Fields = Record<string, unknown>;

/** The object as a plugin leaves it, or what it refuses it with. */
function outcome(plugin: AdmissionPlugin, more: Partial<AdmissionRequest>, stored: readonly KubeObject[] = []): KubeObject | string {
  const find = (resource: ResourceName, _: string, name: string): KubeObject | undefined =>
    stored.find((o) => o.kind === BUILT_IN.get(resource).kind && o.metadata.name === name);
  const request = {
    operation: 'CREATE', definition: BUILT_IN.get('Pod'), namespace: 'test', name: 'p', object: undefined, old: undefined, subresource: '', user: 'u', config: DEFAULT_CONFIG, view: { find }, ...more,
  } as unknown as AdmissionRequest;
  try {
    const next = request.object === undefined ? undefined : plugin.mutate?.(request.object, request);
    if (request.object === undefined) plugin.mutateDelete?.(request);
    plugin.validate?.(next, request);
    return next ?? '';
  } catch (error) {
    return (error as Error).message;
  }
}

const made = (kind: string, metadata: Fields, rest: Fields): KubeObject => ({ apiVersion: 'v1', kind, metadata, ...rest }) as unknown as KubeObject;
const pod = (spec: Fields, metadata: Fields = {}): KubeObject => made('Pod', { name: 'p', namespace: 'test', ...metadata }, { spec: { containers: [], ...spec } });
const classOf = (rest: Fields): KubeObject => made('RuntimeClass', { name: 'foo' }, { handler: 'bar', ...rest });

const SMALL = { cpu: '100m', memory: '1' };
const LARGE = { cpu: '10', memory: '10G' };
const refusedPod = (why: string): string => `pods "p" is forbidden: ${why}`;
const MISMATCH = refusedPod("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
const overhead = (name: string, podFixed: Fields | undefined, own: Fields | undefined, expected: unknown, named = true): ConformanceCase => ({
  name,
  run: () => {
    const after = outcome(runtimeClass, { object: pod({ ...(named ? { runtimeClassName: 'foo' } : {}), ...(own ? { overhead: own } : {}) }) }, [classOf(podFixed ? { overhead: { podFixed } } : {})]);
    return typeof after === 'string' ? after : ((after as Pod).spec.overhead ?? null);
  },
  expected,
});

export const runtimeOverheadCases: CaseArea = {
  area: 'overhead by RuntimeClass', source: 'plugin/pkg/admission/runtimeclass/admission_test.go (TestSetOverhead, TestValidate)',
  cases: [
    overhead('none of its own', SMALL, undefined, SMALL), overhead('another of its own', LARGE, SMALL, MISMATCH), overhead('the same of its own', SMALL, SMALL, SMALL),
    overhead('its own, and the class says none', undefined, SMALL, refusedPod('pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead')),
    overhead('its own, and it names no class', undefined, SMALL, refusedPod('pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead'), false),
  ],
};

const equal = (key: string, value: string): Fields => ({ key, operator: 'Equal', value, effect: 'NoSchedule' });
const placed = (name: string, scheduling: Fields | undefined, own: Fields, expected: unknown): ConformanceCase => ({
  name,
  run: () => {
    const after = outcome(runtimeClass, { object: pod({ runtimeClassName: 'foo', ...own }) }, [classOf(scheduling ? { scheduling } : {})]);
    return typeof after === 'string' ? after : [(after as Pod).spec.nodeSelector ?? null, (after as Pod).spec.tolerations ?? null];
  },
  expected,
});
const BAR = { foo: 'bar' };

export const runtimeSchedulingCases: CaseArea = {
  area: 'places by RuntimeClass', source: 'plugin/pkg/admission/runtimeclass/admission_test.go (TestSetScheduling, TestAdmit)',
  cases: [
    placed('the class says none', undefined, { nodeSelector: BAR, tolerations: [] }, [BAR, []]),
    placed('another value', { nodeSelector: { foo: 'conflict' } }, { nodeSelector: BAR }, refusedPod('conflict: runtimeClass.scheduling.nodeSelector[foo] = conflict; pod.spec.nodeSelector[foo] = bar')),
    placed('the Pod says none', { nodeSelector: BAR }, {}, [BAR, null]), placed('the same', { nodeSelector: BAR }, { nodeSelector: BAR }, [BAR, null]),
    placed('more', { nodeSelector: { foo: 'bar', fizz: 'buzz' } }, { nodeSelector: BAR }, [{ foo: 'bar', fizz: 'buzz' }, null]),
    placed('several tolerations', { tolerations: [equal('foo', 'bar'), equal('fizz', 'buzz')] }, { nodeSelector: BAR, tolerations: [equal('foo', 'bar')] }, [BAR, [equal('foo', 'bar'), equal('fizz', 'buzz')]]),
    { name: 'there is no such class', run: () => outcome(runtimeClass, { object: pod({ runtimeClassName: 'runtimeClassName' }) }), expected: refusedPod('pod rejected: RuntimeClass "runtimeClassName" not found') },
    { name: 'there is one', run: () => typeof outcome(runtimeClass, { object: pod({ runtimeClassName: 'foo' }) }, [classOf({})]), expected: 'object' },
  ],
};

const NODE = made('Node', { name: 'mynode', uid: 'uid-1' }, { spec: {} });
const BY = { actor: 'user', user: 'system:node:mynode', groups: ['system:nodes', 'system:authenticated'], cause: 0 };
/** What the node `mynode` is told; '' where it may. */
const asked = (name: string, more: Partial<AdmissionRequest>, why: string, what = 'pods "p"', by: AdmissionRequest['by'] = BY): ConformanceCase => ({
  name,
  run: () => {
    const after = outcome(nodeRestriction, { by: by!, user: by!.user, ...more }, [NODE, pod({ nodeName: 'mynode' })]);
    return typeof after === 'string' ? after : '';
  },
  expected: why === '' ? '' : `${what} is forbidden: ${why}`,
});
const OWNER = { apiVersion: 'v1', kind: 'Node', name: 'mynode', uid: 'uid-1', controller: true };
const mirror = (spec: Fields = {}, ownerReferences: readonly Fields[] = [OWNER]): KubeObject =>
  pod({ nodeName: 'mynode', ...spec }, { annotations: { 'kubernetes.io/config.mirror': 'x' }, ...(ownerReferences.length > 0 ? { ownerReferences } : {}) });
const creates = (name: string, object: KubeObject, why: string): ConformanceCase => asked(`creates ${name}`, { object }, why);
const can = (what: string): string => `node "mynode" can only create pods with ${what}`;
const refers = (what: string): string => `node "mynode" can not create pods that reference ${what}`;
const [ours, others] = [pod({ nodeName: 'mynode' }), pod({ nodeName: 'othernode' })];
const removal = { operation: 'DELETE', object: undefined } as const;
const status = { operation: 'UPDATE', subresource: 'status' } as const;
const node = (labels: Fields, taints?: readonly Fields[], name = 'mynode'): KubeObject => made('Node', { name, labels }, { spec: taints ? { taints } : {} });
const ofNode = { definition: BUILT_IN.get('Node'), namespace: '', name: 'mynode' };
const updates = (name: string, object: KubeObject, old: KubeObject, why: string): ConformanceCase => asked(`updates ${name}`, { ...ofNode, operation: 'UPDATE', object, old }, why, 'nodes "mynode"');
const lease = { definition: BUILT_IN.get('Lease'), namespace: 'kube-node-lease', name: 'mynode', object: made('Lease', { name: 'mynode' }, {}) };
const csi = { definition: BUILT_IN.get('CSINode'), namespace: '', name: 'mynode', object: made('CSINode', { name: 'mynode' }, {}) };
const claim = { definition: BUILT_IN.get('PersistentVolumeClaim'), name: 'c', operation: 'UPDATE' as const, object: made('PersistentVolumeClaim', { name: 'c' }, {}) };

export const nodeRestrictionCases: CaseArea = {
  area: 'what a node may write', source: 'plugin/pkg/admission/noderestriction/admission.go (admitPod, admitPodCreate, admitPodStatus, admitPodEviction, admitNode, getForbiddenLabels, admitLease, admitCSINode)',
  cases: [
    creates('a mirror', mirror(), ''), creates('another Pod', ours, 'pod does not have "kubernetes.io/config.mirror" annotation, node "mynode" can only create mirror pods'),
    creates('a mirror elsewhere', mirror({ nodeName: 'othernode' }), can('spec.nodeName set to itself')), creates('a mirror without an owner', mirror({}, []), can('an owner reference set to itself')),
    creates('a mirror with two owners', mirror({}, [OWNER, OWNER]), can('a single owner reference set to itself')), creates('a mirror of another owner', mirror({}, [{ ...OWNER, kind: 'Pod' }]), can('an owner reference set to itself')),
    creates('a mirror that nobody controls', mirror({}, [{ ...OWNER, controller: false }]), can('a controller owner reference set to itself')),
    creates('a mirror that holds up its owner', mirror({}, [{ ...OWNER, blockOwnerDeletion: true }]), 'node "mynode" must not set blockOwnerDeletion on an owner reference'),
    creates('a mirror of another node of its name', mirror({}, [{ ...OWNER, uid: 'other' }]), 'node mynode UID mismatch: expected other got uid-1'),
    creates('a mirror with an account', mirror({ serviceAccountName: 'foo' }), refers('a service account')), creates('a mirror with a secret', mirror({ volumes: [{ name: 'v', secret: { secretName: 'foo' } }] }), refers('secrets')),
    creates('a mirror with a ConfigMap', mirror({ volumes: [{ name: 'v', configMap: { name: 'foo' } }] }), refers('configmaps')), creates('a mirror with a claim', mirror({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'foo' } }] }), refers('persistentvolumeclaims')),
    asked('deletes its Pod', { ...removal, old: ours }, ''), asked("deletes another's", { ...removal, old: others }, 'node "mynode" can only delete pods with spec.nodeName set to itself'),
    asked('updates a Pod', { operation: 'UPDATE', object: ours, old: ours }, 'unexpected operation "UPDATE", node "mynode" can only create and delete mirror pods'),
    asked('says how its Pod is', { ...status, object: ours, old: ours }, ''), asked("says how another's is", { ...status, object: others, old: others }, 'node "mynode" can only update pod status for pods with spec.nodeName set to itself'),
    asked('labels its Pod by its status', { ...status, object: pod({ nodeName: 'mynode' }, { labels: { a: 'b' } }), old: ours }, 'node "mynode" cannot update labels through pod status'),
    asked('evicts its Pod', { subresource: 'eviction', object: made('Eviction', { name: 'p' }, {}) }, ''),
    asked('binds a Pod', { subresource: 'binding', object: made('Binding', { name: 'p' }, {}) }, `unexpected pod subresource "binding", only 'status' and 'eviction' are allowed`),
    asked('registers', { ...ofNode, object: node({ 'kubernetes.io/hostname': 'mynode', 'example.com/a': 'b' }) }, ''),
    asked('registers with a label that is not its own', { ...ofNode, object: node({ 'foo.node-restriction.kubernetes.io/a': 'b', 'node-role.kubernetes.io/master': '' }) },
      'node "mynode" is not allowed to set the following labels: foo.node-restriction.kubernetes.io/a, node-role.kubernetes.io/master', 'nodes "mynode"'),
    asked('changes another node', { ...ofNode, name: 'othernode', operation: 'UPDATE', object: node({}), old: node({}) }, 'node "mynode" is not allowed to modify node "othernode"', 'nodes "othernode"'),
    updates('its taints', node({}, [{ key: 'a', effect: 'NoSchedule' }]), node({}), 'node "mynode" is not allowed to modify taints'),
    updates('labels of its own', node({ 'node.kubernetes.io/a': 'b', 'topology.kubernetes.io/zone': 'z' }), node({}), ''),
    updates("labels of Kubernetes'", node({ 'other.kubernetes.io/a': 'b' }), node({ 'k8s.io/c': 'd' }), 'is not allowed to modify labels: k8s.io/c, other.kubernetes.io/a'),
    asked('renews its Lease', lease, ''), asked("renews another's", { ...lease, name: 'othernode' }, 'can only access node lease with the same name as the requesting node', 'leases.coordination.k8s.io "othernode"'),
    asked('takes a Lease elsewhere', { ...lease, namespace: 'default' }, 'can only access leases in the "kube-node-lease" system namespace', 'leases.coordination.k8s.io "mynode"'),
    asked('writes its CSINode', csi, ''), asked("writes another's CSINode", { ...csi, name: 'othernode' }, 'can only access CSINode with the same name as the requesting node', 'csinodes.storage.k8s.io "othernode"'),
    asked('changes a claim', claim, 'may only update PVC status', 'persistentvolumeclaims "c"'),
    asked('is nobody', { object: mirror() }, 'could not determine node from user "someone"', 'pods "p"', { ...BY, user: 'someone' }), asked('is no node', { object: ours }, '', 'pods "p"', { ...BY, groups: ['system:authenticated'] }),
  ],
};
