/** The playground as a whole: a live cluster, what is done to it, and how it is looked at. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { Lanes } from '../../view/components/lanes.tsx';
import { axisOfRuns, Hatches } from '../../view/components/picture.tsx';
import type { View } from '../../view/view.ts';
import type { Level } from '../level.ts';
import type { LivePage, Shown } from './livesession.ts';
import { TerminalPane } from './terminalpane.tsx';
import { TimeBar } from './timebar.tsx';
import { playgroundWords } from './words.ts';

interface Props {
  readonly page: LivePage;
  readonly view: View;
  readonly level: Level | undefined;
  readonly restart: () => void;
}

export function Playground({ page, view, level, restart }: Props): JSX.Element {
  const shown = page.shown.value;
  if (shown === undefined) return <p role="status">{playgroundWords(view.language.value).loading}</p>;
  return <Stage page={page} view={view} level={level} restart={restart} shown={shown} />;
}

/** Nobody waits for them to see the cluster. */
async function loadPanes() {
  const { Doing, EditorPane, LevelPane, Telling } = await import('./sidepanes.tsx');
  return { Doing, EditorPane, LevelPane, Telling };
}
type Panes = Awaited<ReturnType<typeof loadPanes>>;

function Stage({ page, view, level, restart, shown }: Props & { readonly shown: Shown }): JSX.Element {
  const language = view.language.value;
  const words = playgroundWords(language);
  const others = useSignal<Panes | undefined>(undefined);
  useEffect(() => void loadPanes().then((loaded) => (others.value = loaded)), []);
  /** Looks along with the time, until somebody looks at a moment. */
  const follows = useSignal(true);
  const at = follows.value ? shown.now : Math.min(view.at.value, shown.now);
  const go = (to: Millis, entry?: EntryId): void => {
    follows.value = to >= shown.now;
    view.at.value = to;
    view.chosen.value = entry ?? shown.entries.findLast((e) => e.at >= 0 && e.at <= to)?.id;
  };
  const axis = useMemo(() => axisOfRuns([shown], shown.steps), [shown]);
  const panes = others.value;
  const common = { page, shown, at, language };
  return (
    <>
      <Hatches />
      <TimeBar {...common} follow={() => (follows.value = true)} />
      <div class="panes play">
        <div class="side">
          {level !== undefined && panes !== undefined && (
            <panes.LevelPane level={level} shown={shown} language={language} restart={restart} />
          )}
          <section class="pane" aria-labelledby="pane-terminal">
            <h2 id="pane-terminal">{words.terminal}</h2>
            <TerminalPane page={page} language={language} />
          </section>
          {panes !== undefined && <panes.EditorPane page={page} language={language} />}
        </div>
        <div class="middle">
          {panes !== undefined && <panes.Doing {...common} />}
          <section class="pane" aria-labelledby="pane-lanes">
            <h2 id="pane-lanes">{words.lanes}</h2>
            <Lanes run={shown} steps={shown.steps} axis={axis} language={language} at={at} choose={go} />
          </section>
        </div>
        <div class="side">
          {panes !== undefined && (
            <panes.Telling {...common} view={view} choose={(entry) => go(entry.at, entry.id)} />
          )}
        </div>
      </div>
    </>
  );
}
