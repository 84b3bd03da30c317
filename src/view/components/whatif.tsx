/** What would have come of it: a fork of a run, what is done to it, and both runs side by side. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { outcomeOf, type Outcome } from '../model/availability.ts';
import type { Happened, Step } from '../run.ts';
import type { LiveSession, Session } from '../session.ts';
import { pageWords } from '../words/page.ts';
import { Lanes } from './lanes.tsx';
import { Palette } from './palette.tsx';
import { axisOfRuns } from './picture.tsx';
import { StepList } from './story.tsx';

interface Props {
  readonly session: Session;
  readonly run: Happened;
  readonly steps: readonly Step[];
  /** Of the feature that is saved. */
  readonly name: string;
  readonly at: Millis;
  readonly language: Language;
  readonly choose: (at: Millis, entry?: EntryId) => void;
}

interface Fork {
  readonly session: LiveSession;
  readonly from: Millis;
}

export function WhatIf(props: Props): JSX.Element {
  const { session, at, language } = props;
  const words = pageWords(language);
  const fork = useSignal<Fork | undefined>(undefined);
  const problem = useSignal('');
  const isBusy = useSignal(false);
  const attempt = (act: () => Promise<unknown>): void => {
    isBusy.value = true;
    problem.value = '';
    act().then(
      () => (isBusy.value = false),
      (error: unknown) => {
        problem.value = (error as Error).message;
        isBusy.value = false;
      },
    );
  };
  const begin = async (): Promise<void> => {
    const begun = await session.fork(at, language);
    fork.value = { session: begun, from: begun.endedAt };
  };
  return (
    <div class="whatif" aria-busy={isBusy.value}>
      <p class="hint">{words.whatIfAbout}</p>
      <button type="button" disabled={isBusy.value} onClick={() => attempt(begin)}>
        {`${words.forkHere} (${printClock(at)})`}
      </button>
      {problem.value !== '' && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      {fork.value !== undefined && (
        <Forked
          key={fork.value.session}
          {...props}
          fork={fork.value}
          attempt={attempt}
          isBusy={isBusy.value}
        />
      )}
    </div>
  );
}

interface ForkedProps extends Props {
  readonly fork: Fork;
  readonly isBusy: boolean;
  readonly attempt: (act: () => Promise<unknown>) => void;
}

const MINUTE = 60_000;

function Forked({
  fork: { session, from },
  run,
  steps,
  name,
  at,
  language,
  choose,
  isBusy,
  attempt,
}: ForkedProps) {
  const words = pageWords(language);
  const changes = useSignal(0);
  const saved = useSignal<{ readonly feature: string; readonly hash: string } | undefined>(undefined);
  const goesOn = useSignal(session.ahead.length > 0);
  useEffect(
    () =>
      session.watch(() => {
        changes.value += 1;
        saved.value = undefined;
      }),
    [session],
  );
  // What has changed is read of the session itself.
  void changes.value;
  const goOn = async (): Promise<void> => {
    goesOn.value = false;
    for (const operation of session.ahead) await session.play(operation);
  };
  const save = async (): Promise<void> => {
    const feature = await session.save(`${words.whatIf}: ${name}`);
    saved.value = { feature, hash: await session.hash() };
  };
  const axis = axisOfRuns([run, session], steps);
  return (
    <div class="forked">
      <div>
        <h3>
          {words.whatIf} · {printClock(from)} → {printClock(session.endedAt)}
        </h3>
        <Palette
          session={session}
          at={session.endedAt}
          language={language}
          play={({ operation }) => attempt(() => session.play(operation))}
        />
        <p class="acts">
          {goesOn.value && (
            <button type="button" disabled={isBusy} onClick={() => attempt(goOn)}>
              {words.goOn}
            </button>
          )}{' '}
          {[MINUTE, 10 * MINUTE].map((ms) => (
            <button
              key={ms}
              type="button"
              disabled={isBusy}
              onClick={() => attempt(() => session.advance(ms))}
            >
              {words.later(ms / 60_000)}
            </button>
          ))}{' '}
          <button type="button" disabled={isBusy} onClick={() => attempt(save)}>
            {words.save}
          </button>
        </p>
        {session.steps.length > 0 && <StepList steps={session.steps} language={language} />}
        {saved.value !== undefined && <Saved {...saved.value} language={language} />}
      </div>
      <div>
        <Lanes
          run={run}
          steps={steps}
          axis={axis}
          language={language}
          at={at}
          title={words.asItWas}
          choose={choose}
        />
        <Lanes
          run={session}
          steps={session.steps}
          axis={axis}
          language={language}
          at={at}
          title={words.whatIf}
          choose={choose}
        />
        <Comparison before={outcomeOf(run, from)} after={outcomeOf(session, from)} language={language} />
      </div>
    </div>
  );
}

/** The feature, to be kept. */
function Saved({
  feature,
  hash,
  language,
}: {
  feature: string;
  hash: string;
  language: Language;
}): JSX.Element {
  const words = pageWords(language);
  const href = useSignal('');
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([feature], { type: 'text/plain' }));
    href.value = url;
    return () => URL.revokeObjectURL(url);
  }, [feature]);
  return (
    <div class="saved">
      <p>
        <a href={href.value} download="what-if.feature">
          what-if.feature
        </a>{' '}
        {words.savedAbout}{' '}
        <span class="clock">
          {words.history} <code>{hash}</code>
        </span>
      </p>
      <pre tabindex={0}>{feature}</pre>
    </div>
  );
}

/** From the fork on, in numbers. */
function Comparison({
  before,
  after,
  language,
}: {
  before: Outcome;
  after: Outcome;
  language: Language;
}): JSX.Element {
  const words = pageWords(language);
  const time = (ms: Millis): string => `${Math.round(ms / 100) / 10} s`;
  const count = (n: number): string => (n === Number.MAX_SAFE_INTEGER ? '–' : String(n));
  const rows: readonly (readonly [string, string, string])[] = [
    [words.fewestServing, count(before.fewestServing), count(after.fewestServing)],
    [words.noneServed, time(before.noneServedMs), time(after.noneServedMs)],
    [words.requestsFailed, time(before.requestsFailedMs), time(after.requestsFailedMs)],
  ];
  return (
    <table class="comparison">
      <thead>
        <tr>
          <th scope="col">{words.sinceFork}</th>
          <th scope="col">{words.asItWas}</th>
          <th scope="col">{words.whatIf}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([what, was, is]) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{was}</td>
            <td>{is}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
