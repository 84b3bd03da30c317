import type { ApiComponent } from '../api/client.ts';
import type { World } from '../node/world.ts';
import { carryOut, type CloudTask } from './cloud.ts';
import { CLOUD_PROVIDER } from './names.ts';

/** The process in which the cloud's orders come due. */
export const cloudProvider: ApiComponent<null, CloudTask, World> = {
  component: CLOUD_PROVIDER,
  watches: () => [],
  start: () => null,
  handle: (task, _state, ctx) => carryOut(task, ctx),
};
