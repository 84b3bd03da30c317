/** A scenario as it is read: its steps with the time they took, what was printed, what was found. */
import type { JSX } from 'preact';
import { printClock } from '../../chaos/duration.ts';
import type { Language } from '../../messages/index.ts';
import { metText } from '../../messages/struck.ts';
import type { EntryId } from '../../sim/kernel/types.ts';
import type { Entry, Scenario, Step } from '../run.ts';
import { chainOf } from '../session.ts';
import { pageWords } from '../words/page.ts';
import { Teller } from '../words/tellings.ts';

const MARKS = { passed: '✓', skipped: '–', failed: '✗', invalid: '!', defect: '!!' } as const;

/** A result as a sign and a word, so that no colour has to be told apart. */
export function ResultMark({
  result,
  language,
}: {
  result: Scenario['result'];
  language: Language;
}): JSX.Element {
  return (
    <span class={`mark ${result}`} role="img" aria-label={pageWords(language).results[result]}>
      {MARKS[result]}
    </span>
  );
}

/** What was written beside a feature or a scenario: paragraphs, their lines joined. */
export function Prose({ text }: { text: string }): JSX.Element {
  const paragraphs = text.split(/\n\s*\n/).filter((p) => p.trim() !== '');
  return (
    <>
      {paragraphs.map((paragraph, i) => (
        <p class="prose" key={i}>
          {paragraph}
        </p>
      ))}
    </>
  );
}

interface ChainProps {
  readonly chain: readonly Entry[];
  readonly teller: Teller;
  readonly language: Language;
  /** Without, nothing can be chosen. */
  readonly choose?: (entry: Entry) => void;
}

/** The chain of causes, from what is asked about back to the step. */
export function Chain({ chain, teller, language, choose }: ChainProps): JSX.Element {
  return (
    <ol class="chain">
      {chain.map((entry) => (
        <li key={entry.id}>
          {choose === undefined ? (
            <span class="clock">{printClock(entry.at)}</span>
          ) : (
            <button type="button" class="clock" onClick={() => choose(entry)}>
              {printClock(entry.at)}
            </button>
          )}{' '}
          {teller.tell(entry, language)}
        </li>
      ))}
    </ol>
  );
}

export function timeOf({ from, to }: Step): string {
  if (from === undefined || to === undefined) return '';
  const [a, b] = [printClock(from), printClock(to)];
  return a === b ? a : `${a} → ${b}`;
}

export function Found({ step, language }: { step: Step; language: Language }): JSX.Element | null {
  const words = pageWords(language);
  const { verdict, problem, expected, counterexample } = step;
  if (problem === undefined && verdict?.holds !== false) return null;
  return (
    <div class={expected ? 'problem expected' : 'problem'}>
      {expected && <p>{words.expected}</p>}
      {verdict?.holds === false ? (
        <>
          <p>
            {words.broken} <strong>{printClock(verdict.at)}</strong>
            {verdict.found === undefined ? '' : `; ${words.found}: ${verdict.found}`}
          </p>
          {verdict.tables !== undefined && <pre tabindex={0}>{verdict.tables}</pre>}
        </>
      ) : (
        <pre tabindex={0}>{problem}</pre>
      )}
      {counterexample !== undefined && (
        <details>
          <summary>{words.counterexample}</summary>
          <pre tabindex={0}>{counterexample}</pre>
        </details>
      )}
    </div>
  );
}

/** Why a claim broke. */
export function Causes({
  step: { verdict },
  byId,
  ...told
}: Omit<ChainProps, 'chain'> & {
  readonly step: Step;
  readonly byId: ReadonlyMap<EntryId, Entry>;
}): JSX.Element | null {
  if (verdict?.holds !== false || verdict.entry === undefined) return null;
  const chain = chainOf(byId, verdict.entry);
  if (chain.length === 0) return null;
  return (
    <div class="because">
      <p class="title">{pageWords(told.language).why}</p>
      <Chain chain={chain} {...told} />
    </div>
  );
}

/** A kubectl line as it was typed. */
export const typed = (line: string): string => `$ ${line.startsWith('kubectl') ? line : `kubectl ${line}`}`;

interface StepProps {
  readonly step: Step;
  readonly language: Language;
  readonly current: boolean;
  readonly choose?: (step: Step) => void;
  readonly causes?: JSX.Element | null;
}

function StepItem({ step, language, current, choose, causes }: StepProps): JSX.Element {
  const said = (
    <>
      <span class="keyword">{step.keyword}</span>
      {step.text}
    </>
  );
  return (
    <li class={current ? 'step current' : 'step'} {...(current ? { 'aria-current': 'step' as const } : {})}>
      <div class="line">
        <ResultMark result={step.result} language={language} />
        <div>
          {choose === undefined || step.from === undefined ? (
            <span>{said}</span>
          ) : (
            <button type="button" class="said" onClick={() => choose(step)}>
              {said}
            </button>
          )}{' '}
          <span class="clock">{timeOf(step)}</span>
        </div>
      </div>
      {step.docString !== undefined && (
        <pre class="given" tabindex={0}>
          {step.docString}
        </pre>
      )}
      {step.table !== undefined && (
        <table class="given">
          <tbody>
            {step.table.map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) => (
                  <td key={j}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {step.strikes.map(({ kind, targets }, i) => (
        <p class="strike" key={i}>
          ⚡ {kind} {pageWords(language).struckBy}:{' '}
          {targets.map((target) => metText(target, language)).join(', ')}
        </p>
      ))}
      {step.printed.map(({ line, output }, i) => (
        <pre class="terminal" tabindex={0} key={i}>
          <span class="prompt">{typed(line)}</span>
          {`\n${output.trimEnd()}`}
        </pre>
      ))}
      <Found step={step} language={language} />
      {causes}
    </li>
  );
}

/** Steps that were played by themselves. */
export function StepList({ steps, language }: { steps: readonly Step[]; language: Language }): JSX.Element {
  return (
    <ol class="steps">
      {steps.map((step, i) => (
        <StepItem key={i} step={step} language={language} current={false} />
      ))}
    </ol>
  );
}

export interface StoryProps {
  readonly scenario: Scenario;
  readonly language: Language;
  /** The step that the cursor is in, by its place. */
  readonly current?: number;
  readonly choose?: (step: Step) => void;
  readonly chooseEntry?: (entry: Entry) => void;
}

export function Story({ scenario, language, current, choose, chooseEntry }: StoryProps): JSX.Element {
  const entries = scenario.run?.entries ?? [];
  const teller = new Teller(entries, scenario.steps);
  const byId = new Map(entries.map((e) => [e.id, e]));
  return (
    <>
      <Prose text={scenario.description} />
      <ol class="steps">
        {scenario.steps.map((step, i) => (
          <StepItem
            key={i}
            step={step}
            language={language}
            current={i === current}
            {...(choose === undefined ? {} : { choose })}
            causes={
              <Causes
                step={step}
                byId={byId}
                teller={teller}
                language={language}
                {...(chooseEntry ? { choose: chooseEntry } : {})}
              />
            }
          />
        ))}
      </ol>
      {scenario.problem !== undefined && (
        <pre class="problem" tabindex={0}>
          {scenario.problem}
        </pre>
      )}
      {scenario.notes.map((note, i) => (
        <p class="note" key={i}>
          {note[language]}
        </p>
      ))}
    </>
  );
}
