/** What a change did to its object, a line a field. */
import type { JSX } from 'preact';
import type { Language } from '../../messages/index.ts';
import { visible } from '../../messages/visible.ts';
import { differences } from '../model/differences.ts';
import type { Difference } from '../session.ts';
import { pageWords } from '../words/page.ts';

interface Props {
  readonly difference: Difference;
  readonly language: Language;
}

export function DifferenceLines({ difference: { before, after }, language }: Props): JSX.Element | null {
  if (before === undefined) return null;
  const lines = differences(before, after);
  if (lines.length === 0) return <p class="hint">{pageWords(language).unchanged}</p>;
  return (
    <pre class="difference" tabindex={0}>
      {lines.map(({ sign, text }, i) => (
        <span key={i} class={sign === '+' ? 'added' : 'removed'}>
          {`${sign} ${visible(text)}\n`}
        </span>
      ))}
    </pre>
  );
}
