/** The subresources of Pods that change a part of their spec, and nothing else of them. */
import type { Pod } from '../types.ts';
import type { Causes } from '../validation/field.ts';
import { validateEphemeralContainersUpdate, withEphemeralContainers } from './ephemeralcontainers.ts';
import { resizedPod, validatePodResize } from './podresize.ts';

export type PodSubresource = 'resize' | 'ephemeralcontainers';

interface PartStrategy {
  /** The stored Pod with what the subresource may change of it. */
  take(next: Pod, old: Pod): Pod;
  validate(next: Pod, old: Pod, out: Causes): void;
}

const STRATEGIES: Readonly<Record<PodSubresource, PartStrategy>> = {
  resize: { take: resizedPod, validate: validatePodResize },
  ephemeralcontainers: { take: withEphemeralContainers, validate: validateEphemeralContainersUpdate },
};

/** What a subresource changes of a Pod; undefined: it is none of these. */
export const podPartStrategy = (subresource: string): PartStrategy | undefined =>
  Object.hasOwn(STRATEGIES, subresource) ? STRATEGIES[subresource as PodSubresource] : undefined;
