/** A simulated cluster behind Kubernetes' own API. */
export { inputText } from './inputtext.ts';
export { type InputLog, logOf, Served } from './served.ts';
export { Listener } from './node/server.ts';
