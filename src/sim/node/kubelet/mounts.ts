/**
 * A container's volume mounts. Models makeMounts of pkg/kubelet/kubelet_pods.go and pkg/volume/util/subpath.
 */
import type { Container, Pod } from '../../api/types.ts';
import { namesIn, NO_BASE, nodeIn, pathsIn } from '../files/layer.ts';
import { MACHINE_ROOT } from '../files/root.ts';
import { DIRECTORY, type FileTree, normalized, parentOf, plant } from '../files/tree.ts';
import { volumesOf } from '../storage.ts';
import type { Mount, PodVolume } from '../world.ts';
import { expand } from './expansion.ts';
import type { Variables } from './servicevariables.ts';
import { MissingSource } from './sources.ts';
import type { Kubelet } from './types.ts';

const NONE: readonly Mount[] = [];

type VolumeMount = NonNullable<Container['volumeMounts']>[number];

/** Where a container's runtime mounts: every image has /var/run as a link to /run. */
const realPath = (path: string): string => path.replace(/^\/var\/run(?=\/|$)/, '/run');

/** @throws MissingSource where a variable is not there */
function subPathOf(mount: VolumeMount, variables: Variables): string {
  if (!mount.subPathExpr) return mount.subPath ?? '';
  const missing = new Set<string>();
  const path = expand(mount.subPathExpr, (name) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (!value) missing.add(name);
    return value;
  });
  if (missing.size > 0) throw new MissingSource(`missing value for ${[...missing].sort().join(', ')}`, true);
  // What is written in the spec was seen at admission; what variables make of it, nobody has seen.
  if (path.startsWith('/'))
    throw new MissingSource(`error SubPath \`${path}\` must not be an absolute path`, true);
  if (path.split('/').includes('..'))
    throw new MissingSource(`unable to provision SubPath \`${path}\`: must not contain '..'`, true);
  return path;
}

/**
 * What a path of a volume the kubelet writes has now, held for as long as the container runs: the directory
 * it leads to is replaced, not changed. One that is not there is made a directory of, in the volume, where it
 * stays in the way of what may come by that name.
 */
function heldOf(files: FileTree, subPath: string): FileTree {
  const layer = { own: files, base: NO_BASE };
  const data = files.get('/..data');
  const isMade = files.get(subPath)?.kind === 'directory';
  const from = data?.kind === 'link' && !isMade ? `/${data.to}${subPath}` : subPath;
  const held: FileTree = new Map();
  const node = nodeIn(layer, from);
  if (node === undefined) {
    const isShown = files.get(`/${subPath.split('/')[1]!}`)?.kind === 'link';
    plant(files, isShown ? from : subPath, DIRECTORY);
    held.set(subPath, DIRECTORY);
  } else {
    plant(held, subPath, node);
    if (node.kind === 'directory')
      for (const path of pathsIn(layer, from))
        held.set(subPath + path.slice(from.length), nodeIn(layer, path)!);
  }
  return held;
}

/** A subPath that is not there is made a directory of. @returns whether it is there then */
function prepareSubPath(k: Kubelet, volume: PodVolume | undefined, subPath: string): boolean {
  const { machine, env } = k;
  const make = (own: FileTree, base: typeof NO_BASE, path: string): boolean => {
    if (path === '/' || nodeIn({ own, base }, path) !== undefined || namesIn({ own, base }, path).length > 0)
      return true;
    const parent = parentOf(path);
    if (!make(own, base, parent)) return false;
    if (parent !== '/' && nodeIn({ own, base }, parent)?.kind === 'file') return false;
    own.set(path, DIRECTORY);
    return true;
  };
  if (volume?.kind === 'own') return make(volume.files, NO_BASE, subPath);
  if (volume?.kind === 'host')
    return make(machine.hostFiles, MACHINE_ROOT, normalized(volume.path + subPath));
  const disk = volume?.kind === 'disk' ? env.world.disks.get(volume.disk) : undefined;
  if (volume?.kind !== 'disk' || disk === undefined) return true;
  if (volume.readOnly && nodeIn({ own: disk.files, base: NO_BASE }, subPath) === undefined) return false;
  return make(disk.files, NO_BASE, subPath);
}

/** @throws MissingSource */
export function mountsOf(k: Kubelet, pod: Pod, container: Container, variables: Variables): readonly Mount[] {
  const wanted = container.volumeMounts ?? [];
  if (wanted.length === 0) return NONE;
  const volumes = volumesOf(k.machine, pod.metadata.uid);
  return wanted.map((mount): Mount => {
    const volume = volumes.get(mount.name);
    const projected = volume?.kind === 'own' && volume.projected;
    const given = subPathOf(mount, variables);
    const plain = {
      path: realPath(normalized(mount.mountPath)),
      volume: mount.name,
      readOnly: mount.readOnly === true || projected,
    };
    if (given === '') return plain;
    const subPath = normalized(given);
    if (projected) return { ...plain, subPath, held: heldOf(volume.files, subPath) };
    // What is in the way is not told: it would say what the machine has.
    if (!prepareSubPath(k, volume, subPath))
      throw new MissingSource(
        `failed to create subPath directory for volumeMount "${mount.name}" of container "${container.name}"`,
        true,
      );
    return { ...plain, subPath };
  });
}
