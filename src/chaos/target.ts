/** What a fault is aimed at, found when it strikes; a fault that meets no target is an error. */
import { matches, parseLabelSelector } from '../sim/api/selector.ts';
import type { Pod } from '../sim/api/types.ts';
import { FaultError, type FaultCall, type FaultContext } from './types.ts';

/** The machines a call names: one by `node`, or all of a `zone`. */
export function machinesOf(call: FaultCall, ctx: FaultContext): string[] {
  if (call.node !== undefined) {
    if (!ctx.world.machines.has(call.node)) {
      throw new FaultError(`there is no node "${call.node}"; the cluster has ${[...ctx.world.machines.keys()].join(', ')}`);
    }
    return [call.node];
  }
  const found = [...ctx.world.machines.values()].filter((m) => m.labels['topology.kubernetes.io/zone'] === call.zone).map((m) => m.name);
  if (found.length === 0) {
    const zones = [...new Set([...ctx.world.machines.values()].map((m) => m.labels['topology.kubernetes.io/zone'] ?? ''))].filter((z) => z !== '').sort();
    throw new FaultError(`there is no node in zone "${call.zone}"; zones are ${zones.join(', ') || 'none'}`);
  }
  return found;
}

/** The Pods a call names: one by `pod`, or those of its `selector`, one drawn or all. Pods being deleted are left out of a selector. */
export function podsOf(call: FaultCall, ctx: FaultContext, fits: (pod: Pod) => boolean = () => true): Pod[] {
  if (call.pod !== undefined) {
    const slash = call.pod.indexOf('/');
    const [namespace, name] = slash < 0 ? [ctx.namespace, call.pod] : [call.pod.slice(0, slash), call.pod.slice(slash + 1)];
    const pod = ctx.api.find('Pod', namespace, name);
    if (pod === undefined) throw new FaultError(`there is no pod "${name}" in namespace "${namespace}"`);
    return [pod];
  }
  let selector;
  try {
    selector = parseLabelSelector(call.selector ?? '');
  } catch (error) {
    throw new FaultError(`selector "${call.selector}": ${(error as Error).message}`);
  }
  const found = ctx.api.list('Pod', { namespace: ctx.namespace })
    .filter((p) => p.metadata.deletionTimestamp === undefined && matches(selector, p.metadata.labels ?? {}) && fits(p));
  if (found.length === 0) throw new FaultError(`no pod matching "${call.selector}" in namespace "${ctx.namespace}"`);
  if (call.mode === 'all') return found;
  return [found[Math.floor(ctx.control.random('chaos') * found.length)]!];
}

export const podName = (pod: Pod): string => `${pod.metadata.namespace}/${pod.metadata.name}`;
