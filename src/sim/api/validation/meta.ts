/** Metadata of every kind. Models staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go. */
import { labelKeyProblems, labelValueProblems } from '../labelsyntax.ts';
import type { ObjectMeta, OwnerReference } from '../types.ts';
import { forbidden, invalidValue, problemsAt, required, tooLong, type Causes } from './field.ts';
import { labelProblems } from './text.ts';

export type NameRule = (name: string) => readonly string[];

const ANNOTATIONS_LIMIT_BYTES = 256 * 1024;

/** Keys and values seen to be good; the same few serve thousands of objects. A memo, no state. */
const goodKeys = new Set<string>();
const goodValues = new Set<string>();
const LIMIT = 10_000;

function knownGood(
  text: string,
  good: Set<string>,
  problems: (t: string) => readonly string[],
): readonly string[] {
  if (good.has(text)) return [];
  const found = problems(text);
  if (found.length === 0) {
    if (good.size >= LIMIT) good.clear();
    good.add(text);
  }
  return found;
}

export function validateLabelKey(key: string, field: string, out: Causes): void {
  problemsAt(field, key, knownGood(key, goodKeys, labelKeyProblems), out);
}

export const labelValueErrors = (value: string): readonly string[] =>
  knownGood(value, goodValues, labelValueProblems);

export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
  out: Causes,
): void {
  if (labels === undefined || labels === null) return;
  for (const key in labels) {
    validateLabelKey(key, field, out);
    problemsAt(field, labels[key], labelValueErrors(labels[key]!), out);
  }
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
  out: Causes,
): void {
  if (annotations === undefined || annotations === null) return;
  let size = 0;
  for (const key in annotations) {
    problemsAt(field, key, knownGood(key.toLowerCase(), goodKeys, labelKeyProblems), out);
    size += key.length + annotations[key]!.length;
  }
  if (size > ANNOTATIONS_LIMIT_BYTES) out.push(tooLong(field, ANNOTATIONS_LIMIT_BYTES));
}

function validateOwners(owners: readonly OwnerReference[], field: string, out: Causes): void {
  let controller: string | undefined;
  owners.forEach((owner, i) => {
    const at = `${field}[${i}]`;
    if (!owner.apiVersion || owner.apiVersion.endsWith('/'))
      out.push(invalidValue(`${field}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'));
    if (!owner.kind) out.push(invalidValue(`${field}.kind`, owner.kind ?? '', 'must not be empty'));
    if (!owner.name) out.push(invalidValue(`${field}.name`, owner.name ?? '', 'must not be empty'));
    if (!owner.uid) out.push(invalidValue(`${field}.uid`, owner.uid ?? '', 'must not be empty'));
    if (owner.kind === 'Event' && owner.apiVersion === 'v1')
      out.push(invalidValue(at, owner, 'v1, Kind=Event is disallowed from being an owner'));
    if (owner.controller !== true) return;
    if (controller !== undefined) {
      out.push(
        invalidValue(
          field,
          owners,
          'Only one reference can have Controller set to true. Found "true" in references for ' +
            `${controller} and ${owner.name}`,
        ),
      );
    }
    controller = owner.name;
  });
}

const STANDARD_FINALIZERS = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Whose finalizers: names of Kubernetes' own kinds have a domain; of custom ones that is only advised. */
export type FinalizerRule = 'qualified' | 'any';

function validateFinalizers(
  finalizers: readonly string[],
  field: string,
  rule: FinalizerRule,
  out: Causes,
): void {
  for (const finalizer of finalizers) {
    validateLabelKey(finalizer, field, out);
    if (rule === 'qualified' && !finalizer.includes('/') && !STANDARD_FINALIZERS.has(finalizer)) {
      out.push(
        invalidValue(field, finalizer, 'name is neither a standard finalizer name nor is it fully qualified'),
      );
    }
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    out.push(invalidValue(field, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
}

function validateCommon(metadata: ObjectMeta, finalizers: FinalizerRule, out: Causes): void {
  validateLabels(metadata.labels, 'metadata.labels', out);
  validateAnnotations(metadata.annotations, 'metadata.annotations', out);
  if (metadata.ownerReferences !== undefined)
    validateOwners(metadata.ownerReferences, 'metadata.ownerReferences', out);
  if (metadata.finalizers !== undefined)
    validateFinalizers(metadata.finalizers, 'metadata.finalizers', finalizers, out);
}

/** What comes before the trailing dash of a prefix is what the rule is for. */
const maskTrailingDash = (name: string): string =>
  name.length > 1 && name.endsWith('-') ? `${name.slice(0, -1)}a` : name;

export function validateMeta(
  metadata: ObjectMeta,
  namespaced: boolean,
  rule: NameRule,
  out: Causes,
  finalizers: FinalizerRule = 'qualified',
): void {
  if (metadata.generateName)
    problemsAt(
      'metadata.generateName',
      metadata.generateName,
      rule(maskTrailingDash(metadata.generateName)),
      out,
    );
  if (!metadata.name) out.push(required('metadata.name', 'name or generateName is required'));
  else problemsAt('metadata.name', metadata.name, rule(metadata.name), out);
  if (namespaced) {
    if (!metadata.namespace) out.push(required('metadata.namespace'));
    else problemsAt('metadata.namespace', metadata.namespace, labelProblems(metadata.namespace), out);
  } else if (metadata.namespace) out.push(forbidden('metadata.namespace', 'not allowed on this type'));
  validateCommon(metadata, finalizers, out);
}

export function validateMetaUpdate(
  next: ObjectMeta,
  old: ObjectMeta,
  out: Causes,
  finalizers: FinalizerRule = 'qualified',
): void {
  if (old.deletionTimestamp !== undefined) {
    const added = (next.finalizers ?? []).filter((f) => !(old.finalizers ?? []).includes(f));
    if (added.length > 0) {
      const list = `[]string{${added.map((f) => JSON.stringify(f)).join(', ')}}`;
      out.push(
        forbidden(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
        ),
      );
    }
  }
  validateCommon(next, finalizers, out);
}
