/** Containers met by a fault, as the simulator names them, and as `undo` keeps them. */
import type { ContainerTarget } from '../../sim/node/machine.ts';
import type { Met } from '../target.ts';

export const targetOf = (m: Met): ContainerTarget => ({ podUid: m.pod.metadata.uid, container: m.container });

/** By the target's name. */
export const keys = (met: readonly Met[]): Record<string, ContainerTarget> => Object.fromEntries(met.map((m) => [m.name, targetOf(m)]));
