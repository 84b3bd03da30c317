/**
 * Which Pods are given their account's token, and where. The tests of upstream's that these come from were read
 * beside them; how a Pod and its account say that they want none, no test of upstream's says.
 */
import { serviceAccount } from '../../sim/api/admission/serviceaccount.ts';
import type { AdmissionRequest } from '../../sim/api/admission/types.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject, Pod } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

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
