/** The warnings of a scenario, as every report words them. */
import { say, wordsOf, type Language } from '../messages/index.ts';
import type { ScenarioRecord } from './record.ts';

export interface ToldWarning {
  readonly weight: 'warning' | 'note';
  /** `warning: line 12, pod "shpo" is gone: there was no Pod "shpo" …` */
  readonly text: string;
}

export function warningsOf({ play, steps }: ScenarioRecord, language: Language): ToldWarning[] {
  return (play?.warnings ?? []).map((warning) => {
    const { weight, operation } = warning;
    const step = operation === undefined ? undefined : steps.find((s) => s.operation === operation);
    const of =
      step === undefined
        ? ''
        : `${say('ofStep', { line: step.line, step: step.text.replace(/:$/, '') }, language)} `;
    return { weight, text: `${say(weight, {}, language)} ${of}${wordsOf(warning, language)}` };
  });
}
