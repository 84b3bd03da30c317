/** Which published failures a finding resembles: the same happened, and the same was missing. */
import type { Language } from '../messages/index.ts';
import type { Failure } from './failure.ts';

/** What is compared of a failure, and told of it. */
export interface Known extends Pick<Failure, 'name' | 'trials' | 'lacks'> {
  readonly title: Readonly<Record<Language, string>>;
}

/** What is compared of a finding. */
export interface Likened {
  /** The kind of the trial. */
  readonly kind: string;
  /** The strengthenings that were seen to mend or lessen it: what was missing. */
  readonly missing: readonly string[];
}

export const knownOf = ({ name, trials, lacks, told }: Failure): Known => ({
  name,
  trials,
  lacks,
  title: { en: told.en.name, ja: told.ja.name },
});

export const likeOf = ({ kind, missing }: Likened, library: readonly Known[]): Known[] =>
  library.filter(({ trials, lacks }) => trials.includes(kind) && lacks.some((e) => missing.includes(e)));
