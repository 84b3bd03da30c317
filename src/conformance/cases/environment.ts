/** Variables of containers: references, sources, Services. */
import type { Container } from '../../sim/api/types.ts';
import { environmentOf } from '../../sim/node/kubelet/environment.ts';
import { expand } from '../../sim/node/kubelet/expansion.ts';
import { fieldValue, resourceValue } from '../../sim/node/kubelet/downward.ts';
import { serviceVariables } from '../../sim/node/kubelet/servicevariables.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { kubeletWith, podWith, type Surroundings } from './kubeletwith.ts';

const KNOWN: Readonly<Record<string, string>> = { VAR_A: 'A', VAR_B: 'B', VAR_C: 'C', VAR_REF: '$(VAR_A)', VAR_EMPTY: '' };

type Expansion = readonly [text: string, expected: string];
const EXPANSIONS: readonly Expansion[] = [
  ['$(VAR_A)', 'A'],
  ['___$(VAR_B)___', '___B___'],
  ['___$(VAR_C)', '___C'],
  ['$(VAR_A)-$(VAR_A)', 'A-A'],
  ['$(VAR_A)-1', 'A-1'],
  ['$(VAR_A)_$(VAR_B)_$(VAR_C)', 'A_B_C'],
  ['$$(VAR_B)_$(VAR_A)', '$(VAR_B)_A'],
  ['$$(VAR_A)_$$(VAR_B)', '$(VAR_A)_$(VAR_B)'],
  ['f000-$$VAR_A', 'f000-$VAR_A'],
  ['foo\\$(VAR_C)bar', 'foo\\Cbar'],
  ['foo\\\\$(VAR_C)bar', 'foo\\\\Cbar'],
  ['foo\\\\\\\\$(VAR_A)bar', 'foo\\\\\\\\Abar'],
  ['$(VAR_A$(VAR_B))', '$(VAR_A$(VAR_B))'],
  ['$(VAR_A$(VAR_B)', '$(VAR_A$(VAR_B)'],
  ['$(VAR_REF)', '$(VAR_A)'],
  ['%%$(VAR_REF)--$(VAR_REF)%%', '%%$(VAR_A)--$(VAR_A)%%'],
  ['foo$(VAR_EMPTY)bar', 'foobar'],
  ['foo$(VAR_Awhoops!', 'foo$(VAR_Awhoops!'],
  ['f00__(VAR_A)__', 'f00__(VAR_A)__'],
  ['$?_boo_$!', '$?_boo_$!'],
  ['$VAR_A', '$VAR_A'],
  ['$(VAR_DNE)', '$(VAR_DNE)'],
  ['$$$$$$(BIG_MONEY)', '$$$(BIG_MONEY)'],
  ['$$$$$$(VAR_A)', '$$$(VAR_A)'],
  ['$$$$$$$(GOOD_ODDS)', '$$$$(GOOD_ODDS)'],
  ['$$$$$$$(VAR_A)', '$$$A'],
  ['$VAR_A)', '$VAR_A)'],
  ['${VAR_A}', '${VAR_A}'],
  ['$(VAR_B)_______$(A', 'B_______$(A'],
  ['$(VAR_C)_______$(', 'C_______$('],
  ['$(VAR_A)foobarzab$', 'Afoobarzab$'],
  ['foo-\\$(VAR_A', 'foo-\\$(VAR_A'],
  ['--$($($($($--', '--$($($($($--'],
  ['$($($($($--foo$(', '$($($($($--foo$('],
  ['foo0--$($($($(', 'foo0--$($($($('],
  ['$(foo$$var)', '$(foo$$var)'],
];

/** The references that stay are as they were, also those that hold others. */
export const expansionCases: CaseArea = {
  area: 'references to variables',
  source: 'third_party/forked/golang/expansion/expand_test.go',
  cases: EXPANSIONS.map(([text, expected]): ConformanceCase => ({ name: text, run: () => expand(text, (name) => KNOWN[name]), expected })),
};

const service = (name: string, ip: string, port: string): Readonly<Record<string, string>> => ({
  [`${name}_SERVICE_HOST`]: ip, [`${name}_SERVICE_PORT`]: port, [`${name}_PORT`]: `tcp://${ip}:${port}`,
  [`${name}_PORT_${port}_TCP`]: `tcp://${ip}:${port}`, [`${name}_PORT_${port}_TCP_PROTO`]: 'tcp',
  [`${name}_PORT_${port}_TCP_PORT`]: port, [`${name}_PORT_${port}_TCP_ADDR`]: ip,
});

type ServiceRow = readonly [name: string, services: readonly string[], namespace: string, links: boolean, expected: Readonly<Record<string, string>>];
const SERVICES: readonly ServiceRow[] = [
  ['of one port without a name', ['foo 8080'], 'ns', true, service('FOO', '10.96.0.1', '8080')],
  ['a name with dashes is written with underscores', ['abc-123 8765'], 'ns', true, service('ABC_123', '10.96.0.1', '8765')],
  ['a named port has a variable of its own', ['foo 80/TCP/web-api'], 'ns', true, { ...service('FOO', '10.96.0.1', '80'), FOO_SERVICE_PORT_WEB_API: '80' }],
  ['of another protocol', ['dns 53/UDP'], 'ns', true, { DNS_SERVICE_HOST: '10.96.0.1', DNS_SERVICE_PORT: '53', DNS_PORT: 'udp://10.96.0.1:53', DNS_PORT_53_UDP: 'udp://10.96.0.1:53', DNS_PORT_53_UDP_PROTO: 'udp', DNS_PORT_53_UDP_PORT: '53', DNS_PORT_53_UDP_ADDR: '10.96.0.1' }],
  ['the first port of several is the one without a number', ['foo 80 443'], 'ns', true, {
    ...service('FOO', '10.96.0.1', '80'), FOO_PORT_443_TCP: 'tcp://10.96.0.1:443', FOO_PORT_443_TCP_PROTO: 'tcp', FOO_PORT_443_TCP_PORT: '443', FOO_PORT_443_TCP_ADDR: '10.96.0.1',
  }],
  ['one without an address has none', ['foo None'], 'ns', true, {}],
  ['those of other namespaces do not count', ['other/foo 80'], 'ns', true, {}],
  ['but for the one of the API server', ['default/kubernetes 443'], 'ns', true, service('KUBERNETES', '10.96.0.1', '443')],
  ['others of its namespace do not count elsewhere', ['default/kubernetes 443', 'default/foo 80'], 'ns', true, service('KUBERNETES', '10.96.0.1', '443')],
  ['one of its name in the namespace counts in its stead', ['default/kubernetes 443', 'kubernetes 80'], 'ns', true, service('KUBERNETES', '10.96.0.2', '80')],
  ['without links the API server alone', ['default/kubernetes 443', 'foo 80'], 'ns', false, service('KUBERNETES', '10.96.0.1', '443')],
  ['without links in its own namespace too', ['default/kubernetes 443', 'default/foo 80'], 'default', false, service('KUBERNETES', '10.96.0.1', '443')],
  ['two of one namespace', ['default/kubernetes 443', 'default/foo 80'], 'default', true, { ...service('KUBERNETES', '10.96.0.1', '443'), ...service('FOO', '10.96.0.2', '80') }],
];

export const serviceVariableCases: CaseArea = {
  area: 'variables of Services',
  source: 'pkg/kubelet/envvars/envvars_test.go, pkg/kubelet/kubelet_pods_test.go',
  cases: SERVICES.map(([name, services, namespace, links, expected]): ConformanceCase => ({
    name, expected, run: () => ({ ...serviceVariables(kubeletWith({ services }).env.world, namespace, links) }),
  })),
};

const CONFIG = { kind: 'ConfigMap', name: 'conf', data: { REPLACE_ME: 'FROM_CONFIG', DUPE: 'CONFIG', '1234.name': 'odd' }, binaryData: { PICTURE: '/+8=' } };
const SECRET = { kind: 'Secret', name: 'sec', data: { PASSWORD: 'cGFzcw==', DUPE: 'U0VDUkVU', 'key.1': 'eA==' } };
const FROM = (source: object): object => ({ valueFrom: source });
const missing = (message: string): string => `CreateContainerConfigError: ${message}`;

type Row = readonly [name: string, container: object, expected: Readonly<Record<string, string>> | string, around?: Surroundings, pod?: object];
const ROWS: readonly Row[] = [
  ['nothing is asked for', {}, {}],
  ['a literal value', { env: [{ name: 'A', value: 'x' }] }, { A: 'x' }],
  ['no value is an empty one', { env: [{ name: 'A' }] }, { A: '' }],
  ['references to variables before it', { env: [{ name: 'A', value: 'x' }, { name: 'B', value: '$(A)y' }] }, { A: 'x', B: 'xy' }],
  ['not to those after it', { env: [{ name: 'B', value: '$(A)y' }, { name: 'A', value: 'x' }] }, { B: '$(A)y', A: 'x' }],
  ['the last of one name counts', { env: [{ name: 'A', value: 'x' }, { name: 'A', value: 'y' }] }, { A: 'y' }],
  ['references to Services', { env: [{ name: 'URL', value: '$(FOO_SERVICE_HOST)' }] }, { ...service('FOO', '10.96.0.1', '80'), URL: '10.96.0.1' }, { services: ['foo 80'] }],
  ['its own value of a Service variable', { env: [{ name: 'FOO_SERVICE_HOST', value: 'mine' }] }, { ...service('FOO', '10.96.0.1', '80'), FOO_SERVICE_HOST: 'mine' }, { services: ['foo 80'] }],
  ['no references to Services without links', { env: [{ name: 'URL', value: '$(FOO_SERVICE_HOST)' }] }, { URL: '$(FOO_SERVICE_HOST)' }, { services: ['foo 80'] }, { enableServiceLinks: false }],
  ['the name', { env: [{ name: 'N', ...FROM({ fieldRef: { fieldPath: 'metadata.name' } }) }] }, { N: 'p' }],
  ['the namespace', { env: [{ name: 'N', ...FROM({ fieldRef: { fieldPath: 'metadata.namespace' } }) }] }, { N: 'ns' }],
  ['the uid', { env: [{ name: 'N', ...FROM({ fieldRef: { fieldPath: 'metadata.uid' } }) }] }, { N: 'uid' }],
  ['the node', { env: [{ name: 'N', ...FROM({ fieldRef: { fieldPath: 'spec.nodeName' } }) }] }, { N: 'node-1' }],
  ['the service account', { env: [{ name: 'N', ...FROM({ fieldRef: { fieldPath: 'spec.serviceAccountName' } }) }] }, { N: 'special' }, {}, { serviceAccountName: 'special' }],
  ['the address of the pod', { env: [{ name: 'N', ...FROM({ fieldRef: { fieldPath: 'status.podIP' } }) }] }, { N: '1.2.3.4' }, { podIp: '1.2.3.4' }],
  ['the address of the node', { env: [{ name: 'N', ...FROM({ fieldRef: { fieldPath: 'status.hostIP' } }) }] }, { N: '192.168.0.10' }],
  ['a key of a ConfigMap', { env: [{ name: 'A', ...FROM({ configMapKeyRef: { name: 'conf', key: 'DUPE' } }) }] }, { A: 'CONFIG' }, { objects: [CONFIG] }],
  ['a key of a Secret, decoded', { env: [{ name: 'A', ...FROM({ secretKeyRef: { name: 'sec', key: 'PASSWORD' } }) }] }, { A: 'pass' }, { objects: [SECRET] }],
  ['a ConfigMap that is not there', { env: [{ name: 'A', ...FROM({ configMapKeyRef: { name: 'nowhere', key: 'a' } }) }] }, missing('configmap "nowhere" not found')],
  ['a Secret that is not there', { env: [{ name: 'A', ...FROM({ secretKeyRef: { name: 'nowhere', key: 'a' } }) }] }, missing('secret "nowhere" not found')],
  ['one of another namespace is not there', { env: [{ name: 'A', ...FROM({ configMapKeyRef: { name: 'conf', key: 'DUPE' } }) }] }, missing('configmap "conf" not found'), { objects: [{ ...CONFIG, namespace: 'other' }] }],
  ['a key that is not there', { env: [{ name: 'A', ...FROM({ configMapKeyRef: { name: 'conf', key: 'b' } }) }] }, missing("couldn't find key b in ConfigMap ns/conf"), { objects: [CONFIG] }],
  ['a key of a Secret that is not there', { env: [{ name: 'A', ...FROM({ secretKeyRef: { name: 'sec', key: 'b' } }) }] }, missing("couldn't find key b in Secret ns/sec"), { objects: [SECRET] }],
  ['a binary key is none', { env: [{ name: 'A', ...FROM({ configMapKeyRef: { name: 'conf', key: 'PICTURE' } }) }] }, missing("couldn't find key PICTURE in ConfigMap ns/conf"), { objects: [CONFIG] }],
  ['an optional ConfigMap that is not there is no variable', { env: [{ name: 'A', ...FROM({ configMapKeyRef: { name: 'nowhere', key: 'a', optional: true } }) }] }, {}],
  ['an optional Secret that is not there is no variable', { env: [{ name: 'A', ...FROM({ secretKeyRef: { name: 'nowhere', key: 'a', optional: true } }) }] }, {}],
  ['an optional key that is not there is no variable', { env: [{ name: 'A', ...FROM({ configMapKeyRef: { name: 'conf', key: 'b', optional: true } }) }] }, {}, { objects: [CONFIG] }],
  ['an optional key of a Secret likewise', { env: [{ name: 'A', ...FROM({ secretKeyRef: { name: 'sec', key: 'b', optional: true } }) }] }, {}, { objects: [SECRET] }],
  ['all of a ConfigMap, names of any form', { envFrom: [{ configMapRef: { name: 'conf' } }] }, CONFIG.data, { objects: [CONFIG] }],
  ['all of a Secret', { envFrom: [{ secretRef: { name: 'sec' } }] }, { PASSWORD: 'pass', DUPE: 'SECRET', 'key.1': 'x' }, { objects: [SECRET] }],
  ['with a prefix', { envFrom: [{ prefix: 'p_', configMapRef: { name: 'conf' } }] }, { p_REPLACE_ME: 'FROM_CONFIG', p_DUPE: 'CONFIG', 'p_1234.name': 'odd' }, { objects: [CONFIG] }],
  ['a prefix may make a name of what is none', { envFrom: [{ prefix: 'p_', secretRef: { name: 'sec' } }] }, { p_PASSWORD: 'pass', p_DUPE: 'SECRET', 'p_key.1': 'x' }, { objects: [SECRET] }],
  ['the later source counts', { envFrom: [{ configMapRef: { name: 'conf' } }, { secretRef: { name: 'sec' } }] }, { ...CONFIG.data, PASSWORD: 'pass', DUPE: 'SECRET', 'key.1': 'x' }, { objects: [CONFIG, SECRET] }],
  ['its own variables count more than sources', { envFrom: [{ configMapRef: { name: 'conf' } }], env: [{ name: 'REPLACE_ME', value: 'mine' }] }, { ...CONFIG.data, REPLACE_ME: 'mine' }, { objects: [CONFIG] }],
  ['references to variables of sources', { envFrom: [{ configMapRef: { name: 'conf' } }], env: [{ name: 'E', value: '$(REPLACE_ME)' }] }, { ...CONFIG.data, E: 'FROM_CONFIG' }, { objects: [CONFIG] }],
  ['values of sources are not looked at for references', { envFrom: [{ configMapRef: { name: 'lit' } }], env: [{ name: 'A', value: 'x' }] }, { L: '$(A)', A: 'x' }, { objects: [{ kind: 'ConfigMap', name: 'lit', data: { L: '$(A)' } }] }],
  ['a source that is not there', { envFrom: [{ configMapRef: { name: 'nowhere' } }] }, missing('configmap "nowhere" not found')],
  ['a Secret source that is not there', { envFrom: [{ secretRef: { name: 'nowhere' } }] }, missing('secret "nowhere" not found')],
  ['an optional source that is not there', { envFrom: [{ configMapRef: { name: 'nowhere', optional: true } }] }, {}],
  ['an optional Secret source that is not there', { envFrom: [{ secretRef: { name: 'nowhere', optional: true } }] }, {}],
  ['a source without data', { envFrom: [{ configMapRef: { name: 'empty' } }] }, {}, { objects: [{ kind: 'ConfigMap', name: 'empty' }] }],
  ['a request of its own in units of a divisor', { name: 'c', resources: { requests: { cpu: '1500m' } }, env: [{ name: 'R', ...FROM({ resourceFieldRef: { resource: 'requests.cpu', divisor: '1m' } }) }] }, { R: '1500' }],
];

function environment(container: object, around: Surroundings = {}, pod: object = {}): Readonly<Record<string, string>> | string {
  const k = kubeletWith(around);
  try {
    return { ...environmentOf(k, podWith(pod), container as Container) };
  } catch (error) {
    return missing((error as Error).message);
  }
}

export const environmentCases: CaseArea = {
  area: 'variables of containers',
  source: 'pkg/kubelet/kubelet_pods_test.go',
  cases: ROWS.map(([name, container, expected, around, pod]): ConformanceCase => ({ name, expected, run: () => environment(container, around, pod) })),
};

const SELF = podWith({ serviceAccountName: 'sa', terminationGracePeriodSeconds: 10 }, { labels: { 'a.b/c': 'x', key: 'v"1' }, annotations: { z: 'last', a: 'first' } });
type FieldRow = readonly [path: string, expected: string];
const FIELDS: readonly FieldRow[] = [
  ['metadata.name', 'p'],
  ['metadata.namespace', 'ns'],
  ['metadata.uid', 'uid'],
  ['metadata.labels', 'a.b/c="x"\nkey="v\\"1"'],
  ['metadata.annotations', 'a="first"\nz="last"'],
  ["metadata.labels['key']", 'v"1'],
  ["metadata.labels['a.b/c']", 'x'],
  ["metadata.labels['none']", ''],
  ["metadata.annotations['z']", 'last'],
  ["metadata.annotations['none']", ''],
  ['spec.nodeName', 'node-1'],
  ['spec.serviceAccountName', 'sa'],
  ['status.hostIP', '192.168.0.10'],
  ['status.hostIPs', '192.168.0.10'],
  ['status.podIP', '10.0.0.9'],
  ['status.podIPs', '10.0.0.9'],
];
const c = (resources: object): object => ({ containers: [{ name: 'c', resources }] });
type ResourceRow = readonly [resource: string, divisor: string | undefined, resources: object, expected: string];
const RESOURCES: readonly ResourceRow[] = [
  ['limits.cpu', undefined, { limits: { cpu: '9' } }, '9'],
  ['requests.cpu', undefined, { requests: {} }, '0'],
  ['requests.cpu', undefined, { requests: { cpu: '8' } }, '8'],
  ['requests.cpu', undefined, { requests: { cpu: '100m' } }, '1'],
  ['requests.cpu', '100m', { requests: { cpu: '1200m' } }, '12'],
  ['requests.memory', undefined, { requests: { memory: '100Mi' } }, '104857600'],
  ['requests.memory', '1Mi', { requests: { memory: '100Mi' } }, '100'],
  ['limits.memory', '1Mi', { limits: { memory: '100Mi', cpu: '1' } }, '100'],
  ['limits.memory', '1Gi', { limits: { memory: '100Mi' } }, '1'],
  ['requests.memory', '0', { requests: { memory: '100' } }, '100'],
  ['limits.cpu', undefined, {}, '4'],
  ['limits.memory', '1Gi', {}, '8'],
  ['limits.ephemeral-storage', '1Gi', {}, '50'],
  ['limits.ephemeral-storage', '1Mi', { limits: { 'ephemeral-storage': '1Gi' } }, '1024'],
  ['requests.ephemeral-storage', undefined, {}, '0'],
];
const machine = kubeletWith().machine;

export const downwardCases: CaseArea = {
  area: 'what a pod is told of itself',
  source: 'pkg/fieldpath/fieldpath_test.go, pkg/api/v1/resource/helpers_test.go',
  cases: [
    ...FIELDS.map(([path, expected]): ConformanceCase => ({ name: path, expected, run: () => fieldValue(SELF, machine, '10.0.0.9', path) })),
    ...RESOURCES.map(([resource, divisor, resources, expected]): ConformanceCase => ({
      name: `${resource} by ${divisor ?? 'default'} of ${JSON.stringify(resources)}`, expected,
      run: () => resourceValue(podWith(c(resources)), machine, undefined, { containerName: 'c', resource, ...(divisor === undefined ? {} : { divisor }) }),
    })),
  ],
};
