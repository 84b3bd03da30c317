/** A level: its story, how its goals stand, its hints, and the stars when it is won. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import { Prose } from '../../view/components/story.tsx';
import type { Level } from '../level.ts';
import { playWords } from '../words.ts';
import type { Shown } from './livesession.ts';
import { playgroundWords } from './words.ts';

const SIGNS = { open: '○', met: '✓', broken: '✗' } as const;

interface Props {
  readonly level: Level;
  readonly shown: Shown;
  readonly language: Language;
  readonly restart: () => void;
}

export function LevelPane({ level, shown, language, restart }: Props): JSX.Element {
  const words = playgroundWords(language);
  const said = playWords(language);
  const hints = useSignal(0);
  useEffect(() => {
    hints.value = 0;
  }, [level.id]);
  return (
    <section class="pane level" aria-labelledby="pane-level">
      <h2 id="pane-level">{level.title}</h2>
      <Prose text={level.story} />
      <h3>{words.goals}</h3>
      <ul class="goals">
        {shown.goals.map(({ state, found, brokenAt }, i) => (
          <li key={i} data-state={state}>
            <span role="img" aria-label={said.goalStates[state]}>
              {SIGNS[state]}
            </span>{' '}
            {level.goals[i]?.text}
            {state === 'open' && found !== '' && <small> · {found}</small>}
            {brokenAt !== undefined && <small> · {said.brokenAt(printClock(brokenAt))}</small>}
          </li>
        ))}
      </ul>
      <div role="status">
        {shown.wonAt !== undefined && (
          <div class="won" id="won">
            <p>
              <strong>{words.won(printClock(shown.wonAt))}</strong>
            </p>
            <ul class="stars">
              {shown.stars.map((star) => (
                <li key={star.of}>
                  <span role="img" aria-label={star.earned ? words.earned : words.notStar}>
                    {star.earned ? '★' : '☆'}
                  </span>{' '}
                  {said.star(star)}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <ol class="hints">
        {level.hints.slice(0, hints.value).map((hint) => (
          <li key={hint.text}>
            {hint.text}
            {hint.lines.map((line) => (
              <pre key={line} class="terminal" tabindex={0}>
                <span class="prompt">{`$ ${line}`}</span>
              </pre>
            ))}
          </li>
        ))}
      </ol>
      <p>
        <button
          type="button"
          id="hint"
          disabled={hints.value >= level.hints.length}
          onClick={() => {
            hints.value += 1;
          }}
        >
          {`${words.hint} (${hints.value}/${level.hints.length})`}
        </button>{' '}
        <button type="button" onClick={restart}>
          {words.restart}
        </button>
      </p>
    </section>
  );
}
