/**
 * Prefers nodes that have the pod's images, by size and by how far they are spread.
 * Models pkg/scheduler/framework/plugins/imagelocality/image_locality.go.
 */
import { imagesOf } from '../cache.ts';
import { MAX_NODE_SCORE, type Plugin } from '../framework.ts';

const NAME = 'ImageLocality';
const MB = 1024 * 1024;
const MIN_THRESHOLD = 23 * MB;
const MAX_CONTAINER_THRESHOLD = 1000 * MB;

/** An image without tag is the latest one. */
export const normalisedImage = (name: string): string => (name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name);

interface Wanted {
  readonly name: string;
  /** Share of the nodes that have it. */
  readonly spread: number;
}

export const imageLocality: Plugin = {
  name: NAME,
  preScore(cycle) {
    const { spec } = cycle.pod;
    const wanted: Wanted[] = [];
    const { images, nodes } = cycle.cache;
    const total = nodes.length;
    for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
      const name = normalisedImage(container.image ?? '');
      const having = images.get(name);
      if (having !== undefined) wanted.push({ name, spread: having / total });
    }
    // No node has any: every score would be 0.
    if (wanted.length === 0) return 'skip';
    cycle.scoreState.set(NAME, wanted);
    return undefined;
  },
  score(cycle, info) {
    const { spec } = cycle.pod;
    const present = imagesOf(info.node);
    let sum = 0;
    for (const { name, spread } of cycle.scoreState.get(NAME) as readonly Wanted[]) {
      const size = present.get(name);
      if (size !== undefined) sum += Math.trunc(size * spread);
    }
    const max = MAX_CONTAINER_THRESHOLD * ((spec.initContainers?.length ?? 0) + spec.containers.length);
    const bounded = sum < MIN_THRESHOLD ? MIN_THRESHOLD : sum > max ? max : sum;
    return Math.floor((MAX_NODE_SCORE * (bounded - MIN_THRESHOLD)) / (max - MIN_THRESHOLD));
  },
};
