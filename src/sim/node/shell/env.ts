/** What a shell, and the programs it runs, see of their container and of the world around it. */
import type { ProgramCall, ProgramOutcome } from '../../api/clientprogram.ts';
import type { Millis } from '../../kernel/types.ts';
import type { FileSystem } from '../files/filesystem.ts';
import type { Resolver } from '../resolver.ts';

/** A process that is not the shell's. */
export interface Neighbour {
  readonly pid: number;
  readonly command: string;
  signal(name: string): void;
}

export interface ShellEnv {
  readonly files: FileSystem;
  /** What the container's first process is started with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir: string;
  readonly hostname: string;
  /** Of the cluster's DNS, that its hostname is in. */
  readonly domain?: string;
  /** The first process' standard input is kept open. */
  readonly stdin: boolean;
  /** It is a terminal: shells write prompts. */
  readonly tty?: boolean;
  /** Of the Pod: where its resolver looks names up first. */
  readonly namespace: string;
  /** The Pod's /etc/resolv.conf, where that is another than most have. */
  readonly resolver?: Resolver;
  /** What the Pod's /etc/hosts has beyond that of all, or in its place: its node's. */
  readonly hosts?: { readonly aliases: string; readonly ofNode?: string };
  /** Parameters of the kernel that the Pod sets, by their names with dots; absent: none. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** The Pod's address; '' where there is no network. */
  readonly address: string;
  /** Virtual time when the shell is run on. */
  readonly now: Millis;
  readonly network: ShellNetwork;
  /** Runs a program that the cluster's parts hand in; undefined: there is none of the name. */
  client?(name: string, call: Omit<ProgramCall, 'pod' | 'namespace' | 'mayWait'>): ProgramOutcome | undefined;
  /**
   * The name of the image's own server. Undefined in an image that has none: what the shell does not know is
   * not there. In others it is passed over.
   */
  readonly server: string | undefined;
  /** As the Pod names it; by its tag programs say their version. */
  readonly image?: string;
  /**
   * A program that cannot be followed, and after which nothing comes, stays: it is what the container is for.
   */
  readonly staysOn: boolean;
  /** Programs of BusyBox where true, GNU's where false: they word some errors differently. */
  readonly busybox: boolean;
  /** Names of programs that the image alone has. */
  readonly own?: readonly string[];
  /** Numbers of the user that its processes are, and of its groups, the first of which is its own. */
  readonly user: number;
  readonly groups: readonly number[];
  /** Programs that are another user's by their mode run as the one that starts them. */
  readonly noNewPrivileges?: boolean;
  /** They may set up the network (NET_ADMIN). */
  readonly setsNetwork?: boolean;
  /** An integer in [0, below). */
  randomInt(below: number): number;
  /**
   * First processes in the shell's PID namespace: of its container, where that is not this shell, and of
   * others with which that shares the namespace.
   */
  neighbours(): readonly Neighbour[];
  /** The file systems it sees, its root first. */
  mounts(): readonly MountPoint[];
  /** Told where something cannot be followed, and is passed over. @param what as it was written */
  passOver(what: string): void;
  /** Told where what is found hangs on a program or an image that nobody may have described. */
  doubt(): void;
}

/** A file system, and where it is mounted. */
export interface MountPoint {
  readonly device: string;
  readonly type: string;
  readonly path: string;
  readonly readOnly: boolean;
  readonly sizeBytes: number;
  readonly usedBytes: number;
}

/** How programs of a container reach others. */
export interface ShellNetwork {
  fetch(request: ShellRequest): FetchResult;
  /** Addresses of a name, as the container's resolver finds them. */
  resolve(name: string): NameAnswer;
  /** A TCP connection to a host and port. */
  connect(host: string, port: number, timeoutMs: Millis): ConnectResult;
  /** Records of the cluster's DNS of a type that is not A: CNAME, SRV, PTR. */
  records?(name: string, type: string): readonly { readonly name: string; readonly data: string }[];
  /** Sends a datagram (UDP). @returns what comes back; undefined: nothing */
  datagram?(host: string, port: number, text: string, timeoutMs: Millis): string | undefined;
}

export interface NameAnswer {
  /** Empty: there is no such name, or nobody answered. */
  readonly addresses: readonly string[];
  /** The full name that they are of; absent: it was not asked for by a shorter one. */
  readonly name?: string;
  /** Why nobody did; `serverFailed`: with an error (SERVFAIL). */
  readonly failed?: 'timedOut' | 'refused' | 'serverFailed';
  readonly afterMs: Millis;
}

export interface ShellRequest {
  readonly url: string;
  readonly timeoutMs: Millis;
  /** What the program says it is. */
  readonly agent: string;
  /** GET unless it is said. */
  readonly method?: string;
  readonly body?: string;
  /** False: certificates of no known authority are refused. */
  readonly trusts?: boolean;
  /** By names in small letters. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type FetchResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly afterMs: Millis;
      /** Where a redirection leads. */
      readonly location?: string;
      /** What the server says that it is, and when, of what type its answer is: `Server: nginx/1.29.4`. */
      readonly head?: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly afterMs: Millis;
      /** What was reached speaks no HTTP: it closed the connection, having said something or not. */
      readonly closed?: 'greeted' | 'silently';
    }
  | { readonly kind: 'timedOut' | 'notResolved'; readonly afterMs: Millis }
  /** `issuer`: who signed the certificate, as GNU wget says it. */
  | { readonly kind: 'untrusted'; readonly afterMs: Millis; readonly issuer: string };

export interface ConnectResult {
  readonly kind: 'open' | 'refused' | 'timedOut' | 'notResolved';
  readonly afterMs: Millis;
}
