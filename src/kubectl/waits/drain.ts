/**
 * Draining nodes: cordoned already, their pods are evicted, refusals tried again every 5 s, and each pod is
 * waited for. Sources: staging/src/k8s.io/kubectl/pkg/drain/drain.go, filters.go; pkg/cmd/drain/drain.go
 * (v1.36).
 */
import { ApiError, isNamespaceTerminating, isNotFound } from '../../sim/api/errors.ts';
import { parseTime } from '../../sim/api/time.ts';
import type { Pod } from '../../sim/api/types.ts';
import type { ApiClient } from '../../sim/api/client.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { goDuration } from '../duration.ts';
import { AggregateKubectlError, errorText } from '../errors.ts';
import { writeErr, writeOut } from '../session.ts';
import type { WaitContext } from '../session.ts';
import type { StepResult, Wait } from './wait.ts';

const POLL_MS = 1000;

export interface DrainOptions {
  force: boolean;
  ignoreDaemonSets: boolean;
  deleteEmptyDirData: boolean;
  /** -1: the pods' own. */
  gracePeriodSeconds: number;
  /** 0: none. */
  timeoutMs: Millis;
  podSelector: string;
  disableEviction: boolean;
  skipWaitForDeleteTimeoutSeconds: number;
}

interface DrainedPod {
  namespace: string;
  name: string;
  uid: string;
  phase: 'evict' | 'wait';
  /** When to try or to look next. */
  at: Millis;
  deleting: boolean;
}

export interface DrainState {
  options: DrainOptions;
  /** Nodes still to drain, the current one first. */
  nodes: string[];
  /** Pods of the current node; undefined before it is begun. */
  pods: DrainedPod[] | undefined;
  deadline: Millis;
  /** Errors of the current node, as text. */
  errors: string[];
  failed: { node: string; errors: string[] }[];
}

type Verdict = {
  readonly delete: boolean;
  readonly kind: 'okay' | 'skip' | 'warning' | 'error';
  readonly message: string;
};
const OKAY: Verdict = { delete: true, kind: 'okay', message: '' };
const SKIP: Verdict = { delete: false, kind: 'skip', message: '' };
const refuse = (message: string): Verdict => ({ delete: false, kind: 'error', message });
const warn = (drop: boolean, message: string): Verdict => ({ delete: drop, kind: 'warning', message });

/** Whether a pod has been on its way out for longer than one cares to wait. */
function overdue(pod: Pod, now: Millis, seconds: number): boolean {
  const marked = pod.metadata.deletionTimestamp;
  return seconds > 0 && marked !== undefined && Math.floor((now - parseTime(marked)) / 1000) > seconds;
}

/** May this pod go? kubectl's filters in their order; the last one's word stands. */
function judge(pod: Pod, options: DrainOptions, api: ApiClient, now: Millis): Verdict {
  if (overdue(pod, now, options.skipWaitForDeleteTimeoutSeconds)) return SKIP;
  const finished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
  const controller = pod.metadata.ownerReferences?.find((o) => o.controller);
  if (controller?.kind === 'DaemonSet' && controller.apiVersion === 'apps/v1' && !finished) {
    if (api.find('DaemonSet', pod.metadata.namespace!, controller.name) === undefined) {
      if (!options.force) return refuse(`daemonsets.apps "${controller.name}" not found`);
    } else {
      return options.ignoreDaemonSets
        ? warn(false, 'ignoring DaemonSet-managed Pods')
        : refuse('DaemonSet-managed Pods (use --ignore-daemonsets to ignore)');
    }
  }
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return SKIP;
  if (finished) return OKAY;
  if (!options.deleteEmptyDirData && (pod.spec.volumes ?? []).some((v) => v.emptyDir !== undefined)) {
    return refuse('Pods with local storage (use --delete-emptydir-data to override)');
  }
  if (controller !== undefined) return OKAY;
  return options.force
    ? warn(true, 'deleting Pods that declare no controller')
    : refuse('Pods that declare no controller (use --force to override)');
}

interface Judged {
  readonly drop: Pod[];
  readonly warnings: string;
  readonly errors: string[];
}

function podsOf(node: string, options: DrainOptions, { api, now }: WaitContext): Judged {
  const pods = api.list('Pod', {
    fieldSelector: `spec.nodeName=${node}`,
    ...(options.podSelector === '' ? {} : { labelSelector: options.podSelector }),
  });
  const drop: Pod[] = [];
  const warned = new Map<string, string[]>();
  const refused = new Map<string, string[]>();
  for (const pod of pods) {
    const verdict = judge(pod, options, api, now);
    if (verdict.delete) drop.push(pod);
    const into = verdict.kind === 'warning' ? warned : verdict.kind === 'error' ? refused : undefined;
    if (into === undefined) continue;
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    into.set(verdict.message, [...(into.get(verdict.message) ?? []), name]);
  }
  const texts = (m: Map<string, string[]>): string[] =>
    [...m].map(([message, names]) => `${message}: ${names.join(', ')}`);
  return {
    drop,
    warnings: texts(warned).join('; '),
    errors: texts(refused).map((t) => `cannot delete ${t}`),
  };
}

/** Begins with a node: which pods have to go, and with --disable-eviction the deletes themselves. */
function begin(state: DrainState, node: string, context: WaitContext): void {
  const { options } = state;
  state.errors = [];
  state.pods = [];
  state.deadline = options.timeoutMs === 0 ? Number.MAX_SAFE_INTEGER : context.now + options.timeoutMs;
  const { drop, warnings, errors } = podsOf(node, options, context);
  if (errors.length > 0) {
    state.errors = errors;
    return;
  }
  if (warnings !== '') writeErr(context, `Warning: ${warnings}\n`);
  for (const pod of drop) {
    const { namespace, name, uid } = pod.metadata;
    if (options.disableEviction) {
      try {
        context.api.delete('Pod', namespace!, name, deleteOptions(options));
      } catch (error) {
        if (isNotFound(error)) continue;
        state.errors.push(errorText(error));
        return;
      }
    }
    state.pods.push({
      namespace: namespace!,
      name,
      uid,
      phase: options.disableEviction ? 'wait' : 'evict',
      at: context.now,
      deleting: pod.metadata.deletionTimestamp !== undefined,
    });
  }
}

const deleteOptions = (o: DrainOptions): { gracePeriodSeconds?: number } =>
  o.gracePeriodSeconds >= 0 ? { gracePeriodSeconds: o.gracePeriodSeconds } : {};

/** Tries to evict. @returns whether the pod is still to be dealt with */
function evict(pod: DrainedPod, state: DrainState, context: WaitContext): boolean {
  const { api, now } = context;
  writeOut(context, `evicting pod ${pod.namespace}/${pod.name}\n`);
  const what = `error when evicting pods/"${pod.name}" -n "${pod.namespace}"`;
  if (now >= state.deadline) {
    state.errors.push(`${what}: global timeout reached: ${goDuration(state.options.timeoutMs)}`);
    return false;
  }
  const retrySeconds = goDuration(context.config.evictionRetryMs);
  try {
    api.evict(pod.namespace, pod.name, { ...deleteOptions(state.options), preconditions: { uid: pod.uid } });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason === 'NotFound') return false;
    if (error.reason === 'TooManyRequests') {
      if (context.config.planted === 'drain-forgets-to-retry') return false;
      writeErr(context, `${what} (will retry after ${retrySeconds}): ${error.message}\n`);
      pod.at = now + context.config.evictionRetryMs;
      return true;
    }
    if (!isNamespaceTerminating(error)) {
      state.errors.push(`${what}: ${errorText(error)}`);
      return false;
    }
    if (api.find('Pod', pod.namespace, pod.name)?.metadata.deletionTimestamp === undefined) {
      writeErr(
        context,
        `error when evicting pod "${pod.name}" from terminating namespace "${pod.namespace}" (will retry ` +
          `after ${retrySeconds}): ${error.message}\n`,
      );
      pod.at = now + context.config.evictionRetryMs;
      return true;
    }
  }
  pod.phase = 'wait';
  return look(pod, state, context);
}

/** Looks whether the pod is gone. @returns whether it is not */
function look(pod: DrainedPod, state: DrainState, context: WaitContext): boolean {
  const { api, now } = context;
  const failed = `error when waiting for pod "${pod.name}" in namespace "${pod.namespace}" to terminate`;
  let current: Pod | undefined;
  try {
    current = api.find('Pod', pod.namespace, pod.name);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    state.errors.push(`${failed}: ${errorText(error)}`);
    return false;
  }
  if (current === undefined || current.metadata.uid !== pod.uid) {
    writeOut(context, `pod/${pod.name} ${state.options.disableEviction ? 'deleted' : 'evicted'}\n`);
    return false;
  }
  if (overdue(current, now, state.options.skipWaitForDeleteTimeoutSeconds)) {
    writeOut(
      context,
      `pod "${pod.name}" has DeletionTimestamp older than ` +
        `${state.options.skipWaitForDeleteTimeoutSeconds} seconds, skipping\n`,
    );
    return false;
  }
  if (now >= state.deadline) {
    state.errors.push(`${failed}: global timeout reached: ${goDuration(state.options.timeoutMs)}`);
    return false;
  }
  pod.at = now + POLL_MS;
  return true;
}

/** The current node is done with, well or not. */
function finish(state: DrainState, node: string, begun: boolean, context: WaitContext): void {
  if (state.errors.length === 0) {
    writeOut(context, `node/${node} drained\n`);
    return;
  }
  const text = new AggregateKubectlError(state.errors).message;
  if (begun) {
    const { drop } = podsOf(node, state.options, context);
    if (drop.length > 0) {
      writeErr(context, `There are pending pods in node "${node}" when an error occurred: ${text}\n`);
      for (const pod of drop) writeErr(context, `pod/${pod.metadata.name}\n`);
    }
  }
  writeErr(context, `error: unable to drain node "${node}" due to error: ${text}, continuing command...\n`);
  state.failed.push({ node, errors: state.errors });
}

export const drainWait: Wait<DrainState> = {
  name: 'drain',
  step(state, context): StepResult {
    for (;;) {
      const node = state.nodes[0];
      if (node === undefined) break;
      let refused = false;
      if (state.pods === undefined) {
        begin(state, node, context);
        refused = state.errors.length > 0 && state.pods!.length === 0;
      }
      const left: DrainedPod[] = [];
      for (const pod of state.pods!) {
        const stays =
          pod.at > context.now ||
          (pod.phase === 'evict' ? evict(pod, state, context) : look(pod, state, context));
        if (stays) left.push(pod);
      }
      state.pods = left;
      if (left.length > 0) return { done: false, wakeAt: left.reduce((t, p) => Math.min(t, p.at), Infinity) };
      finish(state, node, !refused, context);
      state.nodes.shift();
      state.pods = undefined;
    }
    if (state.failed.length === 0) return { done: true, code: 0 };
    writeErr(context, 'There are pending nodes to be drained:\n');
    for (const { node } of state.failed) writeErr(context, ` ${node}\n`);
    // An aggregate within an aggregate: the words stand alone, without `error: `.
    writeErr(
      context,
      state.failed
        .flatMap((f) => f.errors)
        .map((e) => `${e}\n`)
        .join(''),
    );
    return { done: true, code: 1 };
  },
};
