/** The path of a line as text. */
import type { Language } from '../../messages/index.ts';
import type { Explanation, Stage } from './follow.ts';
import { WORDS } from './words.ts';

const SECOND_MS = 1000;

const ms = (of: number): string => (of < SECOND_MS ? `${of} ms` : `${(of / SECOND_MS).toFixed(2)} s`);

/** `+26 ms … +3.15 s (3.12 s)`; '' for a stage that was not entered. */
function times({ fromMs, toMs }: Stage): string {
  if (fromMs === undefined) return '';
  if (toMs === undefined) return `+${ms(fromMs)} …`;
  return toMs === fromMs ? `+${ms(toMs)}` : `+${ms(fromMs)} … +${ms(toMs)} (${ms(toMs - fromMs)})`;
}

/** How wide a terminal shows a text: signs of East Asian scripts take two columns. */
const widthOf = (text: string): number =>
  [...text].reduce((width, sign) => width + (/[\u3000-\u9fff\uff00-\uffef]/.test(sign) ? 2 : 1), 0);

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/**
 * One line a stage, what there is to say of it below.
 * @example
 * explanationText(follow(scenario, 'kubectl create deployment web --image=nginx'), 'en')
 */
export function explanationText({ line, stdout, stderr, stages }: Explanation, language: Language): string {
  const words = WORDS[language];
  const rows = stages.map((stage) => [
    words.stages[stage.stage],
    words.outcomes[stage.outcome],
    times(stage),
  ]) as [string, string, string][];
  const [first, second] = [0, 1].map((i) => Math.max(...rows.map((row) => widthOf(row[i]!)))) as [
    number,
    number,
  ];
  const out = [words.head(line), ''];
  for (const [i, [name, outcome, time]] of rows.entries()) {
    out.push(`${padded(name, first)}  ${padded(outcome, second)}  ${time}`.trimEnd());
    for (const { key, args } of stages[i]!.details)
      out.push(
        ...words.details[key](...args)
          .split('\n')
          .map((text) => `    ${text}`),
      );
  }
  const printed = `${stdout}${stderr}`.trimEnd();
  if (printed !== '') out.push('', words.printed, ...printed.split('\n').map((text) => `    ${text}`));
  return [...out, '', words.timeless].join('\n');
}
