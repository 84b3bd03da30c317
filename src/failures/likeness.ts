/** Which published failures a finding resembles: the same happened, where the same was missing and there. */
import type { Language } from '../messages/index.ts';
import type { Failure } from './failure.ts';

/** What is compared of a failure, and told of it. */
export interface Known extends Pick<Failure, 'name' | 'trials' | 'lacks' | 'beside'> {
  readonly title: Readonly<Record<Language, string>>;
}

/** What is compared of a finding. */
export interface Likened {
  /** The kind of the trial. */
  readonly kind: string;
  /** The strengthenings that were seen to mend or lessen it: what was missing. */
  readonly missing: readonly string[];
  /** Kinds of what is about the same Pods. */
  readonly beside: readonly string[];
}

export const knownOf = ({ name, trials, lacks, beside, told }: Failure): Known => ({
  name,
  trials,
  lacks,
  beside,
  title: { en: told.en.name, ja: told.ja.name },
});

export const likeOf = ({ kind, missing, beside }: Likened, library: readonly Known[]): Known[] =>
  library.filter(
    (known) =>
      known.trials.includes(kind) &&
      known.lacks.some((e) => missing.includes(e)) &&
      known.beside.every((k) => beside.includes(k)),
  );
