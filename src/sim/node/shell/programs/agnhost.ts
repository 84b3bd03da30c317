/**
 * Subcommands of the agnhost image that act and end: what they find of files, names and connections is what
 * upstream's tests read. Its servers are in the catalogue (`images/kubernetes.ts`).
 * Models test/images/agnhost (mounttest, connect, dns, logs-generator).
 */
import { rfc3339Micro } from '../../../api/time.ts';
import { type FileNode, ownerOf } from '../../files/tree.ts';
import { clusterResolver, DNS_ADDRESS } from '../../resolver.ts';
import type { Call, Outcome, Program } from '../call.ts';
import type { ConnectResult } from '../env.ts';
import { mountOf } from '../mounts.ts';
import { absolute } from '../paths.ts';
import { dynamicFile } from '../proc.ts';
import { issuerDiscovery } from './issuerdiscovery.ts';

function flag(argv: readonly string[], ...names: readonly string[]): string | undefined {
  for (let i = 2; i < argv.length; i++) {
    const cut = argv[i]!.indexOf('=');
    const name = cut < 0 ? argv[i]! : argv[i]!.slice(0, cut);
    if (names.includes(name)) return cut < 0 ? argv[i + 1] : argv[i]!.slice(cut + 1);
  }
  return undefined;
}

const MISSING = 'no such file or directory';
const BITS = 'rwxrwxrwx';

/** Permission bits as Go prints an `os.FileMode`. */
const permissions = (mode: number): string =>
  [...BITS].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : '-')).join('');

/** The whole mode: `drwxrwxrwx`, `dtrwxrwxrwx` of a directory with the sticky bit, `-rw-r--r--`. */
function goMode(kind: 'file' | 'directory', mode: number): string {
  const bits = [0o4000, 0o2000, 0o1000];
  const letters = (kind === 'directory' ? 'd' : '') + [...'ugt'].filter((_, i) => mode & bits[i]!).join('');
  return (letters || '-') + permissions(mode);
}

const INITIAL = 'mount-tester new file\n';
const TRIES_APART_MS = 2000;
/** f_type of statfs(2): of ext4, in decimal as Go prints it. */
const EXT4 = 61_267;

function readBack(call: Call, path: string): boolean {
  const content = contentOf(call, path);
  if (content === undefined) {
    call.out(`error reading file content for "${path}": open ${path}: ${MISSING}\n`);
    return false;
  }
  call.out(`content of file "${path}": ${content}\n`);
  return true;
}

const contentOf = ({ env, cwd }: Call, path: string): string | undefined =>
  env.files.read(absolute(cwd, path)) ?? dynamicFile(absolute(cwd, path), env);

function writeNew(call: Call, path: string, mode: number): boolean {
  const { files } = call.env;
  const at = absolute(call.cwd, path);
  const problem = files.write(at, INITIAL, { mode });
  if (problem === undefined) return readBack(call, path);
  const why = PROBLEMS[problem] ?? 'input/output error';
  call.out(`error writing new file "${path}": open ${path}: ${why}\n`);
  return false;
}

/** Go's words, in small letters. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: MISSING,
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on device',
  EACCES: 'permission denied',
};

/** `tmpfs`, or a number: of the file system that a path is on. */
const typeOf = ({ env }: Call, path: string): string =>
  mountOf(env.mounts(), path)?.type === 'tmpfs' ? 'tmpfs' : String(EXT4);

/** What a flag asks of a path; undefined: it does not ask. */
function told(call: Call, name: string, verb: string, tell: (path: string) => string): boolean {
  const path = flag(call.argv, `--${name}`);
  if (path === undefined || path === '') return true;
  if (call.env.files.stat(absolute(call.cwd, path)) === undefined) {
    call.out(`error from ${verb}("${path}"): ${verb.toLowerCase()} ${path}: ${MISSING}\n`);
    return false;
  }
  call.out(tell(path));
  return true;
}

/** What links lead to. */
type FileOrDirectory = Exclude<FileNode, { readonly kind: 'link' }>;

interface Loop {
  readonly since: number;
  readonly failed: boolean;
}

/** The order is mounttest's: a type, new files, what they are, what stands in them, and that again. */
const mounttest: Program = (call) => {
  const looped = flag(call.argv, '--file_content_in_loop');
  const kept = call.state as Loop | undefined;
  if (kept !== undefined) return readAgain(call, looped!, kept);
  const nodeAt = (path: string) => call.env.files.stat(absolute(call.cwd, path)) as FileOrDirectory;
  const results = [
    told(call, 'fs_type', 'statfs', (path) => `mount type of "${path}": ${typeOf(call, path)}\n`),
    ...[0o644, 0o666, 0o660, 0o777].map((mode) => {
      const path = flag(call.argv, `--new_file_0${mode.toString(8)}`);
      return path === undefined || path === '' || writeNew(call, path, mode);
    }),
    told(call, 'file_mode', 'Stat', (path) => {
      const { kind, mode } = nodeAt(path);
      return `mode of file "${path}": ${goMode(kind, mode)}\n`;
    }),
    told(
      call,
      'file_perm',
      'Stat',
      (path) => `perms of file "${path}": -${permissions(nodeAt(path).mode & 0o777)}\n`,
    ),
    told(call, 'file_owner', 'stat', (path) => {
      const node = nodeAt(path);
      const [uid, gid] = ownerOf(node);
      return `owner UID of "${path}": ${uid}\nowner GID of "${path}": ${gid}\n`;
    }),
  ];
  const read = flag(call.argv, '--file_content');
  if (read !== undefined && read !== '') results.push(readBack(call, read));
  const failed = results.includes(false);
  return looped === undefined || looped === ''
    ? Number(failed)
    : readAgain(call, looped, { since: call.env.now, failed });
};

function readAgain(call: Call, path: string, { since, failed }: Loop): Outcome {
  const again: Outcome = { waitMs: TRIES_APART_MS, state: { since, failed } satisfies Loop };
  const content = contentOf(call, path);
  const isLast = call.env.now - since >= Number(flag(call.argv, '--retry_time') ?? 180) * 1000;
  if (isLast) return Number(failed || content === undefined);
  if (content === undefined) {
    call.out(`Error reading file ${path}: open ${path}: ${MISSING}, retrying\n`);
    return again;
  }
  call.out(`content of file "${path}": ${content}\n`);
  if (flag(call.argv, '--break_on_expected_content') === 'false') return again;
  if (content === INITIAL) return Number(failed);
  call.out(`Unexpected content. Expected: ${INITIAL}. Retrying`);
  return again;
}

/** `connect HOST:PORT`: nothing where it connects, else a word why it does not. */
const connect: Program = (call) => {
  const target = call.argv.slice(2).find((word) => /^[^-].*:\d+$/.test(word)) ?? '';
  const cut = target.lastIndexOf(':');
  if (cut < 0) {
    call.err(`UNKNOWN: address ${target}: missing port in address\n`);
    return 1;
  }
  const seconds = /^([\d.]+)(ms|s|m)$/.exec(flag(call.argv, '--timeout') ?? '');
  const unitMs = { ms: 1, s: 1000, m: 60_000 }[seconds?.[2] ?? 's']!;
  const timeoutMs = seconds === null ? NO_TIMEOUT_MS : Number(seconds[1]) * unitMs;
  const kept = call.state as ConnectResult | undefined;
  const host = target.slice(0, cut).replace(/^\[(.*)\]$/, '$1');
  const result = kept ?? call.env.network.connect(host, Number(target.slice(cut + 1)), timeoutMs);
  if (kept === undefined && result.afterMs > 0) return { waitMs: result.afterMs, state: result };
  if (result.kind === 'open') return 0;
  const why = { refused: 'REFUSED', timedOut: 'TIMEOUT', notResolved: `DNS: lookup ${host}: no such host` };
  call.err(`${why[result.kind]}\n`);
  return 1;
};

/** As long as Linux tries (tcp_syn_retries). */
const NO_TIMEOUT_MS = 127_000;

const resolverOf = ({ env }: Call) => env.resolver ?? clusterResolver(env.namespace, DNS_ADDRESS);

const METHODS = ['GET', 'PUT', 'POST'];
const NAMESPACES = ['kube-system', 'default', 'ns'];
/** Letters of k8s.io/apimachinery/pkg/util/rand. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Lines as an API server logs requests, evenly over a time. */
const logsGenerator: Program = (call) => {
  const total = Number(flag(call.argv, '--log-lines-total', '-t') ?? 0);
  const seconds = /^(\d+)(s|m|h)$/.exec(flag(call.argv, '--run-duration', '-d') ?? '');
  if (!(total > 0)) {
    call.err(`F${clock(call)}       1 logs_generator.go:63] Invalid total number of lines: ${total}\n`);
    return 255;
  }
  if (seconds === null || Number(seconds[1]) === 0) {
    call.err(`F${clock(call)}       1 logs_generator.go:67] Invalid duration: 0s\n`);
    return 255;
  }
  const { id } = (call.state ?? { id: 0 }) as { readonly id: number };
  if (id === total) return 0;
  const pick = (of: ArrayLike<string>): string => of[call.env.randomInt(of.length)]!;
  const pod = Array.from({ length: 3 + call.env.randomInt(2) }, () => pick(LETTERS)).join('');
  const path = `/api/v1/namespaces/${pick(NAMESPACES)}/pods/${pod}`;
  const status = 200 + call.env.randomInt(400);
  call.out(`I${clock(call)}       1 logs_generator.go:76] ${id} ${pick(METHODS)} ${path} ${status}\n`);
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000 }[seconds[2]!]!;
  return { waitMs: (Number(seconds[1]) * unitMs) / total, state: { id: id + 1 } };
};

/** `1130 09:00:00.123000`: a line's time as klog writes it. */
const clock = ({ env }: Call): string => rfc3339Micro(env.now).replace(/^\d+-(\d+)-(\d+)T(.*)Z$/, '$1$2 $3');

const SUBCOMMANDS: Readonly<Record<string, Program>> = {
  mounttest,
  connect,
  'logs-generator': logsGenerator,
  'test-service-account-issuer-discovery': issuerDiscovery,
  'dns-suffix': (call) => {
    call.out(`${resolverOf(call).searches.join(',')}\n`);
    return 0;
  },
  'dns-server-list': (call) => {
    call.out(`${resolverOf(call).servers.join(',')}\n`);
    return 0;
  },
  'etc-hosts': (call) => {
    call.out(`${contentOf(call, '/etc/hosts') ?? ''}\n`);
    return 0;
  },
};

const agnhost: Program = (call) => {
  const [, subcommand = ''] = call.argv;
  if (Object.hasOwn(SUBCOMMANDS, subcommand)) return SUBCOMMANDS[subcommand]!(call);
  call.err(`Error: unknown command "${subcommand}" for "app"\nRun 'app --help' for usage.\n`);
  return 1;
};

/** Of test/images/nonewprivs: it is root's and setuid. */
const nnp: Program = ({ env, out }) => {
  out(`Effective uid: ${env.noNewPrivileges === true ? env.user : 0}\n`);
  return 0;
};

/** Programs that one image has, by their names. */
export const imagePrograms: Readonly<Record<string, Program>> = { agnhost, 'agnhost-2': agnhost, nnp };
