/** Field selectors: parsing, printing, the fields of each kind. */
import { escapeFieldValue, matchesFields, parseFieldSelector, printFieldSelector, requiredField } from '../../sim/api/fieldselector.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const attempt = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
};
const terms = (text: string): unknown => attempt(() => parseFieldSelector(text).terms.map((t) => [t.field, t.operator, t.value]));
const refused = (text: string): boolean => String(terms(text)).startsWith('refused');
const stored = (kind: string, namespace: string | undefined, rest: object): KubeObject =>
  ({ apiVersion: 'v1', kind, metadata: { name: 'x', ...(namespace === undefined ? {} : { namespace }), uid: 'u', resourceVersion: '1', creationTimestamp: '' }, ...rest });
const pod = (rest: object): KubeObject => stored('Pod', 'default', { spec: { containers: [] }, status: { phase: 'Running' }, ...rest });

/** The terms are sorted as texts. */
const split: [string, unknown][] = [
  ['a=avalue', [['a', '=', 'avalue']]], ['a=avalue,b=bvalue', [['a', '=', 'avalue'], ['b', '=', 'bvalue']]], ['a=avalue,b==bvalue,c!=cvalue', [['a', '=', 'avalue'], ['b', '=', 'bvalue'], ['c', '!=', 'cvalue']]],
  ['', []], ['a=a,', [['a', '=', 'a']]], [',a=a', [['a', '=', 'a']]], ['k=\\,,k2=v2', [['k2', '=', 'v2'], ['k', '=', ',']]], ['k=\\\\,k2=v2', [['k2', '=', 'v2'], ['k', '=', '\\']]],
  ['k=\\\\\\,,k2=v2', [['k2', '=', 'v2'], ['k', '=', '\\,']]], ['함=수,목=록', [['목', '=', '록'], ['함', '=', '수']]], ['k=\\=', [['k', '=', '=']]],
];
const escaped: [string, string][] = [['', ''], ['a', 'a'], ['=', '\\='], [',', '\\,'], ['\\', '\\\\'], ['\\=\\,\\', '\\\\\\=\\\\\\,\\\\']];
const bad = ['x=a||y=b', 'x==a==b', 'x=a,b', 'x in (a)', 'x in (a,b,c)', 'x', 'k=\\', 'k=\\\\\\', 'k=\\a'];
const good = ['x=a,y=b,z=c', '', 'x!=a,y=b', 'x=a||y\\=b', 'x=a\\=\\=b'];

/**
 * Which fields each kind can be selected by: source pkg/apis/core/v1/conversion_test.go and conversion.go.
 */
const supported: [string, string, boolean][] = [
  ...['metadata.name', 'metadata.namespace', 'spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'spec.hostNetwork', 'spec.host', 'status.phase', 'status.podIP', 'status.podIPs', 'status.nominatedNodeName']
    .map((f): [string, string, boolean] => ['Pod', f, true]),
  ['Pod', 'spec.image', false], ['Pod', 'metadata.labels', false], ['Node', 'metadata.name', true], ['Node', 'spec.unschedulable', true], ['Node', 'metadata.namespace', false], ['Namespace', 'status.phase', true],
  ['Namespace', 'metadata.name', true], ['Namespace', 'metadata.namespace', false], ['Secret', 'type', true], ['Service', 'spec.clusterIP', true], ['Service', 'spec.type', true], ['Service', 'spec.selector', false],
  ...['involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid', 'involvedObject.apiVersion', 'involvedObject.resourceVersion', 'involvedObject.fieldPath', 'reason', 'reportingComponent', 'source', 'type']
    .map((f): [string, string, boolean] => ['Event', f, true]),
  ['Event', 'message', false], ['Deployment', 'metadata.name', true], ['Deployment', 'status.replicas', false], ['ReplicaSet', 'status.replicas', false],
];

const matching: [string, KubeObject, boolean][] = [
  ['status.phase=Running', pod({}), true], ['status.phase=Pending', pod({}), false], ['status.phase!=Pending', pod({}), true], ['metadata.name=x,metadata.namespace=default', pod({}), true],
  ['metadata.name=x,metadata.namespace=other', pod({}), false], ['spec.nodeName=', pod({}), true], ['spec.nodeName=n', pod({ spec: { containers: [], nodeName: 'n' } }), true], ['spec.host=n', pod({ spec: { containers: [], nodeName: 'n' } }), true],
  ['spec.hostNetwork=false', pod({}), true], ['spec.hostNetwork=true', pod({ spec: { containers: [], hostNetwork: true } }), true], ['spec.unschedulable=false', stored('Node', undefined, { spec: {}, status: {} }), true],
  ['spec.unschedulable=true', stored('Node', undefined, { spec: { unschedulable: true }, status: {} }), true], ['spec.type=NodePort', stored('Service', 'a', { spec: { type: 'NodePort' } }), true],
];

const cases: ConformanceCase[] = [
  ...split.map(([text, expected]): ConformanceCase => ({ name: `${JSON.stringify(text)} is taken apart`, run: () => terms(text), expected })),
  ...escaped.flatMap(([value, text]): ConformanceCase[] => [
    { name: `${JSON.stringify(value)} is escaped`, run: () => escapeFieldValue(value), expected: text },
    { name: `${JSON.stringify(text)} is unescaped`, run: () => terms(`k=${text}`), expected: [['k', '=', value]] },
  ]),
  ...bad.map((text): ConformanceCase => ({ name: `${JSON.stringify(text)} is refused`, run: () => refused(text), expected: true })),
  ...good.map((text): ConformanceCase => ({ name: `${JSON.stringify(text)} prints as read`, run: () => printFieldSelector(parseFieldSelector(text)), expected: text })),
  { name: 'terms are sorted', run: () => printFieldSelector(parseFieldSelector('x=a,a=x')), expected: 'a=x,x=a' },
  { name: 'a term demands one value', run: () => requiredField(parseFieldSelector('x!=a,test=b'), 'test'), expected: 'b' },
  { name: 'an inequality demands none', run: () => requiredField(parseFieldSelector('test!=b'), 'test') ?? 'none', expected: 'none' },
  ...supported.map(([kind, field, expected]): ConformanceCase => ({
    name: `${kind} ${expected ? 'can' : 'cannot'} be selected by ${field}`, run: () => !String(attempt(() => parseFieldSelector(`${field}=v`, BUILT_IN.get(kind)))).startsWith('refused'), expected,
  })),
  ...matching.map(([text, object, expected]): ConformanceCase => ({
    name: `${text} ${expected ? 'matches' : 'does not match'} ${JSON.stringify({ ...object, metadata: undefined, apiVersion: undefined })}`, run: () => matchesFields(parseFieldSelector(text), BUILT_IN.get(object.kind), object), expected,
  })),
];

export const fieldSelectorCases: CaseArea = {
  area: 'field selectors', source: 'staging/src/k8s.io/apimachinery/pkg/fields/selector_test.go', cases,
};
