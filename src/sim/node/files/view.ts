/**
 * A container's files as it sees them: its volumes where they are mounted, its own layer elsewhere, its image
 * below. Only reads.
 */
import { behaviourOf } from '../images.ts';
import {
  latestContainer,
  type Machine,
  type Mount,
  type PodVolume,
  type RuntimeContainer,
  type World,
} from '../world.ts';
import { asRead } from './asread.ts';
import { type Layer, namesIn, NO_BASE, nodeIn, pathsIn } from './layer.ts';
import { imageRoot, MACHINE_ROOT } from './root.ts';
import { below, DIRECTORY, type FileNode, type FileTree, isBelow, normalized } from './tree.ts';

/** Links that are followed before a path counts as going round in circles (MAXSYMLINKS of Linux). */
const MOST_LINKS = 40;

/** The root of a PID namespace's first process, as /proc has it. */
const TARGET_ROOT = '/proc/1/root';

/** Where a path of a container leads. */
export interface Place {
  readonly layer: Layer;
  /** In the layer. */
  readonly path: string;
  /** Undefined: the container's root. */
  readonly mount: Mount | undefined;
  readonly volume: PodVolume | undefined;
}

const layerOf = (own: FileTree): Layer => ({ own, base: NO_BASE });
const NOTHING: Layer = layerOf(new Map());

function volumeLayer(world: World, machine: Machine, mount: Mount, volume: PodVolume | undefined): Layer {
  if (mount.held !== undefined) return layerOf(mount.held);
  switch (volume?.kind) {
    case 'own':
      return layerOf(volume.files);
    case 'host':
      return { own: machine.hostFiles, base: MACHINE_ROOT };
    case 'disk': {
      const disk = world.disks.get(volume.disk);
      return disk === undefined ? NOTHING : layerOf(disk.files);
    }
    default:
      return NOTHING;
  }
}

/** The innermost mount that a path is in. */
function mountAt(mounts: readonly Mount[], path: string): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    const within = mount.path === '/' || path === mount.path || isBelow(mount.path, path);
    if (within && (found === undefined || mount.path.length >= found.path.length)) found = mount;
  }
  return found;
}

function rootOf(volume: PodVolume | undefined): FileNode {
  if (volume?.kind !== 'own') return DIRECTORY;
  const { mode, group } = volume;
  return { kind: 'directory', mode, ...(group === undefined ? {} : { owner: [0, group] }) };
}

/** The files of one container at one moment. */
export class FileView {
  private readonly world: World;
  private readonly machine: Machine;
  private readonly container: RuntimeContainer;

  constructor(world: World, machine: Machine, container: RuntimeContainer) {
    this.world = world;
    this.machine = machine;
    this.container = container;
  }

  /** @param path of which no part is a link, but perhaps the last */
  placeOf(path: string): Place {
    const { world, machine, container } = this;
    const seen = container.target === undefined ? undefined : this.rootOfTarget(path);
    if (seen !== undefined) return seen;
    const mount = container.mounts.length === 0 ? undefined : mountAt(container.mounts, path);
    if (mount === undefined) {
      const base = imageRoot(behaviourOf(world, container.image).files);
      return { layer: { own: container.files, base }, path, mount: undefined, volume: undefined };
    }
    const volume = machine.volumes.get(container.podUid)?.get(mount.volume);
    const inMount = mount.path === '/' ? path : path.slice(mount.path.length);
    const from = volume?.kind === 'host' ? volume.path + (mount.subPath ?? '') : (mount.subPath ?? '');
    return {
      layer: volumeLayer(world, machine, mount, volume),
      path: normalized(`${from}${inMount}` || '/'),
      mount,
      volume,
    };
  }

  /** Where a path below the root of the container that this one looks at leads. */
  private rootOfTarget(path: string): Place | undefined {
    const { world, machine, container } = this;
    if (path !== TARGET_ROOT && !isBelow(TARGET_ROOT, path)) return undefined;
    const target = latestContainer(machine, container.podUid, container.target!);
    if (target?.state !== 'running') return undefined;
    return new FileView(world, machine, target).placeOf(path.slice(TARGET_ROOT.length) || '/');
  }

  /** The node at a path as it is, a link where it is one. @param path as of `placeOf` */
  nodeAt(path: string): FileNode | undefined {
    const { layer, path: at, volume } = this.placeOf(path);
    const node = at === '/' ? rootOf(volume) : nodeIn(layer, at);
    if (node !== undefined) return node;
    return this.container.mounts.some((m) => isBelow(path, m.path)) ? DIRECTORY : undefined;
  }

  /**
   * A path with the links on its way followed, those that lead nowhere too. Undefined: it goes round in
   * circles.
   * @param last whether a link at the end is followed as well
   */
  resolve(path: string, last = true): string | undefined {
    let parts = normalized(path).split('/').slice(1);
    let at = '/';
    for (let links = 0; parts.length > 0 && parts[0] !== ''; ) {
      const [name, ...rest] = parts as [string, ...string[]];
      const next = below(at, name);
      const node = rest.length > 0 || last ? this.nodeAt(next) : undefined;
      if (node?.kind !== 'link') {
        at = next;
        parts = rest;
        continue;
      }
      links += 1;
      if (links > MOST_LINKS) return undefined;
      const target = node.to.startsWith('/') ? node.to : below(at, node.to);
      parts = normalized([target, ...rest].join('/'))
        .split('/')
        .slice(1);
      at = '/';
    }
    return at;
  }

  stat(path: string): FileNode | undefined {
    const at = this.resolve(path);
    const node = at === undefined ? undefined : this.nodeAt(at);
    return node && asRead(node);
  }

  /** Content of a file; undefined when there is none. */
  read(path: string): string | undefined {
    const node = this.stat(path);
    return node?.kind === 'file' ? node.content : undefined;
  }

  /** Names in a directory, sorted; undefined where there is none. */
  list(directory: string): readonly string[] | undefined {
    const at = this.resolve(directory);
    if (at === undefined || this.nodeAt(at)?.kind !== 'directory') return undefined;
    const { layer, path } = this.placeOf(at);
    const names = namesIn(layer, path);
    const inside = this.container.mounts.filter((m) => isBelow(at, m.path));
    if (inside.length === 0) return names;
    const start = at === '/' ? 1 : at.length + 1;
    return [...new Set([...names, ...inside.map((m) => m.path.slice(start).split('/')[0]!)])].sort();
  }

  /** Paths of the files below a directory that somebody put there: those its image names, and later ones. */
  filesBelow(directory: string): string[] {
    const { world, container } = this;
    const described = Object.keys(behaviourOf(world, container.image).files ?? {});
    const paths = new Set([...described, ...container.files.keys()]);
    for (const { path } of container.mounts) {
      const { layer, path: from, volume } = this.placeOf(path);
      if (volume?.kind === 'host') continue;
      const start = from === '/' ? 0 : from.length;
      for (const inside of pathsIn(layer, from)) paths.add(path + inside.slice(start));
    }
    return [...paths]
      .filter((path) => isBelow(normalized(directory), path) && !path.includes('/..'))
      .filter((path) => this.stat(path)?.kind === 'file')
      .sort();
  }
}
