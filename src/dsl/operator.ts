/** What the operator does through kubectl on behalf of a step. */
import { jobResult, runKubectl, startKubectl } from '../kubectl/index.ts';
import type { KubectlResult } from '../kubectl/session.ts';
import { parseLabelSelector } from '../sim/api/selector.ts';
import { InputError } from './errors.ts';
import { splitName } from './names.ts';
import type { OperationOf, Workload } from './operations.ts';
import { clusterOf, presentState, type Session } from './session.ts';
import { getObject } from './state.ts';

/** Runs one line, `kubectl` in front or not; its output becomes the session's. */
export function kubectlLine(session: Session, line: string, stdin?: string): KubectlResult {
  const io = {
    ...session.options.files,
    namespace: session.namespace,
    ...(stdin === undefined ? {} : { stdin }),
  };
  return runKubectl(clusterOf(session), line, io);
}

const lastLines = (result: KubectlResult): string => result.stderr.trim() || result.stdout.trim();

/** As `kubectlLine`, for lines that must succeed. @throws InputError with what kubectl said */
export function mustKubectl(session: Session, line: string, stdin?: string): KubectlResult {
  const result = kubectlLine(session, line, stdin);
  if (result.code !== 0)
    throw new InputError(
      `${line.startsWith('kubectl') ? line : `kubectl ${line}`}: exit code ${result.code}\n${lastLines(result)}`,
    );
  return result;
}

/**
 * Starts a line; what waits goes on while time passes, and comes to nothing where it fails later. @throws
 * InputError when it fails at once
 */
export function startInBackground(session: Session, line: string): void {
  const cluster = clusterOf(session);
  const result = jobResult(
    cluster,
    startKubectl(cluster, line, { ...session.options.files, namespace: session.namespace }),
  );
  if (result !== undefined && result.code !== 0)
    throw new InputError(`${line}: exit code ${result.code}\n${lastLines(result)}`);
}

const RESOURCE: Readonly<Record<string, string>> = {
  Deployment: 'deployment',
  ReplicaSet: 'replicaset',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  Job: 'job',
};

/** `deployment/web -n team` */
function target(session: Session, workload: Workload): string {
  const { namespace, name } = splitName(workload.name, session.namespace);
  return `${RESOURCE[workload.kind]}/${name} -n ${namespace}`;
}

export function scaleWorkload(session: Session, { workload, replicas }: OperationOf<'scale'>): void {
  mustKubectl(session, `kubectl scale ${target(session, workload)} --replicas=${replicas}`);
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
  mustKubectl(session, `kubectl set image ${target(session, workload)} ${containers[0] ?? '*'}=${image}`);
}

export function rollBack(session: Session, { workload }: OperationOf<'rollback'>): void {
  mustKubectl(session, `kubectl rollout undo ${target(session, workload)}`);
}

const isPlain = (command: string): boolean => !/[|;&<>$`(){}*?!#\n]/.test(command);
const quoted = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`;

/** The line that executes a command; one that uses the shell's own signs goes through `sh -c`. */
export function execLine(session: Session, op: OperationOf<'exec'>): string {
  const { namespace, name } = splitName(op.pod ?? runningPod(session, op.selector!), session.namespace);
  const command = isPlain(op.command) ? op.command : `sh -c ${quoted(op.command)}`;
  return `kubectl exec ${name} -n ${namespace}${op.container === undefined ? '' : ` -c ${op.container}`} -- ${command}`;
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
