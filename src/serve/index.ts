/** A simulated cluster behind Kubernetes' own API. */
export { type InputLog, Served } from './served.ts';
export { Listener } from './node/server.ts';
