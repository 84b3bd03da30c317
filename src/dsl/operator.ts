/** What the operator does through kubectl on behalf of a step. */
import {
  jobResult,
  runKubectl,
  runKubectlLine,
  shellLine,
  shellWords,
  startKubectl,
  type KubectlIO,
  type KubectlResult,
} from '../kubectl/index.ts';
import { parseLabelSelector } from '../sim/api/selector.ts';
import { InputError } from './errors.ts';
import { splitName } from './names.ts';
import type { OperationOf, Workload } from './operations.ts';
import { clusterOf, presentState, type Session } from './session.ts';
import { getObject } from './state.ts';

const ioOf = (session: Session, stdin?: string): KubectlIO => ({
  ...session.options.files,
  namespace: session.namespace,
  ...(stdin === undefined ? {} : { stdin }),
});

/** Runs a command by its arguments. */
export const kubectl = (session: Session, argv: readonly string[], stdin?: string): KubectlResult =>
  runKubectl(clusterOf(session), argv, ioOf(session, stdin));

/** Runs a line as the user wrote it, `kubectl` in front or not. */
export const kubectlLine = (session: Session, line: string): KubectlResult =>
  runKubectlLine(clusterOf(session), line, ioOf(session));

const refused = (argv: readonly string[], { code, stdout, stderr }: KubectlResult): InputError =>
  new InputError(`${shellLine(argv)}: exit code ${code}\n${stderr.trim() || stdout.trim()}`);

/** As `kubectl`, for commands that must succeed. @throws InputError with what kubectl said */
export function mustKubectl(session: Session, argv: readonly string[], stdin?: string): void {
  const result = kubectl(session, argv, stdin);
  if (result.code !== 0) throw refused(argv, result);
}

/**
 * Starts a command; what waits goes on while time passes, and comes to nothing where it fails later. @throws
 * InputError when it fails at once
 */
export function startInBackground(session: Session, argv: readonly string[]): void {
  const cluster = clusterOf(session);
  const result = jobResult(cluster, startKubectl(cluster, argv, ioOf(session)));
  if (result !== undefined && result.code !== 0) throw refused(argv, result);
}

const RESOURCE: Readonly<Record<string, string>> = {
  Deployment: 'deployment',
  ReplicaSet: 'replicaset',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  Job: 'job',
};

/** `['deployment/web', '-n', 'team']` */
function target(session: Session, workload: Workload): string[] {
  const { namespace, name } = splitName(workload.name, session.namespace);
  return [`${RESOURCE[workload.kind]}/${name}`, '-n', namespace];
}

export function scaleWorkload(session: Session, { workload, replicas }: OperationOf<'scale'>): void {
  mustKubectl(session, ['scale', ...target(session, workload), `--replicas=${replicas}`]);
}

export function changeImage(session: Session, { workload, image }: OperationOf<'setImage'>): void {
  const { namespace, name } = splitName(workload.name, session.namespace);
  const object = getObject(presentState(session), workload.kind as 'Deployment', namespace, name);
  const containers = object?.spec.template.spec?.containers.map((c) => c.name) ?? [];
  if (containers.length > 1) {
    throw new InputError(
      `${workload.kind} "${name}" has the containers ${containers.join(', ')}: say which, with I run "kubectl set image ${RESOURCE[workload.kind]}/${name} ${containers[0]}=${image}"`,
    );
  }
  mustKubectl(session, ['set', 'image', ...target(session, workload), `${containers[0] ?? '*'}=${image}`]);
}

export function rollBack(session: Session, { workload }: OperationOf<'rollback'>): void {
  mustKubectl(session, ['rollout', 'undo', ...target(session, workload)]);
}

/** The words of a command; one that uses the shell's own signs is the shell's to read. */
function commandWords(command: string): readonly string[] {
  if (/[|;&<>$`(){}*?!#\n]/.test(command)) return ['sh', '-c', command];
  try {
    return shellWords(command)[0]!;
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

/** The `kubectl exec` that executes a command in a Pod. @throws InputError when no Pod is there to run it */
export function execArguments(session: Session, op: OperationOf<'exec'>): string[] {
  const { namespace, name } = splitName(op.pod ?? runningPod(session, op.selector!), session.namespace);
  const container = op.container === undefined ? [] : ['-c', op.container];
  return ['exec', name, '-n', namespace, ...container, '--', ...commandWords(op.command)];
}

/** One of the running Pods that match, drawn from the seed. */
function runningPod(session: Session, selector: string): string {
  const cluster = clusterOf(session);
  try {
    parseLabelSelector(selector);
  } catch (error) {
    throw new InputError(`selector "${selector}": ${(error as Error).message}`);
  }
  const pods = cluster
    .client()
    .list('Pod', { namespace: session.namespace, labelSelector: selector })
    .filter((p) => p.status.phase === 'Running' && p.metadata.deletionTimestamp === undefined);
  if (pods.length === 0)
    throw new InputError(`no running pod matching "${selector}" in namespace "${session.namespace}"`);
  return pods[Math.floor(cluster.control.random('scenario') * pods.length)]!.metadata.name;
}
