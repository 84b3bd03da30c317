/** PodDisruptionBudgets. Models pkg/apis/policy/validation/validation.go. */
import { isNil } from '../defaults/fill.ts';
import type { PodDisruptionBudget } from '../types.ts';
import { invalidValue, unsupported, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { selectorValue, validateSelector } from './selector.ts';
import { pathSegmentProblems } from './text.ts';
import { validateAtMost100Percent, validateIntOrPercent } from './workloads.ts';

function validateBudgetSpec(spec: PodDisruptionBudget['spec'], out: Causes): void {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec;
  if (!isNil(minAvailable) && !isNil(maxUnavailable)) {
    const value = {
      MinAvailable: minAvailable,
      Selector: selectorValue(spec.selector) ?? null,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: policy ?? null,
    };
    out.push(invalidValue('spec', value, 'minAvailable and maxUnavailable cannot be both set'));
  }
  if (!isNil(minAvailable)) {
    validateIntOrPercent(minAvailable, 'spec.minAvailable', out);
    validateAtMost100Percent(minAvailable, 'spec.minAvailable', out);
  }
  if (!isNil(maxUnavailable)) {
    validateIntOrPercent(maxUnavailable, 'spec.maxUnavailable', out);
    validateAtMost100Percent(maxUnavailable, 'spec.maxUnavailable', out);
  }
  if (!isNil(policy) && policy !== 'AlwaysAllow' && policy !== 'IfHealthyBudget') {
    out.push(unsupported('spec.unhealthyPodEvictionPolicy', policy, ['AlwaysAllow', 'IfHealthyBudget']));
  }
  validateSelector(spec.selector, 'spec.selector', out);
}

export function validateBudget(budget: PodDisruptionBudget, out: Causes): void {
  validateBudgetSpec(budget.spec ?? {}, out);
  // Upstream has no name rule of its own for budgets.
  validateMeta(budget.metadata, true, pathSegmentProblems, out);
}

export function validateBudgetUpdate(next: PodDisruptionBudget, old: PodDisruptionBudget, out: Causes): void {
  if (next.spec !== old.spec) validateBudgetSpec(next.spec ?? {}, out);
  validateMetaUpdate(next.metadata, old.metadata, out);
}
