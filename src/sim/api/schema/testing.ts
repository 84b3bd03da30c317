/** Values that fit a schema, for tests. */
import fc from 'fast-check';
import { fieldsOf, type FieldType, type ObjectType } from './types.ts';

/** Values that fit a type, to a depth. */
function fitting(type: FieldType, depth: number): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'object':
      return fittingObject(type, depth - 1);
    case 'list':
      return fc.array(fitting(type.of, depth), { maxLength: 2 });
    case 'map':
      return fc.dictionary(fc.constantFrom('a', 'example.com/b'), fitting(type.of, depth), { maxKeys: 2 });
    case 'string':
      return type.values === undefined ? fc.string() : fc.constantFrom(...type.values);
    case 'int32':
      return fc.integer();
    case 'int64':
      return fc.maxSafeInteger();
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'quantity':
      return fc.constantFrom('1', '500m', '1Gi', 2, 0.5);
    case 'intOrString':
      return fc.oneof(fc.integer(), fc.string());
    case 'time':
    case 'microTime':
      return fc.constantFrom('2026-01-05T09:00:00Z', '2026-01-05T09:00:00.000001Z');
    case 'bytes':
      return fc.constantFrom('', 'aGk=', 'aGVsbG8h');
    case 'any':
      return fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 });
  }
}

/** Objects with all required fields and, to a depth, some others. */
export function fittingObject(type: ObjectType, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const fields = [...fieldsOf(type).values()].filter((f) => f.required || depth > 0);
  return fc.record(Object.fromEntries(fields.map((f) => [f.name, fitting(f.type, depth)])), {
    requiredKeys: fields.filter((f) => f.required).map((f) => f.name),
  });
}
