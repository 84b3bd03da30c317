/**
 * CustomResourceDefinitions. Models pkg/apis/apiextensions/v1/defaults.go and
 * pkg/registry/customresourcedefinition/{strategy,etcd}.go of staging/src/k8s.io/apiextensions-apiserver.
 * NonStructuralSchema is a condition of those that were written before v1: v1 refuses such schemas.
 */
import { withCondition, type Condition } from '../conditions.ts';
import { fill, fillZero, into } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import { created, CREATED_AT, NAME } from '../table/column.ts';
import { customResourceDefinitionRules } from '../validation/customresourcedefinition.ts';
import type { Millis } from '../../kernel/types.ts';
import type { CustomResourceDefinition } from './customresource.ts';
import { defineResource } from './definition.ts';

/** Kept until its objects are gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

const storedVersion = ({ versions }: CustomResourceDefinition['spec']): string | undefined =>
  (versions ?? []).find((v) => v.storage)?.name;

function withStored(definition: CustomResourceDefinition): CustomResourceDefinition {
  const stored = storedVersion(definition.spec);
  const { storedVersions: known } = definition.status;
  if (stored === undefined || known?.includes(stored) === true) return definition;
  return { ...definition, status: { ...definition.status, storedVersions: [...(known ?? []), stored] } };
}

/** The definition with a condition, whose transition moves only with its status. */
export function withDefinitionCondition(
  definition: CustomResourceDefinition,
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: Millis,
): CustomResourceDefinition {
  const conditions = (definition.status.conditions ?? []) as readonly Condition[];
  return {
    ...definition,
    status: {
      ...definition.status,
      conditions: [...withCondition(conditions, { type, status, reason, message }, now)],
    },
  };
}

export const customResourceDefinitions = defineResource<CustomResourceDefinition>({
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
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
    marked(definition, now) {
      const { finalizers = [] } = definition.metadata;
      const marked = withDefinitionCondition(
        definition,
        'Terminating',
        'True',
        'InstanceDeletionPending',
        'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
        now,
      );
      if (finalizers.includes(CLEANUP)) return marked;
      return { ...marked, metadata: { ...marked.metadata, finalizers: [...finalizers, CLEANUP] } };
    },
  },
  validation: customResourceDefinitionRules,
  columns: [NAME, CREATED_AT],
  row: (definition) => [definition.metadata.name, created(definition)],
});
