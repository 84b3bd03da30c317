/** `seatrial/vitest`: scenarios and feature files as Vitest tests. */
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { InputError } from './dsl/errors.ts';
import { readFeature } from './dsl/feature.ts';
import { playScenario, type FeatureOptions } from './dsl/playfeature.ts';
import { properties } from './explore/property.ts';
import { filesIn } from './files.ts';

/** How a feature's scenarios are played and watched. */
export interface VitestFeatureOptions extends Pick<FeatureOptions, 'seed' | 'runs' | 'kit'> {
  /** Real time that a test may take, in ms; 60 s unless given. Virtual time costs next to none of it. */
  readonly timeoutMs?: number;
}

/**
 * Makes a test of every scenario in a feature file. Manifests are found beside it; tags (`@seed:7`,
 * `@every-seed:20`, `@runs:500`, `@expect-failure`) mean what they mean for `seatrial run`. A scenario that
 * says `any …` is held against draws, and fails with the smallest scenario that breaks its claim.
 * @param file a path from the working directory, or a URL of the scheme `file:`
 * @throws InputError with file and line, for a file that is not there or a step that no phrase fits
 * @example feature(new URL('./shop.feature', import.meta.url));
 */
export function feature(file: string | URL, options: VitestFeatureOptions = {}): void {
  const path = typeof file === 'string' ? file : fileURLToPath(file);
  const name = relative(process.cwd(), path);
  const scenarios = readFeature(textOf(path, name), name, options.kit);
  describe(name, () => {
    for (const scenario of scenarios)
      test(scenario.name, { timeout: options.timeoutMs ?? 60_000 }, () => {
        playScenario(scenario, { ...options, files: filesIn(dirname(path)), property: properties });
      });
  });
}

function textOf(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new InputError(`there is no feature file ${name}`);
  }
}
