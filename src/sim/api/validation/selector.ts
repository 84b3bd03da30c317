/** Label selectors. Models staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go. */
import { isNil } from '../defaults/fill.ts';
import type { LabelSelector } from '../types.ts';
import { forbidden, invalidValue, problemsAt, required, sortedMap, type Causes } from './field.ts';
import { labelValueErrors, validateLabelKey, validateLabels } from './meta.ts';

export interface Expression {
  key: string;
  operator: string;
  values?: string[];
}

/** A selector as errors show it. */
export const selectorValue = (selector: LabelSelector | undefined): unknown =>
  isNil(selector)
    ? undefined
    : {
        ...(selector.matchLabels
          ? { matchLabels: sortedMap(selector.matchLabels as Record<string, string>) }
          : {}),
        ...(selector.matchExpressions ? { matchExpressions: selector.matchExpressions } : {}),
      };

export const isEmptySelector = (selector: LabelSelector): boolean =>
  Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;

export function validateSelector(selector: LabelSelector | undefined, field: string, out: Causes): void {
  if (selector === undefined || selector === null) return;
  validateLabels(selector.matchLabels as Record<string, string> | undefined, `${field}.matchLabels`, out);
  (selector.matchExpressions ?? []).forEach((e, i) =>
    validateExpression(e as Expression, `${field}.matchExpressions[${i}]`, out),
  );
}

/**
 * Operators of label selectors, and how many values each takes. @returns whether the operator is one of them
 */
export function validateOperator(e: Expression, field: string, out: Causes): boolean {
  const values = e.values ?? [];
  switch (e.operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0)
        out.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
      return true;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0)
        out.push(
          forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
      return true;
    default:
      return false;
  }
}

export const badOperator = (e: Expression, field: string): Causes[number] =>
  invalidValue(`${field}.operator`, e.operator ?? '', 'not a valid selector operator');

function validateExpression(e: Expression, field: string, out: Causes): void {
  const values = e.values ?? [];
  if (!validateOperator(e, field, out)) out.push(badOperator(e, field));
  validateLabelKey(e.key ?? '', `${field}.key`, out);
  values.forEach((value, i) => problemsAt(`${field}.values[${i}]`, value, labelValueErrors(value), out));
}

/** Whether the selector can be used at all (LabelSelectorAsSelector succeeds). */
export function isUsableSelector(selector: LabelSelector | undefined): boolean {
  const causes: Causes = [];
  validateSelector(selector, '', causes);
  return causes.length === 0;
}
