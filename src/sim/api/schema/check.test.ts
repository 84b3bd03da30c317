import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiVersionText } from '../resources/definition.ts';
import { RESOURCES } from '../resources/index.ts';
import { checkSchema, decodingError, fieldPath } from './check.ts';
import { editDistance, suggestWord, hintText } from './hints.ts';
import { fittingObject } from './testing.ts';
import { builtInKinds, fieldsOf, typeOfKind, type ObjectType } from './types.ts';

const deployment = (spec: object, metadata: object = { name: 'x' }): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'x', image: 'nginx' }] } },
    ...spec,
  },
});

const valid = fc.constantFrom(...builtInKinds()).chain((name) => {
  const [apiVersion, kind] = name.split(' ') as [string, string];
  return fittingObject(typeOfKind(apiVersion, kind)!, 3).map((o) => ({ apiVersion, kind, ...o }));
});

describe('the schemas of built-in kinds', () => {
  it('include those of all that are served', () => {
    const known = new Set(builtInKinds());
    const served = RESOURCES.flatMap(({ group, kind, versions }) =>
      versions.map((v) => `${apiVersionText(group, v.name)} ${kind}`),
    );
    expect(served.filter((name) => !known.has(name))).toEqual([]);
  });

  it('takes whatever fits it', () => {
    fc.assert(
      fc.property(valid, (o) => {
        expect(checkSchema(o)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('finds the field that was made unknown or put the wrong type in, and no other', () => {
    fc.assert(
      fc.property(valid, fc.nat(), fc.boolean(), (o, pick, misname) => {
        const leaves: { parent: Record<string, unknown>; key: string; path: (string | number)[] }[] = [];
        const type = typeOfKind(o.apiVersion, o.kind)!;
        collect(o, type, [], leaves);
        fc.pre(leaves.length > 0);
        const { parent, key, path } = leaves[pick % leaves.length]!;
        if (misname) parent['noSuchField'] = 1;
        else parent[key] = { wrong: true };
        const [problem, ...rest] = checkSchema(o);
        expect(rest).toEqual([]);
        expect(problem).toMatchObject(
          misname
            ? { kind: 'unknown', field: fieldPath([...path.slice(0, -1), 'noSuchField']) }
            : { kind: 'type', field: fieldPath(path) },
        );
      }),
      { numRuns: 60 },
    );
  });

  it('stays small', () => {
    expect(readFileSync(new URL('./data.ts', import.meta.url)).length).toBeLessThan(65_000);
  });
});

/** Fields that hold a plain string, boolean or integer, with their object. */
function collect(
  value: Record<string, unknown>,
  type: ObjectType,
  path: (string | number)[],
  into: { parent: Record<string, unknown>; key: string; path: (string | number)[] }[],
): void {
  for (const field of fieldsOf(type).values()) {
    const member = value[field.name];
    if (member === undefined) continue;
    const inner = [...path, field.name];
    if (['string', 'boolean', 'int32', 'int64'].includes(field.type.kind))
      into.push({ parent: value, key: field.name, path: inner });
    if (field.type.kind === 'object') collect(member as Record<string, unknown>, field.type, inner, into);
    if (field.type.kind === 'list' && field.type.of.kind === 'object') {
      const { of } = field.type;
      (member as Record<string, unknown>[]).forEach((item, i) => collect(item, of, [...inner, i], into));
    }
  }
}

describe('the answers of the API server', () => {
  it.each([
    [{ replica: 3 }, 'strict decoding error: unknown field "spec.replica"'],
    [
      { replica: 3, paussed: true },
      'strict decoding error: unknown field "spec.paussed", unknown field "spec.replica"',
    ],
    [
      { replicas: 'three', replica: 3 },
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      { replicas: 1.5 },
      'json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      { selector: { matchLabels: { app: true } } },
      'json: cannot unmarshal bool into Go struct field LabelSelector.spec.selector.matchLabels of type ' +
        'string',
    ],
    [
      { template: { spec: { containers: { name: 'x' } } } },
      'json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type ' +
        '[]v1.Container',
    ],
    [
      { template: { spec: { containers: [{ name: 'x', resources: { limits: { cpu: '1x' } } }] } } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
  ])('are worded as its decoder words them: %j', (spec, why) => {
    expect(decodingError(deployment(spec))?.message).toBe(
      `Deployment in version "v1" cannot be handled as a Deployment: ${why}`,
    );
  });

  it('leave missing fields and unsupported words to validation', () => {
    const o = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: { type: 'Nodeport', ports: [{ name: 'p' }] },
    };
    expect(decodingError(o)).toBeUndefined();
    expect(checkSchema(o).map((p) => [p.kind, p.field, hintText(p.hint)])).toEqual([
      ['missing', 'spec.ports[0].port', 'required field is missing; expected an integer'],
      [
        'enum',
        'spec.type',
        'expected one of "ClusterIP", "ExternalName", "LoadBalancer", "NodePort", found "Nodeport"; did ' +
          'you mean "NodePort"?',
      ],
    ]);
  });
});

describe('hints', () => {
  it('say what was probably meant', () => {
    const hints = (spec: object): string[] => checkSchema(deployment(spec)).map((p) => hintText(p.hint));
    expect(hints({ replica: 3 })).toEqual(['unknown field; did you mean "replicas"?']);
    expect(hints({ Replicas: 3 })).toEqual(['unknown field; did you mean "replicas"?']);
    expect(hints({ replicasCount: 3 })).toEqual(['unknown field; did you mean "replicas"?']);
    expect(suggestWord('imagePullPolicyy', ['image', 'imagePullPolicy'])).toBe('imagePullPolicy');
    expect(hints({ image: 'x' })).toEqual([
      'unknown field; did you mean it to stand under "template.spec.containers"?',
    ]);
    expect(checkSchema({ ...deployment({}), replicas: 2 }).map((p) => hintText(p.hint))).toEqual([
      'unknown field; did you mean it to stand under "spec"?',
    ]);
  });

  it('count edits as edit distance does', () => {
    expect(editDistance('lables', 'labels', 3)).toBe(1);
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        const distance = editDistance(a, b, 10);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a, 10)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});
