/**
 * What V8 is told in processes of our own: the command, its workers, the benchmarks. Programs that import the
 * package go by what they tell it.
 */
import { setFlagsFromString } from 'node:v8';

/** Of Node 20, on which it was measured: other engines go by their own judgement. */
const MEASURED = /^20\./;

/**
 * A scenario is over before V8 has learnt it, and a search makes runs by the thousand, each of which lets go
 * of all that it made:
 *
 * - V8 puts what often survives a scavenge into the old generation at once. Of a run that is over it stays
 *   there until the next whole collection, and keeps alive, through each scavenge, what it speaks of.
 * - Code into which less is inlined is compiled sooner and is smaller. The work is spread over a thousand
 *   functions, so what is gained by inlining more is lost to the processor's caches.
 * - What runs a few times only runs a third faster where it is compiled simply at its first call, and that
 *   takes no longer than interpreting it.
 */
export const ENGINE_FLAGS: readonly string[] = [
  '--no-allocation-site-pretenuring',
  '--max-inlined-bytecode-size=230',
  '--max-inlined-bytecode-size-cumulative=460',
  '--always-sparkplug',
];

/** To be called first: what is compiled already stays as it is. */
export function tuneEngine(node: string = process.versions.node): void {
  if (MEASURED.test(node)) for (const flag of ENGINE_FLAGS) setFlagsFromString(flag);
}
