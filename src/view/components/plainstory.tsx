/**
 * A scenario as it is read without scripts: the same as in its story, in as little markup as that takes,
 * since a report holds hundreds of them.
 */
import type { JSX } from 'preact';
import type { Language } from '../../messages/index.ts';
import type { Scenario, Step } from '../run.ts';
import { pageWords } from '../words/page.ts';
import { Teller } from '../words/tellings.ts';
import { Causes, Found, Prose, ResultMark, timeOf, typed } from './story.tsx';

interface Props {
  readonly scenario: Scenario;
  readonly language: Language;
}

export function PlainStory({ scenario, language }: Props): JSX.Element {
  const entries = scenario.run?.entries ?? [];
  const teller = new Teller(entries, scenario.steps);
  const byId = new Map(entries.map((e) => [e.id, e]));
  return (
    <>
      <Prose text={scenario.description} />
      <ol class="plain">
        {scenario.steps.map((step, i) => (
          <li key={i}>
            <PlainStep step={step} language={language} />
            <Found step={step} language={language} />
            <Causes step={step} byId={byId} teller={teller} language={language} />
          </li>
        ))}
      </ol>
      {scenario.problem !== undefined && <pre class="problem">{scenario.problem}</pre>}
      {scenario.notes.map((note, i) => (
        <p class="note" key={i}>
          {note[language]}
        </p>
      ))}
    </>
  );
}

function PlainStep({ step, language }: { step: Step; language: Language }): JSX.Element {
  const { result, keyword, text, docString, table, strikes, printed } = step;
  const time = timeOf(step);
  return (
    <>
      {result === 'passed' ? '✓' : <ResultMark result={result} language={language} />}
      {` ${keyword}${text} `}
      {time !== '' && <small>{time}</small>}
      {docString !== undefined && <pre>{docString}</pre>}
      {table !== undefined && <pre>{table.map((row) => `| ${row.join(' | ')} |`).join('\n')}</pre>}
      {strikes.map(({ kind, targets }, i) => (
        <div key={i}>
          ⚡ {kind} {pageWords(language).struckBy}: {targets.join(', ')}
        </div>
      ))}
      {printed.map(({ line, output }, i) => (
        <pre key={i}>{`${typed(line)}\n${output.trimEnd()}`}</pre>
      ))}
    </>
  );
}
