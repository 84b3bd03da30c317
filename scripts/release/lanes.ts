/** Jobs side by side, as many at a time as there are lanes, so that every core is busy until the end. */
import { availableParallelism } from 'node:os';

/** One a core. */
export const LANES = availableParallelism();

/** Begins the jobs in their order, each as soon as a lane is free; ends when all have. */
export async function inLanes(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let job = jobs[next]; job !== undefined; job = jobs[next]) {
      next += 1;
      await job();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
