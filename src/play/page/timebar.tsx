/** How time runs: stand, run at a pace, the next change, until all is calm; and back. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { LivePage, Shown } from './livesession.ts';
import { playgroundWords } from './words.ts';

const PACES = [0.1, 1, 10, 100, 1000];

interface Props {
  readonly page: LivePage;
  readonly shown: Shown;
  /** The moment that is looked at. */
  readonly at: Millis;
  readonly language: Language;
  /** Looks along with the time again. */
  readonly follow: () => void;
}

export function TimeBar({ page, shown, at, language, follow }: Props): JSX.Element {
  const words = playgroundWords(language);
  const pace = useSignal(10);
  const { running } = shown;
  const run = (mode: 'run' | 'next' | 'settle' | 'stand', as = pace.value): void => {
    if (mode !== 'stand') follow();
    void page.ask({ ask: 'run', running: mode === 'run' ? { mode, pace: as } : { mode } });
  };
  const isBack = at < shown.now;
  return (
    <div class="clockbar" role="group" aria-label={words.pace}>
      <output class="now">{printClock(at)}</output>
      {running === 'stand' ? (
        <button type="button" id="run" onClick={() => run('run')}>
          ▶ {words.run}
        </button>
      ) : (
        <button type="button" id="pause" onClick={() => run('stand')}>
          ⏸ {words.pause}
        </button>
      )}
      <label>
        {words.pace}{' '}
        <select
          value={String(pace.value)}
          onChange={(e) => {
            pace.value = Number(e.currentTarget.value);
            if (running === 'run') run('run', pace.value);
          }}
        >
          {PACES.map((p) => (
            <option key={p} value={String(p)}>{`${p}×`}</option>
          ))}
        </select>
      </label>
      <button type="button" id="next" onClick={() => run('next')}>
        {words.next}
      </button>
      <button type="button" id="settle" onClick={() => run('settle')}>
        {words.settle}
      </button>
      <button
        type="button"
        id="rewind"
        disabled={!isBack}
        onClick={() => {
          void page.ask({ ask: 'rewind', at });
          follow();
        }}
      >
        ↶ {words.rewind}
      </button>
      <button type="button" id="undo" onClick={() => void page.ask({ ask: 'undo' })}>
        {words.undo}
      </button>
      <button type="button" onClick={() => void page.ask({ ask: 'line', line: 'fork' })}>
        {words.fork}
      </button>
      {shown.forks.length > 1 && (
        <label>
          {words.forks}{' '}
          <select
            value={shown.fork}
            onChange={(e) => void page.ask({ ask: 'line', line: `switch ${e.currentTarget.value}` })}
          >
            {shown.forks.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
