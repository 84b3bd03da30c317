import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invalid } from '../errors.ts';
import { createCauses, createdFrom, updateCauses } from '../resources/testing.ts';
import type { KubeObject, Pod } from '../types.ts';

const prepared = (draft: unknown): KubeObject => createdFrom(draft as KubeObject);
const pod = (spec: object): Pod =>
  prepared({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'default' }, spec }) as never;

describe('validation', () => {
  it('says all that is wrong, in order, as one message', () => {
    const draft = prepared({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'Bad_Name', namespace: 'default' },
      spec: {
        replicas: -1,
        selector: { matchLabels: { app: 'x' } },
        template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'x', image: 'n' }] } },
      },
    });
    expect(invalid('Deployment', 'apps', 'Bad_Name', createCauses(draft)).message).toMatch(
      /^Deployment\.apps "Bad_Name" is invalid: \[metadata\.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain .*, spec\.replicas: Invalid value: -1: must be greater than or equal to 0\]$/,
    );
  });

  it('remembers what was good without hiding what is not', () => {
    const containers = [{ name: 'c', image: 'i:1', volumeMounts: [{ name: 'v', mountPath: '/v' }] }];
    const volumes = [{ name: 'v', emptyDir: {} }];
    const causes = (spec: object): string[] => createCauses(pod(spec) as never).map((c) => c.field);
    expect(causes({ containers, volumes })).toEqual([]);
    expect(causes({ containers, volumes })).toEqual([]);
    // The same list of containers, its volume gone.
    expect(causes({ containers })).toEqual(['spec.containers[0].volumeMounts[0].name']);
    const tolerations = [{ key: 'a', operator: 'Exists', value: 'no' }];
    for (let i = 0; i < 2; i += 1)
      expect(causes({ containers, volumes, tolerations })).toEqual(['spec.tolerations[0].operator']);
  });

  it('finds nothing wrong with an update that changes nothing', () => {
    const name = fc.constantFrom('a', 'B', '', 'a.b', 'x'.repeat(64));
    const spec = fc.record({
      containers: fc.array(fc.record({ name, image: fc.constantFrom('', 'i') }), { maxLength: 2 }),
      tolerations: fc.array(fc.record({ key: name, operator: fc.constantFrom('Exists', 'Equal', 'In') }), {
        maxLength: 2,
      }),
    });
    fc.assert(
      fc.property(spec, (s) => {
        const created = pod(s);
        const same = structuredClone(created);
        // What an unchanged Pod is told at an update, it was told at its creation.
        const atCreate = new Set(createCauses(created as never).map((c) => `${c.field}: ${c.message}`));
        return updateCauses(same as never, created as never).every((c) =>
          atCreate.has(`${c.field}: ${c.message}`),
        );
      }),
    );
  });

  it('never throws on what decoding lets through', () => {
    const messy = fc.constantFrom(undefined, {}, [], [{}], '', 0, -1, 'x', true);
    const anySpec = fc.dictionary(
      fc.constantFrom(
        'containers',
        'initContainers',
        'tolerations',
        'affinity',
        'volumes',
        'ports',
        'type',
        'selector',
        'template',
        'replicas',
      ),
      fc.constantFrom(undefined, {}, [{}], [{ name: 'x' }]).map((v) => v as unknown),
    );
    const kinds = fc.constantFrom(
      'Deployment',
      'ReplicaSet',
      'StatefulSet',
      'DaemonSet',
      'Pod',
      'PodDisruptionBudget',
    );
    fc.assert(
      fc.property(kinds, anySpec, messy, (kind, spec, replicas) => {
        const lists = ['containers', 'initContainers', 'tolerations', 'volumes', 'ports'];
        const shaped = Object.fromEntries(
          Object.entries(spec).filter(([k, v]) => v === undefined || lists.includes(k) === Array.isArray(v)),
        );
        const draft = {
          apiVersion: 'v1',
          kind,
          metadata: { name: 'a', namespace: 'b' },
          spec: {
            ...shaped,
            ...(typeof replicas === 'number' ? { replicas } : {}),
            ...(kind === 'Pod' ? { containers: shaped['containers'] ?? [] } : {}),
          },
        };
        expect(Array.isArray(createCauses(prepared(draft)))).toBe(true);
      }),
    );
  });
});
