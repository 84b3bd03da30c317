/**
 * What a pod needs next: a sandbox, containers to kill, containers to start. A pure function of spec, runtime
 * and probe results. Models computePodActions and computeInitContainerActions of
 * pkg/kubelet/kuberuntime/kuberuntime_manager.go.
 */
import type { Container, Pod } from '../../api/types.ts';
import type { RuntimeContainer, Sandbox } from '../world.ts';
import { containerPolicy, initContainersOf, isSidecar, restartPolicyOf } from './podspec.ts';
import { type ProbeWorker, probeResult } from './probeworker.ts';
import { isPlanted } from '../../kernel/plant.ts';

export interface PodActions {
  readonly createSandbox: boolean;
  /** Runtime containers to stop, with the reason as the event tells it. */
  readonly kill: readonly {
    readonly container: RuntimeContainer;
    readonly message: string;
    readonly probe?: 'liveness' | 'startup';
  }[];
  /** Names of containers to start, in order. */
  readonly start: readonly string[];
}

export interface PodFacts {
  readonly pod: Pod;
  readonly sandbox: Sandbox | undefined;
  /** The pod's containers in the runtime, oldest first. */
  readonly records: readonly RuntimeContainer[];
  readonly probes: readonly ProbeWorker[];
}

const NOTHING: PodActions = { createSandbox: false, kill: [], start: [] };

const mayRestart = (pod: Pod, container: Container, record: RuntimeContainer): boolean => {
  if (isPlanted('kubelet-never-restarts')) return false;
  const policy = containerPolicy(pod, container);
  return policy === 'Always' || (policy === 'OnFailure' && record.exitCode !== 0);
};

export function podActions(facts: PodFacts): PodActions {
  const { pod, sandbox, records } = facts;
  const latest = (name: string): RuntimeContainer | undefined => {
    for (let i = records.length - 1; i >= 0; i--) if (records[i]!.name === name) return records[i];
    return undefined;
  };
  if (isPlanted('kubelet-forgets-after-reboot') && sandbox !== undefined && !sandbox.ready) return NOTHING;
  if (sandbox === undefined || !sandbox.ready) return sandboxActions(pod, sandbox, records, latest);
  const here = (name: string): RuntimeContainer | undefined => {
    const record = latest(name);
    return record !== undefined && record.createdAt >= sandbox.createdAt ? record : undefined;
  };
  const kill: PodActions['kill'][number][] = [];
  const start: string[] = [];
  if (initContainersOf(pod).length > 0) {
    const begun = pod.spec.containers.some((c) => here(c.name) !== undefined);
    if (!initActions(facts, begun, here, kill, start)) return { createSandbox: false, kill, start };
  }
  for (const container of pod.spec.containers) {
    const record = latest(container.name);
    if (record === undefined) {
      start.push(container.name);
    } else if (record.state === 'exited') {
      if (mayRestart(pod, container, record)) start.push(container.name);
    } else {
      const why = whyKill(facts, container, record);
      if (why !== undefined) kill.push(why);
    }
  }
  return kill.length === 0 && start.length === 0 ? NOTHING : { createSandbox: false, kill, start };
}

function whyKill(
  facts: PodFacts,
  container: Container,
  record: RuntimeContainer,
): PodActions['kill'][number] | undefined {
  if (record.image !== container.image) {
    return {
      container: record,
      message: `Container ${container.name} definition changed, will be restarted`,
    };
  }
  const restarts = containerPolicy(facts.pod, container) !== 'Never';
  const end = restarts ? ', will be restarted' : '';
  if (facts.probes.length === 0) return undefined;
  if (probeResult(facts, container.name, 'liveness', record.id) === 'failure') {
    return {
      container: record,
      message: `Container ${container.name} failed liveness probe${end}`,
      probe: 'liveness',
    };
  }
  if (probeResult(facts, container.name, 'startup', record.id) === 'failure') {
    return {
      container: record,
      message: `Container ${container.name} failed startup probe${end}`,
      probe: 'startup',
    };
  }
  return undefined;
}

function sandboxActions(
  pod: Pod,
  sandbox: Sandbox | undefined,
  records: readonly RuntimeContainer[],
  latest: (name: string) => RuntimeContainer | undefined,
): PodActions {
  const policy = restartPolicyOf(pod);
  // A pod that is not to be restarted and has run gets no second sandbox.
  if (policy === 'Never' && sandbox !== undefined && records.length > 0) return NOTHING;
  const wanted = pod.spec.containers.some((c) => {
    const record = latest(c.name);
    return record === undefined || record.state !== 'exited' || mayRestart(pod, c, record);
  });
  return wanted ? { createSandbox: true, kill: [], start: [] } : NOTHING;
}

/** Adds what the init containers need; true when the regular containers may go on. */
function initActions(
  facts: PodFacts,
  begun: boolean,
  here: (name: string) => RuntimeContainer | undefined,
  kill: PodActions['kill'][number][],
  start: string[],
): boolean {
  const { pod } = facts;
  for (const container of initContainersOf(pod)) {
    const record = here(container.name);
    if (isSidecar(container)) {
      if (record === undefined || record.state === 'exited') {
        start.push(container.name);
        // Before the pod is initialized, what follows waits for a sidecar that has never run; one that runs
        // again is only brought back.
        if (!begun) return false;
        continue;
      }
      const why = whyKill(facts, container, record);
      if (why !== undefined) kill.push(why);
      const startup = probeResult(facts, container.name, 'startup', record.id);
      if (!begun && (why !== undefined || (startup !== undefined && startup !== 'success'))) return false;
    } else if (!begun) {
      if (record === undefined) start.push(container.name);
      else if (record.state !== 'exited') return false;
      else if (record.exitCode === 0) continue;
      else if (containerPolicy(pod, container) !== 'Never') start.push(container.name);
      return false;
    }
  }
  return true;
}
