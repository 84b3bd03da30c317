/** What the playground's page does when it opens: a cluster is switched on in a worker, and shown. */
import { effect, useSignal } from '@preact/signals';
import { type JSX, render } from 'preact';
import { useEffect } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../messages/languages.ts';
import { viewOf, type View } from '../../view/view.ts';
import { pageWords } from '../../view/words/page.ts';
import { drawnName, drawnNumber } from '../endless/name.ts';
import type { Level } from '../level.ts';
import { Keeping } from './keeping.tsx';
import { beginningIn, linkOf } from './link.ts';
import { LivePage } from './livesession.ts';
import { Playground } from './playground.tsx';
import type { Beginning } from './protocol.ts';
import { playgroundWords } from './words.ts';

const FREE: Beginning = { seed: '1', start: [{ op: 'cluster', nodes: 3 }], acts: [] };

/** The levels of a language, which are fetched when they are asked for. */
const levelsOf = async (language: Language): Promise<readonly Level[]> =>
  (await (await fetch(`levels-${language}.json`)).json()) as readonly Level[];

/** What the address asks for: a life that was shared, or a level by its name. */
async function asked(): Promise<Beginning> {
  const shared = await beginningIn(location.hash);
  if (shared !== undefined) return shared;
  const level = /^#level=([\w-]+)$/.exec(location.hash)?.[1];
  return level === undefined ? FREE : { seed: '1', acts: [], level };
}

/** Any of the drawn levels. */
const anyDrawn = (): string => drawnName(crypto.getRandomValues(new Uint32Array(1))[0]! % 10_000);

interface Props {
  readonly page: LivePage;
  readonly view: View;
}

function Page({ page, view }: Props): JSX.Element {
  const language = view.language.value;
  const words = playgroundWords(language);
  const levels = useSignal<readonly Level[]>([]);
  const level = useSignal<Level | undefined>(undefined);
  /** The level that was drawn last. */
  const drawn = useSignal<Readonly<Record<Language, Level>> | undefined>(undefined);
  const drawing = useSignal(false);
  const beginning = useSignal<Beginning>(FREE);
  const problem = useSignal('');
  const levelNamed = async (name: string): Promise<Level | undefined> => {
    const number = drawnNumber(name);
    if (number === undefined) return (await levelsOf(view.language.peek())).find((l) => l.id === name);
    if (drawn.peek()?.en.id !== name) {
      drawing.value = true;
      drawn.value = await page.ask({ ask: 'draw', number }).finally(() => (drawing.value = false));
    }
    return drawn.value?.[view.language.peek()];
  };
  const open = (name: string): void => {
    history.replaceState(null, '', name === '' ? '#' : `#level=${name}`);
    void begin(name === '' ? FREE : { seed: '1', acts: [], level: name }).catch(tell);
  };
  const begin = async (from: Beginning): Promise<void> => {
    problem.value = '';
    level.value = from.level === undefined ? undefined : await levelNamed(from.level);
    beginning.value = from;
    const { value: at } = level;
    await page.ask({ ask: 'begin', beginning: from, level: at, language: view.language.peek() });
    document.body.dataset['ready'] = from.level ?? 'free';
  };
  const tell = (error: unknown): void => void (problem.value = (error as Error).message);
  useEffect(() => void asked().then(begin).catch(tell), []);
  useEffect(() => {
    document.documentElement.lang = language;
    // What is behind the first picture waits until that is there.
    const later = setTimeout(() => void levelsOf(language).then((all) => (levels.value = all)), 300);
    if (page.shown.peek() !== undefined) void page.ask({ ask: 'speak', language }).catch(tell);
    return () => clearTimeout(later);
  }, [language]);
  const share = async (): Promise<void> => {
    const life = await page.ask({ ask: 'share' });
    const { level: name } = beginning.value;
    const link = await linkOf(name === undefined ? life : { seed: life.seed, acts: life.acts, level: name });
    history.replaceState(null, '', `#${link}`);
  };
  const other: Language = language === 'en' ? 'ja' : 'en';
  const offered = [...levels.value, ...(drawn.value === undefined ? [] : [drawn.value[language]])];
  const here = offered.find((l) => l.id === level.value?.id) ?? level.value;
  return (
    <>
      <header>
        <a href="#" class="brand">
          Seatrial
        </a>
        <h1>{words.playground}</h1>
        <label>
          {words.levels}{' '}
          <select id="levels" value={level.value?.id ?? ''} onChange={(e) => open(e.currentTarget.value)}>
            <option value="">{words.free}</option>
            {offered.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <button type="button" id="endless" disabled={drawing.value} onClick={() => open(anyDrawn())}>
          {words.endless}
        </button>
        <Keeping page={page} language={language} name={level.value?.id ?? 'playground'} share={share} />
        <button
          type="button"
          class="language"
          lang={other}
          onClick={() => {
            view.language.value = other;
          }}
        >
          {pageWords(language).otherLanguage}
        </button>
      </header>
      <main>
        {drawing.value && <p role="status">{words.drawing}</p>}
        {problem.value !== '' && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        <Playground
          page={page}
          view={view}
          level={here}
          restart={() => void begin({ ...beginning.value, acts: [] }).catch(tell)}
        />
      </main>
    </>
  );
}

/** The language that was chosen last, or that the browser speaks. */
const chosen = (): Language =>
  LANGUAGES.find((l) => l === localStorage.getItem('language')) ??
  (navigator.language.startsWith('ja') ? 'ja' : 'en');

const view = viewOf(chosen());
effect(() => localStorage.setItem('language', view.language.value));
const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
render(<Page page={new LivePage(worker)} view={view} />, document.getElementById('app')!);
