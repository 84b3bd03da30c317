/**
 * Kernel parameters that a pod may set: those that cannot harm its neighbours. Models
 * pkg/kubelet/sysctl/allowlist.go and safe_sysctls.go, without `allowedUnsafeSysctls`.
 */
import type { Pod } from '../../api/types.ts';
import type { Refusal } from './types.ts';

type Namespace = 'IPC' | 'Net';

const SAFE: ReadonlyMap<string, Namespace> = new Map([
  ['kernel.shm_rmid_forced', 'IPC'],
  ...[
    'ip_local_port_range',
    'tcp_syncookies',
    'ping_group_range',
    'ip_unprivileged_port_start',
    'ip_local_reserved_ports',
    'tcp_keepalive_time',
    'tcp_fin_timeout',
    'tcp_keepalive_intvl',
    'tcp_keepalive_probes',
    'tcp_rmem',
    'tcp_wmem',
  ].map((name) => [`net.ipv4.${name}`, 'Net'] as const),
]);

/** `net/ipv4/conf/eth0.1/x` as `net.ipv4.conf.eth0/1.x`; what is written with dots stays so. */
function withDots(name: string): string {
  const [first] = /[./]/.exec(name) ?? [];
  return first === '/' ? name.replace(/[./]/g, (c) => (c === '/' ? '.' : '/')) : name;
}

/** What a pod sets, for its sandbox. */
export function settingSysctls({ spec }: Pod): { readonly sysctls?: Readonly<Record<string, string>> } {
  const { sysctls = [] } = spec.securityContext ?? {};
  return sysctls.length === 0
    ? {}
    : { sysctls: Object.fromEntries(sysctls.map(({ name, value }) => [withDots(name), value])) };
}

/** Undefined: the kubelet lets it set them. */
export function refusedSysctls({ spec }: Pod): Refusal | undefined {
  for (const { name } of spec.securityContext?.sysctls ?? []) {
    const sysctl = withDots(name);
    const namespace = SAFE.get(sysctl);
    const shared =
      (namespace === 'IPC' && spec.hostIPC === true) || (namespace === 'Net' && spec.hostNetwork === true);
    if (namespace !== undefined && !shared) continue;
    const why = namespace === undefined ? 'not allowlisted' : `not allowed with host ${namespace} enabled`;
    return { reason: 'SysctlForbidden', message: `forbidden sysctl: "${sysctl}" ${why}` };
  }
  return undefined;
}
