/** How programs in containers reach the network, which is above this room: given to the node's components. */
import type { NodeEnv } from './env.ts';
import type { ShellNetwork } from './shell/env.ts';

/** Which Pod's network, and whose random stream draws ways and times. */
export interface Reaching {
  readonly namespace: string;
  readonly pod: string;
  readonly stream: string;
}

export type Reach = (env: NodeEnv, from: Reaching) => ShellNetwork;
