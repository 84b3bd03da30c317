/**
 * How a fault's sentences are written: Cucumber expressions with fields in brackets, in English and Japanese.
 */
import { PARAMETER_FIELDS, type ParameterField } from './fields.ts';
import type { FaultCall, FaultPhrase, PhraseField } from './types.ts';

/** The parameter type of a field in a Cucumber expression. */
function typeOf(field: PhraseField, language: 'en' | 'ja'): string {
  const own = language === 'ja' ? 'Ja' : '';
  if (
    field === 'nodes' ||
    field === 'nodeSet' ||
    field === 'pods' ||
    field === 'containers' ||
    field === 'workload'
  )
    return field + own;
  if (field === 'forMs') return `lasting${own}`;
  if (field === 'selector' || field === 'otherSelector') return 'selector';
  const type = PARAMETER_FIELDS[field as ParameterField] as string | undefined;
  if (type === 'duration') return `duration${own}`;
  return type === 'int' || type === 'percent' ? 'int' : 'string';
}

function compile(template: string, language: 'en' | 'ja'): [string, PhraseField[]] {
  const fields: PhraseField[] = [];
  const expression = template.replace(
    /\[(\w+)\]|\{(\w+):(\w+)\}/g,
    (_, field: string | undefined, type: string, typed: string) => {
      fields.push((field ?? typed) as PhraseField);
      return `{${field === undefined ? type : typeOf(field as PhraseField, language)}}`;
    },
  );
  return [expression, fields];
}

/**
 * `say('[nodes] loses/lose power[forMs]', '[forMs][nodes]の電源が落ちる')`: a field in brackets has the
 * parameter type that is usual for it (`[forMs]` may be absent from a step); `{duration:forMs}` names
 * another.
 * @example phrase('node [node] hums[forMs]', '[forMs]ノード[node]がうなる')
 */
export function say(english: string, japanese: string, fixed?: Partial<FaultCall>): FaultPhrase {
  const [en, fields] = compile(english, 'en');
  const [ja, jaFields] = compile(japanese, 'ja');
  return { en, fields, ja, jaFields, ...(fixed === undefined ? {} : { fixed }) };
}
