/** What a book of runs holds: chapters and scenarios, what failed, what was taken as given. */
import type { ComponentChildren, JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Book, Chapter, Scenario } from '../run.ts';
import { CONCEPTS } from '../words/concepts/index.ts';
import { pageWords } from '../words/page.ts';
import { Prose, ResultMark } from './story.tsx';

interface Placed {
  readonly scenario: Scenario;
  readonly href: string;
}

/** `#s-3`: scenarios are numbered through the book. */
const scenarioHref = (number: number): string => `#s-${number}`;

/** The scenarios of a book in its order, by number. */
export const scenariosOf = ({ chapters }: Book): readonly Scenario[] => chapters.flatMap((c) => c.scenarios);

/** The scenarios of a book, and where they stand in a page, by their ids. */
export function placesOf(book: Book): ReadonlyMap<string, Placed> {
  return new Map(scenariosOf(book).map((scenario, i) => [scenario.id, { scenario, href: scenarioHref(i) }]));
}

interface Props {
  readonly book: Book;
  readonly language: Language;
}

export function ChapterName({ chapter: { keyword, name } }: { chapter: Chapter }): JSX.Element {
  return (
    <>
      <span class="keyword">{keyword}: </span>
      {name}
    </>
  );
}

export function ChapterAbout({ chapter: { uri, description } }: { chapter: Chapter }): JSX.Element {
  return (
    <>
      <p class="uri">{uri}</p>
      <Prose text={description} />
    </>
  );
}

function ChapterList({
  chapter,
  places,
  language,
}: {
  chapter: Chapter;
  places: ReadonlyMap<string, Placed>;
  language: Language;
}): JSX.Element {
  return (
    <section class="chapter" lang={chapter.language}>
      <h3>
        <ChapterName chapter={chapter} />
      </h3>
      <ChapterAbout chapter={chapter} />
      <ul class="scenarios">
        {chapter.scenarios.map((scenario) => (
          <li key={scenario.id}>
            <ResultMark result={scenario.result} language={language} />{' '}
            <a href={places.get(scenario.id)?.href}>{scenario.name || scenario.id}</a>{' '}
            {scenario.tags.map((tag) => (
              <span class="tag" key={tag}>
                {tag}{' '}
              </span>
            ))}
            <span class="clock">
              {scenario.run === undefined ? '' : `${printClock(scenario.run.endedAt)} · `}
              {Math.round(scenario.tookMs)} ms
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many scenarios a card names. */
const MAX_SHOWN = 3;

function Concepts({ book, language }: Props): JSX.Element {
  const words = pageWords(language);
  const places = placesOf(book);
  const scenarios = scenariosOf(book);
  return (
    <section>
      <h2 id="concepts">{words.concepts}</h2>
      <dl class="concepts">
        {CONCEPTS.map((concept) => {
          const shown = scenarios
            .filter((s) => concept.met.some((m) => s.speaks.includes(m)))
            .slice(0, MAX_SHOWN);
          return (
            <div class="card" key={concept.name.en}>
              <dt>{concept.name[language]}</dt>
              <dd>{concept.about[language]}</dd>
              {shown.length > 0 && (
                <dd class="shown">
                  {words.seen}:{' '}
                  {shown.map((s, i) => (
                    <>
                      {i > 0 ? ' · ' : ''}
                      <a href={places.get(s.id)?.href}>{s.name || s.id}</a>
                    </>
                  ))}
                </dd>
              )}
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** @param children how the chapters are listed; absent: each with its scenarios */
export function Contents({
  book,
  language,
  children,
}: Props & { readonly children?: ComponentChildren }): JSX.Element {
  const words = pageWords(language);
  const places = placesOf(book);
  const scenarios = scenariosOf(book);
  const count = (result: Scenario['result']): number => scenarios.filter((s) => s.result === result).length;
  return (
    <>
      <p class="summary">
        {words.scenarios(scenarios.length)}:{' '}
        {(['passed', 'failed', 'invalid', 'defect', 'skipped'] as const)
          .filter((r) => count(r) > 0)
          .map((r) => `${count(r)} ${words.results[r]}`)
          .join(' · ')}
        {` · ${(book.tookMs / 1000).toFixed(1)} s ${words.real}`}
      </p>
      {book.unreadable.length > 0 && (
        <section>
          <h2>{words.unreadable}</h2>
          {book.unreadable.map(({ uri, problem }) => (
            <div key={uri}>
              <p class="uri">{uri}</p>
              <pre class="problem" tabindex={0}>
                {problem}
              </pre>
            </div>
          ))}
        </section>
      )}
      {book.failures.length > 0 && (
        <section>
          <h2>{words.failures}</h2>
          <ul>
            {book.failures.map((cluster) => (
              <li key={cluster.claim}>
                <strong>{cluster.claim}</strong>
                <ul>
                  {cluster.scenarios.map((id) => (
                    <li key={id}>
                      <a href={places.get(id)?.href}>{places.get(id)?.scenario.name || id}</a>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{words.contents}</h2>
        {children ??
          book.chapters.map((chapter) => (
            <ChapterList key={chapter.uri} chapter={chapter} places={places} language={language} />
          ))}
      </section>
      {book.given.length > 0 && (
        <section>
          <h2>{words.given}</h2>
          <p>{words.givenAbout}</p>
          <ul>
            {book.given.map((given) => (
              <li key={given.en}>{given[language]}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{words.invariants}</h2>
        <p>
          {words.met}: {book.invariants.met.join(', ') || '–'}
        </p>
        <p>
          {words.unmet}: {book.invariants.unmet.join(', ') || '–'}
        </p>
      </section>
      <Concepts book={book} language={language} />
    </>
  );
}
