/** What the status of a policy is to say. */
import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import type { KubeObject } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';
import { expressionWarnings } from './typechecking.ts';

type Policy = KubeObject & Pick<IValidatingAdmissionPolicy, 'spec' | 'status'>;

/** Writes it, where the policy has changed since it was written. */
export function reconcilePolicy(name: string, { cache, resources, api }: ControllerContext): void {
  const policy = cache.get('ValidatingAdmissionPolicy', '', name) as unknown as Policy | undefined;
  if (policy?.spec === undefined) return;
  const { generation = 0 } = policy.metadata;
  const { status } = policy;
  if (generation <= (status?.observedGeneration ?? 0)) return;
  const warnings = expressionWarnings(policy.spec, resources);
  const typeChecking = warnings.length === 0 ? {} : { expressionWarnings: warnings };
  api.updateStatus<Policy>({
    ...policy,
    status: { ...status, observedGeneration: generation, typeChecking },
  });
}
