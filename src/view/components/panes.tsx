/** The panes beside the lanes: causes, changes, kubectl. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import { visible } from '../../messages/visible.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Language } from '../../messages/index.ts';
import type { Entry } from '../run.ts';
import { wordsIn } from '../model/speaks.ts';
import type { Difference, Session } from '../session.ts';
import { CONCEPTS } from '../words/concepts/index.ts';
import { pageWords } from '../words/page.ts';
import type { Teller } from '../words/tellings.ts';
import { DifferenceLines } from './difference.tsx';
import { Chain } from './story.tsx';
import { useTold } from './told.ts';

interface WhyProps {
  readonly session: Pick<Session, 'why' | 'difference'>;
  readonly teller: Teller;
  readonly language: Language;
  readonly chosen: EntryId | undefined;
  readonly choose: (entry: Entry) => void;
}

/** Why something happened: the chain of causes, what the change did, and what the words mean. */
export function Why({ session, teller, language, chosen, choose }: WhyProps): JSX.Element {
  const words = pageWords(language);
  const difference = useTold<Difference>(
    async () => (chosen === undefined ? {} : await session.difference(chosen)),
    {},
    [session, chosen],
  );
  if (chosen === undefined) return <p class="hint">{words.whyAbout}</p>;
  const chain = session.why(chosen);
  const spoken = new Set(chain.flatMap(wordsIn));
  const cards = CONCEPTS.filter((c) => c.met.some((m) => spoken.has(m))).slice(0, 4);
  return (
    <>
      <Chain chain={chain} teller={teller} language={language} choose={choose} />
      {difference.before !== undefined && (
        <details open>
          <summary>{words.differenceOf}</summary>
          <DifferenceLines difference={difference} language={language} />
        </details>
      )}
      <dl class="concepts">
        {cards.map((c) => (
          <div class="card" key={c.name.en}>
            <dt>{c.name[language]}</dt>
            <dd>{c.about[language]}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface ChangesProps {
  readonly entries: readonly Entry[];
  readonly teller: Teller;
  readonly language: Language;
  readonly at: Millis;
  readonly chosen: EntryId | undefined;
  readonly choose: (entry: Entry) => void;
}

/** Every change since the scenario began, to be searched. */
export function Changes({ entries, teller, language, at, chosen, choose }: ChangesProps): JSX.Element {
  const words = pageWords(language);
  const sought = useSignal('');
  const told = useMemo(
    () => entries.filter((e) => e.at >= 0).map((entry) => ({ entry, text: teller.tell(entry, language) })),
    [entries, teller, language],
  );
  const needle = sought.value.trim().toLowerCase();
  const found = told.filter(({ text }) => text.toLowerCase().includes(needle));
  return (
    <>
      <input
        type="search"
        id="search"
        aria-label={words.search}
        placeholder={words.searchHint}
        value={sought.value}
        onInput={(e) => {
          sought.value = e.currentTarget.value;
        }}
      />
      {found.length === 0 && <p>{words.noMatch}</p>}
      <ol class="changes" tabindex={0} aria-label={words.changes}>
        {found.map(({ entry, text }) => (
          <li key={entry.id} class={`${entry.at > at ? 'later' : ''} ${entry.id === chosen ? 'chosen' : ''}`}>
            <button type="button" onClick={() => choose(entry)}>
              <span class="clock">{printClock(entry.at)}</span> {text}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Any line that reads, answered as kubectl would have at the moment. */
export function Kubectl({
  session,
  at,
  language,
}: {
  session: Session;
  at: Millis;
  language: Language;
}): JSX.Element {
  const words = pageWords(language);
  const line = useSignal('kubectl get pods -o wide');
  const typed = useSignal(line.value);
  const output = useSignal('');
  useEffect(() => {
    let current = true;
    const show = (text: string): void => {
      if (current) output.value = visible(text);
    };
    session.kubectl(line.value, at).then(
      (printed) => show(printed.output),
      (error: unknown) => show((error as Error).message),
    );
    return () => {
      current = false;
    };
  }, [session, at, line.value]);
  return (
    <form
      class="kubectl"
      onSubmit={(e) => {
        e.preventDefault();
        line.value = typed.value;
      }}
    >
      <label for="kubectl-line">$</label>
      <input
        id="kubectl-line"
        aria-label={words.kubectl}
        value={typed.value}
        spellcheck={false}
        autocomplete="off"
        onInput={(e) => {
          typed.value = e.currentTarget.value;
        }}
      />
      <button type="submit">{words.ask}</button>
      <pre class="terminal" tabindex={0} aria-live="polite">
        {output.value}
      </pre>
    </form>
  );
}
