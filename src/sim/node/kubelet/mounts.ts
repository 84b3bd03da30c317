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

/** @throws MissingSource where a variable is not there */
function subPathOf(mount: VolumeMount, variables: Variables): string {
  if (!mount.subPathExpr) return mount.subPath ?? '';
  return expand(mount.subPathExpr, (name) => {
    if (Object.hasOwn(variables, name)) return variables[name];
    throw new MissingSource(`missing value for "${name}"`, true);
  });
}

/**
 * What a path of a volume the kubelet writes has now, held for as long as the container runs: the directory
 * it leads to is replaced, not changed.
 */
function heldOf(files: FileTree, subPath: string): FileTree {
  const layer = { own: files, base: NO_BASE };
  const data = files.get('/..data');
  const from = data?.kind === 'link' ? `/${data.to}${subPath}` : subPath;
  const held: FileTree = new Map();
  const node = nodeIn(layer, from);
  if (node === undefined) held.set(subPath, DIRECTORY);
  else {
    plant(held, subPath, node);
    if (node.kind === 'directory')
      for (const path of pathsIn(layer, from))
        held.set(subPath + path.slice(from.length), nodeIn(layer, path)!);
  }
  return held;
}

/** A subPath that is not there is made a directory of. */
function prepareSubPath(k: Kubelet, volume: PodVolume | undefined, subPath: string): void {
  const { machine, env } = k;
  const make = (own: FileTree, base: typeof NO_BASE, path: string): void => {
    if (nodeIn({ own, base }, path) !== undefined || namesIn({ own, base }, path).length > 0) return;
    if (parentOf(path) !== '/' && nodeIn({ own, base }, parentOf(path)) === undefined)
      make(own, base, parentOf(path));
    own.set(path, DIRECTORY);
  };
  if (volume?.kind === 'own') make(volume.files, NO_BASE, subPath);
  else if (volume?.kind === 'host') make(machine.hostFiles, MACHINE_ROOT, normalized(volume.path + subPath));
  else if (volume?.kind === 'disk') {
    const disk = env.world.disks.get(volume.disk);
    if (disk !== undefined) make(disk.files, NO_BASE, subPath);
  }
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
      path: normalized(mount.mountPath),
      volume: mount.name,
      readOnly: mount.readOnly === true || projected,
    };
    if (given === '') return plain;
    const subPath = normalized(given);
    if (projected) return { ...plain, subPath, held: heldOf(volume.files, subPath) };
    prepareSubPath(k, volume, subPath);
    return { ...plain, subPath };
  });
}
