/** What a command sees of the world it runs in, and where its output goes. */
import type { Language } from '../messages/index.ts';
import type { UserInfo } from '../sim/api/authentication/user.ts';
import type { RequestOptions } from '../sim/api/caller.ts';
import type { ApiClient, ClusterControl } from '../sim/api/client.ts';
import type { ManifestDocument } from '../sim/api/manifest/read.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { ClusterApi } from '../sim/cluster.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { By, Millis } from '../sim/kernel/types.ts';
import type { World } from '../sim/node/world.ts';
import type { Contexts } from './contexts.ts';
import type { FlagSpec, ParsedFlags } from './flags.ts';

/** What a command sees of where it is run: files, standard input, the namespace. */
export interface KubectlIO {
  /** Content of a file; throws when it cannot be read. */
  readFile(path: string): string;
  /** Names in a folder; undefined when the path is not a folder. */
  list?(path: string): readonly string[] | undefined;
  /** The manifests that kustomize makes of a folder; throws in its words. Absent: it cannot be run. */
  kustomize?(folder: string): string;
  readonly stdin?: string;
  /** False leaves out the lines that say where in a manifest an error is, which kubectl does not print. */
  readonly places?: boolean;
  /** The namespace of commands that name none; `default`. */
  readonly namespace?: string;
  /** Told of what the command's requests get through. */
  readonly passed?: RequestOptions['passed'];
  /** The user of commands that name none; the administrator. */
  readonly user?: string;
  /**
   * Told of documents of kinds that the server does not have, which then are left out; absent: they are
   * refused.
   */
  leftOut?(document: LeftOut): void;
  /** Which documents of files are meant; absent: all. */
  chosen?(document: ManifestDocument): boolean;
  /** Of hints that stand beside kubectl's own words; English. */
  readonly language?: Language;
  /** Forwards a port of the operator's machine as long as the command runs; absent: nobody asks there. */
  forward?(forward: Forward): void;
  /** What edits texts: `sed -i s/a/b/`, as KUBE_EDITOR has it; absent: `vi`. */
  readonly editor?: string;
  /** Writes a file of the operator's; absent: nothing that is written stays. */
  writeFile?(path: string, content: string): void;
  /** The contexts of the operator's kubeconfig; absent: the one that a cluster comes with. */
  readonly contexts?: Contexts;
  /** Keeps other contexts for the commands that follow; absent: there is nobody to keep them. */
  configure?(contexts: Contexts): void;
  /**
   * Runs a command in a container, by the name of its Pod. Absent: the cluster's machines run it.
   * @param stdin what it reads, as a text of bytes; absent: nothing @throws ApiError
   */
  exec?(
    namespace: string,
    pod: string,
    container: string,
    command: readonly string[],
    stdin?: string,
  ): Executed;
  /** What a container has printed. Absent: the cluster's machines say it. @throws ApiError */
  log?(namespace: string, pod: string, container: string, options: LogOptions): string;
  /** Told of what manifests and commands wrote to the server. */
  written?(written: Written): void;
}

/** As the query of pods/log. */
export interface LogOptions {
  readonly previous: boolean;
  readonly timestamps: boolean;
  /** Lines from the end. */
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly sinceSeconds?: number;
  readonly sinceTime?: string;
}

/** What a command in a container wrote, as texts of bytes, and how it ended. */
export interface Executed {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A port of the operator's machine that leads to one of a Pod. */
export interface Forward {
  readonly local: number;
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** What was written to the server: a manifest's document, or what a command's own words say of an object. */
export interface Written {
  readonly definition: ResourceDefinition;
  /** As it was written: an object, or a part of one. */
  readonly object: object;
  /** Absent: a command says it. */
  readonly document?: ManifestDocument;
  /** `kubectl set image` */
  readonly command: string;
}

/** Tells who listens what a command wrote; a dry run writes nothing. */
export function tellWritten(
  { io, command, flags }: Pick<Session, 'io' | 'command' | 'flags'>,
  definition: ResourceDefinition,
  object: object,
  document?: ManifestDocument,
): void {
  if (flags.text('dry-run') === 'server') return;
  io.written?.({
    definition,
    object,
    command: `kubectl ${command}`,
    ...(document === undefined ? {} : { document }),
  });
}

/** A document that was left out, and where it stands. */
export interface LeftOut {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As errors name it: the path, or STDIN. */
  readonly file: string;
  readonly line: number;
}

/** What a command came to: its exit code, and what it wrote. */
export interface KubectlResult {
  code: number;
  stdout: string;
  stderr: string;
  /** Both, in the order in which they were written: what a terminal shows. */
  output: string;
}

/** A piece of output. Plain data. */
export interface OutputPiece {
  readonly stream: 'out' | 'err';
  readonly text: string;
}

export interface Output {
  readonly pieces: OutputPiece[];
}

export const writeOut = (o: Output, text: string): void => void o.pieces.push({ stream: 'out', text });
export const writeErr = (o: Output, text: string): void => void o.pieces.push({ stream: 'err', text });

/** Typed reading of parsed flags. */
export interface Flags {
  has(name: string): boolean;
  bool(name: string): boolean;
  /** '' when absent. */
  text(name: string): string;
  list(name: string): readonly string[];
  /** A number, or a duration in ms. */
  number(name: string, otherwise: number): number;
}

export function flagReader(parsed: ParsedFlags): Flags {
  const { values } = parsed;
  return {
    has: (name) => values.has(name),
    bool: (name) => values.get(name) === true,
    text: (name) => String(values.get(name) ?? ''),
    list: (name) => (values.get(name) as string[] | undefined) ?? [],
    number: (name, otherwise) => (values.get(name) as number | undefined) ?? otherwise,
  };
}

export interface Session extends Output {
  readonly cluster: ClusterApi;
  readonly api: ApiClient;
  readonly now: Millis;
  readonly io: KubectlIO;
  /** `get`, `rollout status`. */
  readonly command: string;
  readonly flags: Flags;
  readonly args: readonly string[];
  /** The whole command as --record keeps it. */
  readonly line: string;
  /** How many args stand before `--`; -1 without one. */
  readonly dashAt: number;
  readonly namespace: string;
  readonly namespaceGiven: boolean;
}

/** What a wait may use; the same from outside of the cluster and from a process in it. */
export interface WaitContext extends Output {
  readonly now: Millis;
  readonly api: ApiClient;
  readonly config: ClusterConfig;
  readonly resources: ResourceRegistry;
  readonly world: World;
  readonly control: ClusterControl;
  readonly by: By;
}

/** A command that goes on while the cluster changes: which wait it is, and its state. Plain data. */
export interface PendingWait {
  readonly wait: string;
  state: unknown;
  /** It ends by itself: a --timeout was given. */
  readonly timed?: boolean;
  /** As whom it asks; absent: as the administrator. */
  readonly as?: UserInfo;
}

export interface Verb {
  /** `get`, `rollout status`. */
  readonly name: string;
  readonly flags: readonly FlagSpec[];
  /** It asks machines, beside the API: those of a simulated cluster answer. */
  readonly asksMachines?: true;
  /**
   * Does what can be done at once. @returns the exit code, or what it waits for. @throws anything
   * `failureText` can word
   */
  run(session: Session): number | PendingWait;
}
