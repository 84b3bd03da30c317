/**
 * Rules of CEL in structural schemas: `x-kubernetes-validations`. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/{compilation,validation}.go. Lists that
 * are sets or maps are compared as lists, in order; budgets of cost are not counted.
 */
import { Optional } from '@marcbachmann/cel-js';
import { atSign, celErrorText, compile, type Compiled } from '../../cel/environment.ts';
import { deepEqual } from '../../equal.ts';
import {
  duplicate,
  forbidden,
  invalid,
  invalidValue,
  required,
  type Causes,
} from '../../validation/field.ts';
import { unknownFieldsOf } from './celfields.ts';
import { asObject, celValue } from './celvalues.ts';
import { correlated } from './listtypes.ts';
import {
  childPath,
  hasRules,
  isObject,
  propertySchema,
  valuesSchema,
  type StructuralSchema,
  type ValidationRule,
} from './schema.ts';

const usesOldSelf = ({ rule }: ValidationRule): boolean => /\boldSelf\b/.test(rule);

const toldOf = ({ message, rule }: ValidationRule): string =>
  message?.trim() || `failed rule: ${rule.trim()}`;

/** A value that a rule is of. */
interface Place {
  readonly value: unknown;
  /** In whose place it comes; undefined where none can be told. */
  readonly old: unknown;
  readonly schema: StructuralSchema;
  /** '' of the root. */
  readonly path: string;
  readonly root: boolean;
  /** Whether it, or what it is in, is as it was. */
  readonly unchanged: boolean;
}

type Variables = Readonly<Record<string, unknown>>;

function variablesOf({ value, old, schema, root }: Place, { optionalOldSelf }: ValidationRule): Variables {
  const before = old === undefined ? undefined : celValue(old, schema, root);
  return {
    self: celValue(value, schema, root),
    oldSelf: optionalOldSelf === true ? (old === undefined ? Optional.none() : Optional.of(before)) : before,
  };
}

function messageOf(rule: ValidationRule, variables: Variables): string {
  const compiled = rule.messageExpression ? compile(rule.messageExpression) : undefined;
  if (compiled === undefined || 'error' in compiled) return toldOf(rule);
  try {
    const text: unknown = compiled.parsed(variables);
    return typeof text === 'string' && text.trim() !== '' && !/[\n\r]/.test(text)
      ? text.trim()
      : toldOf(rule);
  } catch {
    return toldOf(rule);
  }
}

function tell(rule: ValidationRule, place: Place, message: string, out: Causes): void {
  const at = `${place.path}${rule.fieldPath ?? ''}`.replace(/^\./, '') || '<nil>';
  switch (rule.reason) {
    case 'FieldValueRequired':
      out.push(required(at, message));
      return;
    case 'FieldValueForbidden':
      out.push(forbidden(at, message));
      return;
    case 'FieldValueDuplicate':
      out.push(duplicate(at, place.value));
      return;
    default:
      out.push(
        typeof place.value === 'object' ? invalid(at, message) : invalidValue(at, place.value, message),
      );
  }
}

function judge(rule: ValidationRule, place: Place, out: Causes): void {
  const transition = usesOldSelf(rule);
  if (transition && place.old === undefined && rule.optionalOldSelf !== true) return;
  if (!transition && place.unchanged) return;
  const compiled = compile(rule.rule);
  const at = place.path === '' ? '<nil>' : place.path;
  const type = place.schema.type ?? '';
  if ('error' in compiled) {
    out.push(invalidValue(at, type, `rule compile error: ${compiled.error}`));
    return;
  }
  const variables = variablesOf(place, rule);
  try {
    if (compiled.parsed(variables) === true) return;
  } catch (error) {
    const named = rule.message?.trim() || rule.rule.trim();
    out.push(invalidValue(at, type, `${celErrorText(error)} evaluating rule: ${named}`));
    return;
  }
  tell(rule, place, messageOf(rule, variables), out);
}

function walk(place: Place, out: Causes): void {
  const { value, old, schema, path, unchanged } = place;
  if (value === null || value === undefined || !hasRules(schema)) return;
  for (const rule of schema['x-kubernetes-validations'] ?? []) judge(rule, place, out);
  const into = (inner: unknown, before: unknown, its: StructuralSchema, at: string): void =>
    walk(
      {
        value: inner,
        old: before,
        schema: its,
        path: at,
        root: false,
        unchanged: before === undefined ? unchanged : deepEqual(inner, before),
      },
      out,
    );
  if (Array.isArray(value)) {
    const { items } = schema;
    const oldItem = correlated(schema, old);
    if (items !== undefined) value.forEach((item, i) => into(item, oldItem(item), items, `${path}[${i}]`));
    return;
  }
  if (!isObject(value)) return;
  for (const name of Object.keys(value).sort()) {
    const before = isObject(old) && schema['x-kubernetes-map-type'] !== 'atomic' ? old[name] : undefined;
    const property = propertySchema(schema, name);
    const values = valuesSchema(schema);
    if (property !== undefined) into(value[name], before, property, childPath(path, name));
    else if (values !== undefined) into(value[name], before, values, `${path}[${name}]`);
  }
}

/** What rules say against an object. @param old what it takes the place of; undefined of what is new */
export function validateRules(
  object: object,
  old: object | undefined,
  schema: StructuralSchema,
  out: Causes,
): void {
  const unchanged = old !== undefined && deepEqual(object, old);
  walk({ value: object, old, schema, path: '', root: true, unchanged }, out);
}

/** What keeps an expression from being compiled; undefined: nothing. */
function compileError(
  compiled: Compiled,
  expression: string,
  self: StructuralSchema,
  rule: ValidationRule,
): string | undefined {
  if ('error' in compiled) return `compilation failed: ${atSign(expression, compiled.at, compiled.error)}`;
  const [unknown] = unknownFieldsOf(compiled.parsed.ast, self, rule.optionalOldSelf === true);
  if (unknown === undefined) return undefined;
  return `compilation failed: ${atSign(expression, unknown.at, `undefined field '${unknown.name}'`)}`;
}

/**
 * What is wrong with the rules of a schema.
 * @param path of `x-kubernetes-validations`
 * @param uncorrelated the place below which old and new values cannot be told to be the same, if there is one
 */
export function compileRules(
  schema: StructuralSchema,
  root: boolean,
  path: string,
  uncorrelated: string | undefined,
  out: Causes,
): void {
  const self = asObject(schema, root);
  (schema['x-kubernetes-validations'] ?? []).forEach((rule, i) => {
    const at = `${path}[${i}]`;
    const compiled = compile(rule.rule);
    const error = compileError(compiled, rule.rule, self, rule);
    if (error !== undefined) out.push(invalidValue(`${at}.rule`, rule.rule, error));
    else if ('type' in compiled && compiled.type !== 'bool' && compiled.type !== 'dyn')
      out.push(invalidValue(`${at}.rule`, rule.rule, 'cel expression must evaluate to a bool'));
    if (rule.messageExpression) {
      const message = compile(rule.messageExpression);
      const wrong =
        compileError(message, rule.messageExpression, self, rule)?.replace(/^/, 'messageExpression ') ??
        ('type' in message && message.type !== 'string' && message.type !== 'dyn'
          ? 'messageExpression must evaluate to a string'
          : undefined);
      if (wrong !== undefined)
        out.push(invalidValue(`${at}.messageExpression`, rule.messageExpression, wrong));
    }
    if (usesOldSelf(rule)) {
      if (uncorrelated !== undefined)
        out.push(
          invalidValue(
            `${at}.rule`,
            rule.rule,
            `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`,
          ),
        );
    } else if (rule.optionalOldSelf !== undefined)
      out.push(
        invalidValue(
          `${at}.optionalOldSelf`,
          rule.optionalOldSelf,
          'may not be set if oldSelf is not used in rule',
        ),
      );
  });
}
