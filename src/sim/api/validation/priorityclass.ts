/** PriorityClasses. Models pkg/apis/scheduling/validation/validation.go. */
import { isNil } from '../defaults/fill.ts';
import type { PriorityClass } from '../types.ts';
import { forbidden, invalidValue, oneOf, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { subdomainProblems } from './text.ts';

const HIGHEST_USER_PRIORITY = 1_000_000_000;
const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

export function validatePriorityClass(priority: PriorityClass, out: Causes): void {
  const { name } = priority.metadata;
  validateMeta(priority.metadata, false, subdomainProblems, out);
  if (name.startsWith('system-')) {
    const value = SYSTEM_PRIORITIES[name];
    const error =
      value === undefined
        ? `${name} is not a known system priority class`
        : value !== priority.value
          ? `value of ${name} PriorityClass must be ${value}`
          : priority.globalDefault
            ? `globalDefault of ${name} PriorityClass must be false`
            : undefined;
    if (error !== undefined)
      out.push(
        forbidden(
          'metadata.name',
          `priority class names with 'system-' prefix are reserved for system use only. error: ${error}`,
        ),
      );
  } else if ((priority.value ?? 0) > HIGHEST_USER_PRIORITY) {
    out.push(
      forbidden('value', `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`),
    );
  }
  if (!isNil(priority.preemptionPolicy))
    oneOf(priority.preemptionPolicy, ['PreemptLowerPriority', 'Never'], 'preemptionPolicy', out);
}

export function validatePriorityClassUpdate(next: PriorityClass, old: PriorityClass, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (next.value !== old.value) out.push(forbidden('value', 'may not be changed in an update.'));
  if (next.preemptionPolicy !== old.preemptionPolicy)
    out.push(invalidValue('preemptionPolicy', next.preemptionPolicy, 'field is immutable'));
}
