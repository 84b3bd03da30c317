/**
 * Rules of the schemas in CustomResourceDefinitions. Models validateCustomResourceDefinitionValidation of
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go, and
 * pkg/apiserver/schema/defaulting/validation.go.
 */
import { deepEqual } from '../equal.ts';
import { withoutNulls } from '../schema/structural/defaulting.ts';
import { pruned } from '../schema/structural/prune.ts';
import {
  isObject,
  valuesSchema,
  type StructuralSchema,
  type ValidationRule,
} from '../schema/structural/schema.ts';
import { compileRules } from '../schema/structural/rules.ts';
import { structuralCauses } from '../schema/structural/structurality.ts';
import { validateCustom } from '../schema/structural/custom.ts';
import { forbidden, invalidValue, required, unsupported, type Causes } from './field.ts';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];
const META = new Set(['metadata', 'kind', 'apiVersion']);

/** Words of JSON Schema that no schema of Kubernetes has. */
const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];

/** What the root may say where status is a subresource, whose schema is taken out of it. */
const AT_ROOT =
  'description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength ' +
  'pattern maxItems minItems uniqueItems multipleOf required items properties externalDocs example ' +
  'x-kubernetes-preserve-unknown-fields x-kubernetes-validations';
const ALLOWED_AT_ROOT = new Set(AT_ROOT.split(' '));
const AT_ROOT_TOLD =
  '[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength ' +
  'Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example ' +
  'XPreserveUnknownFields XValidations]';

/** Where a schema stands. */
interface Context {
  /** Why no default may stand here; undefined: it may. */
  readonly noDefault?: string;
  /** Whether it is of apiVersion, kind or metadata. */
  readonly inMeta: boolean;
  /** The outermost place below which old and new values cannot be told to be the same. */
  readonly uncorrelated?: string;
}

function checkRule(rule: ValidationRule, path: string, out: Causes): void {
  const text = rule.rule.trim();
  const message = (rule.message ?? '').trim();
  const breaks = (s: string): boolean => /[\n\r]/.test(s);
  if (text === '') out.push(required(`${path}.rule`, 'rule is not specified'));
  else if (rule.message && message === '')
    out.push(invalidValue(`${path}.message`, rule.message, 'must be non-empty if specified'));
  else if (breaks(message))
    out.push(invalidValue(`${path}.message`, rule.message, 'must not contain line breaks'));
  else if (breaks(text) && message === '')
    out.push(required(`${path}.message`, 'message must be specified if rule contains line breaks'));
  if (rule.messageExpression && rule.messageExpression.trim() === '')
    out.push(required(`${path}.messageExpression`, 'messageExpression must be non-empty if specified'));
  if (rule.reason !== undefined && !REASONS.includes(rule.reason))
    out.push(unsupported(`${path}.reason`, rule.reason, REASONS));
  const { fieldPath } = rule;
  if (!fieldPath) return;
  if (fieldPath.trim() === '')
    out.push(invalidValue(`${path}.fieldPath`, fieldPath, 'must be non-empty if specified'));
  if (breaks(fieldPath))
    out.push(invalidValue(`${path}.fieldPath`, fieldPath, 'must not contain line breaks'));
}

/** The schema at a path of fields, `.spec.size` or `.labels['a.b']`; undefined where there is none. */
export function schemaAt(schema: StructuralSchema, path: string): StructuralSchema | undefined {
  const steps = [...path.matchAll(/\.([A-Za-z_]\w*)|\['((?:[^'\\]|\\.)*)'\]/gy)];
  if (steps.length === 0 || steps.reduce((length, [step]) => length + step.length, 0) !== path.length)
    return undefined;
  let at: StructuralSchema | undefined = schema;
  for (const [, plain, quoted] of steps) {
    const name = plain ?? quoted!.replace(/\\(.)/g, '$1');
    at = at.properties?.[name] ?? valuesSchema(at);
    if (at === undefined) return undefined;
  }
  return at;
}

function checkListType(schema: StructuralSchema, path: string, out: Causes): void {
  const { type, items } = schema;
  const listType = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const mapType = schema['x-kubernetes-map-type'];
  const wantsType = (wanted: string, word: string): void => {
    const detail = `must be ${wanted} if ${word} is specified`;
    out.push(type ? invalidValue(`${path}.type`, type, detail) : required(`${path}.type`, detail));
  };
  if (mapType !== undefined && type !== 'object') wantsType('object', 'x-kubernetes-map-type');
  if (mapType !== undefined && mapType !== 'atomic' && mapType !== 'granular')
    out.push(unsupported(`${path}.x-kubernetes-map-type`, mapType, ['atomic', 'granular']));
  if (listType !== undefined && type !== 'array') wantsType('array', 'x-kubernetes-list-type');
  else if (listType === 'set' && items !== undefined) {
    const atomic = 'must be atomic as item of a list with x-kubernetes-list-type=set';
    const own = items['x-kubernetes-list-type'];
    if (items.type === 'array' && own !== undefined && own !== 'atomic')
      out.push(invalidValue(`${path}.items.x-kubernetes-list-type`, own, atomic));
    if (items.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic')
      out.push(invalidValue(`${path}.items.x-kubernetes-map-type`, own, atomic));
  }
  if (listType !== undefined && !['atomic', 'set', 'map'].includes(listType))
    out.push(unsupported(`${path}.x-kubernetes-list-type`, listType, ['atomic', 'set', 'map']));
  if (keys.length > 0 && listType !== 'map') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    const at = `${path}.x-kubernetes-list-type`;
    out.push(listType === undefined ? required(at, detail) : invalidValue(at, listType, detail));
  }
  if (listType === 'map') checkListMap(schema, keys, path, out);
  if ((listType === 'map' || listType === 'set') && items?.nullable === true)
    out.push(
      forbidden(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${listType}`),
    );
  if (listType === 'map' && items !== undefined) checkKeysPresent(items, keys, `${path}.items`, out);
}

function checkListMap(schema: StructuralSchema, keys: readonly string[], path: string, out: Causes): void {
  const { items } = schema;
  const at = `${path}.x-kubernetes-list-map-keys`;
  if (keys.length === 0) out.push(required(at, 'must not be empty if x-kubernetes-list-type is map'));
  if (items === undefined) {
    out.push(required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map'));
    return;
  }
  if (items.type !== 'object') {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    out.push(invalidValue(`${path}.items.type`, items.type ?? '', detail));
    return;
  }
  const seen = new Set<string>();
  for (const key of keys) {
    const property = items.properties?.[key];
    if (property === undefined)
      out.push(invalidValue(at, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object')
      out.push(
        invalidValue(
          `${path}.items.properties[${key}].type`,
          items.type,
          "must be a scalar type if parent array's x-kubernetes-list-type is map",
        ),
      );
    if (seen.has(key)) out.push(invalidValue(at, keys, 'must not contain duplicate entries'));
    seen.add(key);
  }
}

/** Keys by which items are told apart are there in each. */
function checkKeysPresent(items: StructuralSchema, keys: readonly string[], path: string, out: Causes): void {
  for (const key of keys) {
    const property = items.properties?.[key];
    if (property === undefined) continue;
    const at = `${path}.properties[${key}]`;
    if (items.required?.includes(key) !== true && property.default === undefined)
      out.push(
        required(
          `${at}.default`,
          'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required ' +
            'property',
        ),
      );
    if (property.nullable === true)
      out.push(
        forbidden(
          `${at}.nullable`,
          'this property is in x-kubernetes-list-map-keys, so it cannot be nullable',
        ),
      );
  }
}

function checkWords(
  schema: StructuralSchema,
  path: string,
  { noDefault, inMeta }: Context,
  out: Causes,
): void {
  const { type } = schema;
  if (type && !TYPES.includes(type)) out.push(unsupported(`${path}.type`, type, TYPES));
  if (schema.default !== undefined && noDefault !== undefined)
    out.push(forbidden(`${path}.default`, `must not be set${noDefault === '' ? '' : ` ${noDefault}`}`));
  const words = schema as Readonly<Record<string, unknown>>;
  for (const word of UNSUPPORTED)
    if (words[word] !== undefined) out.push(forbidden(`${path}.${word}`, `${word} is not supported`));
  if (type === 'null')
    out.push(forbidden(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'));
  if (Array.isArray(schema.items))
    out.push(forbidden(`${path}.items`, 'items must be a schema object and not an array'));
  if (inMeta && schema['x-kubernetes-embedded-resource'] === true)
    out.push(forbidden(`${path}.x-kubernetes-embedded-resource`, 'must not be used inside of resource meta'));
  if (schema.uniqueItems === true)
    out.push(
      forbidden(
        `${path}.uniqueItems`,
        'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
      ),
    );
}

function checkSchemaWords(
  schema: StructuralSchema,
  path: string,
  context: Context,
  isRoot: boolean,
  out: Causes,
): void {
  checkWords(schema, path, context, out);
  const { properties = {}, additionalProperties, items, not } = schema;
  const values = valuesSchema(schema);
  if (additionalProperties !== undefined) {
    if (Object.keys(properties).length > 0 && additionalProperties !== true)
      out.push(
        forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'),
      );
    const why = 'inside additionalProperties applying to object metadata';
    if (values !== undefined)
      checkSchemaWords(
        values,
        `${path}.additionalProperties`,
        context.inMeta ? { ...context, noDefault: why } : context,
        false,
        out,
      );
  }
  for (const [name, its] of Object.entries(properties)) {
    const meta = (isRoot || schema['x-kubernetes-embedded-resource'] === true) && META.has(name);
    const within: Context = {
      ...context,
      ...(schema['x-kubernetes-map-type'] === 'atomic' && context.uncorrelated === undefined
        ? { uncorrelated: path }
        : {}),
      ...(meta ? { inMeta: true } : {}),
      ...(meta && isRoot ? { noDefault: `in top-level ${name}` } : {}),
    };
    checkSchemaWords(its, `${path}.properties[${name}]`, within, false, out);
  }
  if (not !== undefined) checkSchemaWords(not, `${path}.not`, context, false, out);
  for (const word of ['allOf', 'oneOf', 'anyOf'] as const)
    (schema[word] ?? []).forEach((s, i) => checkSchemaWords(s, `${path}.${word}[${i}]`, context, false, out));
  if (items !== undefined) {
    const apart = schema['x-kubernetes-list-type'] !== 'map' && context.uncorrelated === undefined;
    checkSchemaWords(
      items,
      `${path}.items`,
      apart ? { ...context, uncorrelated: path } : context,
      false,
      out,
    );
  }
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    out.push(
      invalidValue(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'),
    );
  checkListType(schema, path, out);
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return;
  const at = `${path}.x-kubernetes-validations`;
  const before = out.length;
  rules.forEach((rule, i) => {
    checkRule(rule, `${at}[${i}]`, out);
    if (rule.fieldPath && schemaAt(schema, rule.fieldPath) === undefined)
      out.push(invalidValue(`${at}[${i}].fieldPath`, rule.fieldPath, 'must be a valid path'));
  });
  if (out.length === before) compileRules(schema, isRoot, at, context.uncorrelated, out);
}

/** Defaults are what pruning and validation leave be. */
function checkDefaults(schema: StructuralSchema, path: string, isRoot: boolean, out: Causes): void {
  const { default: given } = schema;
  if (given !== undefined && given !== null) {
    const clean = withoutNulls(isObject(given) ? prunedDefault(given, schema) : given, schema);
    if (!deepEqual(clean, given))
      out.push(invalidValue(`${path}.default`, given, 'must not have unknown fields'));
    else {
      const causes: Causes = [];
      validateCustom(
        { default: given },
        undefined,
        { type: 'object', properties: { default: schema } },
        causes,
      );
      for (const cause of causes)
        out.push({ ...cause, field: cause.field === '<nil>' ? cause.field : `${path}.${cause.field}` });
    }
  }
  for (const [name, its] of Object.entries(schema.properties ?? {}))
    if (!(isRoot && META.has(name))) checkDefaults(its, `${path}.properties[${name}]`, false, out);
  const values = valuesSchema(schema);
  if (values !== undefined) checkDefaults(values, `${path}.additionalProperties`, false, out);
  if (schema.items !== undefined) checkDefaults(schema.items, `${path}.items`, false, out);
}

const prunedDefault = (value: object, schema: StructuralSchema): unknown =>
  pruned({ default: value }, { type: 'object', properties: { default: schema } }).default;

/**
 * @param path of the schema: `spec.versions[0].schema.openAPIV3Schema`
 * @param status whether the version has the status subresource
 */
export function validateSchema(schema: StructuralSchema, status: boolean, path: string, out: Causes): void {
  if (status) {
    if (schema.type !== 'object')
      out.push(
        invalidValue(
          `${path}.type`,
          schema.type ?? '',
          'only "object" is allowed as the type at the root of the schema if the status subresource is ' +
            'enabled',
        ),
      );
    if (Object.keys(schema).some((word) => !ALLOWED_AT_ROOT.has(word) && word !== 'nullable'))
      out.push(
        invalidValue(
          path,
          schema,
          `only ${AT_ROOT_TOLD} fields are allowed at the root of the schema if the status subresource is ` +
            'enabled',
        ),
      );
  }
  if (schema.nullable === true)
    out.push(forbidden(`${path}.nullable`, 'nullable cannot be true at the root'));
  const structural = structuralCauses(schema, path);
  if (structural.length > 0) out.push(...structural);
  else checkDefaults(schema, path, true, out);
  checkSchemaWords(schema, path, { inMeta: false }, true, out);
}
