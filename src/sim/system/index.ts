/** What only clusters with control plane nodes have. */
import type { ApiComponent } from '../api/client.ts';
import type { Task } from '../kernel/types.ts';
import { randomUid } from '../api/names.ts';
import type { World } from '../node/world.ts';
import { type CandidateState, type CandidateTask, handle, release } from './election.ts';
import { CANDIDATE, CONTROL_PLANE } from './links.ts';

/** A process that does nothing but run: what its running means, the plane works out. */
const part = (component: string): ApiComponent<null> => ({
  component,
  watches: () => [],
  start: () => null,
  handle: () => undefined,
});

const leaderElection: ApiComponent<CandidateState, CandidateTask, World> = {
  component: CANDIDATE,
  user: ({ leads }) => `system:${leads}`,
  watches: () => [],
  start: (ctx) => ({
    identity: `${ctx.args['member']}_${randomUid(() => ctx.random())}`,
    leads: false,
    attempt: 0,
    deadline: 0,
  }),
  handle,
  ended(state, ctx, asked) {
    if (asked) release(state, ctx);
  },
};

export const systemComponents: readonly ApiComponent<any, any, any>[] = [
  {
    component: CONTROL_PLANE,
    watches: () => [],
    start: () => null,
    handle: (task: Task, _state, ctx) => ctx.control.doForPlane(task, ctx.by),
  },
  part('etcd-member'),
  part('kube-apiserver'),
  leaderElection,
];

export { addons } from './addons.ts';
export { machineOfPlane, preparePlane } from './boot.ts';
export { CONTROL_PLANE } from './links.ts';
export { take } from './apiservers.ts';
export { controlPlaneChanged, doForPlane, type PlaneTask } from './plane.ts';
