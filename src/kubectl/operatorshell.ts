/**
 * The operator's shell: lines that hold more than one kubectl command are read by the interpreter that
 * containers' scripts have, with kubectl among its programs and the scenario's files to read.
 */
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { FileProblem, FileSystem, WriteOptions } from '../sim/node/files/filesystem.ts';
import { DIRECTORY, type FileNode, fileOf } from '../sim/node/files/tree.ts';
import { type Call, FOREVER, type Outcome, type Program } from '../sim/node/shell/call.ts';
import type { MountPoint, ShellEnv, ShellNetwork } from '../sim/node/shell/env.ts';
import { podNetwork } from '../sim/network/index.ts';
import { SHELL } from '../sim/node/shell/index.ts';
import type { Forward, KubectlIO, OutputPiece } from './session.ts';

/** What a line came to. */
export interface Played {
  readonly pieces: readonly OutputPiece[];
  readonly code: number;
}

/** Runs a kubectl command to its end. */
export type RunKubectl = (cluster: ClusterApi, argv: readonly string[], io: KubectlIO) => Played;

/** Virtual time after which a line that has not ended is ended: nobody presses Ctrl-C. */
const PATIENCE_MS = 3_600_000;

/** What a command that forwards ports keeps: it goes on until the line ends. */
const FORWARDS = 'forwards';

/** Where a line is typed: the scenario's folder, below as many as a path may climb. */
const HERE = '/home/operator/features/of/scenario';

/** A path as the scenario's files have it: from the folder of the feature. */
function fromHere(path: string): string {
  const [here, there] = [HERE.split('/'), path.split('/')];
  const shared = here.findIndex((part, i) => part !== there[i]);
  if (shared < 0) return there.slice(here.length).join('/') || '.';
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}

/** The files of a scenario. They are read only: what a line writes would be lost with it. */
class ScenarioFiles implements FileSystem {
  private readonly io: KubectlIO;

  constructor(io: KubectlIO) {
    this.io = io;
  }

  stat(path: string): FileNode | undefined {
    if (path === '/' || this.list(path) !== undefined) return DIRECTORY;
    const content = this.read(path);
    return content === undefined ? undefined : fileOf(content);
  }

  linkStat(path: string): FileNode | undefined {
    return this.stat(path);
  }

  mayHave(): boolean {
    return false;
  }

  read(path: string): string | undefined {
    for (const name of [fromHere(path), path])
      try {
        return this.io.readFile(name);
      } catch {
        // It may stand in the other place.
      }
    return undefined;
  }

  list(directory: string): readonly string[] | undefined {
    return this.io.list?.(fromHere(directory)) ?? this.io.list?.(directory);
  }

  write(): FileProblem | undefined {
    return 'EROFS';
  }

  makeDirectory(): FileProblem {
    return 'EROFS';
  }

  remove(): FileProblem {
    return 'EROFS';
  }

  rename(): FileProblem {
    return 'EROFS';
  }

  setMode(): FileProblem {
    return 'EROFS';
  }

  link(): FileProblem {
    return 'EROFS';
  }
}

/** The same, with one file that may be written. */
class EditedFiles extends ScenarioFiles {
  private readonly path: string;
  content: string;

  constructor(io: KubectlIO, path: string, content: string) {
    super(io);
    this.path = path;
    this.content = content;
  }

  override stat(path: string): FileNode | undefined {
    return path === this.path ? fileOf(this.content) : super.stat(path);
  }

  override read(path: string): string | undefined {
    return path === this.path ? this.content : super.read(path);
  }

  override write(
    path?: string,
    content = '',
    { append = false }: WriteOptions = {},
  ): FileProblem | undefined {
    if (path !== this.path) return super.write();
    this.content = append ? this.content + content : content;
    return undefined;
  }
}

/** Whether a command reads what is piped into it. */
const readsInput = (argv: readonly string[]): boolean =>
  argv.some(
    (word, i) =>
      /^(?:-f|--filename=)-$/.test(word) || (word === '-' && /^(?:-f|--filename)$/.test(argv[i - 1] ?? '')),
  );

/** Whether a command passes on what is piped into it to one in a container. */
const passesInput = ([verb, ...rest]: readonly string[]): boolean =>
  verb === 'exec' && rest.slice(0, rest.indexOf('--')).some((word) => /^(?:-i|-it|-ti|--stdin)$/.test(word));

function kubectlProgram(
  cluster: ClusterApi,
  io: KubectlIO,
  run: RunKubectl,
  forwards: Map<number, Forward>,
): Program {
  return (call: Call): Outcome => {
    if (call.state === FORWARDS) return FOREVER;
    const argv = call.argv.slice(1);
    const reads = readsInput(argv) || passesInput(argv);
    if (reads && !call.input.ended) return { input: true, state: null };
    let isForwarding = false;
    const { stdin: _, ...given } = io;
    const editor = call.environment['KUBE_EDITOR'] ?? call.environment['EDITOR'];
    const rest: KubectlIO = {
      ...given,
      ...(editor === undefined ? {} : { editor }),
      forward(to) {
        isForwarding = true;
        forwards.set(to.local, to);
      },
    };
    const { pieces, code } = run(cluster, argv, reads ? { ...rest, stdin: call.input.take() } : rest);
    for (const { stream, text } of pieces)
      if (stream === 'out') call.out(text);
      else call.err(text);
    return isForwarding ? { waitMs: Number.POSITIVE_INFINITY, state: FORWARDS } : code;
  };
}

/** `watch` shows what the command prints now: the screen that somebody would look at. */
const watch: Program = (call) => {
  const words = call.argv.slice(1);
  while (words[0]?.startsWith('-') === true) words.splice(0, /^(?:-n|--interval)$/.test(words[0]) ? 2 : 1);
  return words.length === 0
    ? 1
    : { run: words.length === 1 ? ['sh', '-c', words[0]!] : words, state: null, replaces: true };
};

/** What the operator's machine reaches: its own ports, as far as they are forwarded. */
function forwarded(cluster: ClusterApi, forwards: ReadonlyMap<number, Forward>): ShellNetwork {
  const isOwn = (host: string): boolean => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host);
  /** The kubelet dials from within the Pod. */
  const inside = (port: number): { network: ShellNetwork; port: number } | undefined => {
    const to = forwards.get(port);
    if (to === undefined) return undefined;
    const { namespace, pod } = to;
    return { network: podNetwork(cluster, { namespace, pod, stream: 'operator' }), port: to.port };
  };
  return {
    fetch(request) {
      const [, host = '', port, path = ''] =
        /^(?:http:\/\/)?(\[[^\]]*\]|[^/:?#]+)(?::(\d+))?(.*)$/.exec(request.url) ?? [];
      if (!isOwn(host)) return { kind: 'notResolved', afterMs: 0 };
      const to = inside(Number(port ?? 80));
      if (to === undefined) return { kind: 'refused', afterMs: 0 };
      return to.network.fetch({ ...request, url: `http://localhost:${to.port}${path}` });
    },
    resolve: (name) => ({ addresses: isOwn(name) ? ['127.0.0.1'] : [], afterMs: 0 }),
    connect(host, port, timeoutMs) {
      if (!isOwn(host)) return { kind: 'notResolved', afterMs: 0 };
      const to = inside(port);
      return to === undefined
        ? { kind: 'refused', afterMs: 0 }
        : to.network.connect('localhost', to.port, timeoutMs);
    },
  };
}

const PROGRAMS_OF_NONE: ReadonlyMap<string, Program> = new Map();

const OPERATORS_DISK: MountPoint = {
  device: '/dev/sda1',
  type: 'ext4',
  path: '/',
  readOnly: false,
  sizeBytes: 100 * 1024 ** 3,
  usedBytes: 20 * 1024 ** 3,
};

/** What the operator's shell sees. */
function operatorEnv(
  cluster: ClusterApi,
  io: KubectlIO,
  files: FileSystem,
  forwards: ReadonlyMap<number, Forward>,
  pieces: OutputPiece[],
): ShellEnv {
  return {
    files,
    environment: { HOSTNAME: 'operator' },
    workingDir: HERE,
    hostname: 'operator',
    stdin: false,
    namespace: io.namespace ?? 'default',
    address: '',
    get now() {
      return cluster.now;
    },
    network: forwarded(cluster, forwards),
    server: undefined,
    staysOn: false,
    busybox: false,
    user: 0,
    groups: [0],
    randomInt: (below) => Math.floor(cluster.control.random('operator') * below),
    neighbours: () => [],
    mounts: () => [OPERATORS_DISK],
    passOver: (what) =>
      void pieces.push({ stream: 'err', text: `error: not simulated in a line: ${what}\n` }),
    doubt: () => undefined,
  };
}

/** Runs a line to its end; what it sleeps and waits passes in the cluster. */
function play(
  cluster: ClusterApi,
  line: string,
  env: ShellEnv,
  pieces: OutputPiece[],
  programs: ReadonlyMap<string, Program>,
): number {
  const giveUpAt = cluster.now + PATIENCE_MS;
  const state = SHELL.start(['bash', '-c', line], env);
  for (;;) {
    const { written, code, afterMs } = SHELL.run(state, env, programs);
    pieces.push(...written);
    if (code !== undefined) return code;
    if (afterMs === Number.POSITIVE_INFINITY || cluster.now + afterMs > giveUpAt) {
      pieces.push({ stream: 'err', text: 'error: nobody waits for ever: gave up on what does not end\n' });
      return 1;
    }
    cluster.pass(afterMs);
  }
}

/**
 * Plays a line to its end, as far as time goes: what it sleeps and waits passes in the cluster.
 * @example runShellLine(cluster, 'kubectl get pods | wc -l', io, run)
 */
export function runShellLine(cluster: ClusterApi, line: string, io: KubectlIO, run: RunKubectl): Played {
  const pieces: OutputPiece[] = [];
  const forwards = new Map<number, Forward>();
  const kubectl = kubectlProgram(cluster, io, run, forwards);
  const programs = new Map([
    ['kubectl', kubectl],
    ['k', kubectl],
    ['watch', watch],
  ]);
  const env = operatorEnv(cluster, io, new ScenarioFiles(io), forwards, pieces);
  return { pieces, code: play(cluster, line, env, pieces, programs) };
}

/**
 * Has an editor that needs nobody at a keyboard change a text.
 * @param editor a command, behind which the file's path is put @param path where it finds the text
 */
export function editFile(
  cluster: ClusterApi,
  io: KubectlIO,
  editor: string,
  path: string,
  content: string,
): Played & { readonly content: string } {
  const pieces: OutputPiece[] = [];
  const files = new EditedFiles(io, path, content);
  const env = operatorEnv(cluster, io, files, new Map(), pieces);
  const code = play(cluster, `${editor} ${path}`, env, pieces, PROGRAMS_OF_NONE);
  return { pieces, code, content: files.content };
}
