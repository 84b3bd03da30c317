/** Short ways to write a phrase down. */
import type { FaultCall, FaultField, FaultPhrase, PhraseField, TargetPlace } from '../../chaos/types.ts';
import { faultBuilder } from '../build.ts';
import type { Claim } from '../claims/types.ts';
import type { Operation, OperationName, OperationOf } from '../operations.ts';
import type { Phrase } from './phrase.ts';

export function phraseOf<N extends OperationName>(
  expression: string,
  keyword: Phrase['keyword'],
  op: N,
  build: Phrase['build'],
  args: (operation: OperationOf<N>) => readonly unknown[] | undefined,
  attachment?: Phrase['attachment'],
): Phrase {
  return {
    expression,
    keyword,
    build,
    ...(attachment === undefined ? {} : { attachment }),
    args: (operation: Operation) => (operation.op === op ? args(operation as OperationOf<N>) : undefined),
  };
}

/** A phrase of a claim; the moment is the first argument unless the expression has no place for it. */
export function claimPhrase<N extends Claim['claim']>(
  expression: string,
  claim: N,
  build: Phrase['build'],
  args: (claim: Extract<Claim, { claim: N }>) => readonly unknown[] | undefined,
  attachment?: Phrase['attachment'],
): Phrase {
  const timed = expression.startsWith('{moment}') || expression.startsWith('{during}');
  return phraseOf(
    expression,
    'Then',
    'assert',
    build,
    (o) => {
      if (
        o.claim.claim !== claim ||
        (!timed && o.moment.mode !== 'now') ||
        (expression.startsWith('{during}') && o.moment.mode === 'now')
      )
        return undefined;
      const rest = args(o.claim as Extract<Claim, { claim: N }>);
      return rest === undefined || !timed ? rest : [o.moment, ...rest];
    },
    attachment,
  );
}

/** The fields of a call that a place of a fault's phrase holds. */
const TARGET_FIELDS: Readonly<Record<TargetPlace, readonly FaultField[]>> = {
  nodes: ['node', 'zone', 'mode', 'nodeSelector'],
  nodeSet: ['zone', 'mode', 'nodeSelector'],
  pods: ['pod', 'selector', 'mode'],
  containers: ['container', 'pod', 'selector', 'mode'],
};
export const isTargetPlace = (field: PhraseField): field is TargetPlace => field in TARGET_FIELDS;

/** Whether a target has what its words need. */
const isWhole = (place: TargetPlace, t: Partial<FaultCall>): boolean => {
  const named = place === 'nodes' || place === 'nodeSet' ? [t.node, t.zone, t.mode] : [t.pod, t.selector];
  return (
    named.filter((n) => n !== undefined).length === 1 &&
    (t.selector === undefined) === (place === 'nodes' || place === 'nodeSet' || t.mode === undefined) &&
    (t.nodeSelector === undefined || t.mode !== undefined)
  );
};

/** A fault's phrase says a call when it fills exactly the fields the call has. */
export function faultPhrase(kind: string, phrase: FaultPhrase, language: 'en' | 'ja' = 'en'): Phrase {
  const fixed = Object.entries(phrase.fixed ?? {});
  const places = language === 'en' ? phrase.fields : phrase.jaFields;
  return phraseOf(
    phrase[language],
    'When',
    'fault',
    faultBuilder(kind, places, phrase.fixed),
    ({ fault }) => {
      if (fault.kind !== kind || fixed.some(([field, value]) => fault[field as keyof FaultCall] !== value))
        return undefined;
      const left = new Map(
        Object.entries(fault).filter(([field, value]) => field !== 'kind' && value !== undefined),
      );
      for (const [field] of fixed) left.delete(field);
      const values: unknown[] = [];
      for (const place of places) {
        if (isTargetPlace(place)) {
          const target = Object.fromEntries(
            TARGET_FIELDS[place].flatMap((f) => (left.has(f) ? [[f, left.get(f)]] : [])),
          ) as Partial<FaultCall>;
          if (!isWhole(place, target)) return undefined;
          for (const field of Object.keys(target)) left.delete(field);
          values.push(target);
        } else {
          if (place !== 'forMs' && !left.has(place)) return undefined;
          values.push(left.get(place));
          left.delete(place);
        }
      }
      return left.size === 0 ? values : undefined;
    },
  );
}
