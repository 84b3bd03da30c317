/** What the root file systems of images and machines hold that nobody put there for the occasion. */
import { type BaseTree, baseTree } from './layer.ts';
import { DIRECTORY, type FileNode, fileOf, SHARED_DIRECTORY } from './tree.ts';

const directories = (...paths: string[]): [string, FileNode][] => paths.map((path) => [path, DIRECTORY]);

const PASSWD = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

/** Directories and files of the file system hierarchy that images of any distribution have. */
const COMMON: readonly (readonly [string, FileNode])[] = [
  ...directories('/bin', '/dev', '/etc', '/home', '/lib', '/media', '/mnt', '/opt', '/proc', '/run'),
  ...directories('/sbin', '/srv', '/sys', '/usr/bin', '/usr/lib', '/usr/local/bin', '/usr/sbin'),
  ...directories('/usr/share', '/var/cache', '/var/lib', '/var/log', '/var/spool'),
  // A container's first process, and any process to itself.
  ...directories('/proc/1', '/proc/self'),
  ['/root', { kind: 'directory', mode: 0o700 }],
  ['/tmp', SHARED_DIRECTORY],
  ['/var/tmp', SHARED_DIRECTORY],
  ['/var/run', { kind: 'link', to: '/run' }],
  ['/etc/passwd', fileOf(PASSWD)],
  ['/etc/group', fileOf('root:x:0:\ndaemon:x:1:\nnogroup:x:65534:\n')],
];

const made = new WeakMap<object, BaseTree>();
const NO_FILES: Readonly<Record<string, string>> = {};

/** The root of an image with these files (path to content). */
export function imageRoot(files: Readonly<Record<string, string>> = NO_FILES): BaseTree {
  let root = made.get(files);
  if (root === undefined) {
    const own = Object.entries(files).map(([path, content]) => [path, fileOf(content)] as const);
    made.set(files, (root = baseTree([...COMMON, ...own])));
  }
  return root;
}

/** The root of a machine: what hostPath volumes commonly point at. */
export const MACHINE_ROOT: BaseTree = baseTree([
  ...COMMON,
  ...directories('/boot', '/lib/modules', '/etc/cni/net.d', '/etc/kubernetes/manifests', '/etc/ssl/certs'),
  ...directories('/etc/kubernetes/pki', '/opt/cni/bin', '/run/containerd', '/run/xtables', '/sys/fs/cgroup'),
  ...directories('/sys/fs/bpf', '/sys/kernel/debug', '/sys/kernel/tracing', '/sys/kernel/security'),
  ...directories('/usr/share/ca-certificates', '/var/lib/containerd', '/var/lib/kubelet/plugins'),
  ...directories('/var/lib/kubelet/plugins_registry', '/var/lib/kubelet/pods', '/var/log/containers'),
  ...directories('/var/lib/kubelet/device-plugins', '/var/log/pods', '/usr/src', '/dev/shm'),
  ['/etc/localtime', fileOf('')],
  ['/etc/hosts', fileOf('127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n')],
  ['/etc/machine-id', fileOf('')],
  ['/etc/os-release', fileOf('PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\n')],
]);
