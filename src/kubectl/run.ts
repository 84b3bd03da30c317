/** Runs a kubectl command: what can be done at once, then the wait it left, while the cluster runs. */
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  isTrue,
  type CustomResourceDefinition,
} from '../sim/api/resources/customresource.ts';
import type { UserInfo } from '../sim/api/authentication/user.ts';
import type { ApiClient } from '../sim/api/client.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import { ApiError } from '../sim/api/errors.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { contextsOf, namespaceIn } from './contexts.ts';
import { userFor } from './credentials.ts';
import { dryRunWarning } from './dryrunofold.ts';
import { goDuration } from './duration.ts';
import { failureText, isExpected, PrintError } from './errors.ts';
import { commandFlags, everyCommandsFlags } from './flagtable.ts';
import { GLOBAL_FLAGS, parseFlags } from './flags.ts';
import type { FlagSpec, ParsedFlags } from './flags.ts';
import { flagReader, writeErr, writeOut } from './session.ts';
import type {
  KubectlIO,
  KubectlResult,
  Output,
  OutputPiece,
  PendingWait,
  Session,
  Verb,
  WaitContext,
} from './session.ts';
import { runShellLine } from './operatorshell.ts';
import { kubectlArguments, ShellError, typed } from './shell.ts';
import { findVerb, isGroup, unknownCommand } from './verbs/index.ts';
import { waitNamed } from './waits/index.ts';
import { failed, FOREVER_MS, type StepResult } from './waits/wait.ts';

/**
 * How long a command without a time-out of its own is waited for. A real terminal would wait until somebody
 * presses Ctrl-C.
 */
export const PATIENCE_MS = 3_600_000;

/** A command that has begun: ended, or waiting. */
export interface Begun {
  readonly pieces: OutputPiece[];
  readonly code: number | undefined;
  readonly pending: PendingWait | undefined;
}

/** What has been written, by stream and as a terminal shows it. */
export function toResult(pieces: readonly OutputPiece[], code: number): KubectlResult {
  const of = (stream: OutputPiece['stream']): string =>
    pieces
      .filter((p) => p.stream === stream)
      .map((p) => p.text)
      .join('');
  return { code, stdout: of('out'), stderr: of('err'), output: pieces.map((p) => p.text).join('') };
}

/** @param words of the command, or how they come to be */
export function begin(
  cluster: ClusterApi,
  words: readonly string[] | (() => readonly string[]),
  io: KubectlIO,
): Begun {
  const output: Output = { pieces: [] };
  try {
    const argv = typeof words === 'function' ? words() : words;
    const result = runArgv(cluster, argv, io, output);
    if (typeof result === 'number') return { pieces: output.pieces, code: result, pending: undefined };
    return { pieces: output.pieces, code: undefined, pending: result };
  } catch (error) {
    if (!isExpected(error) && !(error instanceof ShellError)) throw error;
    if (error instanceof PrintError) writeOut(output, error.printed);
    writeErr(output, failureText(error));
    return { pieces: output.pieces, code: 1, pending: undefined };
  }
}

/** Flags that stand before the verb (`kubectl -n shop get pods`) go behind it, and before a `--`. */
function verbFirst(argv: readonly string[]): string[] {
  const before: string[] = [];
  let i = 0;
  while (i < argv.length && argv[i]!.startsWith('-')) {
    const arg = argv[i]!;
    before.push(arg);
    const name = arg.replace(/^-+/, '').split('=')[0]!;
    const is = (f: FlagSpec): boolean => f.name === name || f.short === name;
    const spec = GLOBAL_FLAGS.find(is) ?? everyCommandsFlags().find(is);
    if (spec !== undefined && spec.type !== 'bool' && !arg.includes('=') && i + 1 < argv.length) {
      i += 1;
      before.push(argv[i]!);
    }
    i += 1;
  }
  const behind = argv.slice(i);
  const dash = behind.indexOf('--');
  const at = dash < 0 ? behind.length : dash;
  return [...behind.slice(0, at), ...before, ...behind.slice(at)];
}

function runArgv(
  cluster: ClusterApi,
  given: readonly string[],
  io: KubectlIO,
  output: Output,
): number | PendingWait {
  const argv = verbFirst(given);
  const { verb, rest } = findVerb(argv) ?? unknownCommand(argv);
  const parsed = parseFlags([...verb.flags, ...GLOBAL_FLAGS], rest, verb.name, () => [
    ...commandFlags(verb.name),
    ...everyCommandsFlags(),
  ]);
  if (parsed.values.get('help') === true) {
    output.pieces.push({ stream: 'out', text: usage(verb) });
    return 0;
  }
  for (const warning of parsed.warnings) writeErr(output, `${warning}\n`);
  if (parsed.values.has('dry-run'))
    writeErr(output, dryRunWarning(String(parsed.values.get('dry-run')), cluster.now));
  const as = userOf(cluster, verb, parsed, io);
  const session = sessionOf(cluster, verb, parsed, io, output, as);
  const { flags } = session;
  const result = verb.run(session);
  if (typeof result === 'number') return result;
  return {
    ...result,
    ...(as === undefined ? {} : { as }),
    ...(flags.has('timeout') && flags.number('timeout', 0) !== 0 ? { timed: true } : {}),
  };
}

const WHO = ['user', 'token', 'as', 'as-group', 'as-uid', 'as-user-extra'];

/** As whom a command line is run; a flag `--user` of the command itself is not that of every command. */
function userOf(
  cluster: ClusterApi,
  verb: Pick<Verb, 'flags'>,
  parsed: ParsedFlags,
  io: KubectlIO,
): UserInfo | undefined {
  const flags = flagReader(parsed);
  const said = verb.flags.some((f) => f.name === 'user') ? WHO.slice(1) : WHO;
  if (io.user === undefined && !said.some((name) => flags.has(name))) return undefined;
  return userFor(cluster, { ...flags, has: (name) => said.includes(name) && flags.has(name) }, io.user);
}

/** What a verb sees of a command line. @param as whose it is; undefined: the administrator's */
export function sessionOf(
  cluster: ClusterApi,
  { name }: Pick<Verb, 'name'>,
  parsed: ParsedFlags,
  io: KubectlIO,
  { pieces }: Output,
  as?: UserInfo,
): Session {
  const flags = flagReader(parsed);
  const warned = new Set<string>();
  const warn = (text: string): void => {
    if (warned.has(text)) return;
    warned.add(text);
    pieces.push({ stream: 'err', text: `Warning: ${text}\n` });
  };
  return {
    cluster,
    api: cluster
      .client(as)
      .using({
        warn,
        dryRun: flags.text('dry-run') === 'server',
        fieldManager: () =>
          flags.text('field-manager') ||
          commandFlags(name).find((flag) => flag.name === 'field-manager')?.default ||
          'kubectl',
        ...(io.passed === undefined ? {} : { passed: io.passed }),
      }),
    now: cluster.now,
    io,
    command: name,
    flags,
    args: parsed.args,
    line: ['kubectl', name, ...parsed.args, ...parsed.written].join(' '),
    dashAt: parsed.dashAt,
    namespace:
      flags.text('namespace') ||
      (flags.has('context') ? namespaceIn(contextsOf(io), flags.text('context')) : io.namespace || 'default'),
    namespaceGiven: flags.has('namespace'),
    pieces,
  };
}

function usage(verb: Verb): string {
  const flags = [...verb.flags, ...GLOBAL_FLAGS]
    .filter((f) => f.deprecated === undefined)
    .map(
      (f) =>
        `    ${f.short === undefined ? '   ' : `-${f.short},`} ` +
        `--${f.name}${f.type === 'bool' ? '' : ` (${f.type})`}\n`,
    );
  return `Usage: kubectl ${verb.name}\n\nOptions:\n${flags.join('')}`;
}

/** What a wait sees of a cluster that it is outside of. */
class OutsideContext implements WaitContext {
  private readonly cluster: ClusterApi;
  readonly api: ApiClient;
  readonly pieces: OutputPiece[];

  constructor(cluster: ClusterApi, { as }: PendingWait, { pieces }: Output) {
    this.cluster = cluster;
    this.api = cluster.client(as);
    this.pieces = pieces;
  }

  get now(): Millis {
    return this.cluster.now;
  }

  get config(): WaitContext['config'] {
    return this.cluster.config;
  }

  get resources(): WaitContext['resources'] {
    return this.cluster.resources;
  }

  get world(): WaitContext['world'] {
    return this.cluster.world;
  }

  get control(): WaitContext['control'] {
    return this.cluster.control;
  }

  get by(): WaitContext['by'] {
    return this.cluster.by;
  }
}

/** Takes a wait's next step; what goes wrong ends it. */
function nextStep({ wait, state }: PendingWait, context: WaitContext): StepResult {
  try {
    return waitNamed(wait).step(state, context);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return failed(error, context);
  }
}

/** Plays a wait from outside of the cluster: virtual time passes until it is over. @returns the exit code */
function playWait(cluster: ClusterApi, pending: PendingWait, output: Output): number {
  const wait = waitNamed(pending.wait);
  const giveUpAt = pending.timed ? Infinity : cluster.now + PATIENCE_MS;
  const context = new OutsideContext(cluster, pending, output);
  for (;;) {
    const step = nextStep(pending, context);
    if (step.done) return step.code;
    if (cluster.now >= giveUpAt) {
      writeErr(
        output,
        `error: nobody waits for ever: gave up after ${goDuration(PATIENCE_MS)} (say how long with ` +
          `--timeout, or run the command in the background)\n`,
      );
      return 1;
    }
    const limitMs = Math.min((step.wakeAt ?? Infinity) - cluster.now, giveUpAt - cluster.now, FOREVER_MS);
    cluster.runUntil(
      wait.ready === undefined ? () => false : () => isReady(() => wait.ready!(pending.state, context)),
      limitMs,
    );
  }
}

/** A look at a server that cannot be reached shows nothing; the wait goes on. */
function isReady(look: () => boolean): boolean {
  try {
    return look();
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

/**
 * Runs a kubectl command by its arguments to its end; virtual time passes while it waits.
 * Never throws for what a user can get wrong: that is on stderr, with exit code 1.
 * @example runKubectl(cluster, ['apply', '-f', "Bob's pods.yaml"], io)
 */
export function runKubectl(cluster: ClusterApi, argv: readonly string[], io: KubectlIO): KubectlResult {
  const { pieces, code } = toItsEnd(cluster, argv, io);
  return toResult(pieces, code);
}

/** Whether kubectl has a command of this name. */
const isCommand = (name: string): boolean => findVerb([name]) !== undefined || isGroup(name);

/**
 * As `runKubectl`, for a line as a user writes it: words in quotes, `kubectl` in front or not, and whatever a
 * shell may do with commands: pipes, lists, substitutions, variables, loops.
 * @example runKubectlLine(cluster, 'kubectl get pods -o wide | grep web', io)
 */
export function runKubectlLine(cluster: ClusterApi, line: string, io: KubectlIO): KubectlResult {
  let argv: readonly string[] | undefined;
  try {
    argv = kubectlArguments(line, isCommand);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    return toResult([{ stream: 'err', text: failureText(error) }], 1);
  }
  if (argv !== undefined) return runKubectl(cluster, argv, io);
  const text = typed(line);
  const [first = ''] = /^[\w-]+/.exec(text) ?? [];
  const { pieces, code } = runShellLine(cluster, isCommand(first) ? `kubectl ${text}` : text, io, toItsEnd);
  return toResult(pieces, code);
}

/** How long a person takes from one command to the next, at least, and kubectl to learn what is served. */
const NEXT_COMMAND_MS = 1_000;

/**
 * A command that follows on one that brought a CustomResourceDefinition finds it established, as it does at a
 * terminal: milliseconds are enough for that.
 */
function awaitDefinitions(cluster: ClusterApi): void {
  const isInstalling = (): boolean =>
    (cluster.client().list(CUSTOM_RESOURCE_DEFINITIONS) as CustomResourceDefinition[]).some(
      (d) => d.metadata.deletionTimestamp === undefined && !isTrue(d, 'Established') && !isRefused(d),
    );
  if (isReady(isInstalling)) cluster.runUntil(() => !isReady(isInstalling), NEXT_COMMAND_MS);
}

const isRefused = ({ status }: CustomResourceDefinition): boolean =>
  status.conditions?.some((c) => c.type === 'NamesAccepted' && c.status === 'False') === true;

/**
 * Begins a command; whoever lets time pass asks it to go on.
 * @returns what goes on, and tells what it has come to once it has ended
 */
export function underway(
  cluster: ClusterApi,
  argv: readonly string[],
  io: KubectlIO,
): () => KubectlResult | undefined {
  awaitDefinitions(cluster);
  const { pieces, code, pending } = begin(cluster, argv, io);
  if (code !== undefined) return () => toResult(pieces, code);
  const wait = waitNamed(pending!.wait);
  const context = new OutsideContext(cluster, pending!, { pieces });
  let wakeAt = cluster.now;
  return () => {
    const isDue = cluster.now >= wakeAt || isReady(() => wait.ready?.(pending!.state, context) ?? false);
    if (!isDue) return undefined;
    const step = nextStep(pending!, context);
    if (step.done) return toResult(pieces, step.code);
    wakeAt = step.wakeAt ?? Infinity;
    return undefined;
  };
}

function toItsEnd(
  cluster: ClusterApi,
  argv: readonly string[],
  io: KubectlIO,
): { pieces: readonly OutputPiece[]; code: number } {
  awaitDefinitions(cluster);
  const { pieces, code, pending } = begin(cluster, argv, io);
  return { pieces, code: code ?? playWait(cluster, pending!, { pieces }) };
}
