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
const COMMAND_FLAGS = [
  '--no-allocation-site-pretenuring',
  '--max-inlined-bytecode-size-cumulative=230',
  '--always-sparkplug',
];

/** A search goes on for long: what V8 optimizes sooner pays. A single scenario is over before it does. */
const SEARCH_FLAGS = ['--interrupt-budget=40000'];

/** What a process is there for. */
export type Purpose = 'command' | 'search';

export const ENGINE_FLAGS: Readonly<Record<Purpose, readonly string[]>> = {
  command: COMMAND_FLAGS,
  search: [...COMMAND_FLAGS, ...SEARCH_FLAGS],
};

/**
 * To be called first: what is compiled already stays as it is. Flags are changed while V8 may be compiling,
 * in another thread too, so none may be among them that it asks twice of one compilation, trusting to hear
 * the same: `--max-inlined-bytecode-size` ends the process so (JSInliner::ReduceJSCall checks it).
 */
export function tuneEngine(purpose: Purpose): void {
  if (!MEASURED.test(process.versions.node)) return;
  for (const flag of ENGINE_FLAGS[purpose]) setFlagsFromString(flag);
}
