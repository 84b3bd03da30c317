/**
 * Prefers nodes that have the pod's images, by size and by how far they are spread.
 * Models pkg/scheduler/framework/plugins/imagelocality/image_locality.go.
 */
import { MAX_NODE_SCORE, type Plugin } from '../framework.ts';

const NAME = 'ImageLocality';
const MB = 1024 * 1024;
const MIN_THRESHOLD = 23 * MB;
const MAX_CONTAINER_THRESHOLD = 1000 * MB;

/** An image without tag is the latest one. */
export const normalisedImage = (name: string): string =>
  name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name;

interface Wanted {
  /** Node name to the image's size there. */
  readonly sizes: ReadonlyMap<string, number>;
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
      const sizes = images.get(normalisedImage(container.image ?? ''));
      if (sizes !== undefined) wanted.push({ sizes, spread: sizes.size / total });
    }
    // No node has any: every score would be 0.
    if (wanted.length === 0) return 'skip';
    cycle.scoreState.set(NAME, wanted);
    return undefined;
  },
  score(cycle, info) {
    const { spec } = cycle.pod;
    let sum = 0;
    for (const { sizes, spread } of cycle.scoreState.get(NAME) as readonly Wanted[]) {
      const size = sizes.get(info.name);
      if (size !== undefined) sum += Math.trunc(size * spread);
    }
    const max = MAX_CONTAINER_THRESHOLD * ((spec.initContainers?.length ?? 0) + spec.containers.length);
    const bounded = sum < MIN_THRESHOLD ? MIN_THRESHOLD : sum > max ? max : sum;
    return Math.floor((MAX_NODE_SCORE * (bounded - MIN_THRESHOLD)) / (max - MIN_THRESHOLD));
  },
};
