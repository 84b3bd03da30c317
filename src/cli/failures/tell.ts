/** What `seatrial failures` prints. */
import { join, relative } from 'node:path';
import { printClock } from '../../chaos/duration.ts';
import { fixInWords, type Failure } from '../../failures/failure.ts';
import { halvesOf, isAsTold, type Half } from '../../failures/play.ts';
import { filesIn } from '../../files.ts';
import { hunksOf } from '../../kubectl/unifieddiff.ts';
import type { Language } from '../../messages/index.ts';
import { FAILED, PASSED, UsageError } from '../exit.ts';
import { tell } from '../output.ts';
import { FAILURES, libraryIn } from './library.ts';

const WORDS = {
  en: {
    published: 'Published',
    concept: 'To understand it',
    fix: 'What mends it',
    asItWas: 'As it was',
    fixed: 'With the fix',
    holds: 'every claim holds',
    broken: (clock: string) => `broken at ${clock}`,
    wrong: 'not as published',
    steps: (name: string) => `step by step: seatrial run ${name}`,
  },
  ja: {
    published: '公開元',
    concept: '理解のために',
    fix: '対策',
    asItWas: '当時のまま',
    fixed: '対策の後',
    holds: 'すべての主張が成り立つ',
    broken: (clock: string) => `${clock}に破れた`,
    wrong: '公開されたとおりではない',
    steps: (name: string) => `一歩ずつ見るには: seatrial run ${name}`,
  },
} as const;

/** What a list tells of one. */
const factsOf = (failure: Failure, language: Language): object => ({
  name: failure.name,
  title: failure.told[language].name,
  story: failure.told[language].description,
  sources: failure.sources,
  concept: failure.concept.name[language],
  fix: fixInWords(failure, language),
  edits: failure.edits,
  trials: failure.trials,
});

const printed = (value: object): void => tell(JSON.stringify(value, undefined, 1));

/** @returns the exit code */
export function list(language: Language, json: boolean): number {
  const library = libraryIn(FAILURES);
  if (json) printed(library.map((failure) => factsOf(failure, language)));
  else {
    const width = Math.max(0, ...library.map(({ name }) => name.length));
    for (const { name, told } of library) tell(`${name.padEnd(width)}  ${told[language].name}`);
  }
  return PASSED;
}

function tellHalf(half: Half, language: Language): void {
  const words = WORDS[language];
  const { asItWas, broken } = half;
  const wrong = isAsTold(half) ? '' : ` (${words.wrong})`;
  tell(`\n${asItWas ? words.asItWas : words.fixed}: ${broken?.claim ?? words.holds}${wrong}`);
  if (broken === undefined) return;
  tell(`  ${words.broken(printClock(broken.at))}: ${broken.found}`);
  for (const cause of broken.causes) tell(`  ${cause}`);
}

const NEAREST = 3;

/** Names of those with most words of a name, or of a title, in theirs. */
function nearestTo(name: string, library: readonly Failure[]): string[] {
  const wanted = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const common = ({ name: own, told }: Failure): number => {
    const said = `${own} ${told.en.name} ${told.ja.name}`.toLowerCase();
    return wanted.filter((word) => word.length > 2 && said.includes(word)).length;
  };
  return [...library]
    .sort((a, b) => common(b) - common(a))
    .slice(0, NEAREST)
    .map((f) => f.name);
}

/** @returns the exit code. @throws UsageError for a name that none of them has */
export function play(name: string, language: Language, json: boolean): number {
  const library = libraryIn(FAILURES);
  const failure = library.find((f) => f.name === name);
  if (failure === undefined)
    throw new UsageError(
      `there is no failure "${name}"; seatrial failures lists all, the nearest are: ` +
        nearestTo(name, library).join(', '),
    );
  const halves = halvesOf(failure, filesIn(join(FAILURES, name)), language);
  const code = halves.every(isAsTold) ? PASSED : FAILED;
  if (json) {
    const went = halves.map(({ asItWas, broken }) => ({
      asItWas,
      ...(broken === undefined ? {} : { claim: broken.claim, found: broken.found, at: broken.at }),
    }));
    printed({ ...factsOf(failure, language), halves: went });
    return code;
  }
  const words = WORDS[language];
  const { told, sources, concept, manifests } = failure;
  tell([told[language].name, '', told[language].description, ''].join('\n'));
  for (const { title, url } of sources) tell(`${words.published}: ${title}\n  ${url}`);
  tell(`${words.concept}: ${concept.name[language]}. ${concept.about[language]}`);
  for (const half of halves) {
    if (!half.asItWas) {
      for (const line of fixInWords(failure, language)) tell(`\n${words.fix}: ${line}`);
      if (manifests.after !== undefined) tell(hunksOf(manifests.before, manifests.after).trimEnd());
    }
    tellHalf(half, language);
  }
  tell(`\n${words.steps(relative('.', join(FAILURES, name)))}`);
  return code;
}
