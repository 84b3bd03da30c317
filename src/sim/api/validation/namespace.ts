/** Namespaces. Models ValidateNamespace of pkg/apis/core/validation/validation.go. */
import type { Namespace } from '../types.ts';
import type { Causes } from './field.ts';
import { validateLabelKey, validateMeta } from './meta.ts';
import { labelProblems } from './text.ts';

export function validateNamespace(namespace: Namespace, out: Causes): void {
  validateMeta(namespace.metadata, false, labelProblems, out);
  (namespace.spec.finalizers ?? []).forEach((finalizer) =>
    validateLabelKey(finalizer, 'spec.finalizers', out),
  );
}
