/** Files that the kernel and the kubelet make up: what scripts read of `/proc` and `/etc`. */
import { clusterResolver, DNS_ADDRESS, resolvConf } from '../resolver.ts';
import type { ShellEnv } from './env.ts';

const MEMINFO = `MemTotal:        8148220 kB
MemFree:         5219044 kB
MemAvailable:    7014512 kB
Buffers:          120344 kB
Cached:          1743212 kB
SwapTotal:             0 kB
SwapFree:              0 kB
`;
const CPUINFO = `processor	: 0
model name	: Simulated CPU
cpu MHz		: 2400.000

processor	: 1
model name	: Simulated CPU
cpu MHz		: 2400.000
`;
const OS_RELEASE = 'NAME="Linux"\nID=linux\nPRETTY_NAME="Linux"\n';

/** What every Pod finds there of its account, whether it has asked for a token or not. */
const ACCOUNT = 'run/secrets/kubernetes.io/serviceaccount';

const inDomain = (hostname: string, domain: string | undefined): string =>
  domain === undefined ? '' : `${hostname}.${domain}\t`;

const FILES: Readonly<Record<string, (env: ShellEnv) => string>> = {
  '/etc/hosts': ({ address, hostname, domain, hosts: { aliases, ofNode } = { aliases: '' } }) =>
    ofNode === undefined
      ? '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ' +
        'ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\n' +
        `fe00::2\tip6-allrouters\n${address}\t${inDomain(hostname, domain)}${hostname}\n${aliases}`
      : `# Kubernetes-managed hosts file (host network).\n${ofNode}${aliases}`,
  [`/${ACCOUNT}/namespace`]: ({ namespace }) => namespace,
  [`/var/${ACCOUNT}/namespace`]: ({ namespace }) => namespace,
  '/etc/hostname': ({ hostname }) => `${hostname}\n`,
  '/etc/resolv.conf': ({ namespace, resolver }) =>
    resolvConf(resolver ?? clusterResolver(namespace, DNS_ADDRESS)),
  '/etc/os-release': () => OS_RELEASE,
  '/proc/cpuinfo': () => CPUINFO,
  '/proc/meminfo': () => MEMINFO,
  '/proc/loadavg': () => '0.10 0.08 0.05 1/120 7\n',
  '/proc/uptime': ({ now }) =>
    `${(Math.max(0, now) / 1000).toFixed(2)} ${(Math.max(0, now) / 500).toFixed(2)}\n`,
  '/proc/version': () => 'Linux version 6.12.0-amd64\n',
  '/proc/mounts': (env) => {
    const [root, ...volumes] = env
      .mounts()
      .map(
        ({ device, path, type, readOnly }) =>
          `${device} ${path} ${type} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`,
      );
    return [root, 'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n', ...volumes].join('');
  },
  '/proc/1/comm': ({ server }) => `${server ?? 'sh'}\n`,
  '/proc/1/cmdline': ({ server }) => `${server ?? 'sh'}\0`,
  '/proc/self/status': () => 'Name:\tsh\nState:\tR (running)\nPid:\t1\nUid:\t0\t0\t0\t0\n',
  '/proc/1/status': () => 'Name:\tsh\nState:\tS (sleeping)\nPid:\t1\nUid:\t0\t0\t0\t0\n',
  '/proc/self/cgroup': () => '0::/\n',
  '/proc/1/cgroup': () => '0::/\n',
  '/proc/sys/kernel/random/uuid': ({ randomInt }) => {
    const digits = (many: number): string =>
      Array.from({ length: many }, () => randomInt(16).toString(16)).join('');
    return `${[8, 4, 4, 4, 12].map(digits).join('-')}\n`;
  },
  '/sys/fs/cgroup/memory.max': () => 'max\n',
  '/sys/fs/cgroup/cpu.max': () => 'max 100000\n',
  '/sys/kernel/mm/transparent_hugepage/enabled': () => 'always [madvise] never\n',
};

/** Parameters of a kernel that nobody has set. */
const SYSCTLS: Readonly<Record<string, string>> = {
  'kernel.shm_rmid_forced': '0',
  'net.core.somaxconn': '4096',
  'net.ipv4.ip_local_port_range': '32768\t60999',
  'net.ipv4.ip_local_reserved_ports': '',
  'net.ipv4.ip_unprivileged_port_start': '1024',
  'net.ipv4.ping_group_range': '1\t0',
  'net.ipv4.tcp_fin_timeout': '60',
  'net.ipv4.tcp_keepalive_intvl': '75',
  'net.ipv4.tcp_keepalive_probes': '9',
  'net.ipv4.tcp_keepalive_time': '7200',
  'net.ipv4.tcp_rmem': '4096\t131072\t6291456',
  'net.ipv4.tcp_syncookies': '1',
  'net.ipv4.tcp_wmem': '4096\t16384\t4194304',
  'vm.max_map_count': '262144',
};
const PROC_SYS = '/proc/sys/';

/** The parameters that a Pod sees, by their names with dots. */
export const sysctlsOf = ({ sysctls, hostname }: ShellEnv): Readonly<Record<string, string>> => ({
  'kernel.hostname': hostname,
  ...SYSCTLS,
  ...sysctls,
});

/** The kernel writes numbers that were told it apart by tabs. */
function parameterAt(path: string, env: ShellEnv): string | undefined {
  const all = sysctlsOf(env);
  const name = path.slice(PROC_SYS.length).replaceAll('/', '.');
  return Object.hasOwn(all, name) ? `${all[name]!.replaceAll(/ +/g, '\t')}\n` : undefined;
}

/** Content of a file that nobody has written; undefined: there is none. */
export function dynamicFile(path: string, env: ShellEnv): string | undefined {
  if (Object.hasOwn(FILES, path)) return FILES[path]!(env);
  return path.startsWith(PROC_SYS) ? parameterAt(path, env) : undefined;
}

/** Whether a device is at a path. */
export const isDevice = (path: string): boolean =>
  /^\/dev\/(?:null|zero|full|tty|console|u?random|std(?:in|out|err)|fd\/\d+)$/.test(path);

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\n';

/** So many characters of what a device never ends to give; undefined: it is none of these. */
export function deviceText(path: string, many: number, env: ShellEnv): string | undefined {
  if (path === '/dev/zero') return '\0'.repeat(Math.min(many, 65_536));
  if (path === '/dev/random' || path === '/dev/urandom')
    return Array.from({ length: Math.min(many, 4096) }, () => DIGITS[env.randomInt(DIGITS.length)]).join('');
  return path === '/dev/null' ? '' : undefined;
}
