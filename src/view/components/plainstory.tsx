/**
 * All of a book as it is read without scripts: the same as in the scenarios' stories, in as little markup as
 * that takes, since a report holds hundreds of them.
 */
import type { JSX } from 'preact';
import type { Language } from '../../messages/index.ts';
import { metText } from '../../messages/struck.ts';
import { type Detail, type Places, repeatedTexts, sharedSteps, toldSteps } from '../model/retelling.ts';
import type { Book, Chapter, Scenario, Step } from '../run.ts';
import { pageWords } from '../words/page.ts';
import { Teller } from '../words/tellings.ts';
import { ChapterAbout, ChapterName, placesOf } from './contents.tsx';
import { Causes, Found, Prose, ResultMark, timeOf, typed } from './story.tsx';

interface Told {
  readonly language: Language;
  readonly detail: Detail;
  readonly texts: Places;
}

const chapterId = (place: number): string => `f-${place}`;

/** The names of the chapters. */
export function PlainContents({ book: { chapters } }: { book: Book }): JSX.Element {
  return (
    <ul>
      {chapters.map((chapter, i) => (
        <li key={chapter.uri}>
          <a href={`#${chapterId(i)}`} lang={chapter.language}>
            {chapter.name || chapter.uri}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** All scenarios at a stretch. */
export function PlainBook({
  book,
  language,
  detail,
}: {
  book: Book;
  language: Language;
  detail: Detail;
}): JSX.Element {
  const told: Told = { language, detail, texts: repeatedTexts(book, detail) };
  const places = placesOf(book);
  return (
    <>
      {detail !== 'whole' && <p class="hint">{pageWords(language).shortened[detail]}</p>}
      {book.chapters.map((chapter, i) => (
        <PlainChapter key={chapter.uri} id={chapterId(i)} places={places} chapter={chapter} {...told} />
      ))}
    </>
  );
}

function PlainChapter({
  id,
  places,
  chapter,
  ...told
}: Told & { id: string; places: ReturnType<typeof placesOf>; chapter: Chapter }): JSX.Element {
  const { language, detail } = told;
  const [first] = chapter.scenarios;
  const shared = first === undefined || detail === 'names' ? 0 : sharedSteps(chapter);
  return (
    <section id={id} lang={chapter.language}>
      <h2>
        <ChapterName chapter={chapter} />
      </h2>
      <ChapterAbout chapter={chapter} />
      {shared > 0 && (
        <>
          <p>{pageWords(language).beginning}</p>
          <PlainSteps steps={toldSteps(first!, 0, detail).slice(0, shared)} {...told} />
        </>
      )}
      {chapter.scenarios.map((scenario) => (
        <article key={scenario.id} id={places.get(scenario.id)?.href.slice(1)}>
          <h3>
            <PlainMark result={scenario.result} language={language} /> {scenario.name || scenario.id}
            {scenario.tags.length > 0 && <small> {scenario.tags.join(' ')}</small>}
          </h3>
          <PlainStory scenario={scenario} shared={shared} {...told} />
        </article>
      ))}
    </section>
  );
}

function PlainStory({
  scenario,
  shared,
  ...told
}: Told & { scenario: Scenario; shared: number }): JSX.Element {
  const { language } = told;
  const { run, description, notes, problem, steps } = scenario;
  const entries = run?.entries ?? [];
  const teller = new Teller(entries, steps);
  const byId = new Map(entries.map((e) => [e.id, e]));
  const causes = (step: Step): JSX.Element => (
    <Causes step={step} byId={byId} teller={teller} language={language} />
  );
  return (
    <>
      <Prose text={description} />
      <PlainSteps steps={toldSteps(scenario, shared, told.detail)} causes={causes} {...told} />
      {problem !== undefined && <pre class="problem">{problem}</pre>}
      {notes.map((note, i) => (
        <p class="note" key={i}>
          {note[language]}
        </p>
      ))}
    </>
  );
}

function PlainSteps({
  steps,
  causes,
  ...told
}: Told & { steps: readonly Step[]; causes?: (step: Step) => JSX.Element }): JSX.Element | null {
  if (steps.length === 0) return null;
  return (
    <ol class="plain">
      {steps.map((step, i) => (
        <li key={i}>
          <PlainStep step={step} {...told} />
          <Found step={step} language={told.language} />
          {causes?.(step)}
        </li>
      ))}
    </ol>
  );
}

function PlainMark({ result, language }: { result: Scenario['result']; language: Language }): JSX.Element {
  return result === 'passed' ? <>✓</> : <ResultMark result={result} language={language} />;
}

function PlainStep({ step, language, texts }: Told & { step: Step }): JSX.Element {
  const { result, keyword, text, docString, table, strikes, printed, from, to } = step;
  // A step that takes no time stands where the one before it ended.
  const time = from === to ? '' : timeOf(step);
  return (
    <>
      <PlainMark result={result} language={language} />
      {` ${keyword}${text} `}
      {time !== '' && <small>{time}</small>}
      {docString !== undefined && <PlainText text={docString} {...{ step, language, texts }} />}
      {table !== undefined && <pre>{table.map((row) => `| ${row.join(' | ')} |`).join('\n')}</pre>}
      {strikes.map(({ kind, targets }, i) => (
        <div key={i}>
          ⚡ {kind} {pageWords(language).struckBy}:{' '}
          {targets.map((target) => metText(target, language)).join(', ')}
        </div>
      ))}
      {printed.map(({ line, output }, i) => (
        <PlainText key={i} text={output} line={line} {...{ step, language, texts }} />
      ))}
    </>
  );
}

/** A text that stands in the book before is told by a link to there. @param line what it is the output of */
function PlainText({
  text,
  line,
  step,
  language,
  texts,
}: Omit<Told, 'detail'> & { text: string; line?: string; step: Step }): JSX.Element {
  const place = texts.get(text);
  const command = line === undefined ? '' : `${typed(line)}\n`;
  if (place === undefined) return <pre>{command + text.trimEnd()}</pre>;
  if (place.step === step) return <pre id={place.id}>{command + text.trimEnd()}</pre>;
  return (
    <pre>
      {command}
      <a href={`#${place.id}`}>{pageWords(language).asBefore}</a>
    </pre>
  );
}
