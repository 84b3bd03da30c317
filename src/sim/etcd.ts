/** etcd as a process: leases of Events run out. What it stores is the API server's state (api/store.ts). */
import type { ApiComponent } from './api/client.ts';
import type { ServerHost } from './api/server.ts';
import type { Kernel } from './kernel/kernel.ts';

const NAME = 'etcd';

export const etcd: ApiComponent<null> = {
  component: NAME,
  watches: () => [],
  start: () => null,
  handle: (_task, _state, ctx) => ctx.control.expireEvents(),
};

/** Only the passing of time makes it matter: a settled cluster may hold Events. */
export const expiryTimer =
  (kernel: Kernel): ServerHost['expireAt'] =>
  (at) =>
    void kernel.schedule(kernel.processes.get(NAME)!, at - kernel.now, { type: 'expire' }, 0, true);
