/** ControllerRevisions. Models ValidateControllerRevision of pkg/apis/apps/validation/validation.go. */
import { isNil } from '../defaults/fill.ts';
import { deepEqual } from '../equal.ts';
import type { ControllerRevision } from '../types.ts';
import { invalidValue, nonNegative, required, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { subdomainProblems } from './text.ts';

export function validateRevision(revision: ControllerRevision, out: Causes): void {
  validateMeta(revision.metadata, true, subdomainProblems, out);
  if (isNil(revision.data)) out.push(required('data', 'data is mandatory'));
  nonNegative(revision.revision, 'revision', out);
}

export function validateRevisionUpdate(next: ControllerRevision, old: ControllerRevision, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  if (!deepEqual(next.data, old.data)) out.push(invalidValue('data', next.data, 'field is immutable'));
}
