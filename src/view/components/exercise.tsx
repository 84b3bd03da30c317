/** A scenario as an exercise: before each fault the page asks what will come of it, and the run answers. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { before, predictionsOf, type Prediction, type Question } from '../model/predictions.ts';
import type { Run, Scenario, Step, Traffic } from '../run.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import { pageWords } from '../words/page.ts';
import { useTold } from './told.ts';

/** What of a scenario is shown while a question about the rest of it is open. */
export interface Shown {
  readonly scenario: Scenario;
  readonly run: Run;
  /** Whether there is more that is not shown. */
  readonly hides: boolean;
}

interface Props {
  readonly scenario: Scenario;
  readonly run: Run;
  readonly session: Session;
  readonly view: View;
  /** The panes of what may be seen. */
  readonly show: (shown: Shown) => JSX.Element;
}

export const isExercise = ({ tags }: Scenario): boolean => tags.includes('@predict');

/** The steps that are over before something happens, and the one in which it does. */
function stepsUntil(
  steps: readonly Step[],
  entry: EntryId,
): { over: readonly Step[]; next: Step | undefined } {
  const place = steps.findIndex((s) => s.entries !== undefined && s.entries[1] >= entry);
  return place < 0 ? { over: steps, next: undefined } : { over: steps.slice(0, place), next: steps[place] };
}

export function Exercise({ scenario, run, session, view, show }: Props): JSX.Element {
  const language = view.language.value;
  const words = pageWords(language);
  const traffic = useTold<readonly Traffic[] | undefined>(() => session.traffic(), undefined, [session]);
  const predictions = useMemo(
    () => (traffic === undefined ? [] : predictionsOf(run, traffic)),
    [run, traffic],
  );
  const stage = useSignal(0);
  /** What was chosen, by its question. */
  const chosen = useSignal<Readonly<Record<string, number>>>({});
  const current = predictions[stage.value];
  useEffect(() => {
    if (current !== undefined) view.at.value = before(run, current).endedAt;
  }, [current]);
  if (traffic === undefined) return <p class="hint">{words.replaying}</p>;
  const key = (prediction: number, question: Question): string => `${prediction} ${question.about}`;
  const { over, next } =
    current === undefined ? { over: scenario.steps } : stepsUntil(scenario.steps, current.entry);
  const shown: Shown =
    current === undefined
      ? { scenario, run, hides: false }
      : { scenario: { ...scenario, steps: over, notes: [] }, run: before(run, current), hides: true };
  return (
    <>
      <section class="exercise" aria-labelledby="exercise">
        <h2 id="exercise">{words.exercise}</h2>
        {predictions
          .slice(0, stage.value)
          .map((p, i) =>
            p.questions.map((question) => (
              <Answer
                key={key(i, question)}
                prediction={p}
                question={question}
                chosen={chosen.value[key(i, question)]!}
                language={language}
                go={(at) => (view.at.value = at)}
              />
            )),
          )}
        {current !== undefined && (
          <form
            onSubmit={(e) => {
              e.preventDefault();
              stage.value += 1;
            }}
          >
            <p>
              {words.nextHappens(printClock(current.at))} <strong>{next?.text ?? ''}</strong>
            </p>
            {current.questions.map((question) => (
              <fieldset key={question.about}>
                <legend>{words.questions[question.about]}</legend>
                {question.choices.map((_, i) => (
                  <label key={i}>
                    <input
                      type="radio"
                      required
                      name={key(stage.value, question)}
                      checked={chosen.value[key(stage.value, question)] === i}
                      onChange={() => {
                        chosen.value = { ...chosen.value, [key(stage.value, question)]: i };
                      }}
                    />{' '}
                    {choiceOf(question, i, language)}
                  </label>
                ))}
              </fieldset>
            ))}
            <button type="submit">{words.see}</button>
          </form>
        )}
      </section>
      {show(shown)}
    </>
  );
}

/** `357 s`, a number, names of Pods. */
function choiceOf(question: Question, place: number, language: Language): string {
  const words = pageWords(language);
  const choice = question.choices[place];
  if (choice === undefined) return words.notAgain;
  if (typeof choice === 'object') return choice.length === 0 ? words.nobody : choice.join(', ');
  if (question.about !== 'recovered') return String(choice);
  return `${choice < 10_000 ? Math.round(choice / 100) / 10 : Math.round(choice / 1000)} s`;
}

interface AnswerProps {
  readonly prediction: Prediction;
  readonly question: Question;
  readonly chosen: number;
  readonly language: Language;
  readonly go: (at: Millis) => void;
}

/** What was thought, and what came. */
function Answer({ prediction, question, chosen, language, go }: AnswerProps): JSX.Element {
  const words = pageWords(language);
  const isRight = chosen === question.right;
  return (
    <p class={isRight ? 'answer right' : 'answer wrong'}>
      {isRight ? '✓' : '✗'} {printClock(prediction.at)} · {words.questions[question.about]}{' '}
      {words.youSaid(choiceOf(question, chosen, language))}{' '}
      <strong>{words.itWas(choiceOf(question, question.right, language))}</strong>{' '}
      <button type="button" class="clock" onClick={() => go(question.seenAt)}>
        {printClock(question.seenAt)}
      </button>
    </p>
  );
}
