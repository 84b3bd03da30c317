/** The panes that come when there is a cluster to look at: what is done to it, and why things happened. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { Palette } from '../../view/components/palette.tsx';
import { ClusterMap } from '../../view/components/map.tsx';
import { Changes, Why } from '../../view/components/panes.tsx';
import { StepList } from '../../view/components/story.tsx';
import type { Entry } from '../../view/run.ts';
import type { View } from '../../view/view.ts';
import { Teller } from '../../view/words/tellings.ts';
import type { LivePage, Shown } from './livesession.ts';
import { FAULT_TYPE, Shelf } from './shelf.tsx';
import { playgroundWords } from './words.ts';

export { EditorPane } from './editorpane.tsx';
export { LevelPane } from './levelpane.tsx';

/** Of a long life the newest changes are listed. */
const LISTED = 400;

interface Props {
  readonly page: LivePage;
  readonly shown: Shown;
  readonly at: Millis;
  readonly language: Language;
}

/** A fault that was chosen, or dropped onto something: the palette begins with it. */
interface Aimed {
  readonly kind: string;
  readonly target?: string;
}

/** The cluster, and what can be done to it. */
export function Doing({ page, shown, at, language }: Props): JSX.Element {
  const words = playgroundWords(language);
  const aimed = useSignal<Aimed | undefined>(undefined);
  const problem = useSignal('');
  return (
    <>
      <section class="pane" aria-labelledby="pane-map">
        <h2 id="pane-map">
          {words.map} · {printClock(at)}
        </h2>
        <DropZone aim={(to) => (aimed.value = to)}>
          <ClusterMap
            truths={shown.truths}
            // While time runs, nobody follows single requests.
            session={shown.running === 'stand' ? page : undefined}
            at={at}
            language={language}
          />
        </DropZone>
      </section>
      <section class="pane" aria-labelledby="pane-faults">
        <h2 id="pane-faults">{words.faults}</h2>
        <p class="hint">{words.faultsHint}</p>
        <Palette
          session={page}
          at={shown.now}
          language={language}
          {...(aimed.value === undefined ? {} : { aimed: aimed.value })}
          play={({ operation }) => {
            problem.value = '';
            page
              .ask({ ask: 'play', operation })
              .catch((error: unknown) => (problem.value = (error as Error).message));
          }}
        />
        {problem.value !== '' && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        <Shelf page={page} language={language} choose={(kind) => (aimed.value = { kind })} />
      </section>
    </>
  );
}

interface ToldProps extends Props {
  readonly view: View;
  readonly choose: (entry: Entry) => void;
}

/** What was done, what came of it, and why. */
export function Telling({ page, shown, at, language, view, choose }: ToldProps): JSX.Element {
  const words = playgroundWords(language);
  const { entries, steps } = shown;
  const teller = useMemo(() => new Teller(entries, steps), [entries, steps]);
  const recent = useMemo(() => entries.slice(-LISTED), [entries]);
  const chosen = view.chosen.value;
  return (
    <>
      <section class="pane" aria-labelledby="pane-story">
        <h2 id="pane-story">{words.story}</h2>
        <StepList steps={steps} language={language} />
      </section>
      <section class="pane" aria-labelledby="pane-why">
        <h2 id="pane-why">{words.why}</h2>
        <Why session={page} teller={teller} language={language} chosen={chosen} choose={choose} />
      </section>
      <section class="pane" aria-labelledby="pane-changes">
        <h2 id="pane-changes">{words.changes}</h2>
        <Changes
          entries={recent}
          teller={teller}
          language={language}
          at={at}
          chosen={chosen}
          choose={choose}
        />
      </section>
    </>
  );
}

interface DropZoneProps {
  readonly aim: (to: Aimed) => void;
  readonly children: ComponentChildren;
}

/** Where faults are dropped onto nodes and Pods of the map. */
function DropZone({ aim, children }: DropZoneProps): JSX.Element {
  return (
    <div
      onDragOver={(e) => {
        if (e.dataTransfer?.types.includes(FAULT_TYPE) === true) e.preventDefault();
      }}
      onDrop={(e) => {
        const [kind = '', of] = (e.dataTransfer?.getData(FAULT_TYPE) ?? '').split(' ');
        if (kind === '') return;
        e.preventDefault();
        // A Pod stands within its node, where a fault of nodes means that.
        const hit = (e.target as Element).closest<SVGElement>(`[data-of=${of === 'node' ? 'node' : 'pod'}]`);
        const target = hit?.dataset['target'];
        aim(target === undefined ? { kind } : { kind, target });
      }}
    >
      {children}
    </div>
  );
}
