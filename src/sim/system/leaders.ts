/**
 * Renewals of the Leases by which instances of a component choose a leader: they end with the leader's
 * process, its connection or etcd's majority, and what each does about it is its own affair (`election.ts`).
 */
import type { ControlPlane } from '../api/controlplane.ts';
import { lastRenewalOf } from '../api/controlplane.ts';
import type { Inside } from '../context.ts';
import type { By } from '../kernel/types.ts';
import { actingProcess, CANDIDATE, runs } from './links.ts';

/** Renewals begin and end; candidates look what that means for them. */
export function leadersChanged(inside: Inside, plane: ControlPlane, by: By): void {
  const { kernel, control, server } = inside;
  for (const leadership of plane.leaderships.values()) {
    const { holder } = leadership;
    const able = runs(inside, holder) && plane.connections.has(holder) && server.state.quorum;
    if (able || !leadership.renewing) continue;
    leadership.ended = lastRenewalOf(leadership, kernel.now);
    leadership.renewing = false;
  }
  for (const { name, component, up } of [...kernel.processes.peek().values()]) {
    if (component !== CANDIDATE) continue;
    if (up) control.scheduleFor(name, 0, { type: 'look' }, by);
    else if (runs(inside, actingProcess(name))) control.stop(actingProcess(name), by);
  }
}
