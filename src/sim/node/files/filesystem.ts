/** A container's file system: what its programs may do with files, and how the kernel answers. */
import { hasKnownFiles } from '../images.ts';
import type { NodeEnv } from '../env.ts';
import { physicalChange, resourcesChange } from '../notices.ts';
import { roomIn } from '../storage.ts';
import { DEFAULT_MESSAGE_PATH, type Machine, type RuntimeContainer } from '../world.ts';
import { asRead } from './asread.ts';
import { eraseIn, nodeIn, pathsIn } from './layer.ts';
import {
  DIRECTORY,
  type FileNode,
  isBelow,
  appended,
  nodeBytes,
  normalized,
  type Owner,
  ownerOf,
  parentOf,
} from './tree.ts';
import { FileView, type Place } from './view.ts';

/** Why the kernel refuses, by its name in errno.h. */
export type FileProblem =
  | 'ENOENT'
  | 'EISDIR'
  | 'ENOTDIR'
  | 'EROFS'
  | 'ENOSPC'
  | 'EACCES'
  | 'EEXIST'
  | 'ENOTEMPTY'
  | 'EBUSY'
  | 'ELOOP';

/** As programs print them (strerror). */
export const PROBLEM_WORDS: Readonly<Record<FileProblem, string>> = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  EROFS: 'Read-only file system',
  ENOSPC: 'No space left on device',
  EACCES: 'Permission denied',
  EEXIST: 'File exists',
  ENOTEMPTY: 'Directory not empty',
  EBUSY: 'Device or resource busy',
  ELOOP: 'Too many levels of symbolic links',
};

export interface WriteOptions {
  readonly append?: boolean;
  /** Permission bits of a file that is made by it; 0o644 otherwise. */
  readonly mode?: number;
  /** The file's size where it is more than its content's: `dd` of many bytes. */
  readonly bytes?: number;
}

/** Paths are absolute; what changes something tells why not, or undefined when it is done. */
export interface FileSystem {
  /** Follows links. */
  stat(path: string): FileNode | undefined;
  /** The node itself, a link where it is one. */
  linkStat(path: string): FileNode | undefined;
  /**
   * Whether there may be a file that is not known: in an image that nobody described, or in a volume to which
   * another container of such an image writes.
   */
  mayHave(path: string): boolean;
  /** Content of a file. */
  read(path: string): string | undefined;
  write(path: string, content: string, options?: WriteOptions): FileProblem | undefined;
  /** @param parents makes those above it too, and does not mind that it is there (`mkdir -p`) */
  makeDirectory(path: string, parents?: boolean): FileProblem | undefined;
  remove(path: string, recursive?: boolean): FileProblem | undefined;
  rename(from: string, to: string): FileProblem | undefined;
  setMode(path: string, mode: number): FileProblem | undefined;
  /** Makes a symbolic link. */
  link(path: string, to: string): FileProblem | undefined;
  /** Names, sorted; undefined where there is no such directory. */
  list(directory: string): readonly string[] | undefined;
}

/** Writes from this size on bring the kubelet to look at its disk before something else does. */
const NOTICED_BYTES = 1024 * 1024;

class ContainerFiles extends FileView implements FileSystem {
  private readonly env: NodeEnv;
  private readonly where: Machine;
  private readonly who: RuntimeContainer;
  /** Someone from outside acts: what may only be read to the container may be written. */
  private readonly outside: boolean;
  private readonly missed: (path: string) => void;

  constructor(
    env: NodeEnv,
    machine: Machine,
    container: RuntimeContainer,
    outside: boolean,
    missed: (path: string) => void,
  ) {
    super(env.world, machine, container);
    this.env = env;
    this.where = machine;
    this.who = container;
    this.outside = outside;
    this.missed = missed;
  }

  override stat(path: string): FileNode | undefined {
    const node = super.stat(path);
    if (node === undefined) this.missed(path);
    return node;
  }

  linkStat(path: string): FileNode | undefined {
    const at = this.resolve(path, false);
    const node = at === undefined ? undefined : this.nodeAt(at);
    if (node === undefined) this.missed(path);
    return node;
  }

  override list(directory: string): readonly string[] | undefined {
    this.missed(directory);
    return super.list(directory);
  }

  write(path: string, content: string, options: WriteOptions = {}): FileProblem | undefined {
    const at = this.resolve(path);
    if (at === undefined) return 'ELOOP';
    const there = this.nodeAt(at);
    const old = there && asRead(there);
    if (old?.kind === 'directory') return 'EISDIR';
    const isMessage = at === (this.who.messagePath ?? DEFAULT_MESSAGE_PATH);
    const problem = isMessage ? undefined : (this.parentProblem(at) ?? this.readOnlyProblem(at));
    if (problem !== undefined) return problem;
    if (old?.kind === 'file' && options.append === true && options.bytes === undefined)
      return this.put(at, appended(old, content), old);
    const before = old?.kind === 'file' && options.append === true ? old : undefined;
    const bytes = (options.bytes ?? 0) + (before?.bytes ?? 0);
    const node: FileNode = {
      kind: 'file',
      content: (before?.content ?? '') + content,
      mode: old?.kind === 'file' ? old.mode : (options.mode ?? 0o644),
      ...(bytes > 0 ? { bytes } : {}),
      ...(old?.kind === 'file' ? (old.owner === undefined ? {} : { owner: old.owner }) : this.owning(at)),
    };
    return this.put(at, node, old);
  }

  mayHave(path: string): boolean {
    const at = this.resolve(path);
    if (at === undefined) return false;
    const { mount } = this.placeOf(at);
    if (mount !== undefined) return this.isWrittenByUnknown(mount.volume);
    return !hasKnownFiles(this.env.world, this.who.image) && !this.who.files.has(at);
  }

  private isWrittenByUnknown(name: string): boolean {
    const { env, where, who } = this;
    for (const other of where.containers.values())
      if (
        other.podUid === who.podUid &&
        other.name !== who.name &&
        other.mounts.some(({ volume, readOnly }) => volume === name && !readOnly) &&
        !hasKnownFiles(env.world, other.image)
      )
        return true;
    return false;
  }

  makeDirectory(path: string, parents = false): FileProblem | undefined {
    const at = this.resolve(path);
    if (at === undefined) return 'ELOOP';
    const old = this.nodeAt(at);
    if (old !== undefined) return parents && old.kind === 'directory' ? undefined : 'EEXIST';
    if (parents && this.nodeAt(parentOf(at)) === undefined) {
      const problem = this.makeDirectory(parentOf(at), true);
      if (problem !== undefined) return problem;
    }
    return (
      this.parentProblem(at) ??
      this.readOnlyProblem(at) ??
      this.put(at, { ...DIRECTORY, ...this.owning(at) }, undefined)
    );
  }

  remove(path: string, recursive = false): FileProblem | undefined {
    const at = this.resolve(path, false);
    if (at === undefined) return 'ELOOP';
    const node = this.nodeAt(at);
    if (node === undefined) return 'ENOENT';
    if (this.who.mounts.some((m) => m.path === at || isBelow(at, m.path))) return 'EBUSY';
    if (node.kind === 'directory' && !recursive) return 'EISDIR';
    const problem = this.readOnlyProblem(at);
    if (problem !== undefined) return problem;
    const place = this.placeOf(at);
    eraseIn(place.layer, place.path);
    this.changed(place);
    return undefined;
  }

  rename(from: string, to: string): FileProblem | undefined {
    const [source, target] = [this.resolve(from, false), this.resolve(to, false)];
    if (source === undefined || target === undefined) return 'ELOOP';
    const node = this.nodeAt(source);
    if (node === undefined) return 'ENOENT';
    if (source === target) return undefined;
    const over = this.nodeAt(target);
    if (node.kind === 'directory' && over !== undefined) {
      if (over.kind !== 'directory') return 'ENOTDIR';
      if (this.list(target)!.length > 0) return 'ENOTEMPTY';
    } else if (over?.kind === 'directory') return 'EISDIR';
    if (this.who.mounts.some((m) => m.path === source || isBelow(source, m.path))) return 'EBUSY';
    const problem =
      this.parentProblem(target) ?? this.readOnlyProblem(source) ?? this.readOnlyProblem(target);
    if (problem !== undefined) return problem;
    const place = this.placeOf(source);
    const moved = [place.path, ...(node.kind === 'directory' ? pathsIn(place.layer, place.path) : [])].map(
      (path) => [path.slice(place.path.length), nodeIn(place.layer, path)!] as const,
    );
    for (const [rest, part] of moved) {
      const refused = this.put(target + rest, part, this.nodeAt(target + rest));
      if (refused !== undefined) return refused;
    }
    eraseIn(place.layer, place.path);
    this.changed(place);
    return undefined;
  }

  setMode(path: string, mode: number): FileProblem | undefined {
    const at = this.resolve(path);
    if (at === undefined) return 'ELOOP';
    const node = this.nodeAt(at);
    if (node === undefined || node.kind === 'link') return 'ENOENT';
    return this.readOnlyProblem(at) ?? this.put(at, { ...node, mode }, node);
  }

  link(path: string, to: string): FileProblem | undefined {
    const at = this.resolve(path, false);
    if (at === undefined) return 'ELOOP';
    if (this.nodeAt(at) !== undefined) return 'EEXIST';
    return (
      this.parentProblem(at) ?? this.readOnlyProblem(at) ?? this.put(at, { kind: 'link', to }, undefined)
    );
  }

  /** Whose a file is that is made here: its maker's, and of a group that its directory hands on. */
  private owning(at: string): { readonly owner?: Owner } {
    const above = this.nodeAt(parentOf(at));
    const handed = above?.kind === 'directory' && (above.mode & 0o2000) !== 0 ? ownerOf(above)[1] : undefined;
    const user = this.outside ? 0 : (this.who.user ?? 0);
    const group = handed ?? (this.outside ? 0 : (this.who.groups?.[0] ?? 0));
    return user === 0 && group === 0 ? {} : { owner: [user, group] };
  }

  /**
   * What stands above must be a directory. Where nobody has described the image, what it holds is not known,
   * and the directory is taken to be there.
   */
  private parentProblem(at: string): FileProblem | undefined {
    const parent = parentOf(at);
    const node = this.nodeAt(parent);
    if (node !== undefined) return node.kind === 'directory' ? undefined : 'ENOTDIR';
    const assumed = this.outside || !hasKnownFiles(this.env.world, this.who.image);
    return assumed && this.placeOf(parent).mount === undefined ? this.makeDirectory(parent, true) : 'ENOENT';
  }

  private readOnlyProblem(at: string): FileProblem | undefined {
    if (this.outside) return undefined;
    const { mount, volume } = this.placeOf(at);
    if (mount === undefined) return this.who.readOnlyRoot ? 'EROFS' : undefined;
    const readOnly = mount.readOnly || (volume?.kind === 'disk' && volume.readOnly);
    return readOnly || (volume?.kind === 'own' && volume.projected) ? 'EROFS' : undefined;
  }

  private put(at: string, node: FileNode, old: FileNode | undefined): FileProblem | undefined {
    const place = this.placeOf(at);
    const more = nodeBytes(node) - nodeBytes(old ?? null);
    if (more > 0 && !this.outside && more > roomIn(this.env, this.where, place.volume)) return 'ENOSPC';
    place.layer.own.set(place.path, node);
    this.changed(place);
    const limited = place.volume?.kind === 'own' && place.volume.sizeLimitBytes !== Infinity;
    if (more > 0 && (limited || more >= NOTICED_BYTES)) resourcesChange(this.env, this.where);
    return undefined;
  }

  /** Those who see the file may answer otherwise than before. */
  private changed({ volume }: Place): void {
    const { env, where, who } = this;
    physicalChange(env, where, who);
    if (volume === undefined || who.mounts.length === 0) return;
    for (const machine of volume.kind === 'disk' ? env.world.machines.values() : [where])
      for (const other of machine.containers.values())
        if (other !== who && other.state === 'running' && sharesVolume(machine, other, who, volume))
          physicalChange(env, machine, other);
  }
}

/** Whether a container has a volume mounted that another's change may be seen in. */
function sharesVolume(
  machine: Machine,
  other: RuntimeContainer,
  who: RuntimeContainer,
  volume: { readonly kind: string; readonly disk?: string },
): boolean {
  if (other.mounts.length === 0) return false;
  if (volume.kind === 'own') return other.podUid === who.podUid;
  const theirs = machine.volumes.get(other.podUid);
  return other.mounts.some((m) => {
    const mounted = theirs?.get(m.volume);
    return volume.kind === 'disk'
      ? mounted?.kind === 'disk' && mounted.disk === volume.disk
      : mounted?.kind === 'host';
  });
}

/**
 * The file system that a container's programs see.
 * @param missed is called with what was looked for and not there, and with directories that were listed:
 * files that a program nobody described makes are missing
 */
export const fileSystemOf = (
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  missed: (path: string) => void = () => undefined,
): FileSystem => new ContainerFiles(env, machine, container, false, missed);

/** The same to someone from outside (a fault): nothing is read-only, no directory is missing. */
export const fileSystemFromOutside = (
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
): FileSystem => new ContainerFiles(env, machine, container, true, () => undefined);

/** Writes a file with the directories above it, or takes it away (null). */
export function replaceFile(files: FileSystem, path: string, content: string | null): void {
  const at = normalized(path);
  if (content === null) files.remove(at, true);
  else {
    files.makeDirectory(parentOf(at), true);
    files.write(at, content);
  }
}
