/** The JSON schema of schedule files, for editors: what follows from the catalogue. */
import { columnOf, isClosed, PARAMETER_FIELDS, printField, type ParameterField } from './fields.ts';
import { FAULTS } from './index.ts';
import type { Fault, FaultParameter } from './types.ts';

const DURATION = { type: 'string', description: 'a duration such as 90s, 5m or 1h30m' };

function parameter(p: FaultParameter): object {
  const field = p.field as ParameterField;
  const type = PARAMETER_FIELDS[field];
  if (isClosed(p))
    return {
      enum: p.among!.flatMap((v) => [v, String(v)]).filter((v, i, all) => all.indexOf(v) === i),
      description: p.about,
    };
  const description =
    p.default === undefined ? p.about : `${p.about}; ${printField(field, p.default)} unless given`;
  if (type === 'duration') return { ...DURATION, description };
  if (type === 'int') return { type: ['integer', 'string'], description };
  return { type: type === 'percent' || type === 'quantity' ? ['integer', 'string'] : 'string', description };
}

function fault(f: Fault): object {
  const required = [
    'fault',
    ...(f.target === 'none' ? [] : ['target']),
    ...f.parameters.filter((p) => p.required === true).map((p) => columnOf(p.field as ParameterField)),
  ];
  return {
    type: 'object',
    description: f.about,
    required,
    additionalProperties: false,
    properties: {
      at: { ...DURATION, description: 'when, counted from where the entry stands' },
      fault: { const: f.kind },
      ...(f.target === 'none'
        ? {}
        : {
            target: {
              type: 'string',
              description:
                `the ${f.target} it is aimed at, such as "2 ${f.target === 'node' ? 'nodes' : 'pods'} ` +
                'matching …" or a name',
            },
          }),
      ...Object.fromEntries(f.parameters.map((p) => [columnOf(p.field as ParameterField), parameter(p)])),
    },
  };
}

const entry = { $ref: '#/$defs/entry' };
const list = { type: 'array', items: entry };
const at = { $ref: '#/$defs/duration' };
const combined = (properties: Record<string, object>, required: readonly string[]): object => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties: { at, ...properties },
});
const inner = { oneOf: [entry, list] };

/** `docs/schedule.schema.json`, written by `npm run generate`. */
export const scheduleSchema = (): object => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A schedule of faults for Seatrial',
  type: 'object',
  required: ['faults'],
  additionalProperties: false,
  properties: { $schema: { type: 'string' }, faults: list },
  $defs: {
    duration: DURATION,
    entry: {
      oneOf: [
        combined({ sequence: list }, ['sequence']),
        combined({ parallel: list }, ['parallel']),
        combined({ repeat: { type: 'integer', minimum: 1 }, do: inner }, ['repeat', 'do']),
        combined({ every: at, times: { type: 'integer', minimum: 1 }, do: inner }, ['every', 'times', 'do']),
        combined({ chooseOne: list, seed: { type: 'integer', minimum: 0 } }, ['chooseOne']),
        ...FAULTS.map(fault),
      ],
    },
  },
});
