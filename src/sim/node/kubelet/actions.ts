/**
 * What a pod needs next: a sandbox, containers to kill, containers to start. A pure function of spec, runtime
 * and probe results. Models computePodActions and computeInitContainerActions of
 * pkg/kubelet/kuberuntime/kuberuntime_manager.go.
 */
import type { Container, Pod } from '../../api/types.ts';
import type { RuntimeContainer, Sandbox } from '../world.ts';
import {
  containerPolicy,
  ephemeralContainersOf,
  initContainersOf,
  isSidecar,
  restartPolicyOf,
} from './podspec.ts';
import { type ProbeWorker, probeResult } from './probeworker.ts';
import type { Bug } from '../../planted.ts';

export interface PodActions {
  readonly createSandbox: boolean;
  /** No regular container runs or will: all that is left, sidecars above all, is to stop. */
  readonly killPod: boolean;
  /** Runtime containers to stop, with the reason as the event tells it. */
  readonly kill: readonly {
    readonly container: RuntimeContainer;
    readonly message: string;
    readonly restarts: boolean;
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
  readonly planted?: Bug | undefined;
  /** Whether a container is started anew to get the resources that it was given; absent: none is. */
  readonly resizes?: (container: Container) => boolean;
}

const NOTHING: PodActions = { createSandbox: false, killPod: false, kill: [], start: [] };
const CREATE_SANDBOX: PodActions = { ...NOTHING, createSandbox: true };
const KILL_POD: PodActions = { ...NOTHING, killPod: true };

const mayRestart = ({ pod, planted }: PodFacts, container: Container, record: RuntimeContainer): boolean => {
  if (planted === 'kubelet-never-restarts') return false;
  const policy = containerPolicy(pod, container);
  return policy === 'Always' || (policy === 'OnFailure' && record.exitCode !== 0);
};

export function podActions(facts: PodFacts): PodActions {
  const { pod, sandbox, records, planted } = facts;
  const latest = (name: string): RuntimeContainer | undefined => {
    for (let i = records.length - 1; i >= 0; i--) if (records[i]!.name === name) return records[i];
    return undefined;
  };
  if (planted === 'kubelet-forgets-after-reboot' && sandbox !== undefined && !sandbox.ready) return NOTHING;
  if (sandbox === undefined || !sandbox.ready) return sandboxActions(facts, latest);
  const here = (name: string): RuntimeContainer | undefined => {
    const record = latest(name);
    return record !== undefined && record.createdAt >= sandbox.createdAt ? record : undefined;
  };
  const kill: PodActions['kill'][number][] = [];
  const start: string[] = [];
  // They begin whether the Pod is initialised or not, and once: what they came to is for somebody to read.
  for (const { name } of ephemeralContainersOf(pod)) {
    const record = latest(name);
    if (record === undefined) start.push(name);
    else if (planted === 'ephemeral-container-restarted' && record.state === 'exited') start.push(name);
  }
  if (initContainersOf(pod).length > 0) {
    const running = pod.spec.containers.some((c) => here(c.name) !== undefined);
    if (!initActions(facts, running, here, kill, start)) return { ...NOTHING, kill, start };
  }
  let goesOn = false;
  for (const container of pod.spec.containers) {
    const record = latest(container.name);
    if (record === undefined) {
      start.push(container.name);
      goesOn = true;
    } else if (record.state === 'exited') {
      if (!mayRestart(facts, container, record)) continue;
      start.push(container.name);
      goesOn = true;
    } else {
      const why = whyKill(facts, container, record);
      if (why !== undefined) kill.push(why);
      goesOn ||= why === undefined || why.restarts;
    }
  }
  if (!goesOn) return KILL_POD;
  return kill.length === 0 && start.length === 0 ? NOTHING : { ...NOTHING, kill, start };
}

function whyKill(
  facts: PodFacts,
  container: Container,
  record: RuntimeContainer,
): PodActions['kill'][number] | undefined {
  // A container whose definition changed is started anew whatever the policy.
  const changed = record.image !== container.image;
  const restarts = changed || containerPolicy(facts.pod, container) !== 'Never';
  const end = restarts ? ', will be restarted' : '';
  const because = (what: string): PodActions['kill'][number] => ({
    container: record,
    message: `Container ${container.name} ${what}${end}`,
    restarts,
  });
  if (changed) return because('definition changed');
  if (facts.resizes?.(container) === true)
    return { container: record, message: `Container ${container.name} resize requires restart`, restarts };
  if (facts.probes.length === 0) return undefined;
  for (const probe of ['liveness', 'startup'] as const)
    if (probeResult(facts, container.name, probe, record.id) === 'failure')
      return { ...because(`failed ${probe} probe`), probe };
  return undefined;
}

function sandboxActions(facts: PodFacts, latest: (name: string) => RuntimeContainer | undefined): PodActions {
  const { pod, sandbox, records } = facts;
  const policy = restartPolicyOf(pod);
  // A pod that is not to be restarted and has run gets no second sandbox.
  if (policy === 'Never' && sandbox !== undefined && records.length > 0) return NOTHING;
  const wanted = pod.spec.containers.some((c) => {
    const record = latest(c.name);
    return record === undefined || record.state !== 'exited' || mayRestart(facts, c, record);
  });
  return wanted ? CREATE_SANDBOX : NOTHING;
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
