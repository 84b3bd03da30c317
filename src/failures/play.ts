/** Both halves of a failure, played: what was, and what holds with its fix. */
import { ClaimError } from '../dsl/errors.ts';
import type { FeatureScenario } from '../dsl/feature.ts';
import { playScenario } from '../dsl/playfeature.ts';
import type { Files } from '../dsl/types.ts';
import type { Language } from '../messages/index.ts';
import { FEATURES, fixedBy, isAsItWas, scenariosOf, SEARCHES, type Failure } from './failure.ts';

/** A half as it went. */
export interface Half {
  readonly asItWas: boolean;
  /** The claim that broke; absent: all of them held. */
  readonly broken?: Pick<ClaimError, 'claim' | 'found' | 'at' | 'causes'>;
}

/** @throws InputError where a step makes no sense */
function played(scenario: FeatureScenario, files: Files): Half {
  const asItWas = isAsItWas(scenario);
  const tags = scenario.tags.filter((tag) => tag !== '@expect-failure');
  try {
    playScenario({ ...scenario, tags }, { files });
    return { asItWas };
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error;
    return { asItWas, broken: error };
  }
}

/** @param files of its folder. @throws InputError where a step makes no sense */
export const halvesOf = (failure: Failure, files: Files, language: Language = 'en'): Half[] =>
  scenariosOf(failure, files, language).map((scenario) => played(scenario, files));

/** Whether it went as the library says. */
export const isAsTold = ({ asItWas, broken }: Half): boolean => (broken !== undefined) === asItWas;

/** What both languages are to have in common. */
const playedIn = (failure: Failure, files: Files, language: Language, features: typeof FEATURES): string =>
  JSON.stringify(
    scenariosOf(failure, files, language, features).map(({ tags, operations }) => [
      tags,
      operations.map((o) => [o.operation, o.action]),
    ]),
  );

/** What is wrong with a failure, a line each; none of one that shows what it says. */
export function problemsOf(failure: Failure, files: Files): string[] {
  const { edits, manifests } = failure;
  const problems: string[] = [];
  if (edits.length > 0 && manifests.after !== fixedBy(failure))
    problems.push('fixed.yaml is not what the edits make of as-it-was.yaml: run npm run generate');
  for (const features of failure.search === undefined ? [FEATURES] : [FEATURES, SEARCHES])
    if (playedIn(failure, files, 'en', features) !== playedIn(failure, files, 'ja', features))
      problems.push(`${features.en} and ${features.ja} do not play the same`);
  // What they play is the same in both languages.
  for (const half of halvesOf(failure, files)) {
    if (isAsTold(half)) continue;
    problems.push(
      half.broken === undefined
        ? 'as it was, every claim holds: the failure is not shown'
        : `with the fix, ${half.broken.claim}: ${half.broken.found}`,
    );
  }
  return problems;
}
