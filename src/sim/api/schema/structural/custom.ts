/**
 * What a structural schema makes of a custom resource as the API server decodes it, and what it says against
 * one. Models staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/{strategy,validator}.go.
 */
import { invalid, type Causes } from '../../validation/field.ts';
import { defaulted, withoutNulls } from './defaulting.ts';
import { validateEmbedded } from './embedded.ts';
import { validateListTypes } from './listtypes.ts';
import { pruned } from './prune.ts';
import { validateRules } from './rules.ts';
import { hasRules, type StructuralSchema } from './schema.ts';
import { isTypeCause, validateValue } from './values.ts';

/** With its defaults, without unknown fields and unwanted nulls; itself where that changes nothing. */
export const decodeCustom = <T extends object>(object: T, schema: StructuralSchema): T =>
  pruned(defaulted(withoutNulls(object, schema), schema), schema);

/** Reasons of causes after which rules of CEL are not asked. */
const BLOCKING = new Set(['Unsupported value', 'Required value', 'Too long', 'Too many']);

/** @param old what it takes the place of; undefined of what is new */
export function validateCustom(
  object: object,
  old: object | undefined,
  schema: StructuralSchema,
  out: Causes,
): void {
  const causes: Causes = [];
  validateValue(object, old, schema, '', causes);
  validateEmbedded(object, schema, '', causes, true);
  const before: Causes = [];
  if (old !== undefined) validateListTypes(old, schema, '', before);
  if (before.length === 0) validateListTypes(object, schema, '', causes);
  out.push(...causes);
  if (!hasRules(schema)) return;
  if (causes.some((c) => BLOCKING.has(c.reason) || isTypeCause(c)))
    out.push(
      invalid(
        '<nil>',
        'some validation rules were not checked because the object was invalid; correct the existing ' +
          'errors to complete validation',
      ),
    );
  else validateRules(object, old, schema, out);
}
