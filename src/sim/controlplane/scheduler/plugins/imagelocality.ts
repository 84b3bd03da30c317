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
const normalisedImage = (name: string): string =>
  name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name;

interface Wanted {
  /** Node name to the image's size there. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Share of the nodes that have it. */
  readonly spread: number;
}

interface ScoreState {
  readonly wanted: readonly Wanted[];
  /** Sizes beyond this add nothing. */
  readonly max: number;
}

export const imageLocality: Plugin = {
  name: NAME,
  preScore(cycle) {
    const { spec } = cycle.pod;
    const wanted: Wanted[] = [];
    const { images, nodes } = cycle.cache;
    const total = nodes.size;
    for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
      const sizes = images.get(normalisedImage(container.image ?? ''));
      if (sizes !== undefined) wanted.push({ sizes, spread: sizes.size / total });
    }
    // No node has any: every score would be 0.
    if (wanted.length === 0) return 'skip';
    const max = MAX_CONTAINER_THRESHOLD * ((spec.initContainers?.length ?? 0) + spec.containers.length);
    cycle.scoreState.set(NAME, { wanted, max } satisfies ScoreState);
    return undefined;
  },
  score(cycle, info) {
    const { wanted, max } = cycle.scoreState.get(NAME) as ScoreState;
    let sum = 0;
    for (let i = 0; i < wanted.length; i += 1) {
      const size = wanted[i]!.sizes.get(info.name);
      if (size !== undefined) sum += Math.trunc(size * wanted[i]!.spread);
    }
    const bounded = sum < MIN_THRESHOLD ? MIN_THRESHOLD : sum > max ? max : sum;
    return Math.floor((MAX_NODE_SCORE * (bounded - MIN_THRESHOLD)) / (max - MIN_THRESHOLD));
  },
};
