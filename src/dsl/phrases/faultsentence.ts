/** The sentences that faults of the catalogue bring with them, as phrases of the language. */
import type { FaultCall, FaultField, FaultPhrase, PhraseField, TargetPlace } from '../../chaos/types.ts';
import type { Operation } from '../operations/operation.ts';
import type { Phrase } from './phrase.ts';
import type { Sentence } from './wording.ts';

/** The fields of a call that a place of a fault's phrase holds. */
const TARGET_FIELDS: Readonly<Record<TargetPlace, readonly FaultField[]>> = {
  nodes: ['node', 'zone', 'mode', 'nodeSelector'],
  nodeSet: ['zone', 'mode', 'nodeSelector'],
  pods: ['pod', 'selector', 'mode'],
  containers: ['container', 'pod', 'selector', 'mode'],
};
const isTargetPlace = (field: PhraseField): field is TargetPlace => field in TARGET_FIELDS;

/** Whether a target has what its words need. */
const isWhole = (place: TargetPlace, t: Partial<FaultCall>): boolean => {
  const named = place === 'nodes' || place === 'nodeSet' ? [t.node, t.zone, t.mode] : [t.pod, t.selector];
  return (
    named.filter((n) => n !== undefined).length === 1 &&
    (t.selector === undefined) === (place === 'nodes' || place === 'nodeSet' || t.mode === undefined) &&
    (t.nodeSelector === undefined || t.mode !== undefined)
  );
};

/** The call whose fields the places hold; that of a target's place is several of them. */
function callOf(
  kind: string,
  places: readonly PhraseField[],
  fixed: Partial<FaultCall>,
  values: readonly unknown[],
): FaultCall {
  const parts = places.map((place, i): Partial<FaultCall> => {
    const value = values[i];
    return value === undefined
      ? {}
      : isTargetPlace(place)
        ? (value as Partial<FaultCall>)
        : { [place]: value };
  });
  return Object.assign({ kind, ...fixed }, ...parts) as FaultCall;
}

/** Where an expression has room for how long a fault lasts, or for nothing. */
const LASTING = /\{lasting(?:Ja)?\}/;

/** The places' values of a call, when they hold exactly the fields it has; undefined otherwise. */
function valuesOf(
  expression: string,
  places: readonly PhraseField[],
  fixed: Partial<FaultCall>,
  { kind: _, ...fields }: FaultCall,
): unknown[] | undefined {
  const left = new Map(Object.entries(fields).filter(([, value]) => value !== undefined));
  for (const [field, value] of Object.entries(fixed)) {
    if (left.get(field) !== value) return undefined;
    left.delete(field);
  }
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
      if (!left.has(place) && !(place === 'forMs' && LASTING.test(expression))) return undefined;
      values.push(left.get(place));
      left.delete(place);
    }
  }
  return left.size === 0 ? values : undefined;
}

export function faultSentence(kind: string, { en, fields, ja, jaFields, fixed = {} }: FaultPhrase): Sentence {
  const phrase = (expression: string, places: readonly PhraseField[]): Phrase => ({
    expression,
    keyword: 'When',
    places: places.length,
    // One order of fields in all languages: the history holds the call as it is.
    build: (...values: never[]): Operation => ({
      op: 'fault',
      fault: callOf(
        kind,
        fields,
        fixed,
        fields.map((field) => values[places.indexOf(field)]),
      ),
    }),
    args: (o) =>
      o.op === 'fault' && o.fault.kind === kind ? valuesOf(expression, places, fixed, o.fault) : undefined,
  });
  return { en: phrase(en, fields), ja: phrase(ja, jaFields), jaToo: [], about: '' };
}
