/** The components every cluster has. */
import { registerComponent } from './components.ts';
import { controllerManager } from './controlplane/manager.ts';
import { scheduler } from './controlplane/scheduler/index.ts';
import { nodeComponents } from './node/index.ts';
import { networkComponents } from './network/index.ts';

for (const component of [controllerManager, scheduler, ...nodeComponents, ...networkComponents])
  registerComponent(component);
