/**
 * Which Pods are given their account's token, and where. The tests of upstream's that these come from were read
 * beside them; how a Pod and its account say that they want none, no test of upstream's says.
 */
import { serviceAccount } from '../../sim/api/admission/serviceaccount.ts';
import type { AdmissionRequest } from '../../sim/api/admission/types.ts';
import { claimsOf, issueToken, signedToken, userOfToken, type TokenRequest, type TokenView } from '../../sim/api/authentication/tokens.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject, Pod } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import { tokenFor, tokensDueAt, type TokenRequest as VolumeRequest } from '../../sim/node/kubelet/tokens.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { kubeletWith, podWith } from './kubeletwith.ts';

const PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const OWN = { name: 'my-custom-mount', readOnly: false, mountPath: PATH };
const GIVEN = { name: 'kube-api-access-bbbbb', readOnly: true, mountPath: PATH };
const VOLUME = {
  name: 'kube-api-access-bbbbb',
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }, { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
    ],
    defaultMode: 420,
  },
};

/** Volumes and mounts of a Pod as it is admitted where every Pod is given a token. */
function admitted(spec: object, account: object = {}): unknown {
  const pod: unknown = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'myname', namespace: 'myns' }, spec: { containers: [], ...spec } };
  const request: unknown = {
    operation: 'CREATE', definition: BUILT_IN.get('Pod'), namespace: 'myns', name: 'myname', subresource: '', user: 'user', config: { ...DEFAULT_CONFIG, tokensInEveryPod: true },
    view: { find: () => ({ metadata: { name: 'default', namespace: 'myns', uid: '12345' }, ...account }), random: () => 0 },
  };
  const { spec: after } = serviceAccount.mutate!(pod as KubeObject, request as AdmissionRequest) as Pod;
  return [after.serviceAccountName, after.volumes ?? [], [...(after.initContainers ?? []), ...after.containers].map((c) => c.volumeMounts ?? [])];
}
const given = (name: string, spec: object, expected: unknown, account?: object): ConformanceCase => ({ name, run: () => admitted(spec, account), expected: ['default', ...(expected as unknown[])] });

export const tokenVolumeCases: CaseArea = {
  area: 'tokens in Pods', source: 'plugin/pkg/admission/serviceaccount/admission_test.go (TestAutomountsAPIToken, TestRespectsExistingMount)',
  cases: [
    given('a container', { containers: [{}] }, [[VOLUME], [[GIVEN]]]), given('an init container', { initContainers: [{}] }, [[VOLUME], [[GIVEN]]]),
    given('a container that has something there', { containers: [{ volumeMounts: [OWN] }] }, [[], [[OWN]]]), given('an init container that has something there', { initContainers: [{ volumeMounts: [OWN] }] }, [[], [[OWN]]]),
  ],
};

export const tokenRefusalCases: CaseArea = {
  area: 'Pods that want no token', source: 'plugin/pkg/admission/serviceaccount/admission.go (shouldAutomount)',
  cases: [
    given('the account says no', { containers: [{}] }, [[], [[]]], { automountServiceAccountToken: false }),
    given('the Pod says no', { automountServiceAccountToken: false, containers: [{}] }, [[], [[]]], { automountServiceAccountToken: true }),
    given('the Pod says yes, its account no', { automountServiceAccountToken: true, containers: [{}] }, [[VOLUME], [[GIVEN]]], { automountServiceAccountToken: false }),
    given('one of two has something there', { containers: [{ volumeMounts: [OWN] }, {}] }, [[VOLUME], [[OWN], [GIVEN]]]),
  ],
};

// ---- Kept and asked for anew
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ACCOUNT = { kind: 'ServiceAccount', name: 'sa', metadata: { uid: 'account' } };
const OF_POD = { kind: 'Pod', name: 'p', metadata: { name: 'p', uid: 'uid' }, spec: { serviceAccountName: 'sa', nodeName: 'node-1' } };
const NODE = { kind: 'Node', name: 'node-1', namespace: '', metadata: { name: 'node-1', uid: 'node' } };

/** A volume's token at first and after a while, each as when it was issued, in seconds since then; `down` from when the API server refuses. */
function after(waitMs: number, request: Partial<VolumeRequest>, down = Infinity): unknown {
  const k = kubeletWith({ objects: [ACCOUNT, OF_POD, NODE] });
  const ctx = k.ctx as { now: number };
  const { requestToken } = k.ctx.api;
  Object.assign(k.ctx.api, {
    requestToken: (...args: Parameters<typeof requestToken>) => {
      if (ctx.now >= down) throw new ApiError('ServiceUnavailable', 'no');
      return requestToken(...args);
    },
  });
  const tokens = new Map();
  const token = (): string => signedToken(tokenFor(k, podWith({ serviceAccountName: 'sa' }), 'v', { path: 'token', ...request }, tokens));
  try {
    const first = claimsOf(token())!;
    ctx.now = waitMs;
    return claimsOf(token())!.iat! - first.iat!;
  } catch (error) {
    return (error as Error).message;
  }
}

const KEPT: readonly (readonly [name: string, expected: unknown, waitMs: number, request?: Partial<VolumeRequest>, down?: number])[] = [
  ['ten minutes of an hour', 0, 10 * MINUTE_MS, { expirationSeconds: 3600 }],
  ['fifty minutes of an hour: the last fifth', 3000, 50 * MINUTE_MS, { expirationSeconds: 3600 }],
  ['no time said: an hour', 0, 47 * MINUTE_MS],
  ['no time said: an hour, and its last fifth', 2881, 48 * MINUTE_MS + 1000],
  ['a day of sixty hours', 90_000, 25 * HOUR_MS, { expirationSeconds: 60 * 3600 }],
  ['twenty hours of sixty', 0, 20 * HOUR_MS, { expirationSeconds: 60 * 3600 }],
  ['forty hours: after a day', 90_000, 25 * HOUR_MS, { expirationSeconds: 40 * 3600 }],
  ['one that has expired', 4200, 70 * MINUTE_MS, { expirationSeconds: 3600 }],
  ['ten minutes, the shortest there is', 480, 8 * MINUTE_MS, { expirationSeconds: 600 }],
  ['an old one, while it holds, where none is to be had', 0, 50 * MINUTE_MS, { expirationSeconds: 3600 }, MINUTE_MS],
  ['an expired one, where none is to be had', 'token v/token expired and refresh failed: no', 61 * MINUTE_MS, { expirationSeconds: 3600 }, MINUTE_MS],
  ['none, where none is to be had', 'failed to fetch token: no', 0, {}, 0],
];

/** When a Pod's tokens are looked at again, without jitter. */
const dueAt = (seconds: readonly (number | undefined)[], issuedAt: number): number | undefined =>
  tokensDueAt(
    podWith({ volumes: seconds.map((expirationSeconds, i) => ({ name: `v${i}`, projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds } }] } })) }),
    new Map(seconds.map((_, i) => [`v${i}/token`, { unsigned: '', issuedAt }])), () => 0,
  );

// ---- Issued
const view = (now: number, ...objects: readonly object[]): TokenView => ({ now, find: kubeletWith({ objects: objects as never }).ctx.api.find as never });
const BOUND = { kind: 'Pod', name: 'p', uid: 'uid' } as const;
function issued(request: TokenRequest, objects: readonly object[] = [ACCOUNT, OF_POD, NODE]): unknown {
  try {
    const { aud, exp, iat, sub, 'kubernetes.io': about } = claimsOf(issueToken(view(0, ...objects), 'ns', 'sa', request).token)!;
    return { aud, sub, seconds: exp! - iat!, pod: about.pod, node: about.node, secret: about.secret, warnsAfter: about.warnafter === undefined ? undefined : about.warnafter - iat! };
  } catch (error) {
    return (error as Error).message;
  }
}
const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const plain = { aud: [ISSUER], sub: 'system:serviceaccount:ns:sa', seconds: 3600, pod: undefined, node: undefined, secret: undefined, warnsAfter: undefined };
const ofPod = { pod: { name: 'p', uid: 'uid' }, node: { name: 'node-1', uid: 'node' } };
const ISSUED: readonly (readonly [name: string, request: TokenRequest, expected: unknown, objects?: readonly object[]])[] = [
  ['as nothing is asked', {}, plain],
  ['for an audience', { audiences: ['vault'] }, { ...plain, aud: ['vault'] }],
  ['for two hours', { expirationSeconds: 7200 }, { ...plain, seconds: 7200 }],
  ['as Pods have it: for a year, with a warning after an hour', { expirationSeconds: 3607 }, { ...plain, seconds: 31_536_000, warnsAfter: 3607 }],
  ['as Pods have it, for another audience', { expirationSeconds: 3607, audiences: ['vault'] }, { ...plain, aud: ['vault'], seconds: 3607 }],
  ['bound to a Pod, and so to its node', { boundObjectRef: BOUND }, { ...plain, ...ofPod }],
  ['bound to a Secret', { boundObjectRef: { kind: 'Secret', name: 's' } }, { ...plain, secret: { name: 's', uid: 'secret' } }, [ACCOUNT, { kind: 'Secret', name: 's', metadata: { uid: 'secret' } }]],
  ['too short', { expirationSeconds: 599 }, 'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes'],
  ['too long', { expirationSeconds: 2 ** 32 + 1 }, 'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds'],
  ['no such account', {}, 'serviceaccounts "sa" not found', []],
  ['no such Pod', { boundObjectRef: BOUND }, 'pods "p" not found', [ACCOUNT]],
  ['another Pod of the name', { boundObjectRef: { ...BOUND, uid: 'other' } },
    'Operation cannot be fulfilled on pods "p": the UID in the bound object reference (other) does not match the UID in record. The object might have been deleted and then recreated'],
  ['a Pod of another account', { boundObjectRef: BOUND }, 'cannot bind token for serviceaccount "sa" to pod running with different serviceaccount name.', [ACCOUNT, { ...OF_POD, spec: { serviceAccountName: 'other' } }]],
];

// ---- Read again
const all = [ACCOUNT, OF_POD, NODE];
const going = (atMs: number): object => ({ ...OF_POD, metadata: { ...OF_POD.metadata, deletionTimestamp: rfc3339(atMs) } });
function read(request: TokenRequest, atMs: number, objects: readonly object[], audiences?: readonly string[]): unknown {
  const { token } = issueToken(view(0, ...all), 'ns', 'sa', request);
  const user = userOfToken(view(atMs, ...objects), token, audiences);
  return typeof user === 'string' ? user : user.username;
}
const SA = 'system:serviceaccount:ns:sa';
const GONE = 'service account token has been invalidated';
const READ: readonly (readonly [name: string, expected: string, request: TokenRequest, atMs: number, objects?: readonly object[], audiences?: readonly string[]])[] = [
  ['at once', SA, { boundObjectRef: BOUND }, 0],
  ['before it expires', SA, {}, HOUR_MS - 1000],
  ['when it expires', 'service account token has expired', {}, HOUR_MS],
  ['one of a Pod\'s own volume: for a year', SA, { expirationSeconds: 3607 }, 300 * DAY_MS],
  ['for the audience that it is for', SA, { audiences: ['vault'] }, 0, all, ['vault']],
  ['for one of two audiences', SA, { audiences: ['vault', 'api'] }, 0, all, ['api']],
  ['for another audience', `token audiences ["vault"] is invalid for the target audiences ["${ISSUER}"]`, { audiences: ['vault'] }, 0],
  ['for others than its two', 'token audiences ["vault" "api"] is invalid for the target audiences ["other"]', { audiences: ['vault', 'api'] }, 0, all, ['other']],
  ['its account is gone', GONE, {}, 0, []],
  ['its account was made anew', GONE, {}, 0, [{ ...ACCOUNT, metadata: { uid: 'new' } }]],
  ['its Pod is gone', GONE, { boundObjectRef: BOUND }, 0, [ACCOUNT]],
  ['its Pod was made anew', GONE, { boundObjectRef: BOUND }, 0, [ACCOUNT, { ...OF_POD, metadata: { name: 'p', uid: 'new' } }]],
  ['its Pod ends', SA, { boundObjectRef: BOUND }, 59_000, [ACCOUNT, going(0)]],
  ['its Pod should have ended a minute ago', GONE, { boundObjectRef: BOUND }, 60_000, [ACCOUNT, going(0)]],
  ['its Pod\'s node is gone', SA, { boundObjectRef: BOUND }, 0, [ACCOUNT, OF_POD]],
  ['one that is not bound, and a Pod that is gone', SA, {}, 0, [ACCOUNT]],
];

export const tokenRotationCases: CaseArea = {
  area: 'tokens in Pods: kept and asked for anew', source: 'pkg/kubelet/token/token_manager_test.go (TestTokenCachingAndExpiration, TestRequiresRefresh)',
  cases: [
    ...KEPT.map(([name, expected, waitMs, request = {}, down]): ConformanceCase => ({ name, expected, run: () => after(waitMs, request, down) })),
    { name: 'looked at when the last fifth begins', run: () => dueAt([3600], 0), expected: 48 * MINUTE_MS },
    { name: 'looked at when the first of two is due', run: () => dueAt([3600, 600], MINUTE_MS), expected: 9 * MINUTE_MS },
    { name: 'looked at after a day', run: () => dueAt([7 * 24 * 3600], 0), expected: DAY_MS },
    { name: 'no tokens, nothing to look at', run: () => dueAt([], 0), expected: undefined },
  ],
};

export const tokenIssueCases: CaseArea = {
  area: 'tokens in Pods: issued and read again', source: 'pkg/serviceaccount/{claims,jwt}_test.go, pkg/registry/core/serviceaccount/storage/token.go, test/integration/auth/svcaccttoken_test.go',
  cases: [
    ...ISSUED.map(([name, request, expected, objects]): ConformanceCase => ({ name: `issued: ${name}`, expected, run: () => issued(request, objects) })),
    ...READ.map(([name, expected, request, atMs, objects = all, audiences]): ConformanceCase => ({ name: `read: ${name}`, expected, run: () => read(request, atMs, objects, audiences) })),
  ],
};
