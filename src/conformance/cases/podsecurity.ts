/** What the levels of Pod security find, by version of Kubernetes; what labels of namespaces ask for, and whom it meets. */
import { findingsOf, detailsText, reasonsText } from '../../sim/api/admission/podsecurity/evaluate.ts';
import { policyOf, policyText, type Level } from '../../sim/api/admission/podsecurity/policy.ts';
import { podSecurity } from '../../sim/api/admission/podsecurity.ts';
import { LETS_THROUGH } from '../../sim/api/admission/dynamic/webhookcall.ts';
import type { AdmissionRequest } from '../../sim/api/admission/types.ts';
import { BUILT_IN } from '../../sim/api/resources/index.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Causes } from '../../sim/api/validation/field.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import type { CaseArea, ConformanceCase } from './area.ts';
import { object, pod, workload, template, type Fields } from './api-objects.ts';

const SOURCE = 'k8s.io/pod-security-admission';
const of = (name: string, securityContext?: Fields, more: Fields = {}): Fields => ({ name, image: 'i', ...(securityContext === undefined ? {} : { securityContext }), ...more });
const containers = (...list: Fields[]): Fields => ({ containers: list });
const plain = containers(of('a'));
const dropped = { drop: ['ALL'] };
/** As `restricted` wants it. */
const GOOD = { allowPrivilegeEscalation: false, capabilities: dropped, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const strict = (securityContext: Fields = {}, spec: Fields = {}): Fields => ({ ...containers(of('a', { ...GOOD, ...securityContext })), ...spec });
const LATEST = 36;

type Row = readonly [name: string, level: Level, minor: number, spec: Fields, expected: string, annotations?: Record<string, string>];
const ESCALATES = 'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false)';
const MUST_DROP = 'unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"])';
const MUST_NOT_BE_ROOT = 'runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true)';
const NEEDS_SECCOMP = 'seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const windows = { os: { name: 'windows' } };
const probe = (host: string): Fields => ({ livenessProbe: { httpGet: { port: 80, host } } });
const sysctl = (...names: string[]): Fields => ({ ...plain, securityContext: { sysctls: names.map((name) => ({ name, value: '1' })) } });
const volumes = (...kinds: string[]): Fields => strict({}, { volumes: kinds.map((kind) => ({ name: kind.toLowerCase(), [kind]: {} })) });

const ROWS: readonly Row[] = [
  ['privileged allows everything', 'privileged', LATEST, { ...containers(of('a', { privileged: true })), hostPID: true }, ''],
  ['baseline allows a plain Pod', 'baseline', LATEST, plain, ''],
  ['restricted wants four things said', 'restricted', LATEST, plain, [ESCALATES, MUST_DROP, MUST_NOT_BE_ROOT, NEEDS_SECCOMP].join(', ')],
  ['before 1.22 capabilities were not to be dropped', 'restricted', 21, plain, [ESCALATES, MUST_NOT_BE_ROOT, NEEDS_SECCOMP].join(', ')],
  ['before 1.19 there were no profiles to be said', 'restricted', 18, plain, [ESCALATES, MUST_NOT_BE_ROOT].join(', ')],
  ['before 1.8 there was no escalation', 'restricted', 7, plain, MUST_NOT_BE_ROOT],
  ['restricted allows what says all of it', 'restricted', LATEST, strict(), ''],
  ['what the Pod says counts for its containers', 'restricted', LATEST,
    { ...containers(of('a', { allowPrivilegeEscalation: false, capabilities: dropped })), securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Localhost', localhostProfile: 'p' } } }, ''],
  // allowPrivilegeEscalation
  ['escalation of several containers', 'restricted', LATEST,
    containers(of('a', { ...GOOD, allowPrivilegeEscalation: undefined }), of('b', { ...GOOD, allowPrivilegeEscalation: true }), of('c', GOOD)),
    'allowPrivilegeEscalation != false (containers "a", "b" must set securityContext.allowPrivilegeEscalation=false)'],
  ['init containers first', 'restricted', LATEST, { ...strict({ allowPrivilegeEscalation: true }), initContainers: [of('z', { ...GOOD, allowPrivilegeEscalation: true })] },
    'allowPrivilegeEscalation != false (containers "z", "a" must set securityContext.allowPrivilegeEscalation=false)'],
  ['Windows has none of it since 1.25', 'restricted', 25, { ...plain, ...windows }, MUST_NOT_BE_ROOT],
  ['and had before', 'restricted', 24, { ...plain, ...windows }, [ESCALATES, MUST_DROP, MUST_NOT_BE_ROOT, NEEDS_SECCOMP].join(', ')],
  ['Linux, said', 'restricted', LATEST, strict({ allowPrivilegeEscalation: undefined }, { os: { name: 'linux' } }), ESCALATES],
  // AppArmor
  ['AppArmor by default', 'baseline', LATEST, { ...plain, securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }, ''],
  ['AppArmor of the node', 'baseline', LATEST, containers(of('a', { appArmorProfile: { type: 'Localhost', localhostProfile: 'p' } })), ''],
  ['AppArmor off for the Pod', 'baseline', LATEST, { ...plain, securityContext: { appArmorProfile: { type: 'Unconfined' } } },
    'forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined")'],
  ['AppArmor off for a container', 'baseline', LATEST, containers(of('a', { appArmorProfile: { type: 'Unconfined' } })),
    'forbidden AppArmor profile (container "a" must not set AppArmor profile type to "Unconfined")'],
  ['AppArmor off for an init container', 'baseline', LATEST, { ...plain, initContainers: [of('b', { appArmorProfile: { type: 'Unconfined' } })] },
    'forbidden AppArmor profile (container "b" must not set AppArmor profile type to "Unconfined")'],
  ['annotations of AppArmor that may be', 'baseline', LATEST, plain, '', { [`${APPARMOR}a`]: 'runtime/default', [`${APPARMOR}b`]: 'localhost/p', [`${APPARMOR}c`]: '', env: 'prod' }],
  ['annotations of AppArmor that may not', 'baseline', LATEST, plain,
    `forbidden AppArmor profiles (annotations must not set AppArmor profile type to "${APPARMOR}e="unconfined"", "${APPARMOR}f="unknown"")`, { [`${APPARMOR}f`]: 'unknown', [`${APPARMOR}e`]: 'unconfined' }],
  ['AppArmor off everywhere', 'baseline', LATEST, { ...containers(of('a', { appArmorProfile: { type: 'Unconfined' } })), securityContext: { appArmorProfile: { type: 'Unconfined' } } },
    `forbidden AppArmor profiles (pod and container "a" and annotation must not set AppArmor profile type to "Unconfined", "${APPARMOR}a="x"")`, { [`${APPARMOR}a`]: 'x' }],
  // Capabilities
  ['capabilities that every container has', 'baseline', LATEST, containers(of('a', { capabilities: { add: ['CHOWN', 'NET_BIND_SERVICE', 'SETUID'] } })), ''],
  ['capabilities beyond', 'baseline', LATEST, containers(of('a', { capabilities: { add: ['FOO', 'BAR'] } }), of('b', { capabilities: { add: ['BAR', 'BAZ'] } })),
    'non-default capabilities (containers "a", "b" must not include "BAR", "BAZ", "FOO" in securityContext.capabilities.add)'],
  ['one beyond', 'baseline', LATEST, containers(of('a', { capabilities: { add: ['NET_RAW'] } })),
    'non-default capabilities (container "a" must not include "NET_RAW" in securityContext.capabilities.add)'],
  ['restricted lets one be added', 'restricted', LATEST, strict({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }), ''],
  ['and no other', 'restricted', LATEST, strict({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    'unrestricted capabilities (container "a" must not include "CHOWN" in securityContext.capabilities.add)'],
  ['dropping some is not dropping all', 'restricted', LATEST, strict({ capabilities: { drop: ['NET_RAW'] } }), MUST_DROP],
  ['not dropped, and added', 'restricted', LATEST, strict({ capabilities: { add: ['BAR', 'FOO', 'NET_BIND_SERVICE'] } }),
    'unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]; container "a" must not include "BAR", "FOO" in securityContext.capabilities.add)'],
  ['before 1.22 the rule of baseline stands', 'restricted', 21, strict({ capabilities: { add: ['FOO'] } }),
    'non-default capabilities (container "a" must not include "FOO" in securityContext.capabilities.add)'],
  // The host's
  ['the network of the node', 'baseline', LATEST, { ...plain, hostNetwork: true }, 'host namespaces (hostNetwork=true)'],
  ['its processes and its memory', 'baseline', LATEST, { ...plain, hostIPC: true, hostPID: true }, 'host namespaces (hostPID=true, hostIPC=true)'],
  ['all three', 'baseline', LATEST, { ...plain, hostIPC: true, hostPID: true, hostNetwork: true }, 'host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)'],
  ['not said is not shared', 'baseline', LATEST, { ...plain, hostNetwork: false }, ''],
  ['a folder of the node', 'baseline', LATEST, { ...plain, volumes: [{ name: 'h', hostPath: { path: '/' } }] }, 'hostPath volumes (volume "h")'],
  ['two folders of the node', 'baseline', LATEST, { ...plain, volumes: [{ name: 'h', hostPath: { path: '/' } }, { name: 'e', emptyDir: {} }, { name: 'k', hostPath: { path: '/k' } }] }, 'hostPath volumes (volumes "h", "k")'],
  ['a port of the node', 'baseline', LATEST, containers(of('a'), of('b', undefined, { ports: [{ containerPort: 1 }, { containerPort: 2, hostPort: 20 }] })), 'hostPort (container "b" uses hostPort 20)'],
  ['ports of the node', 'baseline', LATEST, containers(of('b', undefined, { ports: [{ containerPort: 2, hostPort: 20 }] }), of('c', undefined, { ports: [{ containerPort: 3, hostPort: 10 }, { containerPort: 4, hostPort: 30 }] })),
    'hostPort (containers "b", "c" use hostPorts 10, 20, 30)'],
  ['port 0 is none', 'baseline', LATEST, containers(of('a', undefined, { ports: [{ containerPort: 1, hostPort: 0 }] })), ''],
  ['a probe of another host', 'baseline', 34, containers(of('a', undefined, probe('10.0.0.1'))), 'probe or lifecycle host (container "a" uses probe or lifecycle host "10.0.0.1")'],
  ['which before 1.34 nobody minded', 'baseline', 33, containers(of('a', undefined, probe('10.0.0.1'))), ''],
  ['hooks of other hosts', 'baseline', LATEST,
    containers(of('b', undefined, { lifecycle: { preStop: { tcpSocket: { port: 1, host: 'y' } } } }), of('a', undefined, { lifecycle: { postStart: { httpGet: { port: 1, host: 'x' } } }, readinessProbe: { tcpSocket: { port: 1, host: 'y' } } })),
    'probe or lifecycle host (containers "a", "b" use probe or lifecycle hosts "x", "y")'],
  ['a probe of the Pod itself', 'baseline', LATEST, containers(of('a', undefined, { startupProbe: { tcpSocket: { port: 1 } } })), ''],
  // privileged
  ['privileged containers', 'baseline', LATEST, containers(of('a', { privileged: true }), of('b'), of('c', { privileged: false }), of('d', { privileged: true })),
    'privileged (containers "a", "d" must not set securityContext.privileged=true)'],
  ['a privileged ephemeral container', 'baseline', LATEST, { ...plain, ephemeralContainers: [of('debug', { privileged: true })] }, 'privileged (container "debug" must not set securityContext.privileged=true)'],
  // procMount
  ['/proc unmasked', 'baseline', LATEST, containers(of('a', { procMount: 'Unmasked' })), 'procMount (container "a" must not set securityContext.procMount to "Unmasked")'],
  ['/proc as it comes', 'baseline', LATEST, containers(of('a', { procMount: 'Default' })), ''],
  ['/proc of several', 'baseline', LATEST, containers(of('d', { procMount: 'Unmasked' }), of('e', { procMount: 'other' })), 'procMount (containers "d", "e" must not set securityContext.procMount to "Unmasked", "other")'],
  ['/proc unmasked for users of its own', 'baseline', 35, { ...containers(of('a', { procMount: 'Unmasked' })), hostUsers: false }, ''],
  ['not before 1.35', 'baseline', 34, { ...containers(of('a', { procMount: 'Unmasked' })), hostUsers: false }, 'procMount (container "a" must not set securityContext.procMount to "Unmasked")'],
  ['nor under restricted', 'restricted', LATEST, strict({ procMount: 'Unmasked' }, { hostUsers: false }), 'procMount (container "a" must not set securityContext.procMount to "Unmasked")'],
  // Volumes
  ['volumes that restricted knows', 'restricted', LATEST, volumes('configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'), ''],
  ['a volume that it does not', 'restricted', LATEST, volumes('nfs'), 'restricted volume types (volume "nfs" uses restricted volume type "nfs")'],
  ['volumes that it does not', 'restricted', LATEST, volumes('iscsi', 'emptyDir', 'hostPath', 'gitRepo'), 'restricted volume types (volumes "iscsi", "hostpath", "gitrepo" use restricted volume types "gitRepo", "hostPath", "iscsi")'],
  ['two of one type', 'restricted', LATEST, strict({}, { volumes: [{ name: 'x', nfs: {} }, { name: 'y', nfs: {} }] }), 'restricted volume types (volumes "x", "y" use restricted volume type "nfs")'],
  ['a volume of nothing', 'restricted', LATEST, strict({}, { volumes: [{ name: 'x' }] }), 'restricted volume types (volume "x" uses restricted volume type "unknown")'],
  // Users
  ['the Pod may be root', 'restricted', LATEST, strict({}, { securityContext: { runAsNonRoot: false } }), 'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)'],
  ['containers may be root', 'restricted', LATEST, { ...containers(of('a', { ...GOOD, runAsNonRoot: undefined }), of('c', { ...GOOD, runAsNonRoot: false }), of('d', { ...GOOD, runAsNonRoot: false })), securityContext: { runAsNonRoot: true } },
    'runAsNonRoot != true (containers "c", "d" must not set securityContext.runAsNonRoot=false)'],
  ['both may be', 'restricted', LATEST, strict({ runAsNonRoot: false }, { securityContext: { runAsNonRoot: false } }), 'runAsNonRoot != true (pod and container "a" must not set securityContext.runAsNonRoot=false)'],
  ['nobody says', 'restricted', LATEST, containers(of('a', { ...GOOD, runAsNonRoot: undefined }), of('b', { ...GOOD, runAsNonRoot: undefined }), of('c', GOOD)),
    'runAsNonRoot != true (pod or containers "a", "b" must set securityContext.runAsNonRoot=true)'],
  ['users of its own may be root', 'restricted', 35, strict({ runAsNonRoot: undefined }, { hostUsers: false }), ''],
  ['not before 1.35 either', 'restricted', 34, strict({ runAsNonRoot: undefined }, { hostUsers: false }), MUST_NOT_BE_ROOT],
  ['the Pod is user 0', 'restricted', LATEST, strict({}, { securityContext: { runAsUser: 0 } }), 'runAsUser=0 (pod must not set runAsUser=0)'],
  ['containers are user 0', 'restricted', LATEST, containers(of('a', { ...GOOD, runAsUser: 1 }), of('c', { ...GOOD, runAsUser: 0 }), of('d', { ...GOOD, runAsUser: 0 })), 'runAsUser=0 (containers "c", "d" must not set runAsUser=0)'],
  ['user 0 before 1.23', 'restricted', 22, strict({ runAsUser: 0 }), ''],
  ['user 0 of its own users', 'restricted', LATEST, strict({ runAsUser: 0 }, { hostUsers: false }), ''],
  ['baseline minds neither', 'baseline', LATEST, containers(of('a', { runAsUser: 0, runAsNonRoot: false })), ''],
  // SELinux
  ['SELinux types that may be', 'baseline', LATEST, containers(of('a', { seLinuxOptions: { type: 'container_t' } }), of('b', { seLinuxOptions: { type: 'container_engine_t', level: 's0' } })), ''],
  ['one of them not before 1.31', 'baseline', 30, containers(of('b', { seLinuxOptions: { type: 'container_engine_t' } })), 'seLinuxOptions (container "b" set forbidden securityContext.seLinuxOptions: type "container_engine_t")'],
  ['SELinux of the Pod', 'baseline', LATEST, { ...containers(of('a', { seLinuxOptions: { type: 'container_t' } })), securityContext: { seLinuxOptions: { type: 'foo', user: 'bar', role: 'baz' } } },
    'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "foo"; user may not be set; role may not be set)'],
  ['SELinux of all', 'baseline', LATEST, { ...containers(of('e', { seLinuxOptions: { type: 'bar' } }), of('f', { seLinuxOptions: { user: 'bar' } }), of('g', { seLinuxOptions: { role: 'baz' } })), securityContext: { seLinuxOptions: { type: 'foo' } } },
    'seLinuxOptions (pod and containers "e", "f", "g" set forbidden securityContext.seLinuxOptions: types "bar", "foo"; user may not be set; role may not be set)'],
  ['a role alone', 'baseline', LATEST, containers(of('a', { seLinuxOptions: { role: 'r' } })), 'seLinuxOptions (container "a" set forbidden securityContext.seLinuxOptions: role may not be set)'],
  // Seccomp
  ['no profile under baseline', 'baseline', LATEST, containers(of('a', { seccompProfile: { type: 'Unconfined' } })), 'seccompProfile (container "a" must not set securityContext.seccompProfile.type to "Unconfined")'],
  ['of the Pod and a container', 'baseline', LATEST, { ...containers(of('a', { seccompProfile: { type: 'Unconfined' } })), securityContext: { seccompProfile: { type: 'Unconfined' } } },
    'seccompProfile (pod and container "a" must not set securityContext.seccompProfile.type to "Unconfined")'],
  ['the Pod is bad and the container good', 'restricted', LATEST, strict({}, { securityContext: { seccompProfile: { type: 'Unconfined' } } }), 'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")'],
  ['the Pod is good and containers bad', 'restricted', LATEST, { ...containers(of('a', { ...GOOD, seccompProfile: undefined }), of('d', { ...GOOD, seccompProfile: { type: 'Unconfined' } })), securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    'seccompProfile (container "d" must not set securityContext.seccompProfile.type to "Unconfined")'],
  ['silent containers', 'restricted', LATEST, containers(of('a', { ...GOOD, seccompProfile: undefined }), of('b', { ...GOOD, seccompProfile: undefined }), of('c', GOOD)),
    'seccompProfile (pod or containers "a", "b" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")'],
  ['annotations before 1.19', 'baseline', 18, plain, `seccompProfile (forbidden annotation ${SECCOMP}="unconfined")`, { [SECCOMP]: 'unconfined' }],
  ['annotations of containers before 1.19', 'baseline', 18, plain, `seccompProfile (forbidden annotations container.${SECCOMP.slice(0, -3)}a="unconfined", ${SECCOMP}="unconfined")`,
    { [SECCOMP]: 'unconfined', 'container.seccomp.security.alpha.kubernetes.io/a': 'unconfined', 'container.seccomp.security.alpha.kubernetes.io/b': 'unconfined' }],
  ['annotations that may be', 'baseline', 18, plain, '', { [SECCOMP]: 'docker/default', 'container.seccomp.security.alpha.kubernetes.io/a': 'localhost/x' }],
  ['and since 1.19 say nothing', 'baseline', 19, plain, '', { [SECCOMP]: 'unconfined' }],
  // Kernel parameters
  ['parameters of a Pod', 'baseline', LATEST, sysctl('net.ipv4.tcp_syncookies', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.ip_local_reserved_ports'), ''],
  ['parameters of the node', 'baseline', LATEST, sysctl('a', 'net.ipv4.tcp_syncookies', 'b'), 'forbidden sysctls (a, b)'],
  ['what 1.27 came to know', 'baseline', 26, sysctl('net.ipv4.ip_local_reserved_ports'), 'forbidden sysctls (net.ipv4.ip_local_reserved_ports)'],
  ['what 1.29 came to know', 'baseline', 28, sysctl('net.ipv4.tcp_fin_timeout'), 'forbidden sysctls (net.ipv4.tcp_fin_timeout)'],
  ['what 1.32 came to know', 'baseline', 31, sysctl('net.ipv4.tcp_wmem'), 'forbidden sysctls (net.ipv4.tcp_wmem)'],
  // Windows
  ['a process of the node', 'baseline', LATEST, containers(of('a', { windowsOptions: { hostProcess: true } })), 'hostProcess (container "a" must not set securityContext.windowsOptions.hostProcess=true)'],
  ['processes of the node', 'baseline', LATEST, { ...containers(of('a', { windowsOptions: {} }), of('d', { windowsOptions: { hostProcess: true } }), of('e', { windowsOptions: { hostProcess: true } })), securityContext: { windowsOptions: { hostProcess: true } } },
    'hostProcess (pod and containers "d", "e" must not set securityContext.windowsOptions.hostProcess=true)'],
  ['several findings in the order of their checks', 'baseline', LATEST, { ...containers(of('a', { privileged: true, capabilities: { add: ['SYS_ADMIN'] } })), hostPID: true },
    'non-default capabilities (container "a" must not include "SYS_ADMIN" in securityContext.capabilities.add), host namespaces (hostPID=true), privileged (container "a" must not set securityContext.privileged=true)'],
];

export const podSecurityChecks: CaseArea = {
  area: 'checks of Pod security',
  source: `${SOURCE}/policy/check_*_test.go, test/fixtures_*.go`,
  cases: ROWS.map(([name, level, minor, spec, expected, annotations = {}]) => ({
    name,
    run: () => detailsText(findingsOf({ annotations, spec: spec as never }, { level, minor })),
    expected,
  })),
};

// ---- Labels
const P = 'pod-security.kubernetes.io/';
const label = (labels: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(labels).map(([k, v]) => [`${P}${k}`, v]));
type Labels = readonly [name: string, labels: Record<string, string>, enforce: string, audit: string, warn: string, problems: readonly string[]];
const NONE = 'privileged:latest';
const LABELS: readonly Labels[] = [
  ['none', {}, NONE, NONE, NONE, []],
  ['enforce, which warns too', { enforce: 'baseline' }, 'baseline:latest', NONE, 'baseline:latest', []],
  ['enforce by a version', { enforce: 'restricted', 'enforce-version': 'v1.22' }, 'restricted:v1.22', NONE, 'restricted:v1.22', []],
  ['a version of the warning alone', { enforce: 'restricted', 'enforce-version': 'v1.22', 'warn-version': 'v1.30' }, 'restricted:v1.22', NONE, 'restricted:v1.30', []],
  ['warn on its own', { enforce: 'restricted', warn: 'privileged' }, 'restricted:latest', NONE, NONE, []],
  ['all', { enforce: 'privileged', audit: 'restricted', warn: 'baseline', 'audit-version': 'v1.24' }, NONE, 'restricted:v1.24', 'baseline:latest', []],
  ['a level that is none', { enforce: 'severe' }, 'restricted:latest', NONE, NONE, [`metadata.labels[${P}enforce]: Invalid value: "severe": must be one of privileged, baseline, restricted`]],
  ['levels of the others that are none', { audit: 'x', warn: 'y' }, NONE, NONE, NONE,
    [`metadata.labels[${P}audit]: Invalid value: "x": must be one of privileged, baseline, restricted`, `metadata.labels[${P}warn]: Invalid value: "y": must be one of privileged, baseline, restricted`]],
  ['a version that is none', { enforce: 'baseline', 'enforce-version': '1.22' }, 'baseline:latest', NONE, 'baseline:latest', [`metadata.labels[${P}enforce-version]: Invalid value: "1.22": must be "latest" or "v1.x"`]],
  ['a version with a zero in front', { 'warn-version': 'v1.01' }, NONE, NONE, NONE, [`metadata.labels[${P}warn-version]: Invalid value: "v1.01": must be "latest" or "v1.x"`]],
];

const labelled = ([name, labels, enforce, audit, warn, problems]: Labels): ConformanceCase => ({
  name,
  run() {
    const out: Causes = [];
    const policy = policyOf(label(labels), out);
    return { enforce: policyText(policy.enforce), audit: policyText(policy.audit), warn: policyText(policy.warn), problems: out.map((c) => `${c.field}: ${c.message}`) };
  },
  expected: { enforce, audit, warn, problems },
});

// ---- Whom it meets
const namespace = (labels: Record<string, string>, name = 'default'): KubeObject => object('v1', 'Namespace', {}, { name, labels: label(labels) }, false);

interface Met { readonly refused?: string; readonly warned: readonly string[] }
function met(given: KubeObject, stored: readonly KubeObject[], more: Partial<AdmissionRequest> = {}): Met {
  const warned: string[] = [];
  const list = (kind: string): KubeObject[] => stored.filter((o) => o.kind === BUILT_IN.get(kind).kind);
  const request: AdmissionRequest = {
    operation: 'CREATE', definition: BUILT_IN.get(given.kind), namespace: given.metadata.namespace ?? '', name: given.metadata.name, object: given, old: undefined, subresource: '', user: 'user',
    config: DEFAULT_CONFIG, warn: (text) => void warned.push(text),
    view: { find: ((kind: string, _: string, name: string) => list(kind).find((o) => o.metadata.name === name)) as never, list: ((kind: string) => list(kind)) as never, resources: BUILT_IN, now: 0, random: () => 0, isExtended: false, decide: () => ({ allowed: true, reason: '' }), callWebhook: () => LETS_THROUGH },
    ...more,
  };
  try {
    podSecurity.validate!(given, request);
    return { warned };
  } catch (error) {
    return { refused: (error as Error).message, warned };
  }
}

const BASE = [namespace({ enforce: 'baseline' })];
const bad = pod({ hostPID: true });
const withConfig = (config: Partial<typeof DEFAULT_CONFIG>): Partial<AdmissionRequest> => ({ config: { ...DEFAULT_CONFIG, ...config } });
const VIOLATES = 'pods "abc" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)';
const WOULD = 'would violate PodSecurity "baseline:latest": host namespaces (hostPID=true)';
const job = (spec: Fields): KubeObject => object('batch/v1', 'Job', { template: template(spec) });
const oldPod = (spec: Fields = {}): Partial<AdmissionRequest> => ({ operation: 'UPDATE', old: pod({ hostPID: true, ...spec }) });
const owned = (name: string, uid: string, spec: Fields = { hostPID: true }): KubeObject => pod(spec, { name, ownerReferences: [{ controller: true, uid }] });
const MEETINGS: readonly [string, () => Met, Met][] = [
  ['a namespace without labels', () => met(bad, [namespace({})]), { warned: [] }],
  ['a Pod that violates it', () => met(bad, BASE), { refused: VIOLATES, warned: [] }],
  ['a Pod that does not', () => met(pod(), BASE), { warned: [] }],
  ['warned of only', () => met(bad, [namespace({ warn: 'baseline' })]), { warned: [WOULD] }],
  ['enforced less than warned of', () => met(pod(), [namespace({ enforce: 'baseline', warn: 'restricted', 'warn-version': 'v1.7' })]),
    { warned: ['would violate PodSecurity "restricted:v1.7": runAsNonRoot != true (pod or container "ctr" must set securityContext.runAsNonRoot=true)'] }],
  ['audited only', () => met(bad, [namespace({ audit: 'restricted' })]), { warned: [] }],
  ['a workload is warned of, and made', () => met(workload('Deployment', { template: template({ hostPID: true }) }), BASE), { warned: [WOULD] }],
  ['a Job is', () => met(job({ hostPID: true }), BASE), { warned: [WOULD] }],
  ['a CronJob is', () => met(object('batch/v1', 'CronJob', { jobTemplate: { spec: { template: template({ hostPID: true }) } } }), BASE), { warned: [WOULD] }],
  ['a workload where only that is enforced which it keeps', () => met(workload('DaemonSet'), BASE), { warned: [] }],
  ['an exempt namespace', () => met(bad, BASE, withConfig({ podSecurityExemptNamespaces: 'kube-system, default' })), { warned: [] }],
  ['an exempt user', () => met(bad, BASE, withConfig({ podSecurityExemptUsernames: 'user' })), { warned: [] }],
  ['an exempt runtime class', () => met(pod({ hostPID: true, runtimeClassName: 'vm' }), BASE, withConfig({ podSecurityExemptRuntimeClasses: 'vm' })), { warned: [] }],
  ['another runtime class', () => met(pod({ hostPID: true, runtimeClassName: 'gvisor' }), BASE, withConfig({ podSecurityExemptRuntimeClasses: 'vm' })), { refused: VIOLATES, warned: [] }],
  ['an update of labels only', () => met(bad, BASE, oldPod()), { warned: [] }],
  ['an update of an image', () => met(bad, BASE, oldPod({ containers: [{ name: 'ctr', image: 'image:2' }] })), { refused: VIOLATES, warned: [] }],
  ['an ephemeral container more', () => met(pod({ hostPID: true, ephemeralContainers: [{ name: 'd', image: 'i' }] }), BASE, { ...oldPod(), subresource: 'ephemeralcontainers' }), { refused: VIOLATES, warned: [] }],
  ['wrong labels of a new namespace', () => met(namespace({ enforce: 'severe' }), []),
    { refused: `Namespace "default" is invalid: metadata.labels[${P}enforce]: Invalid value: "severe": must be one of privileged, baseline, restricted`, warned: [] }],
  ['wrong labels that were there', () => met(namespace({ enforce: 'severe' }), [], { operation: 'UPDATE', old: namespace({ enforce: 'severe' }) }), { warned: [] }],
  ['a namespace that enforces more, with Pods that do not keep it', () => met(namespace({ enforce: 'baseline' }), [pod({ hostPID: true }, { name: 'x' }), owned('web-2', '1'), owned('web-1', '1'), pod({}, { name: 'fine' })], { operation: 'UPDATE', old: namespace({}) }),
    { warned: ['existing pods in namespace "default" violate the new PodSecurity enforce level "baseline:latest"', 'web-1 (and 2 other pods): host namespaces'] }],
  ['with two reasons', () => met(namespace({ enforce: 'baseline' }), [pod({ hostPID: true }, { name: 'x' }), pod({ containers: [of('a', { privileged: true })] }, { name: 'b' }), pod({ hostPID: true }, { name: 'y' })], { operation: 'UPDATE', old: namespace({}) }),
    { warned: ['existing pods in namespace "default" violate the new PodSecurity enforce level "baseline:latest"', 'b: privileged', 'x (and 1 other pod): host namespaces'] }],
  ['a namespace that enforces less', () => met(namespace({ enforce: 'baseline' }), [bad], { operation: 'UPDATE', old: namespace({ enforce: 'restricted' }) }), { warned: [] }],
  ['a namespace that enforces nothing more', () => met(namespace({ enforce: 'privileged' }), [bad], { operation: 'UPDATE', old: namespace({ enforce: 'restricted' }) }), { warned: [] }],
  ['an exempt namespace that asks for something', () => met(namespace({ enforce: 'baseline', audit: 'restricted', 'audit-version': 'v1.30' }), [], withConfig({ podSecurityExemptNamespaces: 'default' })),
    { warned: ['namespace "default" is exempt from Pod Security, and the policy (enforce=baseline:latest, audit=restricted:v1.30) will be ignored'] }],
];

export const podSecurityCases: CaseArea = {
  area: 'Pod security of namespaces',
  source: `${SOURCE}/admission/admission_test.go, api/helpers_test.go`,
  cases: [...LABELS.map(labelled), ...MEETINGS.map(([name, run, expected]): ConformanceCase => ({ name, run, expected })),
    { name: 'reasons alone', run: () => reasonsText(findingsOf({ annotations: {}, spec: { ...containers(of('a', { privileged: true })), hostPID: true } as never }, { level: 'baseline', minor: LATEST })), expected: 'host namespaces, privileged' }],
};
