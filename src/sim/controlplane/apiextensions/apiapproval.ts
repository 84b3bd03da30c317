/**
 * Tells of definitions in the community's groups (`*.k8s.io`) whether their API is approved. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/controller/apiapproval/apiapproval_controller.go. Keys:
 * names.
 */
import {
  CUSTOM_RESOURCE_DEFINITIONS,
  type CustomResourceDefinition,
} from '../../api/resources/customresource.ts';
import { withDefinitionCondition } from '../../api/resources/customresourcedefinition.ts';
import {
  approvalOf,
  isProtectedGroup,
  type Approval,
} from '../../api/validation/customresourcedefinition.ts';
import { deepEqual } from '../../api/equal.ts';
import type { Controller } from '../controller.ts';
import { definitionOf, writeStatus } from './definitions.ts';

const REASONS: Readonly<Record<Approval['state'], string>> = {
  approved: 'ApprovedAnnotation',
  bypassed: 'UnapprovedAnnotation',
  missing: 'MissingAnnotation',
  invalid: 'InvalidAnnotation',
};

const isProtected = ({ spec }: CustomResourceDefinition): boolean => isProtectedGroup(spec.group);

export const apiApprovalController: Controller<null> = {
  name: 'kubernetes-api-approval-policy-conformant-condition-controller',
  watches: [CUSTOM_RESOURCE_DEFINITIONS],
  init: () => null,
  observe(event, _state, ctx) {
    if (event.type !== 'DELETED' && isProtected(event.object as CustomResourceDefinition))
      ctx.queue.add(event.object.metadata.name);
  },
  sync(name, _state, ctx) {
    const definition = definitionOf(name, ctx);
    if (definition === undefined || !isProtected(definition)) return;
    const { state, reason } = approvalOf(definition);
    const next = withDefinitionCondition(
      definition,
      'KubernetesAPIApprovalPolicyConformant',
      state === 'approved' ? 'True' : 'False',
      REASONS[state],
      reason,
      ctx.now,
    );
    if (!deepEqual(next.status, definition.status)) writeStatus(next, ctx);
  },
};
