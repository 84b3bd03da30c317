/** What a fault is aimed at, found when it strikes; a fault that meets no target is an error. */
import { allContainers } from '../sim/api/containers.ts';
import { splitName } from '../sim/api/qualifiedname.ts';
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import type { Container, Pod } from '../sim/api/types.ts';
import { uidOnNode } from '../sim/api/mirror.ts';
import { containersOf, latestContainer, type Machine, type RuntimeContainer } from '../sim/node/world.ts';
import { checkMode } from './targettext.ts';
import { type FaultCall, type FaultContext, type Mode, type PhysicalContext, misses } from './types.ts';

const ZONE = 'topology.kubernetes.io/zone';

function selectorOf(text: string): ReturnType<typeof parseLabelSelector> {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    throw misses('badSelector', { selector: text, problem: (error as Error).message });
  }
}

/** As many of them as the mode says, in their order; which ones is drawn from the scenario's seed. */
function chosen<T>(found: readonly T[], mode: Mode, ctx: FaultContext): T[] {
  checkMode(mode);
  if (mode === 'all') return [...found];
  const count =
    mode === 'one'
      ? 1
      : mode === 'random'
        ? 1 + Math.floor(ctx.random() * found.length)
        : mode.endsWith('%')
          ? Math.ceil((found.length * Number(mode.slice(0, -1))) / 100)
          : Number(mode);
  const left = found.map((_, i) => i);
  const taken: number[] = [];
  while (taken.length < count && left.length > 0)
    taken.push(left.splice(Math.floor(ctx.random() * left.length), 1)[0]!);
  return taken.sort((a, b) => a - b).map((i) => found[i]!);
}

/** A node as faults choose among them. */
interface Candidate {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Those that a call names: one by `node`, all of a `zone`, or of those that `nodeSelector` finds as many as
 * `mode` says.
 */
function named(
  call: FaultCall,
  ctx: FaultContext,
  all: readonly Candidate[],
  fits: (candidate: Candidate) => boolean,
  labelsOf: (candidate: Candidate) => Readonly<Record<string, string>>,
): string[] {
  if (call.node !== undefined) {
    if (!all.some((n) => n.name === call.node))
      throw misses('noNode', { node: call.node, others: all.map((n) => n.name) });
    return [call.node];
  }
  if (call.zone !== undefined) {
    const found = all.filter((n) => n.labels[ZONE] === call.zone).map((n) => n.name);
    if (found.length > 0) return found;
    const zones = [...new Set(all.map((n) => n.labels[ZONE] ?? ''))].filter((z) => z !== '').sort();
    throw misses('noNodeIn', { zone: call.zone, others: zones });
  }
  if (call.mode === undefined && call.nodeSelector === undefined)
    throw misses('faultNeedsNode', { fault: call.kind });
  const selector = selectorOf(call.nodeSelector ?? '');
  const found = all
    .filter((n) => fits(n) && (call.nodeSelector === undefined || matches(selector, labelsOf(n))))
    .map((n) => n.name);
  if (found.length === 0) throw misses('noNodeMatching', { selector: call.nodeSelector ?? '' });
  return chosen(found, call.mode ?? 'one', ctx);
}

/** The nodes that a call names, by their Node objects. */
export function nodesOf(call: FaultCall, ctx: FaultContext): string[] {
  const all = ctx.api
    .list('Node')
    .map(({ metadata }) => ({ name: metadata.name, labels: metadata.labels ?? {} }));
  return named(
    call,
    ctx,
    all,
    () => true,
    (node) => node.labels,
  );
}

/** The machines that a call names, whether or not the API has a Node of theirs. */
export function machinesOf(
  call: FaultCall,
  ctx: PhysicalContext,
  fits: (machine: Machine) => boolean = () => true,
): string[] {
  return named(
    call,
    ctx,
    ctx.physical.machines.all(),
    (machine) => fits(machine as Machine),
    ({ name, labels }) => ({ ...labels, ...ctx.api.find('Node', '', name)?.metadata.labels }),
  );
}

/**
 * The Pods a call names: one by `pod`, or of those of its `selector` as many as `mode` says. Pods being
 * deleted are left out of a selector.
 */
export function podsOf(call: FaultCall, ctx: FaultContext, fits: (pod: Pod) => boolean = () => true): Pod[] {
  if (call.pod !== undefined) {
    const { namespace, name } = splitName(call.pod, ctx.namespace);
    const pod = ctx.api.find('Pod', namespace, name);
    if (pod === undefined) throw misses('noPod', { pod: name, namespace });
    return [pod];
  }
  if (call.selector === undefined) throw misses('faultNeedsPod', { fault: call.kind });
  return chosen(podsMatching(call.selector, ctx, fits), call.mode ?? 'one', ctx);
}

/** All Pods of a selector that are not being deleted. @throws FaultError when there is none */
export function podsMatching(
  text: string,
  ctx: FaultContext,
  fits: (pod: Pod) => boolean = () => true,
): Pod[] {
  const selector = selectorOf(text);
  const found = ctx.api
    .list('Pod', { namespace: ctx.namespace })
    .filter(
      (p) =>
        p.metadata.deletionTimestamp === undefined && matches(selector, p.metadata.labels ?? {}) && fits(p),
    );
  if (found.length === 0) throw misses('noPodMatching', { selector: text, namespace: ctx.namespace });
  return found;
}

export const podName = (pod: Pod): string => `${pod.metadata.namespace}/${pod.metadata.name}`;

/** A running container that was met. */
export interface Met {
  readonly pod: Pod;
  readonly container: string;
  readonly machine: Machine;
  readonly record: RuntimeContainer;
  /** `namespace/pod/container` */
  readonly name: string;
}

/** Those that a call may mean: sidecars, init containers and ephemeral ones by their name only. */
export const containersMeant = (pod: Pod, name: string | undefined): readonly Container[] =>
  name === undefined ? pod.spec.containers : allContainers(pod).filter((c) => c.name === name);

/**
 * The running containers a call names: of each of its Pods the `container` (a sidecar or an init container
 * too), or the first that runs; with `every`, each that runs.
 */
export function containersMet(
  call: FaultCall,
  ctx: PhysicalContext,
  which: 'first' | 'drawn' | 'every' = 'first',
): Met[] {
  const runningIn = (pod: Pod): Met[] => {
    const machine = ctx.physical.machines.named(pod.spec.nodeName ?? '');
    if (machine === undefined) return [];
    return containersMeant(pod, call.container).flatMap((c) => {
      const record = latestContainer(machine, uidOnNode(pod), c.name);
      if (record?.state !== 'running') return [];
      return [{ pod, container: c.name, machine, record, name: `${podName(pod)}/${c.name}` }];
    });
  };
  const pods = podsOf(call, ctx, (pod) => runningIn(pod).length > 0);
  const met = pods.flatMap((pod) => {
    const running = runningIn(pod);
    if (running.length > 0)
      return which === 'every'
        ? running
        : [running[which === 'first' ? 0 : Math.floor(ctx.random() * running.length)]!];
    const names = allContainers(pod).map((c) => c.name);
    if (call.container !== undefined && !names.includes(call.container)) {
      throw misses('noContainer', {
        of: `pod "${pod.metadata.name}"`,
        container: call.container,
        others: names,
      });
    }
    throw misses('containerNotRunning', {
      container: call.container ?? pod.spec.containers.map((c) => c.name).join(', '),
      pod: pod.metadata.name,
    });
  });
  return met;
}

/**
 * The container of a target's name that runs now, wherever; where none does, one that has run: a machine that
 * is off keeps what is left of a Pod that has been replaced by one of its name.
 */
export function containerNamed(
  target: string,
  ctx: PhysicalContext,
): { machine: Machine; record: RuntimeContainer } | undefined {
  const [namespace, pod, container] = target.split('/');
  let ended: { machine: Machine; record: RuntimeContainer } | undefined;
  for (const machine of ctx.physical.machines.all()) {
    for (const [uid, sandbox] of machine.sandboxes) {
      if (sandbox.podNamespace !== namespace || sandbox.podName !== pod) continue;
      const record = containersOf(machine, uid).findLast((c) => c.name === container);
      if (record?.state === 'running') return { machine, record };
      if (record !== undefined) ended ??= { machine, record };
    }
  }
  return ended;
}
