/**
 * The fields of a fault's call: how each is called in tables and files, how it is read, printed and drawn.
 */
import { parseQuantity } from '../sim/api/quantity.ts';
import { FIELD_TYPES, type FieldType } from '../messages/fieldtypes.ts';
import { parseDuration, printDuration } from './duration.ts';
import {
  type Fault,
  type FaultCall,
  type FaultField,
  type FaultParameter,
  type FaultError,
  misses,
} from './types.ts';

/** Fields that are parameters; the others are targets (targettext.ts). */
export const PARAMETER_FIELDS = {
  otherNode: 'text',
  container: 'text',
  otherSelector: 'text',
  exitCode: 'int',
  signal: 'text',
  delayMs: 'duration',
  periodMs: 'duration',
  skewMs: 'duration',
  percent: 'percent',
  factor: 'int',
  status: 'int',
  replicas: 'int',
  amount: 'quantity',
  perSecond: 'quantity',
  path: 'text',
  content: 'text',
  image: 'text',
  key: 'text',
  value: 'text',
  host: 'text',
  component: 'text',
  resource: 'text',
  direction: 'text',
  forMs: 'duration',
} as const satisfies Partial<Record<FaultField, FieldType>>;
export type ParameterField = keyof typeof PARAMETER_FIELDS;

/** Name of a field in tables and files: a duration needs no unit in its name, its value carries one. */
export const columnOf = (field: ParameterField): string => field.replace(/Ms$/, '');
export const fieldOfColumn = new Map(
  (Object.keys(PARAMETER_FIELDS) as ParameterField[]).map((f) => [columnOf(f), f]),
);

/** @throws FaultError when the text is none of the field's type */
export function parseField(field: ParameterField, text: string): number | string {
  const type: FieldType = PARAMETER_FIELDS[field];
  const wrong = (): FaultError => misses('badField', { column: columnOf(field), type, text });
  switch (type) {
    case 'duration': {
      const ms = parseDuration(text.replace(/^-/, ''));
      if (ms === undefined || (text.startsWith('-') && field !== 'skewMs')) throw wrong();
      return text.startsWith('-') ? -ms : ms;
    }
    case 'int':
      if (!/^-?\d{1,9}$/.test(text)) throw wrong();
      return Number(text);
    case 'percent': {
      const n = Number(text.replace(/%$/, ''));
      if (!/^\d{1,3}%?$/.test(text) || n > 100) throw wrong();
      return n;
    }
    case 'quantity':
      try {
        parseQuantity(text);
      } catch {
        throw wrong();
      }
      return text;
    case 'text':
      return text;
  }
}

export function printField(field: ParameterField, value: number | string): string {
  const type: FieldType = PARAMETER_FIELDS[field];
  if (type === 'duration')
    return (value as number) < 0 ? `-${printDuration(-(value as number))}` : printDuration(value as number);
  return type === 'percent' ? `${value}%` : String(value);
}

/** The value of a call's field, or the fault's default. */
export function valueOf<F extends FaultField>(
  fault: Pick<Fault, 'parameters'>,
  call: FaultCall,
  field: F,
): NonNullable<FaultCall[F]> {
  return (call[field] ?? fault.parameters.find((p) => p.field === field)?.default) as NonNullable<
    FaultCall[F]
  >;
}

const BY_TYPE = (p: FaultParameter): FieldType => PARAMETER_FIELDS[p.field as ParameterField];
/** What values a parameter takes, for people. */
export const valuesOf = (p: FaultParameter): string =>
  isClosed(p)
    ? p.among!.map((v) => printField(p.field as ParameterField, v)).join(', ')
    : FIELD_TYPES[BY_TYPE(p)].replace(/^an? /, '');

/** Whether only what `among` lists is allowed. */
export const isClosed = (p: FaultParameter): boolean =>
  p.among !== undefined && (CLOSED as readonly string[]).includes(p.field);
const CLOSED = ['component', 'direction', 'status', 'signal'] as const;

/** Holds a call to what its fault takes. @throws FaultError */
export function checkCall(fault: Fault, call: FaultCall): void {
  for (const p of fault.parameters) {
    const value = call[p.field];
    if (value === undefined) {
      if (p.required === true)
        throw misses('fieldMissing', {
          fault: fault.kind,
          column: columnOf(p.field as ParameterField),
          type: BY_TYPE(p),
        });
    } else if (isClosed(p) && !p.among!.includes(value as string)) {
      throw misses('notAmong', {
        fault: fault.kind,
        column: columnOf(p.field as ParameterField),
        among: p.among!.map(String),
        text: String(value),
      });
    }
  }
}

/** Of a call that a sentence or a program made: its texts are not read by `parseField`. @throws FaultError */
export function checkQuantities(call: FaultCall): void {
  for (const field of QUANTITIES) {
    const value = call[field];
    if (value !== undefined) parseField(field, String(value));
  }
}

const QUANTITIES = (Object.keys(PARAMETER_FIELDS) as ParameterField[]).filter(
  (field) => PARAMETER_FIELDS[field] === 'quantity',
);
