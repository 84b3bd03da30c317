/** The panes beside the lanes: causes, changes, the cluster at the moment, kubectl. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { printClock } from '../../chaos/duration.ts';
import { visible } from '../../messages/visible.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Language } from '../../messages/index.ts';
import { apiState, factState, isApart, isNode, isPod, truthsAt } from '../model/lanes.ts';
import { differences } from '../model/differences.ts';
import type { Entry, Truth } from '../run.ts';
import type { Difference, Session } from '../session.ts';
import { CONCEPTS } from '../words/concepts.ts';
import { pageWords } from '../words/page.ts';
import type { Teller } from '../words/tellings.ts';
import { SIGNS } from './picture.tsx';
import { Chain } from './story.tsx';

interface WhyProps {
  readonly session: Session;
  readonly teller: Teller;
  readonly language: Language;
  readonly chosen: EntryId | undefined;
  readonly choose: (entry: Entry) => void;
}

const speaksOf = (entry: Entry): readonly string[] =>
  entry.type === 'api'
    ? [
        entry.kind,
        entry.event?.reason ?? '',
        ...entry.says.flatMap((m) => [m.key, String(m.args['type'] ?? '')]),
      ]
    : [entry.key];

/** Why something happened: the chain of causes, what the change did, and what the words mean. */
export function Why({ session, teller, language, chosen, choose }: WhyProps): JSX.Element {
  const words = pageWords(language);
  const difference = useSignal<Difference | undefined>(undefined);
  useEffect(() => {
    difference.value = undefined;
    if (chosen === undefined) return;
    let current = true;
    session.difference(chosen).then(
      (found) => {
        if (current) difference.value = found;
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [session, chosen]);
  if (chosen === undefined) return <p class="hint">{words.whyAbout}</p>;
  const chain = session.why(chosen);
  const spoken = new Set(chain.flatMap(speaksOf));
  const cards = CONCEPTS.filter((c) => c.met.some((m) => spoken.has(m))).slice(0, 4);
  const { before, after } = difference.value ?? {};
  const lines = before === undefined ? [] : differences(before, after);
  return (
    <>
      <Chain chain={chain} teller={teller} language={language} choose={choose} />
      {lines.length > 0 && (
        <details open>
          <summary>{words.differenceOf}</summary>
          <pre class="difference" tabindex={0}>
            {lines.map(({ sign, text }, i) => (
              <span key={i} class={sign === '+' ? 'added' : 'removed'}>
                {`${sign} ${visible(text)}\n`}
              </span>
            ))}
          </pre>
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

function StateWord({ truth, language }: { truth: Truth; language: Language }): JSX.Element {
  const words = pageWords(language);
  const [api, fact] = [apiState(truth), factState(truth)];
  return (
    <span class={isApart(truth) ? 'apart' : ''}>
      {words.api}: {words.states[api]} · {words.fact}: {words.states[fact]}
      {isApart(truth) ? ` ⚠ ${words.differ}` : ''}
    </span>
  );
}

/** Nodes with their Pods at the moment; a badge wherever API and fact differ. */
export function ClusterMap({
  truths,
  at,
  language,
}: {
  truths: readonly Truth[];
  at: Millis;
  language: Language;
}): JSX.Element {
  const now = truthsAt(truths, at);
  const pods = now.filter(isPod).filter((p) => apiState(p) !== 'absent' || p.running > 0);
  const nodes = now.filter(isNode).filter((n) => apiState(n) !== 'absent' || factState(n) !== 'absent');
  const homeless = pods.filter((p) => !nodes.some((n) => n.name === p.node));
  return (
    <div class="map">
      {nodes.map((node) => (
        <section key={node.name} class={isApart(node) ? 'node differs' : 'node'}>
          <h3>{node.name}</h3>
          <p>
            <StateWord truth={node} language={language} />
          </p>
          <ul>
            {pods
              .filter((p) => p.node === node.name)
              .map((pod) => (
                <li key={pod.uid}>
                  <span class={`chip ${apiState(pod)}`}>{SIGNS[apiState(pod)].letter}</span> {pod.name}{' '}
                  <small>
                    <StateWord truth={pod} language={language} />
                  </small>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {homeless.length > 0 && (
        <section class="node">
          <h3>{pageWords(language).unplaced}</h3>
          <ul>
            {homeless.map((pod) => (
              <li key={pod.uid}>
                {pod.name}{' '}
                <small>
                  <StateWord truth={pod} language={language} />
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
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
