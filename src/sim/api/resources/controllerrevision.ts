/** ControllerRevisions. Models pkg/registry/apps/controllerrevision. */
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, NONE } from '../table/column.ts';
import type { ControllerRevision, OwnerReference } from '../types.ts';
import { validateRevision, validateRevisionUpdate } from '../validation/controllerrevision.ts';
import { defineResource } from './definition.ts';

/** `statefulset.apps/db`: how a controller is named in a cell. */
function controllerName(owners: readonly OwnerReference[] | undefined): string {
  const owner = owners?.find((o) => o.controller);
  if (owner === undefined) return NONE;
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
}

export const controllerRevisions = defineResource<ControllerRevision>({
  group: 'apps',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  opaque: true,
  validation: { create: validateRevision, update: validateRevisionUpdate },
  columns: [NAME, column('Controller'), column('Revision'), AGE],
  row: (r, { now }) => [
    r.metadata.name,
    controllerName(r.metadata.ownerReferences),
    r.revision ?? 0,
    ageOf(created(r), now),
  ],
});
