/** How a page loads the chunks of its module. In Node there are none, and nothing waits. */
import { InputError } from '../dsl/errors.ts';
import type { Scenario } from '../dsl/scenario.ts';
import { CHUNKS } from './table.ts';

const named = (name: string) => {
  const chunk = Object.hasOwn(CHUNKS, name) ? CHUNKS[name] : undefined;
  if (chunk === undefined)
    throw new InputError(`there is no chunk "${name}"; there are ${Object.keys(CHUNKS).join(', ')}`);
  return chunk;
};

/**
 * The names of the chunks that are not loaded yet.
 * @example if (unloaded().length > 0) await load();
 */
export const unloaded = (): readonly string[] => Object.keys(CHUNKS).filter((name) => !CHUNKS[name]!.loaded);

const takeMissed = (): readonly string[] => Object.keys(CHUNKS).filter((name) => CHUNKS[name]!.takeMissed());

/**
 * Loads chunks side by side, all of them unless some are named. Afterwards nothing that is in them waits.
 * @throws InputError when there is no chunk of a name; the browser's error when one cannot be fetched, which
 * may be asked for again
 * @example await load();
 */
export async function load(...names: readonly string[]): Promise<void> {
  await Promise.all((names.length === 0 ? unloaded() : names).map((name) => named(name).load()));
}

/**
 * Does something with a scenario, and loads the chunks that it turns out to need: the scenario goes back to
 * where it was, and does it again. Wait for one before the next.
 * @throws what `act` throws; the browser's error when a chunk cannot be fetched: the scenario is as it was
 * @example
 * await loading(scenario, (s) => s.say('When node "node-1" is drained'));
 * const { stdout } = await loading(scenario, (s) => s.kubectl('describe pod web'));
 */
export async function loading<T>(scenario: Scenario, act: (scenario: Scenario) => T): Promise<T> {
  for (;;) {
    if (unloaded().length === 0) return act(scenario);
    const before = scenario.fork();
    takeMissed();
    let end: () => T;
    try {
      const result = act(scenario);
      end = () => result;
    } catch (error) {
      end = () => {
        throw error;
      };
    }
    // What missed a chunk counts for nothing, however it ended: kubectl words errors as its own.
    const missed = takeMissed();
    if (missed.length === 0) return end();
    scenario.goBackTo(before);
    await load(...missed);
  }
}
