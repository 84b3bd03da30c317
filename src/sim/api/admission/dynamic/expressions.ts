/**
 * The expressions of policies: what they may speak of, and what is wrong with them when a policy is written.
 * Models pkg/apis/admissionregistration/validation (validateValidation, validateMessageExpression,
 * validateMatchCondition). Fields are not held against the schemas of what a policy is asked about.
 */
import { atSign, compilerOf, type Compiler } from '../../cel/environment.ts';
import { labelKeyProblems } from '../../labelsyntax.ts';
import {
  duplicate,
  invalidValue,
  problemsAt,
  required,
  tooMany,
  type Causes,
} from '../../validation/field.ts';
import { eachAt } from '../../validation/rules.ts';

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

const MOST_CONDITIONS = 64;

/** `matchConditions` (validateMatchConditions); a name is had once. */
export function checkConditions(
  conditions: readonly { readonly name?: string; readonly expression?: string }[] | undefined,
  compiler: Compiler,
  field: string,
  out: Causes,
): void {
  const names = new Set<string>();
  if ((conditions ?? []).length > MOST_CONDITIONS)
    out.push(tooMany(field, conditions!.length, MOST_CONDITIONS));
  eachAt(conditions, field, ({ name, expression }, at) => {
    if (!expression?.trim()) out.push(required(`${at}.expression`));
    else checkExpression(expression, compiler, 'bool', `${at}.expression`, out);
    if (!name) {
      out.push(required(`${at}.name`));
      return;
    }
    problemsAt(`${at}.name`, name, labelKeyProblems(name), out);
    if (names.has(name)) out.push(duplicate(`${at}.name`, name));
    names.add(name);
  });
}
