/** Holds the generated schemas against the package they come from, by other ways than they were made. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCHEMAS } from '../../src/sim/api/schema/data.ts';
import { fittingObject } from '../../src/sim/api/schema/testing.ts';
import {
  builtInKinds,
  fieldsOf,
  objectType,
  schemaTable,
  typeOfKind,
  type FieldType,
} from '../../src/sim/api/schema/types.ts';
import { type Declaration, readDeclarations, validatorOf } from './models.ts';

const table = schemaTable((name) => SCHEMAS[name]);

/** Declarations by the name their schema has, for those that have one. */
function described(): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const d of readDeclarations().values()) {
    const [group, version = group] = d.apiVersion.split('/') as [string, string?];
    const bare = `${version}.${d.name}`;
    const own = `${bare}#${group.split('.')[0]}`;
    const name = Object.hasOwn(SCHEMAS, own) ? own : bare;
    const stable = /^v\d+$/.test(version) || d.apiVersion === 'policy/v1beta1';
    if (!stable || !Object.hasOwn(SCHEMAS, name)) continue;
    // A bare name that others share is core's.
    const core = d.apiVersion === 'v1' || d.apiVersion === 'meta/v1';
    if (name === bare && !core && found.has(name)) continue;
    found.set(name, d);
  }
  return found;
}
const DESCRIBED = described();

/** The fields of the class that stands beside the interface the table was made from: `!name` is required. */
function fieldsOfClass(text: string): string[] {
  const body = /^export declare class [^{]*\{\n([\s\S]*?)^\}/m.exec(text)![1]!;
  return [...body.matchAll(/^ {4}"([^"]+)"(\??):/gm)].map((m) => `${m[2] === '?' ? '' : '!'}${m[1]}`);
}

const VALUES: readonly unknown[] = [1, 0.5, 2 ** 40, '5', '!', 'aGk=', true, [], {}];
const isString = (v: unknown): boolean => typeof v === 'string';

/** Which of the values a type takes, but for the form of times. */
const TAKES: Readonly<Record<FieldType['kind'], (v: unknown) => boolean>> = {
  string: isString,
  bytes: (v) => v === 'aGk=',
  int32: (v) => v === 1,
  int64: (v) => Number.isInteger(v),
  number: (v) => typeof v === 'number',
  boolean: (v) => typeof v === 'boolean',
  any: () => true,
  quantity: (v) => v === '5' || typeof v === 'number',
  intOrString: (v) => isString(v) || v === 1,
  time: isString,
  microTime: isString,
  object: (v) => typeof v === 'object' && !Array.isArray(v),
  map: (v) => typeof v === 'object' && !Array.isArray(v),
  list: (v) => Array.isArray(v),
};

describe('the generated schemas', () => {
  it('describe every declaration by its own fields, required or not', () => {
    expect([...DESCRIBED.keys()].sort()).toEqual(Object.keys(SCHEMAS).sort());
    for (const [name, declaration] of DESCRIBED) {
      const kind = declaration.kind ? ['!apiVersion', '!kind'] : [];
      const own = [...fieldsOf(objectType(name, table)).values()].map(
        (f) => `${f.required ? '!' : ''}${f.name}`,
      );
      expect([name, ...[...kind, ...own].sort()]).toEqual([name, ...fieldsOfClass(declaration.text).sort()]);
    }
  });

  it('take at every place the types that the package takes there', async () => {
    for (const [name, declaration] of DESCRIBED) {
      const validate = await validatorOf(declaration);
      const head = declaration.kind ? { apiVersion: declaration.apiVersion, kind: declaration.name } : {};
      const compare = (type: FieldType, wrap: (v: unknown) => object, path: string): void => {
        if (type.kind === 'any') return;
        for (const value of VALUES) {
          const complaints = validate({ ...head, ...wrap(value) }).filter(
            (c) =>
              c.instancePath === path &&
              (c.keyword === 'type' || (c.keyword === 'format' && c.params['format'] !== 'date-time')),
          );
          const takes = TAKES[type.kind](value);
          if (takes !== (complaints.length === 0))
            expect.fail(
              `${name}${path}: ${JSON.stringify(value)}: ${type.kind}, ${JSON.stringify(complaints)}`,
            );
        }
        if (type.kind === 'list') compare(type.of, (v) => wrap([v]), `${path}/0`);
        if (type.kind === 'map') compare(type.of, (v) => wrap({ k: v }), `${path}/k`);
      };
      // The package takes fields of these names for parts of its own schemas, and checks them nowhere.
      for (const f of fieldsOf(objectType(name, table)).values())
        if (!/^(description$|x-kubernetes-)/.test(f.name))
          compare(f.type, (v) => ({ [f.name]: v }), `/${f.name}`);
    }
  });

  it('are fitted by objects that the package finds valid', async () => {
    const kinds = new Map(
      [...DESCRIBED.values()].filter((d) => d.kind).map((d) => [`${d.apiVersion} ${d.name}`, d]),
    );
    for (const key of builtInKinds()) {
      const [apiVersion, kind] = key.split(' ') as [string, string];
      const validate = await validatorOf(kinds.get(key)!);
      fc.assert(
        fc.property(fittingObject(typeOfKind(apiVersion, kind)!, 4), (o) => {
          expect([key, validate({ apiVersion, kind, ...o })]).toEqual([key, []]);
        }),
        { numRuns: 20 },
      );
    }
  });
});
