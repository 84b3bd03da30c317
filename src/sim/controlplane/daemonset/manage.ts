/**
 * A pod on each node that should have one, and none elsewhere.
 * Models pkg/controller/daemon/daemon_controller.go (manage, podsShouldBeOnNode, syncNodes).
 */
import type { Draft } from '../../api/client.ts';
import { ApiError, isNotFound } from '../../api/errors.ts';
import type { Pod, PodSpec } from '../../api/types.ts';
import { creationObserved, deletionObserved, expect } from '../expectations.ts';
import { Throttled } from '../controller.ts';
import { isNamespaceTerminating } from '../../api/errors.ts';
import { createPod, deletePod, podFromTemplate, slowStart } from '../podcontrol.ts';
import { isPodReady } from '../podutil.ts';
import { REVISION_LABEL } from '../revision.ts';
import { backoffLeftMs, backoffNext } from './backoff.ts';
import { affinityForNode, byAge, daemonTolerations, podsByNode, type Fit } from './nodes.ts';
import { allowsSurge, isAvailable, SOURCE, templateGeneration, type View } from './view.ts';

/** How many pods one sync creates or deletes at most. */
const BURST_REPLICAS = 250;

interface Changes {
  readonly create: string[];
  readonly remove: Pod[];
}

/** @throws ApiError the first failure, after everything was tried that should be */
export function manage(v: View): void {
  const byNode = podsByNode(v.pods, false);
  const changes: Changes = { create: [], remove: [] };
  const known = new Set<string>();
  for (const { node, fit } of v.nodes) {
    known.add(node.metadata.name);
    onNode(v, node.metadata.name, fit, byNode.get(node.metadata.name), changes);
  }
  // Nobody else removes a pod that was made for a node which went before it was scheduled.
  for (const [node, pods] of byNode) {
    if (!known.has(node)) changes.remove.push(...pods.filter((p) => (p.spec.nodeName ?? '') === ''));
  }
  syncNodes(v, changes.create, changes.remove);
}

function onNode(v: View, node: string, fit: Fit, pods: readonly Pod[] | undefined, changes: Changes): void {
  if (fit.shouldRun && pods === undefined) {
    changes.create.push(node);
  } else if (fit.mayStay) {
    prune(v, node, fit, pods ?? [], changes);
  } else if (pods !== undefined) {
    changes.remove.push(...pods.filter((p) => p.metadata.deletionTimestamp === undefined));
  }
}

function prune(v: View, node: string, fit: Fit, pods: readonly Pod[], { create, remove }: Changes): void {
  const running: Pod[] = [];
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    if (pod.status.phase === 'Failed') {
      if (mayKillFailed(v, node, pod)) remove.push(pod);
    } else if (pod.status.phase === 'Succeeded') {
      v.ctx.event(
        v.ds,
        'Normal',
        'SucceededDaemonPod',
        `Found succeeded daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${node}, will ` +
          'try to delete it',
        { source: SOURCE },
      );
      remove.push(pod);
    } else {
      running.push(pod);
    }
  }
  const surge = allowsSurge(v.ds);
  if (v.ctx.config.planted === 'daemon-expectations-dropped' && running.length === 1) {
    if (fit.shouldRun && !isPodReady(running[0]!)) create.push(node);
    return;
  }
  if (running.length <= 1 || v.ctx.config.planted === 'daemon-expectations-dropped') {
    // With surge a pod on its way out does not keep its successor waiting.
    if (surge && running.length === 0 && fit.shouldRun) create.push(node);
    return;
  }
  running.sort(byAge);
  if (!surge) {
    remove.push(...running.slice(1));
    return;
  }
  // Two may stay: the oldest of the present template until it is available, and the oldest of an earlier one
  // while that is ready.
  let fresh: Pod | undefined;
  let old: Pod | undefined;
  for (const pod of running) {
    if (pod.metadata.labels?.[REVISION_LABEL] === v.hash) {
      if (fresh === undefined) {
        fresh = pod;
        continue;
      }
    } else if (old === undefined) {
      old = pod;
      continue;
    }
    remove.push(pod);
  }
  if (fresh !== undefined && old !== undefined && (!isPodReady(old) || isAvailable(v, fresh)))
    remove.push(old);
}

function mayKillFailed(v: View, node: string, pod: Pod): boolean {
  const key = `${v.ds.metadata.uid}/${v.ds.status.observedGeneration ?? 0}/${node}`;
  const left = backoffLeftMs(v.state.failed, key, v.ctx.now);
  if (left > 0) {
    v.ctx.queue.addAfter(v.key, left, { timeout: false });
    return false;
  }
  backoffNext(v.state.failed, key, v.ctx.now);
  v.ctx.event(
    v.ds,
    'Warning',
    'FailedDaemonPod',
    `Found failed daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${node}, will try to ` +
      'kill it',
    { source: SOURCE },
  );
  return true;
}

/** Writes both kinds of change. @throws ApiError the first failure */
export function syncNodes(v: View, createOn: readonly string[], remove: readonly Pod[]): void {
  const { ctx, key, ds, state } = v;
  const nodes = createOn.slice(0, BURST_REPLICAS);
  const victims = remove.slice(0, BURST_REPLICAS);
  if (nodes.length === 0 && victims.length === 0) return;
  expect(
    state.expectations,
    key,
    nodes.length,
    victims.map((p) => p.metadata.uid),
    ctx.now,
  );
  const draftFor = podDraft(v);
  const { done, error, throttled } = slowStart(ctx.pace, nodes.length, (i) => {
    try {
      createPod(ctx, draftFor(nodes[i]!), ds, SOURCE);
    } catch (error) {
      if (!isNamespaceTerminating(error)) throw error;
    }
  });
  if (done < nodes.length) creationObserved(state.expectations, key, nodes.length - done);
  let failure = error;
  let waits = throttled;
  for (const pod of victims) {
    waits ||= ctx.pace.callsLeft() < 1;
    if (waits) {
      deletionObserved(state.expectations, key, pod.metadata.uid);
      continue;
    }
    try {
      deletePod(ctx, pod.metadata.name, ds, SOURCE);
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      deletionObserved(state.expectations, key, pod.metadata.uid);
      if (!isNotFound(caught)) failure ??= caught;
    }
  }
  if (failure !== undefined) throw failure;
  if (waits) throw new Throttled();
}

function podDraft(v: View): (node: string) => Draft<Pod> {
  const draft = podFromTemplate(v.ds.spec.template, v.ds);
  const generation = templateGeneration(v.ds);
  const labels = {
    ...draft.metadata.labels,
    ...(generation === undefined ? {} : { 'pod-template-generation': generation }),
    ...(v.hash === '' ? {} : { [REVISION_LABEL]: v.hash }),
  };
  const spec: PodSpec = { ...draft.spec, tolerations: daemonTolerations(draft.spec) };
  return (node) => ({
    ...draft,
    metadata: { ...draft.metadata, labels },
    spec: { ...spec, affinity: affinityForNode(spec.affinity, node) },
  });
}
