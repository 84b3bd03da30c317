/**
 * `seatrial`: a simulated cluster, scenarios played on it, and properties over them. `seatrial/cucumber`,
 * `seatrial/vitest`, `seatrial/kubectl` and `seatrial/browser` stand beside it.
 */
export * from './core.ts';
export { readFeature, type FeatureScenario, type FeatureStep } from './dsl/feature.ts';
export { playScenario, type FeatureOptions } from './dsl/playfeature.ts';
export { faultSchedules, type ScheduleOptions } from './explore/arbitraries.ts';
export { properties, type PropertyOptions } from './explore/property.ts';
export { filesIn } from './files.ts';
