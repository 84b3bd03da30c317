/**
 * The expressions of policies: what they may speak of, and what is wrong with them when a policy is written.
 * Models pkg/apis/admissionregistration/validation (validateValidation, validateMessageExpression,
 * validateMatchCondition). Fields are not held against the schemas of what a policy is asked about.
 */
import { atSign, compilerOf, type Compiler } from '../../cel/environment.ts';
import { invalidValue, required, type Causes } from '../../validation/field.ts';

const SEEN = ['object', 'oldObject', 'request', 'namespaceObject', 'authorizer', 'variables'];
const compileWithoutParams = compilerOf(SEEN);
const compileWithParams = compilerOf([...SEEN, 'params']);

/** Reads the expressions of a policy, which know of parameters where it has a kind of them. */
export const policyCompiler = (spec: { readonly paramKind?: unknown }): Compiler =>
  spec.paramKind ? compileWithParams : compileWithoutParams;

/** @param type that it has to come to; absent: any */
export function checkExpression(
  expression: string | undefined,
  compiler: Compiler,
  type: 'bool' | 'string' | undefined,
  field: string,
  out: Causes,
): void {
  if (!expression?.trim()) {
    out.push(required(field, `${field.split('.').at(-1)} is not specified`));
    return;
  }
  const compiled = compiler(expression.trim());
  if ('error' in compiled)
    out.push(
      invalidValue(
        field,
        expression,
        `compilation failed: ${atSign(expression.trim(), compiled.at, compiled.error)}`,
      ),
    );
  else if (type !== undefined && compiled.type !== type && compiled.type !== 'dyn')
    out.push(invalidValue(field, expression, `must evaluate to ${type}`));
}
