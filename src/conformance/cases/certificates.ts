/**
 * Certificates and reviews: who may approve and sign, what is signed and for how long it is kept, what
 * questions of access are well put, and what auth reconcile adds. Each area's source was read beside its cases.
 * Left out: lookups that fail and objects of wrong types, which cannot be here, and ML-DSA keys.
 */
import { LETS_THROUGH } from '../../sim/api/admission/dynamic/webhookcall.ts';
import { certificateApproval, certificateSigning, certificateSubjectRestriction } from '../../sim/api/admission/certificates.ts';
import type { AdmissionPlugin, AdmissionRequest, AdmissionView } from '../../sim/api/admission/types.ts';
import { issuedCertificate } from '../../sim/api/certificates/certificate.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { CertificateSigningRequest } from '../../sim/api/resources/certificatesigningrequest.ts';
import { validateAccess } from '../../sim/api/reviews/answer.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import { durationSeconds, keptForMs, refusalOf } from '../../sim/controlplane/certificates/handle.ts';
import { planBinding, planRole } from '../../kubectl/reconciliation.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

/** Of the groups devs and system:masters, as openssl wrote them. */
const DEVS =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWk1JR0FBZ0VBTUI0eERUQUxCZ05WQkFvTUJHUmxkbk14RFRBTEJnTlZCQU1NQkdwaGJtVXdXVEFUQmdjcQpoa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVJXVm1ZN1hKdW9ueUVqV1M0bXhXdGRRcSszQmZKM2crZ0RSWnE4ClFWK2tYYXJkRWtWYzBJRnBldDBtUmFOZTU2T2tSODdpeVZXWEp3a1JVZE4xNStmY29BQXdDZ1lJS29aSXpqMEUKQXdJRFNBQXdSUUlnTk8weFlyL3hLUW80V2NqMlJ4ckp0dUVZNFcyNXNXSXkrMURiLy95N1dwRUNJUURxR290agpKclNLSWEyNElRMW02WTc5TXEzR2MrazRRSzJ4NUNkUG1QNGcwZz09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=';
const MASTERS =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIaU1JR0pBZ0VBTUNjeEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVF3d0NnWURWUVFEREFObApkbVV3V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVJXVm1ZN1hKdW9ueUVqV1M0bXhXdGRRcSszCkJmSjNnK2dEUlpxOFFWK2tYYXJkRWtWYzBJRnBldDBtUmFOZTU2T2tSODdpeVZXWEp3a1JVZE4xNStmY29BQXcKQ2dZSUtvWkl6ajBFQXdJRFNBQXdSUUlnRmFIZTFyQ2owZTVXYXRHY3B0TG5ObzBVOExmTjEwbGNKYkVQbjVBVAo1bnNDSVFEVnQvSnYwa0FFL3ZXci91S0lKM25FeC9BQ0RpOFNpZXJzSkRsMlFlWlcxdz09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=';

const csr = (spec: object, status: object = {}): CertificateSigningRequest =>
  ({ apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name: 'pooh', creationTimestamp: rfc3339(0) }, spec, status }) as unknown as CertificateSigningRequest;

/** What a plugin says; '' where it lets the request through. @param allowed the signer that the user may act for */
function outcome(plugin: AdmissionPlugin, more: Partial<AdmissionRequest>, allowed = ''): string {
  const view = {
    find: () => undefined, list: () => [], resources: BUILT_IN, now: 0, random: () => 0, isExtended: false, callWebhook: () => LETS_THROUGH,
    decide: (_by: unknown, { name }: { name: string }) => ({ allowed: name === allowed, reason: '' }),
  } as unknown as AdmissionView;
  const request: AdmissionRequest = {
    operation: 'UPDATE', definition: BUILT_IN.get('CertificateSigningRequest'), namespace: '', name: 'pooh', object: undefined, old: undefined, subresource: '', user: 'ignored',
    by: { actor: 'user', user: 'ignored', cause: 0 }, view, config: DEFAULT_CONFIG, ...more,
  };
  try {
    plugin.validate!(request.object, request);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const of = (signerName: string, status: object = {}): CertificateSigningRequest => csr({ signerName }, status);
const refusedTo = (verb: string, signer: string): string =>
  `certificatesigningrequests.certificates.k8s.io "pooh" is forbidden: user not permitted to ${verb} requests with signerName "${signer}"`;

const approving = (name: string, allowed: string, old: CertificateSigningRequest, expected: string, object = old): ConformanceCase => ({
  name, run: () => outcome(certificateApproval, { subresource: 'approval', object, old }, allowed), expected,
});

export const certificateApprovalCases: CaseArea = {
  area: 'who approves certificates', source: 'plugin/pkg/admission/certificates/approval/admission_test.go (TestPlugin_Validate)',
  cases: [
    approving('by the name of the signer', 'abc.com/xyz', of('abc.com/xyz'), ''),
    approving('by all of its domain', 'abc.com/*', of('abc.com/xyz'), ''),
    approving('for another signer', 'notabc.com/xyz', of('abc.com/xyz'), refusedTo('approve', 'abc.com/xyz')),
    approving('who writes another signer into it', 'allowed.com/xyz', of('notallowed.com/xyz'), refusedTo('approve', 'notallowed.com/xyz'), of('allowed.com/xyz')),
  ],
};

const ISSUED = { certificate: 'data' };
const signing = (name: string, allowed: string, old: CertificateSigningRequest, object: CertificateSigningRequest, expected: string): ConformanceCase => ({
  name, run: () => outcome(certificateSigning, { subresource: 'status', object, old }, allowed), expected,
});

export const certificateSigningCases: CaseArea = {
  area: 'who signs certificates', source: 'plugin/pkg/admission/certificates/signing/admission_test.go (TestPlugin_Validate)',
  cases: [
    signing('nothing of it changed', '', of('', ISSUED), of('', ISSUED), ''),
    signing('a certificate, by nobody', '', of('abc.com/xyz'), of('abc.com/xyz', ISSUED), refusedTo('sign', 'abc.com/xyz')),
    signing('a condition, by nobody', '', of('abc.com/xyz'), of('abc.com/xyz', { conditions: [{ type: 'Failed' }] }), refusedTo('sign', 'abc.com/xyz')),
    signing('by the name of the signer', 'abc.com/xyz', of('abc.com/xyz'), of('abc.com/xyz', ISSUED), ''),
    signing('by all of its domain', 'abc.com/*', of('abc.com/xyz'), of('abc.com/xyz', ISSUED), ''),
    signing('for another signer', 'notabc.com/xyz', of('abc.com/xyz'), of('abc.com/xyz', ISSUED), refusedTo('sign', 'abc.com/xyz')),
    signing('who writes another signer into it', 'allowed.com/xyz', of('notallowed.com/xyz'), of('allowed.com/xyz', ISSUED), refusedTo('sign', 'notallowed.com/xyz')),
  ],
};

const CLIENT = 'kubernetes.io/kube-apiserver-client';
const KUBELET = 'kubernetes.io/kube-apiserver-client-kubelet';
const SERVING = 'kubernetes.io/kubelet-serving';
const restricted = (name: string, signerName: string, request: string, expected: string): ConformanceCase => ({
  name, run: () => outcome(certificateSubjectRestriction, { operation: 'CREATE', object: csr({ signerName, request }) }), expected,
});

export const certificateSubjectCases: CaseArea = {
  area: 'whose certificates nobody may ask for', source: 'plugin/pkg/admission/certificates/subjectrestriction/admission_test.go (TestPlugin_Validate)',
  cases: [
    { name: 'another subresource', run: () => outcome(certificateSubjectRestriction, { operation: 'CREATE', subresource: 'approval', object: csr({ signerName: CLIENT, request: MASTERS }) }), expected: '' },
    restricted('another signer', KUBELET, MASTERS, ''),
    restricted('another group', CLIENT, DEVS, ''),
    restricted('no request', CLIENT, 'dGhpcyBpcyBub3QgYSBDU1I=', 'certificatesigningrequests.certificates.k8s.io "pooh" is forbidden: failed to parse CSR: PEM block type must be CERTIFICATE REQUEST'),
    restricted('system:masters', CLIENT, MASTERS, 'certificatesigningrequests.certificates.k8s.io "pooh" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed'),
  ],
};

const COMMON = ['digital signature', 'key encipherment'];
const signed = (name: string, signerName: string, subject: [string, ...string[]], usages: string[], expected: string | null | undefined): ConformanceCase => ({
  name, run: () => refusalOf(csr({ signerName, usages }), { commonName: subject[0], organizations: subject.slice(1) }) ?? (expected === null ? null : undefined), expected,
});

export const signerCases: CaseArea = {
  area: 'what the signers sign', source: 'pkg/controller/certificates/signer/signer_test.go (TestHandle)',
  cases: [
    signed('a client', CLIENT, ['hello-world', 'some-org'], ['client auth', ...COMMON], undefined),
    signed('a client that would serve', CLIENT, ['hello-world', 'some-org'], ['server auth', 'client auth', ...COMMON], 'invalid usage for client certificate: server auth'),
    signed('a kubelet', KUBELET, ['system:node:hello-world', 'system:nodes'], ['client auth', ...COMMON], undefined),
    signed('of old', 'kubernetes.io/legacy-unknown', [''], [], undefined),
    signed('a kubelet that serves', SERVING, ['system:node:testnode', 'system:nodes'], ['server auth', ...COMMON], undefined),
    signed('for nobody known', 'kubernetes.io/not-recognised', [''], [], null),
    signed('for somebody else', 'example.com/sample-name', [''], [], null),
    signed('for nobody real', 'kubernetes.io/not-a-real-signer', [''], [], null),
  ],
};

export const signerDurationCases: CaseArea = {
  area: 'how long certificates last', source: 'pkg/controller/certificates/signer/signer_test.go (Test_signer_duration)',
  cases: ([
    ['shorter than the longest', 1800, 1800], ['longer than the longest', 3 * 31_536_000, 31_536_000], ['negative', -60, 600], ['less than ten minutes', 599, 600], ['ten minutes', 600, 600],
    ['the longest', 31_536_000, 31_536_000], ['none said', undefined, 31_536_000],
  ] as const).map(([name, wanted, expected]) => ({ name, run: () => durationSeconds(wanted), expected })),
};

const MINUTE = 60_000;
const NOW = 100 * 60 * MINUTE;
const certificateUntil = (until: number): string => issuedCertificate({ commonName: '*', organizations: [] }, until);
const LASTING = certificateUntil(NOW + 100_000 * MINUTE);
/** Conditions by the minutes that are gone since. */
const cleaned = (name: string, createdAgo: number, certificate: string | undefined, conditions: Record<string, number>, expected: boolean): ConformanceCase => ({
  name,
  run: () => {
    const status = { ...(certificate === undefined ? {} : { certificate }), conditions: Object.entries(conditions).map(([type, ago]) => ({ type, lastUpdateTime: rfc3339(NOW - ago * MINUTE) })) };
    const one = csr({}, status);
    one.metadata.creationTimestamp = rfc3339(NOW - createdAgo * MINUTE);
    return (keptForMs(one, NOW) ?? Infinity) <= 0;
  },
  expected,
});

export const certificateCleanerCases: CaseArea = {
  area: 'how long requests for certificates are kept', source: 'pkg/controller/certificates/cleaner/cleaner_test.go (TestCleanerWithApprovedExpiredCSR)',
  cases: [
    cleaned('approved a while ago', 1, LASTING, { Approved: 50 }, false), cleaned('approved a while ago, not issued', 1, undefined, { Approved: 50 }, false),
    cleaned('approved long ago', 1, LASTING, { Approved: 120 }, true), cleaned('denied a while ago', 1, undefined, { Denied: 50 }, false), cleaned('denied long ago', 1, undefined, { Denied: 120 }, true),
    cleaned('failed a while ago', 1, undefined, { Approved: 120, Failed: 50 }, false), cleaned('failed long ago', 1, undefined, { Approved: 120, Failed: 120 }, true),
    cleaned('pending for hours', 300, undefined, {}, false), cleaned('pending for more than a day', 1500, undefined, {}, true),
    cleaned('expired', 1, certificateUntil(NOW - MINUTE), { Approved: 50 }, true), cleaned('nobody can read it, long ago', 1, 'Z2FyYmFnZQ==', { Approved: 120 }, true),
  ],
};

const asked = (name: string, kind: string, metadata: object, spec: object, expected: string): ConformanceCase => ({
  name: `${kind}: ${name}`,
  run: () => {
    const causes: Parameters<typeof validateAccess>[1] = [];
    validateAccess({ kind, metadata, spec } as unknown as KubeObject, causes);
    return causes.map((c) => `${c.field}: ${c.message}`)[0] ?? '';
  },
  expected,
});
const RESOURCE = { resourceAttributes: {} };
const PATH = { nonResourceAttributes: {} };
const NEITHER = 'spec.resourceAttributes: Invalid value: "null": exactly one of nonResourceAttributes or resourceAttributes must be specified';
const BOTH = 'spec.nonResourceAttributes: Invalid value: {}: cannot be specified in combination with resourceAttributes';
const NOBODY = 'spec.user: Invalid value: "": at least one of user or group must be specified';
const SUBJECTED = ['SubjectAccessReview', 'LocalSubjectAccessReview'];

export const accessReviewCases: CaseArea = {
  area: 'questions of access', source: 'pkg/apis/authorization/validation/validation_test.go (TestValidateSARSpec, TestValidateSelfSAR, TestValidateLocalSAR)',
  cases: [
    asked('of a user', 'SubjectAccessReview', {}, { ...RESOURCE, user: 'me' }, ''), asked('of a group', 'SubjectAccessReview', {}, { ...PATH, groups: ['my-group'] }, ''),
    ...SUBJECTED.flatMap((kind) => [
      asked('of nothing', kind, {}, { user: 'me' }, NEITHER), asked('of both', kind, {}, { ...RESOURCE, ...PATH, user: 'me' }, BOTH), asked('of nobody', kind, {}, RESOURCE, NOBODY),
    ]),
    asked('of a resource', 'SelfSubjectAccessReview', {}, RESOURCE, ''), asked('of nothing', 'SelfSubjectAccessReview', {}, {}, NEITHER), asked('of both', 'SelfSubjectAccessReview', {}, { ...RESOURCE, ...PATH }, BOTH),
    asked('of a resource', 'LocalSubjectAccessReview', {}, { ...RESOURCE, user: 'user' }, ''),
    asked('with a name', 'LocalSubjectAccessReview', { name: 'a' }, { ...RESOURCE, user: 'user' }, 'metadata: Invalid value: {"name":"a"}: must be empty except for namespace'),
    asked('of another namespace', 'LocalSubjectAccessReview', { namespace: 'a' }, { ...RESOURCE, user: 'user' }, 'spec.resourceAttributes.namespace: Invalid value: "": must match metadata.namespace'),
    asked('of a path', 'LocalSubjectAccessReview', { namespace: 'a' }, { ...PATH, user: 'user' }, 'spec.nonResourceAttributes: Invalid value: {}: disallowed on this kind of request'),
  ],
};

type Marks = Record<string, string>;
interface RoleLike {
  readonly rules?: string;
  readonly labels?: Marks;
  readonly annotations?: Marks;
  /** Selectors, `foo=bar`. */
  readonly selects?: readonly string[];
}
const rulesOf = (text = ''): object[] => text.split(',').filter((r) => r !== '').map((r) => ({ apiGroups: [''], verbs: ['get'], resources: [r] }));
const roleOf = ({ rules, labels, annotations, selects }: RoleLike): object => ({
  apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r', ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
  ...(selects ? { aggregationRule: { clusterRoleSelectors: selects.map((s) => ({ matchLabels: Object.fromEntries([s.split('=')]) as Marks })) } } : {}),
  ...(rules === undefined ? {} : { rules: rulesOf(rules) }),
});

/** What becomes of a role, told as `RoleLike` tells it; null: nothing. */
function reconciled(wanted: RoleLike, live: RoleLike, prune: boolean): unknown {
  const { act, next } = planRole(roleOf(wanted) as never, roleOf(live) as never, prune);
  if (act === '') return null;
  const { metadata, rules, aggregationRule } = next as never as {
    metadata: { labels: Marks; annotations: Marks }; rules?: { resources: string[] }[]; aggregationRule?: { clusterRoleSelectors: { matchLabels: Marks }[] };
  };
  return {
    rules: (rules ?? []).flatMap((r) => r.resources).join(), labels: metadata.labels, annotations: metadata.annotations,
    selects: (aggregationRule?.clusterRoleSelectors ?? []).map((s) => Object.entries(s.matchLabels).map((pair) => pair.join('='))[0]),
  };
}
const role = (name: string, wanted: RoleLike, live: RoleLike, prune: boolean, after: RoleLike | null): ConformanceCase => ({
  name, run: () => reconciled(wanted, live, prune), expected: after && { rules: after.rules ?? '', labels: after.labels ?? {}, annotations: after.annotations ?? {}, selects: after.selects ?? [] },
});
/** Once as only added to, once as made the same. */
const both = (name: string, wanted: RoleLike, live: RoleLike, added: RoleLike | null, same: RoleLike | null = added): ConformanceCase[] => [
  role(`${name}, added to`, wanted, live, false, added), role(`${name}, made the same`, wanted, live, true, same),
];
const [A, B] = [{ rules: 'a' }, { rules: 'b' }];
const marked = (kind: 'labels' | 'annotations'): ConformanceCase[] => [
  ...both(`the same ${kind}`, { ...A, [kind]: { 1: 'a' } }, { ...A, [kind]: { 1: 'a' } }, null),
  ...both(`different ${kind}`, { ...A, [kind]: { 1: 'a' } }, { ...A, [kind]: { 2: 'b' } }, { ...A, [kind]: { 1: 'a', 2: 'b' } }),
  ...both(`different ${kind} and rules`, { ...A, [kind]: { 1: 'a' } }, { ...B, [kind]: { 2: 'b' } }, { rules: 'b,a', [kind]: { 1: 'a', 2: 'b' } }, { ...A, [kind]: { 1: 'a', 2: 'b' } }),
  ...both(`conflicting ${kind} and rules`, { ...A, [kind]: { 1: 'a' } }, { ...B, [kind]: { 1: 'b' } }, { rules: 'b,a', [kind]: { 1: 'b' } }, { ...A, [kind]: { 1: 'b' } }),
];

export const roleReconciliationCases: CaseArea = {
  area: 'what auth reconcile makes of roles', source: 'staging/src/k8s.io/component-helpers/auth/rbac/reconciliation/reconcile_role_test.go (TestComputeReconciledRoleRules, TestComputeReconciledRoleAggregationRules)',
  cases: [
    role('empty', { rules: '' }, { rules: '' }, true, null), ...both('the same', A, A, null), ...both('different rules', A, B, { rules: 'b,a' }, A), ...marked('labels'), ...marked('annotations'),
    ...both('conflicting marks and rules', { ...A, labels: { 3: 'd' }, annotations: { 1: 'a' } }, { ...B, labels: { 4: 'e' }, annotations: { 1: 'b' } },
      { rules: 'b,a', labels: { 3: 'd', 4: 'e' }, annotations: { 1: 'b' } }, { ...A, labels: { 3: 'd', 4: 'e' }, annotations: { 1: 'b' } }),
    role('much of all, made the same', { rules: 'pods,nodes,secrets', labels: { env: 'prod', color: 'blue' }, annotations: { description: 'fancy', system: 'true' } },
      { rules: 'nodes,images,projects', labels: { color: 'red', team: 'pm' }, annotations: { system: 'false', owner: 'admin', vip: 'yes' } }, true,
      { rules: 'pods,nodes,secrets', labels: { env: 'prod', color: 'red', team: 'pm' }, annotations: { description: 'fancy', system: 'false', owner: 'admin', vip: 'yes' } }),
    role('much of all, added to', { rules: 'pods,nodes,secrets', labels: { env: 'prod', color: 'blue', manager: 'randy' }, annotations: { description: 'fancy', system: 'true', up: 'true' } },
      { rules: 'nodes,images,projects', labels: { color: 'red', team: 'pm' }, annotations: { system: 'false', owner: 'admin', vip: 'yes', rate: 'down' } }, false,
      { rules: 'nodes,images,projects,pods,secrets', labels: { env: 'prod', manager: 'randy', color: 'red', team: 'pm' }, annotations: { description: 'fancy', system: 'false', owner: 'admin', vip: 'yes', rate: 'down', up: 'true' } }),
    role('aggregated of nothing, and not', { selects: [] }, {}, true, null), role('aggregated of nothing', { selects: [] }, { selects: [] }, true, null),
    ...both('aggregated of the same', { selects: ['foo=bar'] }, { selects: ['foo=bar'] }, null),
    ...both('aggregated of others', { selects: ['foo=bar'] }, { selects: ['alpha=bravo'] }, { selects: ['alpha=bravo', 'foo=bar'] }, { selects: ['foo=bar'] }),
    role('aggregated, and is not to be', { rules: 'pods,nodes,secrets' }, { selects: ['alpha=bravo'] }, false, { rules: 'pods,nodes,secrets' }),
    role('aggregated with rules, and is not to be', { rules: 'pods,nodes,secrets' }, { selects: ['alpha=bravo'], rules: 'deployments' }, false, { rules: 'deployments,pods,nodes,secrets' }),
  ],
};

const bindingOf = (to: string, names: string): object => ({
  kind: 'ClusterRoleBinding', metadata: { name: 'b' }, roleRef: { kind: 'ClusterRole', name: to }, subjects: names.split(',').map((name) => ({ kind: 'User', name })),
});
const bound = (name: string, wanted: string, live: string, prune: boolean, expected: string | null, to = 'role'): ConformanceCase => ({
  name,
  run: () => {
    const { act, next } = planBinding(bindingOf('role', wanted) as never, bindingOf(to, live) as never, prune);
    return act === '' ? null : (next as never as { subjects: { name: string }[] }).subjects.map((s) => s.name).join();
  },
  expected,
});

export const bindingReconciliationCases: CaseArea = {
  area: 'what auth reconcile makes of bindings', source: 'staging/src/k8s.io/component-helpers/auth/rbac/reconciliation/reconcile_rolebindings_test.go (TestComputeUpdate)',
  cases: [
    bound('the same, made the same', 'a', 'a', true, null), bound('the same, added to', 'a', 'a', false, null), bound('of another role', 'a', 'a', false, 'a', 'differentRole'),
    bound('more subjects, made the same', 'a', 'a,b', true, 'a'), bound('more subjects, added to', 'a', 'a,b', false, null),
    bound('missing subjects, made the same', 'a,c', 'a,b', true, 'a,c'), bound('missing subjects, added to', 'a,c', 'a,b', false, 'a,b,c'),
  ],
};
