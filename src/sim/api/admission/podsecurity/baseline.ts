/** The checks of the level `baseline`. Models k8s.io/pod-security-admission/policy/check_*.go. */
import type { IContainer, ILifecycleHandler, IProbe, ISELinuxOptions } from 'kubernetes-models/v1';
import {
  containersOf,
  containersText,
  counted,
  hasOwnUsers,
  namesWhere,
  quoted,
  settersText,
  sorted,
  type Check,
  type Checked,
  type Finding,
} from './findings.ts';

const finding = (reason: string, detail: string): Finding => ({ reason, detail });

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const fitsAppArmor = (type: string): boolean => type === 'RuntimeDefault' || type === 'Localhost';
const fitsAppArmorAnnotation = (value: string): boolean =>
  value === '' || value === 'runtime/default' || value.startsWith('localhost/');

export const appArmorProfile: Check = (checked) => {
  const { annotations, spec } = checked;
  const ofPod = spec.securityContext?.appArmorProfile?.type;
  const pod = ofPod !== undefined && !fitsAppArmor(ofPod);
  const typeOf = (c: IContainer): string | undefined => c.securityContext?.appArmorProfile?.type;
  const bad = namesWhere(checked, (c) => {
    const type = typeOf(c);
    return type !== undefined && !fitsAppArmor(type);
  });
  const values = sorted([
    ...(pod ? [ofPod] : []),
    ...containersOf(checked)
      .flatMap((c) => typeOf(c) ?? [])
      .filter((type) => !fitsAppArmor(type)),
  ]);
  const said = sorted(
    Object.entries(annotations)
      .filter(([key, value]) => key.startsWith(APPARMOR_ANNOTATION) && !fitsAppArmorAnnotation(value))
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  );
  const setters = [settersText(pod, bad), said.length === 0 ? '' : counted(said.length, 'annotation')].filter(
    (setter) => setter !== '',
  );
  const all = [...values, ...said];
  return setters.length === 0
    ? undefined
    : finding(
        counted(all.length, 'forbidden AppArmor profile'),
        `${setters.join(' and ')} must not set AppArmor profile type to ${quoted(all)}`,
      );
};

const DEFAULT_CAPABILITIES = new Set(
  (
    'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP ' +
    'SETUID SYS_CHROOT'
  ).split(' '),
);

export const baselineCapabilities: Check = (checked) => {
  const added = (c: IContainer): string[] =>
    (c.securityContext?.capabilities?.add ?? []).filter((name) => !DEFAULT_CAPABILITIES.has(name));
  const bad = namesWhere(checked, (c) => added(c).length > 0);
  return bad.length === 0
    ? undefined
    : finding(
        'non-default capabilities',
        `${containersText(bad)} must not include ` +
          `${quoted(sorted(containersOf(checked).flatMap(added)))} in securityContext.capabilities.add`,
      );
};

export const hostNamespaces: Check = ({ spec }) => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field] === true);
  return shared.length === 0
    ? undefined
    : finding('host namespaces', shared.map((field) => `${field}=true`).join(', '));
};

export const hostPathVolumes: Check = ({ spec }) => {
  const bad = (spec.volumes ?? []).filter((volume) => volume.hostPath).map(({ name }) => name);
  return bad.length === 0
    ? undefined
    : finding('hostPath volumes', `${counted(bad.length, 'volume')} ${quoted(bad)}`);
};

export const hostPorts: Check = (checked) => {
  const portsOf = (c: IContainer): string[] =>
    (c.ports ?? []).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const bad = namesWhere(checked, (c) => portsOf(c).length > 0);
  if (bad.length === 0) return undefined;
  const ports = sorted(containersOf(checked).flatMap(portsOf));
  return finding(
    'hostPort',
    `${containersText(bad)} ${counted(bad.length, 'uses', 'use')} ${counted(ports.length, 'hostPort')} ` +
      ports.join(', '),
  );
};

const hostsOf = (handler: IProbe | ILifecycleHandler | undefined): string[] =>
  [handler?.httpGet?.host, handler?.tcpSocket?.host].flatMap((host) => host || []);

export const hostProbes: Check = (checked) => {
  const found = (c: IContainer): string[] => [
    ...hostsOf(c.livenessProbe),
    ...hostsOf(c.readinessProbe),
    ...hostsOf(c.startupProbe),
    ...hostsOf(c.lifecycle?.postStart),
    ...hostsOf(c.lifecycle?.preStop),
  ];
  const bad = sorted(namesWhere(checked, (c) => found(c).length > 0));
  if (bad.length === 0) return undefined;
  const hosts = sorted(containersOf(checked).flatMap(found));
  return finding(
    'probe or lifecycle host',
    `${containersText(bad)} ${counted(bad.length, 'uses', 'use')} ` +
      `${counted(hosts.length, 'probe or lifecycle host')} ${quoted(hosts)}`,
  );
};

export const privileged: Check = (checked) => {
  const bad = namesWhere(checked, (c) => c.securityContext?.privileged === true);
  return bad.length === 0
    ? undefined
    : finding('privileged', `${containersText(bad)} must not set securityContext.privileged=true`);
};

export const procMount: Check = (checked) => {
  const mountOf = (c: IContainer): string => c.securityContext?.procMount ?? 'Default';
  const bad = namesWhere(checked, (c) => mountOf(c) !== 'Default');
  const types = sorted(
    containersOf(checked)
      .map(mountOf)
      .filter((type) => type !== 'Default'),
  );
  return bad.length === 0
    ? undefined
    : finding(
        'procMount',
        `${containersText(bad)} must not set securityContext.procMount to ${quoted(types)}`,
      );
};

/** @param check that does not count for a Pod whose users are its own */
export const unlessOwnUsers =
  (check: Check): Check =>
  (checked) =>
    hasOwnUsers(checked) ? undefined : check(checked);

const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
export const fitsSeccomp = (type: string): boolean => type === 'RuntimeDefault' || type === 'Localhost';
const fitsSeccompAnnotation = (value: string): boolean =>
  value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');

/** Before 1.19, when annotations said it. */
export const seccompAnnotations: Check = (checked) => {
  const { annotations } = checked;
  const keys = [SECCOMP_POD, ...containersOf(checked).map(({ name }) => `${SECCOMP_CONTAINER}${name}`)];
  const bad = sorted(
    keys
      .filter((key) => annotations[key] !== undefined && !fitsSeccompAnnotation(annotations[key]))
      .map((key) => `${key}=${JSON.stringify(annotations[key])}`),
  );
  return bad.length === 0
    ? undefined
    : finding('seccompProfile', `forbidden ${counted(bad.length, 'annotation')} ${bad.join(', ')}`);
};

/** Profiles that are said and may not be: of the Pod, and of containers. */
export function badSeccomp(checked: Checked): { pod: boolean; containers: string[]; values: string[] } {
  const ofPod = checked.spec.securityContext?.seccompProfile?.type;
  const pod = ofPod !== undefined && !fitsSeccomp(ofPod);
  const badOf = (c: IContainer): string[] => {
    const type = c.securityContext?.seccompProfile?.type;
    return type === undefined || fitsSeccomp(type) ? [] : [type];
  };
  return {
    pod,
    containers: namesWhere(checked, (c) => badOf(c).length > 0),
    values: sorted([...(pod ? [ofPod] : []), ...containersOf(checked).flatMap(badOf)]),
  };
}

export const baselineSeccomp: Check = (checked) => {
  const { pod, containers, values } = badSeccomp(checked);
  const setters = settersText(pod, containers);
  return setters === ''
    ? undefined
    : finding(
        'seccompProfile',
        `${setters} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
      );
};

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

/** @param types that may be */
const seLinux =
  (types: readonly string[]): Check =>
  (checked) => {
    const isBad = (options: ISELinuxOptions | undefined): boolean =>
      options !== undefined && (!types.includes(options.type ?? '') || !!options.user || !!options.role);
    const ofPod = checked.spec.securityContext?.seLinuxOptions;
    const setters = settersText(
      isBad(ofPod),
      namesWhere(checked, (c) => isBad(c.securityContext?.seLinuxOptions)),
    );
    if (setters === '') return undefined;
    const all = [ofPod, ...containersOf(checked).map((c) => c.securityContext?.seLinuxOptions)];
    const bad = sorted(all.map((options) => options?.type ?? '').filter((type) => !types.includes(type)));
    const said = [
      ...(bad.length === 0 ? [] : [`${counted(bad.length, 'type')} ${quoted(bad)}`]),
      ...(all.some((options) => options?.user) ? ['user may not be set'] : []),
      ...(all.some((options) => options?.role) ? ['role may not be set'] : []),
    ];
    return finding(
      'seLinuxOptions',
      `${setters} set forbidden securityContext.seLinuxOptions: ${said.join('; ')}`,
    );
  };

export const seLinuxOptions = seLinux(SELINUX_TYPES);
/** Since 1.31. */
export const seLinuxOptionsWithEngine = seLinux([...SELINUX_TYPES, 'container_engine_t']);

/** Kernel parameters that are a Pod's own, by the version since which they are known to be. */
const SYSCTLS: readonly (readonly [minor: number, names: string])[] = [
  [
    0,
    'kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies ' +
      'net.ipv4.ping_group_range net.ipv4.ip_unprivileged_port_start',
  ],
  [27, 'net.ipv4.ip_local_reserved_ports'],
  [
    29,
    'net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl ' +
      'net.ipv4.tcp_keepalive_probes',
  ],
  [32, 'net.ipv4.tcp_rmem net.ipv4.tcp_wmem'],
];

export const sysctlVersions = SYSCTLS.map(([minor]) => minor);

export function sysctls(minor: number): Check {
  const allowed = new Set(SYSCTLS.flatMap(([since, names]) => (since <= minor ? names.split(' ') : [])));
  return ({ spec }) => {
    const bad = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((n) => !allowed.has(n));
    return bad.length === 0 ? undefined : finding('forbidden sysctls', bad.join(', '));
  };
}

export const hostProcess: Check = (checked) => {
  const setters = settersText(
    checked.spec.securityContext?.windowsOptions?.hostProcess === true,
    namesWhere(checked, (c) => c.securityContext?.windowsOptions?.hostProcess === true),
  );
  return setters === ''
    ? undefined
    : finding('hostProcess', `${setters} must not set securityContext.windowsOptions.hostProcess=true`);
};
