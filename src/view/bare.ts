/** A book as it is shipped: what its runs follow from, not what happened in them, which a replay brings. */
import { LANGUAGES } from '../messages/index.ts';
import type { Book, Scenario, Worded } from './run.ts';
import { pageWords } from './words/page.ts';

/** Runs that cannot be replayed keep what was recorded. */
export const bareBook = (book: Book): Book => withScenarios(book, bared);

/** A book for a file that has no room for them. */
export const withoutRecordings = (book: Book): Book => withScenarios(book, unrecorded);

const withScenarios = (book: Book, of: (scenario: Scenario) => Scenario): Book => ({
  ...book,
  chapters: book.chapters.map((chapter) => ({ ...chapter, scenarios: chapter.scenarios.map(of) })),
});

const NOT_RECORDED = Object.fromEntries(
  LANGUAGES.map((l) => [l, pageWords(l).notRecorded]),
) as unknown as Worded;

function unrecorded({ run, ...scenario }: Scenario): Scenario {
  if (run === undefined) return scenario;
  return run.cause === undefined
    ? { ...scenario, notes: [...scenario.notes, NOT_RECORDED] }
    : { ...scenario, run };
}

function bared({ run, ...scenario }: Scenario): Scenario {
  if (run === undefined) return scenario;
  return {
    ...scenario,
    run: run.cause === undefined ? run : { ...run, entries: [], truths: [], bare: true },
  };
}
