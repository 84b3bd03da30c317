/** kubectl over a simulated cluster: run a command to its end, or start one in the background. */
export { jobResult, kubectlComponent, startKubectl, startKubectlLine, type KubectlJob } from './component.ts';
export { namespaceIn } from './contexts.ts';
export { formerly } from './formerly.ts';
export { filenameOf } from './files.ts';
export { isKustomization, kustomized } from './kustomize.ts';
export { resolveType } from './resources.ts';
export { runKubectl, runKubectlLine, underway } from './run.ts';
export type { Executed, KubectlIO, KubectlResult, LeftOut, LogOptions, Written } from './session.ts';
export { shellLine, shellWords } from './shell.ts';
export { findVerb, VERB_NAMES } from './verbs/index.ts';
