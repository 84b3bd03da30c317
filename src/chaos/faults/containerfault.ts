/**
 * The two sorts of faults in containers: of the process that runs, gone with it; and of the container, in
 * every process that it begins with.
 */
import { type ContainerTarget } from '../../sim/node/index.ts';
import type { FaultDetail, LastingFault } from '../../sim/node/world.ts';
import { defineFault } from '../define.ts';
import { containersMet, type Met } from '../target.ts';
import type { Fault, FaultCall, PhysicalContext, FaultParameter, Struck } from '../types.ts';

export const CONTAINER: FaultParameter = {
  field: 'container',
  about:
    'name of the container, of a sidecar or init container too; without, one that runs, neither of these',
};

export const targetOf = (m: Met): ContainerTarget => ({ podUid: m.record.podUid, container: m.container });
/** By the target's name. */
const keys = (met: readonly Met[]): Record<string, ContainerTarget> =>
  Object.fromEntries(met.map((m) => [m.name, targetOf(m)]));

/** Every Pod of a selector means those made meanwhile too; fewer mean the very Pods that were met. */
const alsoOf = (call: FaultCall, ctx: PhysicalContext, met: readonly Met[]): LastingFault['also'] =>
  call.mode === 'all' && call.selector !== undefined
    ? { namespace: ctx.namespace, selector: call.selector, names: [...new Set(met.map((m) => m.container))] }
    : undefined;

type Given = Pick<Fault, 'kind' | 'about' | 'heals' | 'phrases'> &
  Partial<Pick<Fault, 'parameters' | 'elsewhere'>> & {
    /** Name of the simulator's fault (`setContainerFault`). */
    readonly fault: string;
    readonly detail?: (call: FaultCall, ctx: PhysicalContext, met: readonly Met[]) => FaultDetail;
  };

const ofContainers = ({
  parameters = [],
  fault: _fault,
  detail: _detail,
  ...given
}: Given): Pick<Fault, 'kind' | 'about' | 'heals' | 'phrases' | 'family' | 'target' | 'parameters'> => ({
  ...given,
  family: 'pod',
  target: 'container',
  parameters: [CONTAINER, ...parameters],
});

/** A state the process has come into: a restart ends it. */
export const ofProcess = (given: Given): Fault =>
  defineFault({
    ...ofContainers(given),
    needs: 'physical',
    strike(call, ctx) {
      const met = containersMet(call, ctx, 'drawn');
      const detail = given.detail?.(call, ctx, met) ?? {};
      for (const m of met) ctx.physical.containers.setFault(targetOf(m), given.fault, detail);
      return {
        targets: met.map((m) => m.name),
        identities: Object.fromEntries(met.map((m) => [m.name, m.pod.metadata.uid])),
        undo: keys(met),
      };
    },
    heal(_call, struck, ctx) {
      for (const name of struck.targets)
        ctx.physical.containers.clearFault(struck.undo![name] as ContainerTarget, given.fault);
    },
  });

/**
 * A defect of the program, or of what it depends on: it holds for restarts, and where every Pod of a selector
 * is meant, for Pods made meanwhile.
 */
export const ofContainer = (given: Given & { readonly fromNextStart?: boolean }): Fault =>
  defineFault({
    ...ofContainers(given),
    needs: 'physical',
    stacks: 'each',
    strike(call, ctx) {
      const met = containersMet(call, ctx, 'drawn');
      const lasting = ctx.physical.containers.addLastingFault({
        fault: given.fault,
        detail: given.detail?.(call, ctx, met) ?? {},
        containers: met.map(targetOf),
        also: alsoOf(call, ctx, met),
        fromNextStart: given.fromNextStart,
      });
      return { targets: met.map((m) => m.name), undo: { lasting } };
    },
    heal: (_call, struck, ctx) => endLasting(struck, ctx),
  });

export function endLasting(struck: Struck, ctx: PhysicalContext): void {
  ctx.physical.containers.endLastingFault(Number(struck.undo!['lasting']));
}
