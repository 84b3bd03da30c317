/**
 * One process watches ConfigMaps and Secrets for all kubelets that have them in volumes, and tells those that
 * a change concerns. It begins with the first such volume.
 */
import type { ApiComponent, WatchEvent } from '../api/client.ts';
import { because, type Task } from '../kernel/types.ts';
import { CONFIGURATION_WATCH, kubeletProcess } from './env.ts';
import type { RuntimeNotice } from './notices.ts';
import type { World } from './world.ts';

/** Component and process `configuration-watch`. */
export const configurationWatch: ApiComponent<null, Task, World> = {
  component: CONFIGURATION_WATCH,
  watches: () => [{ kinds: ['ConfigMap', 'Secret'] }],
  start: () => null,
  observe(event: WatchEvent, _state, ctx) {
    const { namespace, name } = event.object.metadata;
    const source = `${event.kind}/${namespace}/${name}`;
    for (const node of ctx.world.configurationReaders.get(source) ?? []) {
      if (!ctx.control.isUp(kubeletProcess(node))) continue;
      const notice: RuntimeNotice = { type: 'configurationChanged', source };
      ctx.control.scheduleFor(kubeletProcess(node), 0, notice, because(ctx.by, event.entry));
    }
  },
  handle: () => undefined,
};
