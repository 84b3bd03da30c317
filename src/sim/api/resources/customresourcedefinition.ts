/**
 * CustomResourceDefinitions. Models pkg/apis/apiextensions/{v1/defaults.go,validation} and
 * pkg/registry/customresourcedefinition of staging/src/k8s.io/apiextensions-apiserver. Their schemas are
 * kept as they come.
 */
import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1';
import { fill, fillZero, into, isNil } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { created, CREATED_AT, NAME } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { invalidValue, oneOf, problemsAt, required, type Causes } from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { label1035Problems, subdomainProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

type Definition = Modelled<ICustomResourceDefinition>;
type Spec = Definition['spec'];

const storedVersion = ({ versions }: Spec): string | undefined =>
  (versions ?? []).find((v) => v.storage)?.name;

function withStored(definition: Definition): Definition {
  const stored = storedVersion(definition.spec);
  const { storedVersions: known } = definition.status;
  if (stored === undefined || known?.includes(stored) === true) return definition;
  return { ...definition, status: { ...definition.status, storedVersions: [...(known ?? []), stored] } };
}

function validateNames({ names }: Spec, out: Causes): void {
  for (const name of ['plural', 'singular', 'kind', 'listKind'] as const) {
    const value = names[name];
    const at = `spec.names.${name}`;
    if (!value) out.push(required(at));
    else if (label1035Problems(value.toLowerCase()).length > 0)
      out.push(invalidValue(at, value, label1035Problems(value.toLowerCase()).join(',')));
  }
  eachAt(names.shortNames, 'spec.names.shortNames', (name, at) =>
    problemsAt(at, name, label1035Problems(name), out),
  );
  if (names.kind && names.kind === names.listKind)
    out.push(invalidValue('spec.names.listKind', names.listKind, 'kind and listKind may not be the same'));
}

function validateSpec({ spec }: Definition, out: Causes): void {
  const { group, scope, versions, conversion, preserveUnknownFields } = spec;
  if (!group) out.push(required('spec.group'));
  else if (subdomainProblems(group).length > 0)
    out.push(invalidValue('spec.group', group, subdomainProblems(group).join(',')));
  else if (!group.includes('.'))
    out.push(invalidValue('spec.group', group, 'should be a domain with at least one dot'));
  oneOf(scope, ['Cluster', 'Namespaced'], 'spec.scope', out);
  eachAt(versions, 'spec.versions', ({ schema }, at) => {
    if (isNil(schema?.openAPIV3Schema)) out.push(required(`${at}.schema.openAPIV3Schema`));
  });
  eachAt(versions, 'spec.versions', ({ name }, at) => {
    const problems = label1035Problems(name);
    if (problems.length > 0) out.push(invalidValue(`${at}.name`, name, problems.join(',')));
  });
  const wrong = (detail: string): unknown => out.push(invalidValue('spec.versions', versions, detail));
  if (new Set(versions.map((v) => v.name)).size < versions.length) wrong('must contain unique version names');
  if (versions.filter((v) => v.storage).length !== 1)
    wrong('must have exactly one version marked as storage version');
  validateNames(spec, out);
  if (preserveUnknownFields === true)
    out.push(
      invalidValue(
        'spec.preserveUnknownFields',
        true,
        'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema ' +
          'instead',
      ),
    );
  oneOf(conversion?.strategy, ['None', 'Webhook'], 'spec.conversion.strategy', out);
}

const rules = ruled(validateSpec, {
  namespaced: false,
  immutable: {
    'spec.group': (d: Definition) => d.spec.group,
    'spec.names.plural': (d: Definition) => d.spec.names.plural,
    'spec.scope': (d: Definition) => d.spec.scope,
  },
});

export const customResourceDefinitions = defineResource<Definition>({
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  simulated: 'stored',
  subresources: { status: true },
  generation: true,
  defaults: (definition) =>
    into(fill(definition, { spec: {} as typeof definition.spec }), 'spec', (spec) =>
      into(fill(spec, { conversion: { strategy: 'None' } }), 'names', (names) =>
        fillZero(names, {
          singular: (names.kind ?? '').toLowerCase(),
          ...(names.kind ? { listKind: `${names.kind}List` } : {}),
        }),
      ),
    ),
  strategy: {
    create: (draft) =>
      withStored({ ...draft, metadata: { ...draft.metadata, generation: 1 }, status: {} as never }),
    update(next, old) {
      const generation = (old.metadata.generation ?? 0) + (deepEqual(next.spec, old.spec) ? 0 : 1);
      return withStored({ ...next, metadata: { ...next.metadata, generation }, status: old.status });
    },
  },
  validation: {
    ...rules,
    create(definition, out) {
      const { group, names } = definition.spec;
      const expected = `${names.plural ?? ''}.${group ?? ''}`;
      rules.create(definition, out);
      if (definition.metadata.name !== expected)
        out.push(
          invalidValue('metadata.name', definition.metadata.name, `must be spec.names.plural+"."+spec.group`),
        );
    },
  },
  columns: [NAME, CREATED_AT],
  row: (definition) => [definition.metadata.name, created(definition)],
});
