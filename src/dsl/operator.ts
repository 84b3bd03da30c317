/** What the operator does through kubectl on behalf of a step. */
import { withMembers } from '../sim/kernel/members.ts';
import type { RequestOptions } from '../sim/api/caller.ts';
import {
  formerly,
  namespaceIn,
  shellLine,
  shellWords,
  type KubectlIO,
  type KubectlResult,
  type LeftOut,
} from '../kubectl/index.ts';
import { say, shortened } from '../messages/index.ts';
import { PROGRAMS } from '../drivers/driver.ts';
import { parseLabelSelector } from '../sim/api/selector.ts';
import type { Millis } from '../sim/kernel/types.ts';
import { type ClaimError, InputError, wrong } from './errors.ts';
import { languageOf, waitError } from './explain.ts';
import { rememberWritten } from './taken.ts';
import { splitName } from '../sim/api/qualifiedname.ts';
import type { OperationOf } from './operations/operation.ts';
import { type Session } from './types.ts';
import { driverOf } from './session.ts';
import { warningOf } from './warnings.ts';
import type { Workload } from './workload.ts';

function ioOf(session: Session, stdin?: string, chosen?: KubectlIO['chosen']): KubectlIO {
  const io: { -readonly [K in keyof KubectlIO]: KubectlIO[K] } = withMembers(session.options.files, {
    readFile: (path: string) => session.brought.get(path) ?? session.options.files.readFile(path),
    writeFile(path: string, content: string) {
      session.brought = new Map(session.brought).set(path, content);
    },
    namespace: session.namespace,
    configure(contexts: NonNullable<KubectlIO['contexts']>) {
      session.contexts = contexts;
      session.namespace = namespaceIn(contexts);
    },
    written: (document: Parameters<NonNullable<KubectlIO['written']>>[0]) =>
      rememberWritten(session, document),
    language: languageOf(session),
  });
  if (session.contexts !== undefined) io.contexts = session.contexts;
  if (stdin !== undefined) io.stdin = stdin;
  if (chosen !== undefined) io.chosen = chosen;
  if (session.skipsUnsupported) io.leftOut = (document) => noteLeftOut(session, document);
  return io;
}

/** One note a step. */
function noteLeftOut(session: Session, { kind, name, file, line }: LeftOut): void {
  const operation = session.operations.length;
  const document = `${kind} "${name}"${file === 'STDIN' ? '' : ` (${file}:${line})`}`;
  const at = session.warnings.findIndex((w) => w.key === 'leftOut' && w.operation === operation);
  const { documents = [] } = (session.warnings[at]?.args ?? {}) as { documents?: readonly string[] };
  const note = warningOf('leftOut', { documents: [...documents, document] }, operation);
  if (at < 0) session.warnings.push(note);
  else session.warnings[at] = note;
}

/** Runs a command by its arguments, whatever comes of it. @param chosen which documents of files are meant */
export function tryKubectl(
  session: Session,
  argv: readonly string[],
  stdin?: string,
  chosen?: KubectlIO['chosen'],
): KubectlResult {
  const result = driverOf(session).kubectl(argv, ioOf(session, stdin, chosen));
  session.listener.printed?.(shellLine(argv), result);
  return result;
}

/**
 * What a command that failed amounts to: one that failed at once was wrong, one that has waited in vain has
 * found that the cluster does not come where it should.
 * @param fromMs when it began @param hints lines that stand below
 */
function failed(
  session: Session,
  line: string,
  { code, stdout, stderr }: KubectlResult,
  fromMs: Millis,
  hints: readonly string[] = [],
): InputError | ClaimError {
  const language = languageOf(session);
  const said = shortened(stderr.trim() || stdout.trim(), language);
  const found = [say('commandEnded', { code }, language), said, ...hints.map((hint) => `(${hint})`)].join(
    '\n',
  );
  return driverOf(session).now > fromMs
    ? waitError(session, line, found, [])
    : new InputError(`${line}: ${found}`);
}

/** As `tryKubectl`, for commands that must succeed. @throws InputError, ClaimError with what kubectl said */
export function mustKubectl(
  session: Session,
  argv: readonly string[],
  stdin?: string,
  chosen?: KubectlIO['chosen'],
): void {
  const from = driverOf(session).now;
  const result = tryKubectl(session, argv, stdin, chosen);
  if (result.code !== 0) throw failed(session, shellLine(argv), result, from);
}

/**
 * Starts a command; what waits goes on while time passes, and comes to nothing where it fails later. @throws
 * InputError when it fails at once
 */
export function startInBackground(session: Session, argv: readonly string[]): void {
  const result = driverOf(session).startKubectl(argv, ioOf(session));
  if (result === undefined) return;
  session.listener.printed?.(shellLine(argv), result);
  if (result.code !== 0) throw failed(session, shellLine(argv), result, driverOf(session).now);
}

/** `['deployment/web', '-n', 'team']` */
export function workloadArguments(session: Session, workload: Workload): string[] {
  const { namespace, name } = splitName(workload.name, session.namespace);
  return [`${workload.kind.toLowerCase()}/${name}`, '-n', namespace];
}

/** Keeps what a command printed. @throws InputError, ClaimError when it failed and nobody looks for that */
function keep(session: Session, line: string, run: () => KubectlResult, mayFail: boolean): void {
  const from = driverOf(session).now;
  const result = run();
  const { code, stdout, stderr } = result;
  session.output = { line, code, stdout, stderr };
  if (code === 0 || mayFail) return;
  const language = languageOf(session);
  const once = formerly(line);
  const isUnknown = code === 127 && /not found/.test(stderr);
  throw failed(session, line, result, from, [
    ...(once === undefined ? [] : [say('onceSo', { until: once.until, today: once.today }, language)]),
    ...(isUnknown ? [say('programsKnown', { programs: PROGRAMS }, language)] : []),
    say('failureExpected', {}, language),
  ]);
}

interface LineOptions extends Pick<RequestOptions, 'passed'> {
  /** Whose kubectl it is; absent: the administrator's. */
  readonly user?: string | undefined;
}

/**
 * Runs a line as the user wrote it, `kubectl` in front or not, and keeps what it printed.
 * @throws InputError, ClaimError when it failed and nobody looks for that
 */
export function runLine(
  session: Session,
  line: string,
  mayFail: boolean,
  { user, passed }: LineOptions = {},
): void {
  const run = (): KubectlResult => {
    const result = driverOf(session).kubectlLine(line, {
      ...ioOf(session),
      ...(user === undefined ? {} : { user }),
      ...(passed === undefined ? {} : { passed }),
    });
    session.listener.printed?.(line, result);
    return result;
  };
  keep(session, line, run, mayFail);
}

/** Executes a command in a Pod and keeps what it printed. @throws InputError, ClaimError */
export function execute(session: Session, operation: OperationOf<'exec'>, mayFail: boolean): void {
  const argv = execArguments(session, operation);
  keep(session, shellLine(argv), () => tryKubectl(session, argv), mayFail);
}

/** The words of a command; one that uses the shell's own signs is the shell's to read. */
function commandWords(command: string): readonly string[] {
  if (/[|;&<>$`(){}*?!#\n]/.test(command)) return ['sh', '-c', command];
  try {
    return shellWords(command);
  } catch {
    throw wrong('openQuote', { line: command });
  }
}

/** @throws InputError when no Pod is there to run it */
function execArguments(session: Session, op: OperationOf<'exec'>): string[] {
  const { namespace, name } = splitName(op.pod ?? runningPod(session, op.selector!), session.namespace);
  const container = op.container === undefined ? [] : ['-c', op.container];
  return ['exec', name, '-n', namespace, ...container, '--', ...commandWords(op.command)];
}

/** One of the running Pods that match, drawn from the seed. */
function runningPod(session: Session, selector: string): string {
  const driver = driverOf(session);
  try {
    parseLabelSelector(selector);
  } catch (error) {
    throw wrong('badSelector', { selector, problem: (error as Error).message });
  }
  const pods = driver
    .client()
    .list('Pod', { namespace: session.namespace, labelSelector: selector })
    .filter((p) => p.status.phase === 'Running' && p.metadata.deletionTimestamp === undefined);
  if (pods.length === 0) throw wrong('noRunningPod', { selector, namespace: session.namespace });
  return pods[Math.floor(driver.random() * pods.length)]!.metadata.name;
}
