/**
 * What a phrase is: one sentence in one language, and its operation. Building and rendering are each other's
 * inverse.
 */
import type { Operation } from '../operations/operation.ts';
import { printParameter } from './parameters.ts';
import { isPlural, type Target } from './targets.ts';

export type Keyword = 'Given' | 'When' | 'Then';
export type { Language } from '../../messages/index.ts';

/** A step's doc string, or the rows of its table. */
export type Attachment = string | readonly (readonly string[])[];

export interface Phrase {
  /** A Cucumber expression, the same text as the step definition's. */
  readonly expression: string;
  /**
   * Under which keyword it is printed, and which meaning a sentence has that means two things (`node "x" is
   * cordoned`).
   */
  readonly keyword: Keyword;
  readonly attachment?: 'docString' | 'table';
  /** How many arguments `build` takes. */
  readonly places: number;
  /** @param args the expression's parameters in order, then the attachment */
  readonly build: (...args: never[]) => Operation;
  /** The arguments from which `build` makes this operation; undefined when another phrase says it. */
  args(operation: Operation): readonly unknown[] | undefined;
}

/** A step of a feature, ready to print. */
export interface StepText {
  readonly keyword: Keyword;
  readonly text: string;
  readonly docString?: string;
  readonly table?: readonly (readonly string[])[];
}

/** Word choices of the language: [present or singular, past or plural …]. */
const PAST_OF: Readonly<Record<string, string>> = {
  is: 'was',
  are: 'were',
  has: 'had',
  allows: 'allowed',
  routes: 'routed',
  share: 'shared',
  answers: 'answered',
};

const TARGETS: ReadonlySet<string> = new Set(['nodes', 'nodeSet', 'pods', 'containers']);

/**
 * Writes an expression with its parameters filled in. Of `(s)`, `(es)` the plural is taken unless the number
 * before it is 1; of alternatives the first that fits number and tense (`is/are/was/were`), or the target
 * before it (`loses/lose`).
 */
export function fillExpression(expression: string, args: readonly unknown[]): string {
  let next = 0;
  let plural = true;
  let past = false;
  /** Whether what came last decides between the forms of a verb: `loses/lose`. */
  let agrees = false;
  const text = expression.replace(
    /\{(\w*)\}|\(([^)]*)\)|([\w]+(?:\/[\w]+)+)/g,
    (_, type?: string, optional?: string, choice?: string) => {
      if (type !== undefined) {
        const value = args[next];
        next += 1;
        if (type === 'int') plural = value !== 1;
        if (type === 'count') plural = (value as { count: number }).count !== 1;
        if (type === 'duration') plural = !/^1 /.test(printParameter(type, value));
        agrees = TARGETS.has(type);
        if (agrees) plural = isPlural(value as Target);
        if (type === 'moment' || type === 'during')
          past = ['every', 'never', 'sometimes'].includes((value as { mode: string }).mode);
        return printParameter(type, value);
      }
      if (optional !== undefined) {
        // "5 minutes pass", "1 minute passes": a verb's ending is the other way round.
        const verb = optional === 'es';
        return plural === !verb ? optional : '';
      }
      const options = choice!.split('/');
      if (agrees && options.length === 2) return options[plural ? 1 : 0]!;
      const number = options.includes('are') ? (plural ? 'are' : 'is') : options[0]!;
      const word = past ? (PAST_OF[number] ?? number) : number;
      return options.includes(word) ? word : options[0]!;
    },
  );
  return text;
}

export function renderWith(phrase: Phrase, operation: Operation): StepText | undefined {
  const args = phrase.args(operation);
  if (args === undefined) return undefined;
  if (phrase.attachment === undefined)
    return { keyword: phrase.keyword, text: fillExpression(phrase.expression, args) };
  const text = fillExpression(phrase.expression, args.slice(0, -1));
  const last = args[args.length - 1];
  return phrase.attachment === 'docString'
    ? { keyword: phrase.keyword, text, docString: last as string }
    : { keyword: phrase.keyword, text, table: last as readonly (readonly string[])[] };
}
