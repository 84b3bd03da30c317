/** One scenario with one cursor of time that all panes share. */
import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { momentsOf } from '../model/moments.ts';
import type { Run, Scenario, Step } from '../run.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import { pageWords } from '../words/page.ts';
import { Teller } from '../words/tellings.ts';
import { Availability } from './availability.tsx';
import { Events } from './events.tsx';
import { Exercise, isExercise, type Shown } from './exercise.tsx';
import { Lanes } from './lanes.tsx';
import { Objects } from './objects.tsx';
import { ClusterMap } from './map.tsx';
import { Changes, Kubectl, Why } from './panes.tsx';
import { axisOfRuns, Hatches } from './picture.tsx';
import { ResultMark, Story } from './story.tsx';
import { WhatIf } from './whatif.tsx';

/** How a run is answered for: by what was recorded, until it has been replayed. */
export type Standing = 'replaying' | 'replayed' | 'differs' | 'notReplayable';

export interface Opened {
  readonly session: Session;
  readonly standing: Standing;
}

interface Props {
  readonly scenario: Scenario;
  readonly view: View;
  /** Opens a run; tells again when it is better known. */
  readonly open: (run: Run, opened: (is: Opened) => void) => void;
}

export function ScenarioPage({ scenario, view, open }: Props): JSX.Element {
  const language = view.language.value;
  const words = pageWords(language);
  const { run } = scenario;
  return (
    <main>
      <Hatches />
      <h1>
        <ResultMark result={scenario.result} language={language} /> {scenario.name || scenario.id}
      </h1>
      <p class="uri">
        {scenario.id}
        {run === undefined ? '' : ` · ${words.seed} ${run.seed}`}
      </p>
      {run === undefined || (run.truths.length === 0 && run.bare !== true) ? (
        <>
          <p class="hint">{words.noRun}</p>
          <Story scenario={scenario} language={language} />
        </>
      ) : (
        <Opening scenario={scenario} run={run} view={view} open={open} />
      )}
    </main>
  );
}

/** Whether keys are for what they are typed into. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== 'range');

interface Walk {
  readonly run: Run;
  readonly scenario: Scenario;
  readonly view: View;
  readonly go: (at: Millis, entry?: EntryId) => void;
}

/** The next time after, or before, a moment. */
const beside = (times: readonly Millis[], at: Millis, forwards: boolean): Millis | undefined =>
  forwards ? times.find((t) => t > at) : times.findLast((t) => t < at);

/** Moves as a key asks. @returns whether it asks for anything */
function walk(key: string, shift: boolean, { run, scenario, view, go }: Walk): boolean {
  const ascending = (times: readonly Millis[]): Millis[] => [...new Set(times)].sort((a, b) => a - b);
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const times = shift
      ? scenario.steps.flatMap((s) => (s.from === undefined ? [] : [s.from]))
      : run.entries.filter((e) => e.at >= 0).map((e) => e.at);
    const to = beside(ascending(times), view.at.value, key === 'ArrowRight');
    if (to !== undefined) go(to);
    return true;
  }
  if (key === 'f' || key === 'F') {
    const moments = momentsOf(run, scenario.steps);
    const first = moments.find((m) => m.kind === 'broke') ?? moments.find((m) => m.kind === 'struck');
    if (first !== undefined) go(first.at, first.entry);
    return true;
  }
  if (key !== '/') return false;
  document.getElementById('search')?.focus();
  return true;
}

/** Opens a run; an exercise shows only what of it may be known yet. */
function Opening({ scenario, run, view, open }: Props & { readonly run: Run }): JSX.Element {
  const opened = useSignal<Opened | undefined>(undefined);
  useEffect(() => open(run, (is) => (opened.value = is)), [run]);
  const is = opened.value;
  const language = view.language.value;
  const { session, standing = 'replaying' } = is ?? {};
  const whole = useMemo(
    () => (session === undefined ? run : { ...run, entries: session.entries, truths: session.truths }),
    [run, session],
  );
  if (whole.truths.length === 0 || (standing === 'replaying' && isExercise(scenario)))
    return (
      <>
        <p class="standing" data-standing={standing} role="status">
          {pageWords(language)[standing]}
        </p>
        {!isExercise(scenario) && <Story scenario={scenario} language={language} />}
      </>
    );
  const known = { ...scenario, run: whole };
  if (session === undefined || !isExercise(scenario))
    return <Panes scenario={known} run={whole} view={view} opened={is} hides={false} />;
  const show = (shown: Shown): JSX.Element => <Panes {...shown} view={view} opened={is} />;
  return <Exercise scenario={known} run={whole} session={session} view={view} show={show} />;
}

interface PanesProps extends Shown {
  readonly view: View;
  readonly opened: Opened | undefined;
}

function Panes({ scenario, run, view, opened: is, hides }: PanesProps): JSX.Element {
  const language = view.language.value;
  const words = pageWords(language);
  const teller = useMemo(() => new Teller(run.entries, scenario.steps), [run]);
  const go = (at: Millis, entry?: EntryId): void => {
    view.at.value = Math.min(run.endedAt, Math.max(0, at));
    view.chosen.value = entry ?? run.entries.findLast((e) => e.at >= 0 && e.at <= at)?.id;
  };
  useEffect(() => {
    const onKey = (e: KeyboardEvent): void => {
      if (e.altKey || e.ctrlKey || e.metaKey || isTyping(e.target)) return;
      if (walk(e.key, e.shiftKey, { run, scenario, view, go })) e.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [run]);
  const at = view.at.value;
  const axis = useMemo(() => axisOfRuns([run], scenario.steps), [run, scenario]);
  const current = useComputed(() =>
    scenario.steps.findLastIndex((s) => s.from !== undefined && s.from <= view.at.value),
  ).value;
  const key = (name: string, shift = false): void => void walk(name, shift, { run, scenario, view, go });
  return (
    <>
      <div class="clockbar">
        <button type="button" onClick={() => key('ArrowLeft')} aria-label={words.previous}>
          ◀
        </button>
        <output class="now" aria-label={words.time}>
          {printClock(at)}
        </output>
        <button type="button" onClick={() => key('ArrowRight')} aria-label={words.next}>
          ▶
        </button>
        <button type="button" onClick={() => key('F')}>
          {words.firstFailure}
        </button>
        {is !== undefined && (
          <span class={`standing ${is.standing}`} data-standing={is.standing} role="status">
            {words[is.standing]}
          </span>
        )}
        <span class="keys">{words.keys}</span>
      </div>
      <div class="panes">
        <section class="pane story" aria-labelledby="pane-story">
          <h2 id="pane-story">{words.story}</h2>
          <Story
            scenario={scenario}
            language={language}
            current={current}
            choose={(step: Step) => go(step.from!, step.entries?.[0])}
            chooseEntry={(entry) => go(entry.at, entry.id)}
          />
        </section>
        <div class="middle">
          <section class="pane" aria-labelledby="pane-lanes">
            <h2 id="pane-lanes">{words.lanes}</h2>
            <Lanes run={run} steps={scenario.steps} axis={axis} language={language} at={at} choose={go} />
            <Availability
              run={run}
              session={hides ? undefined : is?.session}
              axis={axis}
              language={language}
              at={at}
            />
          </section>
          <section class="pane" aria-labelledby="pane-cluster">
            <h2 id="pane-cluster">
              {words.cluster} · {printClock(at)}
            </h2>
            <ClusterMap truths={run.truths} session={is?.session} at={at} language={language} />
          </section>
          {is !== undefined && is.standing === 'replayed' && (
            <section class="pane" aria-labelledby="pane-kubectl">
              <h2 id="pane-kubectl">
                {words.kubectl} · {printClock(at)}
              </h2>
              <Kubectl session={is.session} at={at} language={language} />
            </section>
          )}
        </div>
        <div class="side">
          <section class="pane" aria-labelledby="pane-why">
            <h2 id="pane-why">{words.why}</h2>
            {is !== undefined && (
              <Why
                session={is.session}
                teller={teller}
                language={language}
                chosen={view.chosen.value}
                choose={(entry) => go(entry.at, entry.id)}
              />
            )}
          </section>
          <section class="pane" aria-labelledby="pane-changes">
            <h2 id="pane-changes">{words.changes}</h2>
            <Changes
              entries={run.entries}
              teller={teller}
              language={language}
              at={at}
              chosen={view.chosen.value}
              choose={(entry) => go(entry.at, entry.id)}
            />
          </section>
        </div>
      </div>
      <div class="below">
        <section class="pane" aria-labelledby="pane-events">
          <h2 id="pane-events">
            {words.events} · {printClock(at)}
          </h2>
          <Events
            entries={run.entries}
            language={language}
            at={at}
            choose={(entry) => go(entry.at, entry.id)}
          />
        </section>
        {is !== undefined && (
          <section class="pane" aria-labelledby="pane-objects">
            <h2 id="pane-objects">
              {words.objects} · {printClock(at)}
            </h2>
            <Objects
              session={is.session}
              language={language}
              at={at}
              choose={(entry) => go(entry.at, entry.id)}
            />
          </section>
        )}
      </div>
      {!hides && is?.standing === 'replayed' && (
        <section class="pane" aria-labelledby="pane-whatif">
          <h2 id="pane-whatif">{words.whatIf}</h2>
          <WhatIf
            session={is.session}
            run={run}
            steps={scenario.steps}
            name={scenario.name || scenario.id}
            at={at}
            language={language}
            choose={go}
          />
        </section>
      )}
    </>
  );
}
