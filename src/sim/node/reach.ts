/** How programs in containers reach the network, which is above this room: given to the node's components. */
import type { Millis } from '../kernel/types.ts';
import type { NodeEnv } from './env.ts';
import type { ShellNetwork } from './shell/env.ts';

/** Which Pod's network, and whose random stream draws ways and times. */
export interface Reaching {
  readonly namespace: string;
  readonly pod: string;
  readonly stream: string;
  /** The moment it is for the program, where its waits are told and not waited for; absent: the cluster's. */
  readonly now?: () => Millis;
}

export type Reach = (env: NodeEnv, from: Reaching) => ShellNetwork;
