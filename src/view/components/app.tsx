/** The whole page: a head with the switch of language, and the contents or one scenario under it. */
import { effect, useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../messages/index.ts';
import type { Detail } from '../model/retelling.ts';
import type { Book, Run } from '../run.ts';
import type { View } from '../view.ts';
import { pageWords } from '../words/page.ts';
import { Contents, scenariosOf } from './contents.tsx';
import { PlainBook, PlainContents } from './plainstory.tsx';
import { type Opened, ScenarioPage } from './scenariopage.tsx';

interface HeadProps {
  readonly book: Book;
  readonly language: Language;
  readonly children?: ComponentChildren;
}

function Head({ book, language, children }: HeadProps): JSX.Element {
  return (
    <header>
      <a href="#" class="brand">
        Seatrial
      </a>{' '}
      <span>{pageWords(language).report}</span>{' '}
      <span class="keys">
        {book.seatrial} · {new Date(book.startedAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC
      </span>
      {children}
    </header>
  );
}

/** What a page shows before, or without, its scripts. */
export function StaticApp({ book, language, detail }: HeadProps & { readonly detail: Detail }): JSX.Element {
  return (
    <>
      <Head book={book} language={language} />
      <main>
        <h1>{pageWords(language).report}</h1>
        <p class="hint">{pageWords(language).noscript}</p>
        <Contents book={book} language={language}>
          <PlainContents book={book} />
        </Contents>
        <PlainBook book={book} language={language} detail={detail} />
      </main>
    </>
  );
}

/** What the URL's hash says: `#s-3&t=4622&e=50&lang=ja`. */
export function readHash(hash: string): {
  scenario?: number;
  at?: number;
  entry?: number;
  language?: Language;
} {
  const text = hash.replace(/^#/, '');
  const params = new URLSearchParams(text);
  const number = (text: string | null): number | undefined =>
    text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
  const language = LANGUAGES.find((l) => l === params.get('lang'));
  const scenario = number(/^s-(\d+)(?=&|$)/.exec(text)?.[1] ?? null);
  const [at, entry] = [number(params.get('t')), number(params.get('e'))];
  return {
    ...(scenario === undefined ? {} : { scenario }),
    ...(at === undefined ? {} : { at }),
    ...(entry === undefined ? {} : { entry }),
    ...(language === undefined ? {} : { language }),
  };
}

interface AppProps {
  readonly book: Book;
  readonly view: View;
  readonly open: (run: Run, opened: (is: Opened) => void) => void;
}

export function App({ book, view, open }: AppProps): JSX.Element {
  const place = useSignal<number | undefined>(undefined);
  useEffect(() => {
    const read = (): void => {
      const { scenario, at, entry, language } = readHash(location.hash);
      if (language !== undefined) view.language.value = language;
      if (scenario !== place.peek() || at !== undefined) {
        view.at.value = at ?? 0;
        view.chosen.value = entry;
      }
      if (scenario !== place.peek()) scrollTo(0, 0);
      place.value = scenario;
    };
    read();
    addEventListener('hashchange', read);
    const stop = effect(() => {
      document.documentElement.lang = view.language.value;
      if (place.value === undefined) return;
      const { at, chosen, language } = view;
      const entry = chosen.value === undefined ? '' : `&e=${chosen.value}`;
      history.replaceState(null, '', `#s-${place.value}&t=${at.value}${entry}&lang=${language.value}`);
    });
    return () => {
      removeEventListener('hashchange', read);
      stop();
    };
  }, [book]);
  const language = view.language.value;
  const words = pageWords(language);
  const scenario = place.value === undefined ? undefined : scenariosOf(book)[place.value];
  const other: Language = language === 'en' ? 'ja' : 'en';
  return (
    <>
      <Head book={book} language={language}>
        {scenario !== undefined && <a href="#">{words.contents}</a>}
        <button
          type="button"
          class="language"
          lang={other}
          onClick={() => {
            view.language.value = other;
          }}
        >
          {words.otherLanguage}
        </button>
      </Head>
      {scenario === undefined ? (
        <main>
          <h1>{words.report}</h1>
          <Contents book={book} language={language} />
        </main>
      ) : (
        <ScenarioPage key={scenario.id} scenario={scenario} view={view} open={open} />
      )}
    </>
  );
}
