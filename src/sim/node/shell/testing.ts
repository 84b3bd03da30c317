/** A shell by itself, with files in memory and a network that is told what to answer. For tests. */
import type { FileProblem, FileSystem } from '../files/filesystem.ts';
import { DIRECTORY, type FileNode, isBelow, nameOf, normalized, parentOf } from '../files/tree.ts';
import type { ConnectResult, FetchResult, MountPoint, Neighbour, ShellEnv } from './env.ts';
import { runShell, startShell } from './interpreter.ts';
import type { ShellState } from './state.ts';

class MemoryFiles implements FileSystem {
  private readonly nodes = new Map<string, FileNode>([['/', DIRECTORY]]);

  constructor(files: Readonly<Record<string, string>>) {
    for (const directory of ['/tmp', '/etc', '/root']) this.makeDirectory(directory);
    for (const [path, content] of Object.entries(files)) {
      this.makeDirectory(parentOf(path), true);
      this.nodes.set(path, { kind: 'file', content, mode: content.startsWith('#!') ? 0o755 : 0o644 });
    }
  }

  stat(path: string): FileNode | undefined {
    const node = this.linkStat(path);
    return node?.kind === 'link'
      ? this.stat(normalized(node.to.startsWith('/') ? node.to : `${parentOf(path)}/${node.to}`))
      : node;
  }

  linkStat(path: string): FileNode | undefined {
    return this.nodes.get(normalized(path));
  }

  mayHave(path: string): boolean {
    return path.startsWith('/app/');
  }

  read(path: string): string | undefined {
    const node = this.stat(path);
    return node?.kind === 'file' ? node.content : undefined;
  }

  write(
    path: string,
    content: string,
    options: { append?: boolean; mode?: number } = {},
  ): FileProblem | undefined {
    const at = normalized(path);
    const old = this.stat(at);
    if (old?.kind === 'directory') return 'EISDIR';
    if (this.stat(parentOf(at))?.kind !== 'directory') return 'ENOENT';
    if (at.startsWith('/readonly/')) return 'EROFS';
    const before = options.append === true && old?.kind === 'file' ? old.content : '';
    const mode = old?.kind === 'file' ? old.mode : (options.mode ?? 0o644);
    this.nodes.set(at, { kind: 'file', content: before + content, mode });
    return undefined;
  }

  makeDirectory(path: string, parents = false): FileProblem | undefined {
    const at = normalized(path);
    if (this.nodes.has(at)) return parents ? undefined : 'EEXIST';
    if (!this.nodes.has(parentOf(at))) {
      if (!parents) return 'ENOENT';
      this.makeDirectory(parentOf(at), true);
    }
    this.nodes.set(at, DIRECTORY);
    return undefined;
  }

  remove(path: string, recursive = false): FileProblem | undefined {
    const at = normalized(path);
    const node = this.nodes.get(at);
    if (node === undefined) return 'ENOENT';
    if (node.kind === 'directory' && !recursive) return 'EISDIR';
    for (const known of [...this.nodes.keys()])
      if (known === at || isBelow(at, known)) this.nodes.delete(known);
    return undefined;
  }

  rename(from: string, to: string): FileProblem | undefined {
    const [source, target] = [normalized(from), normalized(to)];
    if (this.stat(parentOf(target))?.kind !== 'directory') return 'ENOENT';
    if (!this.nodes.has(source)) return 'ENOENT';
    for (const [path, node] of [...this.nodes])
      if (path === source || isBelow(source, path)) {
        this.nodes.delete(path);
        this.nodes.set(target + path.slice(source.length), node);
      }
    return undefined;
  }

  setMode(path: string, mode: number): FileProblem | undefined {
    const node = this.stat(path);
    if (node === undefined || node.kind === 'link') return 'ENOENT';
    this.nodes.set(normalized(path), { ...node, mode });
    return undefined;
  }

  link(path: string, to: string): FileProblem | undefined {
    if (this.nodes.has(normalized(path))) return 'EEXIST';
    this.nodes.set(normalized(path), { kind: 'link', to });
    return undefined;
  }

  list(directory: string): readonly string[] | undefined {
    const at = normalized(directory);
    if (this.stat(at)?.kind !== 'directory') return undefined;
    return [...this.nodes.keys()]
      .filter((path) => path !== '/' && parentOf(path) === at)
      .map(nameOf)
      .sort();
  }
}

export interface ShellBox {
  readonly env: ShellEnv;
  readonly files: FileSystem;
  readonly signals: string[];
  readonly passedOver: string[];
}

export interface BoxOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly server?: string;
  readonly staysOn?: boolean;
  readonly busybox?: boolean;
  readonly stdin?: boolean;
  /** Absent: a server that is the first process. */
  readonly neighbours?: readonly Neighbour[];
  readonly fetch?: (url: string) => FetchResult;
  readonly connect?: (host: string, port: number) => ConnectResult;
  readonly addresses?: Readonly<Record<string, string>>;
  readonly user?: number;
  readonly setsNetwork?: true;
  readonly own?: readonly string[];
  readonly mounts?: readonly MountPoint[];
}

export function shellBox(options: BoxOptions = {}): ShellBox {
  const files = new MemoryFiles(options.files ?? {});
  const [signals, passedOver]: [string[], string[]] = [[], []];
  let drawn = 0;
  const env: ShellEnv = {
    files,
    environment: options.environment ?? {},
    workingDir: '/tmp',
    stdin: options.stdin ?? false,
    hostname: 'web-0',
    namespace: 'default',
    address: '10.244.1.2',
    now: 0,
    network: {
      fetch: ({ url }) => options.fetch?.(url) ?? { kind: 'notResolved', afterMs: 0 },
      connect: (host, port) => options.connect?.(host, port) ?? { kind: 'refused', afterMs: 0 },
      resolve: (name) => ({
        addresses: Object.hasOwn(options.addresses ?? {}, name) ? [options.addresses![name]!] : [],
        afterMs: 0,
      }),
    },
    server: options.server,
    staysOn: options.staysOn ?? false,
    busybox: options.busybox ?? false,
    user: options.user ?? 0,
    groups: [options.user ?? 0],
    ...(options.setsNetwork === true ? { setsNetwork: true } : {}),
    ...(options.own === undefined ? {} : { own: options.own }),
    mounts: () => options.mounts ?? [],
    randomInt: (below) => (drawn += 7919) % below,
    neighbours: () =>
      options.neighbours ?? [
        { pid: 1, command: options.server ?? 'sh', signal: (name) => void signals.push(name) },
      ],
    passOver: (what) => passedOver.push(what),
    doubt: () => undefined,
  };
  return { env, files, signals, passedOver };
}

export interface Ran {
  /** Undefined: it has not ended. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

/** Runs a command line to its end, or as far as it goes; time passes as it asks. */
export function runArgv(
  { env }: ShellBox,
  argv: readonly string[],
  between: (state: ShellState, now: number) => ShellState = (state) => state,
  pid = 1,
): Ran {
  let state = startShell(argv, env, pid);
  let [out, err, now] = ['', '', 0];
  for (let i = 0; i < 2000; i++) {
    const step = runShell(state, { ...env, now });
    for (const { stream, text } of step.written)
      if (stream === 'out') out += text;
      else err += text;
    if (step.code !== undefined) return { code: step.code, out, err, ms: now };
    if (step.afterMs === Number.POSITIVE_INFINITY)
      return { code: undefined, out, err, ms: Number.POSITIVE_INFINITY };
    now += step.afterMs;
    state = between(state, now);
  }
  return { code: undefined, out, err, ms: now };
}

export const runText = (box: ShellBox, text: string, shell = 'sh'): Ran => runArgv(box, [shell, '-c', text]);
