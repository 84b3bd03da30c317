/** A book as it is shipped: what its runs follow from, not what happened in them, which a replay brings. */
import type { Book, Scenario } from './run.ts';

/** Runs that cannot be replayed keep what was recorded. */
export const bareBook = (book: Book): Book => ({
  ...book,
  chapters: book.chapters.map((chapter) => ({ ...chapter, scenarios: chapter.scenarios.map(bared) })),
});

function bared({ run, ...scenario }: Scenario): Scenario {
  if (run === undefined) return scenario;
  return {
    ...scenario,
    run: run.cause === undefined ? run : { ...run, entries: [], truths: [], bare: true },
  };
}
