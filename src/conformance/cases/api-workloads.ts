/** Workloads and budgets the API server takes and refuses. */
import type { KubeObject } from '../../sim/api/types.ts';
import { statusCauses, statusUpdatedFrom } from '../../sim/api/resources/testing.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { container, messages, object, prepared, refusals, template, updateRefusals, workload, type Fields } from './api-objects.ts';

const INVALID = 'Invalid value';
const REQUIRED = 'Required value';
const FORBIDDEN = 'Forbidden';
const UNSUPPORTED = 'Unsupported value';

const deployment = (spec: Fields = {}, metadata: Fields = {}): KubeObject => workload('Deployment', spec, metadata);
const rolling = (rollingUpdate: Fields): KubeObject => deployment({ strategy: { type: 'RollingUpdate', rollingUpdate } });
const daemon = (spec: Fields = {}): KubeObject => workload('DaemonSet', spec);
const daemonRolling = (rollingUpdate: Fields): KubeObject => daemon({ updateStrategy: { type: 'RollingUpdate', rollingUpdate } });
const stateful = (spec: Fields = {}, metadata: Fields = {}): KubeObject => workload('StatefulSet', { serviceName: 's', ...spec }, metadata);
const budget = (spec: Fields): KubeObject => object('policy/v1', 'PodDisruptionBudget', spec);
const S = 'spec.strategy.rollingUpdate';
const U = 'spec.updateStrategy.rollingUpdate';

const DEPLOYMENTS: readonly [string, KubeObject, string[]][] = [
  ['the least one', deployment(), []],
  ['name is required', deployment({}, { name: '' }), [`metadata.name: ${REQUIRED}`]],
  ['name of other characters', deployment({}, { name: 'abc_123' }), [`metadata.name: ${INVALID}`]],
  ['no selector', deployment({ selector: undefined }), [`spec.selector: ${REQUIRED}`, `spec.template.metadata.labels: ${INVALID}`]],
  ['empty selector', deployment({ selector: {} }), [`spec.selector: ${INVALID}`]],
  ['selector that does not match', deployment({ selector: { matchLabels: { app: 'other' } } }), [`spec.template.metadata.labels: ${INVALID}`]],
  ['selector with an unknown operator', deployment({ selector: { matchExpressions: [{ key: 'app', operator: 'Is', values: ['abc'] }] } }),
    [`spec.selector.matchExpressions[0].operator: ${INVALID}`, `spec.selector: ${INVALID}`]],
  ['restart policy OnFailure', deployment({ template: template({ restartPolicy: 'OnFailure' }) }), [`spec.template.spec.restartPolicy: ${UNSUPPORTED}`]],
  ['restart policy Never', deployment({ template: template({ restartPolicy: 'Never' }) }), [`spec.template.spec.restartPolicy: ${UNSUPPORTED}`]],
  ['unknown strategy', deployment({ strategy: { type: 'randomType' } }), [`spec.strategy: ${UNSUPPORTED}`]],
  ['Recreate with bounds', deployment({ strategy: { type: 'Recreate', rollingUpdate: {} } }), [`spec.strategy.rollingUpdate: ${FORBIDDEN}`]],
  ['surge that is no percentage', rolling({ maxSurge: '20Percent' }), [`${S}.maxSurge: ${INVALID}`]],
  ['both 0', rolling({ maxSurge: 0, maxUnavailable: 0 }), [`${S}.maxUnavailable: ${INVALID}`]],
  ['both 0 %', rolling({ maxSurge: '0%', maxUnavailable: '0%' }), [`${S}.maxUnavailable: ${INVALID}`]],
  ['unavailable above 100 %', rolling({ maxUnavailable: '110%' }), [`${S}.maxUnavailable: ${INVALID}`]],
  ['surge above 100 %', rolling({ maxSurge: '200%' }), []],
  ['negative surge', rolling({ maxSurge: -1 }), [`${S}.maxSurge: ${INVALID}`]],
  ['negative percentage', rolling({ maxUnavailable: '-1%' }), [`${S}.maxUnavailable: ${INVALID}`]],
  ['deadline equal to minReadySeconds', deployment({ progressDeadlineSeconds: 600, minReadySeconds: 600 }), [`spec.progressDeadlineSeconds: ${INVALID}`]],
  ['negative numbers', deployment({ replicas: -1, minReadySeconds: -1, revisionHistoryLimit: -1, progressDeadlineSeconds: -1 }),
    ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds', 'progressDeadlineSeconds'].map((f) => `spec.${f}: ${INVALID}`)],
  ['active deadline', deployment({ template: template({ activeDeadlineSeconds: 30 }) }), [`spec.template.spec.activeDeadlineSeconds: ${FORBIDDEN}`]],
  ['ephemeral containers', deployment({ template: template({ ephemeralContainers: [{ name: 'debug', image: 'i' }] }) }), [`spec.template.spec.ephemeralContainers: ${FORBIDDEN}`]],
  ['bad template label', deployment({ template: template({}, { app: 'abc', 'a b': 'c' }) }), [`spec.template.labels: ${INVALID}`]],
  ['container without an image', deployment({ template: template({ containers: [{ name: 'c' }] }) }), [`spec.template.spec.containers[0].image: ${REQUIRED}`]],
];

const SPELT: readonly [string, KubeObject, string[]][] = [
  ['negative replicas', deployment({ replicas: -1 }), ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
  ['selector mismatch', deployment({ selector: { matchLabels: { app: 'y' } } }),
    ['spec.template.metadata.labels: Invalid value: {"app":"abc"}: `selector` does not match template `labels`']],
  ['empty selector', deployment({ selector: {} }), ['spec.selector: Invalid value: {}: empty selector is invalid for deployment']],
  ['both 0', rolling({ maxSurge: 0, maxUnavailable: 0 }), [`${S}.maxUnavailable: Invalid value: 0: may not be 0 when \`maxSurge\` is 0`]],
  ['above 100 %', rolling({ maxUnavailable: '110%' }), [`${S}.maxUnavailable: Invalid value: "110%": must not be greater than 100%`]],
  ['no percentage', rolling({ maxSurge: 'x' }),
    [`${S}.maxSurge: Invalid value: "x": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`]],
  ['restart policy', deployment({ template: template({ restartPolicy: 'Never' }) }), ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"']],
  ['Recreate with bounds', deployment({ strategy: { type: 'Recreate', rollingUpdate: {} } }), ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]],
  ['daemon set with both', daemonRolling({ maxUnavailable: 1, maxSurge: 1 }), [`${U}.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero`]],
  ['daemon set with neither', daemonRolling({ maxUnavailable: 0 }), [`${U}.maxUnavailable: Required value: cannot be 0 when maxSurge is 0`]],
];

const OTHERS: readonly [string, KubeObject, string[]][] = [
  ['ReplicaSet: the least one', workload('ReplicaSet'), []],
  ['ReplicaSet: negative replicas', workload('ReplicaSet', { replicas: -1 }), [`spec.replicas: ${INVALID}`]],
  ['ReplicaSet: empty selector', workload('ReplicaSet', { selector: {} }), [`spec.selector: ${INVALID}`]],
  ['ReplicaSet: selector mismatch', workload('ReplicaSet', { selector: { matchLabels: { foo: 'bar' } } }), [`spec.template.metadata.labels: ${INVALID}`]],
  ['ReplicaSet: restart policy', workload('ReplicaSet', { template: template({ restartPolicy: 'OnFailure' }) }), [`spec.template.spec.restartPolicy: ${UNSUPPORTED}`]],
  ['ReplicaSet: bad labels', workload('ReplicaSet', {}, { labels: { 'NoUppercaseOrSpecialCharsLike=Equals': 'bar' } }), [`metadata.labels: ${INVALID}`]],

  ['DaemonSet: the least one', daemon(), []],
  ['DaemonSet: surge only', daemonRolling({ maxUnavailable: 0, maxSurge: '50%' }), []],
  ['DaemonSet: unavailable above 100 %', daemonRolling({ maxUnavailable: '101%' }), [`${U}.maxUnavailable: ${INVALID}`]],
  ['DaemonSet: surge above 100 %', daemonRolling({ maxUnavailable: 0, maxSurge: '101%' }), [`${U}.maxSurge: ${INVALID}`]],
  ['DaemonSet: both', daemonRolling({ maxUnavailable: 1, maxSurge: '1%' }), [`${U}.maxSurge: ${INVALID}`]],
  ['DaemonSet: neither', daemonRolling({ maxUnavailable: 0, maxSurge: 0 }), [`${U}.maxUnavailable: ${REQUIRED}`]],
  ['DaemonSet: negative surge', daemonRolling({ maxUnavailable: 0, maxSurge: -1 }), [`${U}.maxSurge: ${INVALID}`]],
  ['DaemonSet: unknown strategy', daemon({ updateStrategy: { type: 'Random' } }), [`spec.updateStrategy: ${UNSUPPORTED}`]],
  ['DaemonSet: empty selector', daemon({ selector: {} }), [`spec.selector: ${INVALID}`]],
  ['DaemonSet: restart policy', daemon({ template: template({ restartPolicy: 'OnFailure' }) }), [`spec.template.spec.restartPolicy: ${UNSUPPORTED}`]],

  ['StatefulSet: the least one', stateful(), []],
  ['StatefulSet: parallel', stateful({ podManagementPolicy: 'Parallel', updateStrategy: { type: 'OnDelete' } }), []],
  ['StatefulSet: name with dots', stateful({}, { name: 'abc.123.do-re-mi' }), [`metadata.name: ${INVALID}`]],
  ['StatefulSet: unknown management', stateful({ podManagementPolicy: 'foo' }), [`spec.podManagementPolicy: ${INVALID}`]],
  ['StatefulSet: unknown strategy', stateful({ updateStrategy: { type: 'foo' } }), [`spec.updateStrategy: ${INVALID}`]],
  ['StatefulSet: partition with OnDelete', stateful({ updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } }), [`${U}: ${INVALID}`]],
  ['StatefulSet: negative partition', stateful({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: -1 } } }), [`${U}.partition: ${INVALID}`]],
  ['StatefulSet: maxUnavailable 0', stateful({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } } }), [`${U}.maxUnavailable: ${INVALID}`]],
  ['StatefulSet: negative ordinal', stateful({ ordinals: { start: -2 } }), [`spec.ordinals.start: ${INVALID}`]],
  ['StatefulSet: empty selector', stateful({ selector: {} }), [`spec.selector: ${INVALID}`]],
  ['StatefulSet: no selector', stateful({ selector: undefined }), [`spec.selector: ${REQUIRED}`, `spec.template.metadata.labels: ${INVALID}`]],
  ['StatefulSet: active deadline', stateful({ template: template({ activeDeadlineSeconds: 1 }) }), [`spec.template.spec.activeDeadlineSeconds: ${FORBIDDEN}`]],
  ['StatefulSet: restart policy', stateful({ template: template({ restartPolicy: 'Never' }) }), [`spec.template.spec.restartPolicy: ${UNSUPPORTED}`]],
  ['StatefulSet: claims are volumes', stateful({ volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
    template: template({ containers: [container({ volumeMounts: [{ name: 'data', mountPath: '/d' }] })] }) }), []],
  ['StatefulSet: unknown retention', stateful({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Keep' } }), [`spec.persistentVolumeClaimRetentionPolicy.whenDeleted: ${UNSUPPORTED}`]],
];

const BUDGETS: ConformanceCase[] = [
  ...['0%', '1%', '100%', 0, 1, 100].map((v) => ({ name: `budget: minAvailable ${v}`, run: () => refusals(budget({ minAvailable: v })), expected: [] as string[] })),
  ...['1.1%', 'nope', '-1%', '101%', -1].map((v) => ({
    name: `budget: minAvailable ${v}`, run: () => refusals(budget({ minAvailable: v })), expected: [`spec.minAvailable: ${INVALID}`],
  })),
  ...['101%', -1].map((v) => ({ name: `budget: maxUnavailable ${v}`, run: () => refusals(budget({ maxUnavailable: v })), expected: [`spec.maxUnavailable: ${INVALID}`] })),
  { name: 'budget: both', run: () => messages(budget({ minAvailable: '10%', maxUnavailable: 1 })),
    expected: ['spec: Invalid value: {"MinAvailable":"10%","Selector":null,"MaxUnavailable":1,"UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set'] },
  { name: 'budget: neither', run: () => refusals(budget({})), expected: [] },
  ...['IfHealthyBudget', 'AlwaysAllow'].map((unhealthyPodEvictionPolicy) => ({
    name: `budget: ${unhealthyPodEvictionPolicy}`, run: () => refusals(budget({ unhealthyPodEvictionPolicy })), expected: [] as string[],
  })),
  { name: 'budget: unknown policy', run: () => refusals(budget({ unhealthyPodEvictionPolicy: 'Invalid' })), expected: [`spec.unhealthyPodEvictionPolicy: ${UNSUPPORTED}`] },
  { name: 'budget: bad selector', run: () => refusals(budget({ selector: { matchLabels: { foo: 'nospecialchars%^=@bar' } } })), expected: [`spec.selector.matchLabels: ${INVALID}`] },
];

const UPDATES: readonly [string, KubeObject, KubeObject, string[]][] = [
  ['Deployment: replicas and image', deployment(), deployment({ replicas: 5, template: template({ containers: [container({ image: 'i:2' })] }) }), []],
  ['Deployment: selector', deployment(), deployment({ selector: { matchLabels: { app: 'abc', tier: 'x' } }, template: template({}, { app: 'abc', tier: 'x' }) }), [`spec.selector: ${INVALID}`]],
  ['ReplicaSet: selector', workload('ReplicaSet'), workload('ReplicaSet', { selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }), [`spec.selector: ${INVALID}`]],
  ['ReplicaSet: negative replicas', workload('ReplicaSet'), workload('ReplicaSet', { replicas: -2 }), [`spec.replicas: ${INVALID}`]],
  ['DaemonSet: selector', daemon(), daemon({ selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }), [`spec.selector: ${INVALID}`]],
  ['StatefulSet: replicas, template, strategy', stateful(), stateful({ replicas: 2, minReadySeconds: 5, template: template({ containers: [container({ image: 'i:2' })] }), updateStrategy: { type: 'OnDelete' } }), []],
  ['StatefulSet: ordinals, history, retention', stateful(), stateful({ ordinals: { start: 2 }, revisionHistoryLimit: 2, persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }), []],
  ['StatefulSet: service name', stateful(), stateful({ serviceName: 'other' }), [`spec: ${FORBIDDEN}`]],
  ['StatefulSet: pod management', stateful(), stateful({ podManagementPolicy: 'Parallel' }), [`spec: ${FORBIDDEN}`]],
  ['StatefulSet: selector', stateful(), stateful({ selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }), [`spec: ${FORBIDDEN}`]],
  ['StatefulSet: claims', stateful(), stateful({ volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] }), [`spec: ${FORBIDDEN}`]],
];

/** What is said of a status. */
function statusRefusals(draft: KubeObject, status: Fields): string[] {
  const old = prepared(draft);
  const next = statusUpdatedFrom({ ...old, status }, old);
  return statusCauses(next, old).map((c) => `${c.field}: ${c.reason}`);
}
const STATUSES: readonly [string, Fields, string[]][] = [
  ['all right', { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 }, []],
  ['negative replicas', { replicas: -1 }, [`status.replicas: ${INVALID}`, ...['updatedReplicas', 'readyReplicas', 'availableReplicas'].map((f) => `status.${f}: ${INVALID}`)]],
  ['more ready than there are', { replicas: 1, readyReplicas: 2 }, [`status.readyReplicas: ${INVALID}`]],
  ['more updated than there are', { replicas: 1, updatedReplicas: 2 }, [`status.updatedReplicas: ${INVALID}`]],
  ['more available than ready', { replicas: 3, readyReplicas: 1, availableReplicas: 2 }, [`status.availableReplicas: ${INVALID}`]],
  ['negative generation', { observedGeneration: -1 }, [`status.observedGeneration: ${INVALID}`]],
];

const cases: ConformanceCase[] = [
  ...DEPLOYMENTS.map(([name, draft, expected]) => ({ name: `Deployment: ${name}`, run: () => refusals(draft), expected })),
  ...OTHERS.map(([name, draft, expected]) => ({ name, run: () => refusals(draft), expected })),
  ...SPELT.map(([name, draft, expected]) => ({ name: `words: ${name}`, run: () => messages(draft), expected })),
  ...BUDGETS,
  ...UPDATES.map(([name, before, after, expected]) => ({ name: `update: ${name}`, run: () => updateRefusals(before, after), expected })),
  ...STATUSES.map(([name, status, expected]) => ({ name: `Deployment status: ${name}`, run: () => statusRefusals(deployment(), status), expected })),
];

export const workloadValidationCases: CaseArea = {
  area: 'validation of workloads and budgets', source: 'pkg/apis/{apps,policy}/validation/validation_test.go', cases,
};
