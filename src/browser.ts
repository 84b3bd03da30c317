/**
 * `seatrial/browser`: the simulator, kubectl and the language in a module for a page; without what draws
 * (fast-check) and without Gherkin's parser. Steps are played one by one (`Scenario.say`) or as data
 * (`Scenario.play`). What faults, claims and most of kubectl's commands do comes in chunks, by `load` or when
 * `loading` meets them.
 */
export * from './core.ts';
export { NotLoadedError } from './chunks/chunk.ts';
export { load, loading, unloaded } from './chunks/load.ts';
