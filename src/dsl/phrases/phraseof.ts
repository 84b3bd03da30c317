/** Short ways to write a phrase down. */
import type { FaultCall, FaultField, FaultPhrase } from '../../chaos/types.ts';
import { faultBuilder } from '../build.ts';
import type { Claim } from '../claims/types.ts';
import type { Operation, OperationName, OperationOf } from '../operations.ts';
import type { Phrase } from './phrase.ts';

export function phraseOf<N extends OperationName>(
  expression: string, keyword: Phrase['keyword'], op: N, build: Phrase['build'],
  args: (operation: OperationOf<N>) => readonly unknown[] | undefined, attachment?: Phrase['attachment'],
): Phrase {
  return {
    expression, keyword, build, ...(attachment === undefined ? {} : { attachment }),
    args: (operation: Operation) => (operation.op === op ? args(operation as OperationOf<N>) : undefined),
  };
}

/** A phrase of a claim; the moment is the first argument unless the expression has no place for it. */
export function claimPhrase<N extends Claim['claim']>(
  expression: string, claim: N, build: Phrase['build'], args: (claim: Extract<Claim, { claim: N }>) => readonly unknown[] | undefined,
  attachment?: Phrase['attachment'],
): Phrase {
  const timed = expression.startsWith('{moment}') || expression.startsWith('{during}');
  return phraseOf(expression, 'Then', 'assert', build, (o) => {
    if (o.claim.claim !== claim || (!timed && o.moment.mode !== 'now') || (expression.startsWith('{during}') && o.moment.mode === 'now')) return undefined;
    const rest = args(o.claim as Extract<Claim, { claim: N }>);
    return rest === undefined || !timed ? rest : [o.moment, ...rest];
  }, attachment);
}

/** A fault's phrase says a call when it fills exactly the fields the call has. */
export function faultPhrase(kind: string, phrase: FaultPhrase): Phrase {
  const fixed = Object.entries(phrase.fixed ?? {});
  return phraseOf(phrase.en, 'When', 'fault', faultBuilder(kind, phrase.fields, phrase.fixed), ({ fault }) => {
    if (fault.kind !== kind || fixed.some(([field, value]) => fault[field as keyof FaultCall] !== value)) return undefined;
    const filled = Object.keys(fault).filter((f) => f !== 'kind' && fault[f as FaultField] !== undefined);
    if (filled.length !== fixed.length + phrase.fields.length) return undefined;
    const values = phrase.fields.map((field) => fault[field]);
    return values.includes(undefined) ? undefined : values;
  });
}
