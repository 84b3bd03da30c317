/** Namespaces. Models pkg/registry/core/namespace. */
import { withMembers } from '../../kernel/members.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { Namespace } from '../types.ts';
import { validateNamespace } from '../validation/namespace.ts';
import { defineResource } from './definition.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** `kubernetes` keeps a Namespace until its content is gone. */
function withFinalizer(draft: Namespace): Namespace {
  const finalizers = draft.spec?.finalizers ?? [];
  const spec = finalizers.includes('kubernetes')
    ? draft.spec
    : { ...draft.spec, finalizers: [...finalizers, 'kubernetes'] };
  return withMembers(draft, { spec, status: { phase: 'Active' } });
}

export const namespaces = defineResource<Namespace>({
  group: '',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  namespaced: false,
  subresources: { status: true },
  defaults(namespace) {
    const { name, labels } = namespace.metadata;
    if (!name || labels?.[NAME_LABEL] === name) return namespace;
    return { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, [NAME_LABEL]: name } } };
  },
  strategy: {
    create: withFinalizer,
    update: (next, old) => ({ ...next, spec: old.spec, status: old.status }),
  },
  validation: { create: validateNamespace },
  selectableFields: { 'status.phase': (n) => n.status.phase ?? '' },
  columns: [NAME, column('Status'), AGE],
  row: (n, { now }) => [n.metadata.name, n.status.phase ?? '', ageOf(created(n), now)],
});
