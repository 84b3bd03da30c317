import { SCHEMAS } from './data.ts';

/**
 * The schema of a type of Kubernetes' own, in the notation that `types.ts` reads; undefined where there is
 * none of the name.
 */
export const kubernetesSchema = (name: string): string | undefined => SCHEMAS[name];
