/** hostPath volumes: what must be there, and what is made. Models pkg/volume/hostpath/host_path.go. */
import { nodeIn } from '../files/layer.ts';
import { MACHINE_ROOT } from '../files/root.ts';
import { DIRECTORY, type FileNode, fileOf, normalized, parentOf, plant } from '../files/tree.ts';
import type { Machine } from '../world.ts';

/** What programs of the machine listen on, and the devices that every one has. */
const SOCKETS: readonly string[] = ['/run/containerd/containerd.sock', '/run/systemd/private'];
const CHARACTER_DEVICES: readonly string[] = [
  '/dev/null',
  '/dev/zero',
  '/dev/full',
  '/dev/random',
  '/dev/urandom',
  '/dev/tty',
  '/dev/kmsg',
  '/dev/fuse',
  '/dev/net/tun',
];
const BLOCK_DEVICES: readonly string[] = ['/dev/sda', '/dev/sda1'];

/** On a machine `/var/run` is `/run`. */
export const onMachine = (path: string): string => normalized(path).replace(/^\/var\/run(?=\/|$)/, '/run');

/** Why the volume cannot be had, in the kubelet's words; undefined: it can. */
export function prepareHostPath(machine: Machine, path: string, type: string): string | undefined {
  const at = onMachine(path);
  const node = at === '/' ? DIRECTORY : nodeIn({ own: machine.hostFiles, base: MACHINE_ROOT }, at);
  const special = [SOCKETS, CHARACTER_DEVICES, BLOCK_DEVICES].some((paths) => paths.includes(at));
  const isDirectory = node?.kind === 'directory';
  const isFile = node?.kind === 'file' && !special;
  const unlike = (what: string): string => `hostPath type check failed: ${path} is not a ${what}`;
  const make = (made: FileNode): undefined => {
    plant(machine.hostFiles, at, made);
    return undefined;
  };
  switch (type) {
    case '':
      // The container runtime makes a directory of what is not there.
      return node === undefined && !special ? make(DIRECTORY) : undefined;
    case 'DirectoryOrCreate':
      return isDirectory ? undefined : node === undefined && !special ? make(DIRECTORY) : unlike('directory');
    case 'Directory':
      return isDirectory ? undefined : unlike('directory');
    case 'FileOrCreate': {
      if (isFile) return undefined;
      if (node !== undefined || special) return unlike('file');
      const parent = parentOf(at);
      const there =
        parent === '/' || nodeIn({ own: machine.hostFiles, base: MACHINE_ROOT }, parent) !== undefined;
      return there ? make(fileOf('')) : `open ${path}: no such file or directory`;
    }
    case 'File':
      return isFile ? undefined : unlike('file');
    case 'Socket':
      return SOCKETS.includes(at) ? undefined : unlike('socket file');
    case 'CharDevice':
      return CHARACTER_DEVICES.includes(at) ? undefined : unlike('character device');
    case 'BlockDevice':
      return BLOCK_DEVICES.includes(at) ? undefined : unlike('block device');
    default:
      return `hostPath type check failed: ${type} is an invalid volume type`;
  }
}
