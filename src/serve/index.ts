/** A simulated cluster behind Kubernetes' own API. */
export { type Pace, paceOf } from './clock.ts';
export { type InputLog, Served } from './served.ts';
export { Listener } from './node/server.ts';
