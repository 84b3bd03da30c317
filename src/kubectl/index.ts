/** kubectl over a simulated cluster: run a line to its end, or start one in the background. */
export { jobResult, startKubectl, type KubectlJob } from './component.ts';
export { printTable } from './printers/index.ts';
export { runKubectl } from './run.ts';
export type { KubectlIO, KubectlResult } from './session.ts';
