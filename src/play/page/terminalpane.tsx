/** The terminal of the page: a line that is typed, and what was answered, as text. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { LivePage } from './livesession.ts';
import { playgroundWords } from './words.ts';

interface Exchange {
  readonly clock: string;
  readonly line: string;
  readonly text: string;
  readonly failed: boolean;
}

/** How many exchanges are kept to look at. */
const KEPT = 200;

/** What all candidates begin with. */
function common(candidates: readonly string[]): string {
  let [prefix = ''] = candidates;
  for (const candidate of candidates) while (!candidate.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

interface Props {
  readonly page: LivePage;
  readonly language: Language;
}

export function TerminalPane({ page, language }: Props): JSX.Element {
  const words = playgroundWords(language);
  const exchanges = useSignal<readonly Exchange[]>([]);
  const line = useSignal('');
  const offered = useSignal<readonly string[]>([]);
  /** Lines that were run, and the one among them that is shown; as many as there are: none. */
  const history = useSignal<readonly string[]>([]);
  const place = useSignal(0);
  const output = useRef<HTMLPreElement>(null);
  useEffect(() => {
    output.current?.scrollTo({ top: output.current.scrollHeight });
  }, [exchanges.value]);
  const answer = (exchange: Exchange): void => {
    exchanges.value = [...exchanges.value, exchange].slice(-KEPT);
  };
  const run = async (): Promise<void> => {
    const text = line.value.trim();
    if (text === '') return;
    const clock = printClock(page.shown.peek()?.now ?? 0);
    history.value = [...history.value.filter((l) => l !== text), text];
    place.value = history.value.length;
    [line.value, offered.value] = ['', []];
    try {
      answer({ clock, line: text, ...(await page.ask({ ask: 'line', line: text })) });
    } catch (error) {
      answer({ clock, line: text, text: (error as Error).message, failed: true });
    }
  };
  const complete = async (): Promise<void> => {
    const before = line.value;
    const candidates = await page.ask({ ask: 'complete', line: before });
    if (line.value !== before) return;
    const last = /\S*$/.exec(before)![0];
    const more = common(candidates);
    line.value = before.slice(0, before.length - last.length) + more + (candidates.length === 1 ? ' ' : '');
    offered.value = candidates.length > 1 ? candidates : [];
  };
  const recall = (step: number): void => {
    place.value = Math.max(0, Math.min(history.value.length, place.value + step));
    line.value = history.value[place.value] ?? '';
  };
  const onKey = (e: KeyboardEvent): void => {
    if (e.key === 'ArrowUp') recall(-1);
    else if (e.key === 'ArrowDown') recall(1);
    // An empty line is left by Tab, as any other field.
    else if (e.key === 'Tab' && !e.shiftKey && line.value !== '') void complete();
    else if (e.key === 'Escape') offered.value = [];
    else return;
    e.preventDefault();
  };
  return (
    <form
      class="shell"
      onSubmit={(e) => {
        e.preventDefault();
        void run();
      }}
    >
      <pre ref={output} class="terminal" tabindex={0} role="log" aria-label={words.answers}>
        {exchanges.value.map(({ clock, line: said, text, failed }, i) => (
          <span key={i} class={failed ? 'failed' : ''}>
            <span class="prompt">{`${clock}> ${said}\n`}</span>
            {text === '' ? '' : `${text}\n`}
          </span>
        ))}
      </pre>
      {offered.value.length > 0 && <p class="offered">{offered.value.slice(0, 60).join('  ')}</p>}
      <input
        id="line"
        value={line.value}
        aria-label={words.terminalLine}
        placeholder={words.terminalHint}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        onKeyDown={onKey}
        onInput={(e) => {
          line.value = e.currentTarget.value;
          offered.value = [];
        }}
      />
    </form>
  );
}
