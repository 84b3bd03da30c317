import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDefaults } from '../defaults/index.ts';
import { ApiError } from '../errors.ts';
import { fittingObject } from '../schema/testing.ts';
import { fieldsOf, type FieldType } from '../schema/types.ts';
import type { KubeObject } from '../types.ts';
import { apiVersionText, schemaOf, valueAtPath, withValueAt } from './definition.ts';
import { BUILT_IN, RESOURCES } from './index.ts';
import { toStorageVersion } from './registry.ts';

const unique = (names: readonly string[]): void => expect([...new Set(names)]).toEqual(names);

/** Whether a schema has a field at a path of names. */
function hasPath(type: FieldType | undefined, [step, ...rest]: string[]): boolean {
  if (step === undefined) return true;
  return type?.kind === 'object' && hasPath(fieldsOf(type).get(step)?.type, rest);
}
const steps = (path: string): string[] => path.split('.').filter((s) => s !== '');

describe('the definitions in code', () => {
  it('have names of their own', () => {
    unique(RESOURCES.map((d) => d.resource));
    unique(RESOURCES.map((d) => d.kind));
    unique(RESOURCES.flatMap((d) => [d.singular, ...d.shortNames]));
  });

  it.each(RESOURCES.map((d) => [d.resource, d] as const))(
    '%s is found by all that it is called',
    (name, d) => {
      expect(BUILT_IN.find(name)).toBe(d);
      expect(BUILT_IN.find(d.kind)).toBe(d);
      for (const { name: version } of d.versions) {
        const apiVersion = apiVersionText(d.group, version);
        expect(BUILT_IN.served(apiVersion, d.kind)).toBe(d);
        expect(schemaOf(d, apiVersion)).toBeDefined();
      }
      expect(BUILT_IN.served(`${d.group === '' ? 'other/' : ''}v0`, d.kind)).toBeUndefined();
    },
  );

  it.each(RESOURCES.map((d) => [d.resource, d] as const))('%s says what its schema has', (_name, d) => {
    const schema = schemaOf(d);
    const { scale, status } = d.subresources;
    if (status) expect(hasPath(schema, ['status'])).toBe(true);
    for (const path of scale === undefined ? [] : [scale.specReplicas, scale.statusReplicas])
      expect([path, hasPath(schema, steps(path))]).toEqual([path, true]);
    expect(d.columns.filter((c) => c.name === 'Name')).toHaveLength(1);
    unique(d.columns.map((c) => c.name));
  });

  it.each(RESOURCES.map((d) => [d.resource, d] as const))(
    '%s defaults what fits its schema to something that needs no more',
    (_name, d) => {
      fc.assert(
        fc.property(fittingObject(schemaOf(d)!, 3), (fitting) => {
          const draft = {
            ...fitting,
            apiVersion: d.apiVersion,
            kind: d.kind,
            metadata: {
              name: 'x',
              ...(d.namespaced ? { namespace: 'default' } : {}),
              creationTimestamp: '2026-01-05T09:00:00Z',
            },
          } as unknown as KubeObject;
          expect(toStorageVersion(d, draft)).toBe(draft);
          let once: KubeObject;
          try {
            once = applyDefaults(d, draft);
          } catch (error) {
            // Quantities may be too odd to be decoded; anything else is a defect.
            if (error instanceof ApiError && error.reason === 'BadRequest') return;
            throw error;
          }
          expect(applyDefaults(d, once)).toBe(once);
        }),
        { numRuns: 60 },
      );
    },
  );
});

it('paths are written as they are read', () => {
  const object = { spec: { size: 1, other: [2] } };
  expect(withValueAt(object, '.spec.size', 3)).toEqual({ spec: { size: 3, other: [2] } });
  expect(valueAtPath(withValueAt(object, '.status.made', 4), '.status.made')).toBe(4);
  expect(object.spec.size).toBe(1);
});
