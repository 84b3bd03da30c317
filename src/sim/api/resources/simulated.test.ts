import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubernetesSchema } from '../schema/kubernetes.ts';
import { fieldsOf, objectType, schemaTable, typeOfKind, type FieldType } from '../schema/types.ts';
import { schemaOf } from './definition.ts';
import { RESOURCES } from './index.ts';
import { extentOf, namedFields, partOf, storedFields } from './simulated.ts';

const SIM = join(import.meta.dirname, '../..');

/** Where a name says nothing of a field's being played: what checks, defaults and keeps it. */
const KEEPING =
  /\.test\.ts$|^api\/(schema(?!\/structural)|validation|defaults|strategy|merge|resources)\/|^(harness|testing)/;

/** Every word of the simulator's code that may read a field. */
const words = new Set(
  readdirSync(SIM, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !KEEPING.test(path))
    .flatMap((path) => {
      const code = readFileSync(join(SIM, path), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
      return code.match(/(?:x-kubernetes-)?[A-Za-z_$](?:[\w$]|(?<=x-kubernetes-[a-z-]*)-)*/g) ?? [];
    }),
);
/** Words of definitions count as well: they read fields for controllers, tables and selectors. */
for (const path of readdirSync(import.meta.dirname).filter(
  (p) => !p.includes('.test.') && p !== 'simulated.ts',
))
  for (const word of readFileSync(join(import.meta.dirname, path), 'utf8').match(/[A-Za-z_$][\w$]*/g) ?? [])
    words.add(word);

/** What is said to be played, `v1.PodSpec.nodeName`, of all kinds. */
function played(): string[] {
  const seen = new Set<string>();
  const names: string[] = [];
  const visit = (of: FieldType): void => {
    if (of.kind === 'list' || of.kind === 'map') return visit(of.of);
    if (of.kind !== 'object' || seen.has(of.name)) return;
    seen.add(of.name);
    for (const { name, type } of fieldsOf(of).values()) {
      if ((of.typeMeta && name === 'status') || extentOf(of.name, name) === 'stored') continue;
      names.push(`${of.name}.${name}`);
      visit(type);
    }
  };
  for (const definition of RESOURCES.filter((d) => d.simulated === 'played')) {
    const type = schemaOf(definition);
    if (type !== undefined) visit(type);
  }
  return names;
}

const pod = (spec: object): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'nginx', ...spec }] },
});
const fieldsMet = (object: object): string[] =>
  storedFields(object, typeOfKind('v1', 'Pod')!).map((f) => f.field);

describe('what is simulated', () => {
  it('names fields that there are', () => {
    const table = schemaTable(kubernetesSchema);
    for (const [type, fields] of namedFields()) {
      const known = [...fieldsOf(objectType(type, table)).keys()];
      for (const field of fields) expect(known).toContain(field);
    }
  });

  it('says of no field that it is played which no component names', () => {
    const unread = played().filter((name) => !words.has(name.slice(name.lastIndexOf('.') + 1)));
    expect(unread).toEqual([]);
  });

  it('finds the fields that are stored only, wherever they stand, but for what asks for nothing', () => {
    expect(fieldsMet(pod({ securityContext: { procMount: 'Default' }, tty: true }))).toEqual([
      'spec.containers.securityContext.procMount',
      'spec.containers.tty',
    ]);
    expect(fieldsMet(pod({ tty: false, securityContext: {}, terminationMessagePolicy: 'File' }))).toEqual([]);
  });

  it('looks at anything that may stand in a manifest', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('tty', 'env', 'ports', 'resources'), fc.jsonValue()),
        (spec) => {
          expect(() => fieldsMet(pod(spec))).not.toThrow();
        },
      ),
    );
  });

  it('says what of a field is played that is in part', () => {
    expect(extentOf('v1.PodSpec', 'hostNetwork')).toBe('partly');
    expect(partOf('v1.PodSpec', 'hostNetwork')).not.toBe('');
  });
});
