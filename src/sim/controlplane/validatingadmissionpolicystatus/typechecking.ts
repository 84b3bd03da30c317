/**
 * Holds the expressions of a ValidatingAdmissionPolicy against the schemas of the kinds that it is asked
 * about. Models staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go, which
 * finds more: here are found fields that the kinds do not have.
 */
import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { checkFields, shapeOf, type Shape, type Shapes } from '../../api/cel/fields.ts';
import { apiVersionText, versionOf } from '../../api/resources/definition.ts';
import type { ResourceRegistry } from '../../api/resources/registry.ts';
import type { StructuralSchema } from '../../api/schema/structural/schema.ts';
import { fieldsOf, typeOfKind, type FieldType } from '../../api/schema/types.ts';

const DYN: Shape = { is: 'dyn' };
const STRING: Shape = { is: 'string' };
const BOOL: Shape = { is: 'bool' };

const MOST_KINDS = 10;

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

type Spec = NonNullable<IValidatingAdmissionPolicy['spec']>;
type Rule = NonNullable<NonNullable<Spec['matchConstraints']>['resourceRules']>[number];

/** Of built-in kinds; what is read from its notation is read when it is asked for. */
function ofType(type: FieldType): Shape {
  switch (type.kind) {
    case 'string':
      return STRING;
    case 'int32':
    case 'int64':
      return { is: 'int' };
    case 'boolean':
      return BOOL;
    case 'list':
    case 'map':
      return { is: type.kind, of: ofType(type.of) };
    case 'object': {
      const fields = fieldsOf(type);
      if (fields.size === 0) return DYN;
      return {
        is: 'object',
        field(name) {
          if (type.typeMeta && (name === 'apiVersion' || name === 'kind')) return STRING;
          const field = fields.get(name);
          return field && ofType(field.type);
        },
      };
    }
    default:
      return DYN;
  }
}

const METADATA = (): Shape => ofType(fieldsOf(typeOfKind('v1', 'ConfigMap')!).get('metadata')!.type);

/** Of custom resources. */
function ofSchema(schema: StructuralSchema, isRoot = false): Shape {
  if (
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema['x-kubernetes-int-or-string'] === true
  )
    return DYN;
  const { type, properties, additionalProperties, items, format } = schema;
  if (type === 'array' && items !== undefined) return { is: 'list', of: ofSchema(items) };
  if (type === 'string' && format === undefined) return STRING;
  if (type === 'integer') return { is: 'int' };
  if (type === 'boolean') return BOOL;
  if (type !== 'object') return DYN;
  if (typeof additionalProperties === 'object') return { is: 'map', of: ofSchema(additionalProperties) };
  if (properties === undefined)
    return isRoot ? shapeOf({ apiVersion: STRING, kind: STRING, metadata: DYN }) : DYN;
  return {
    is: 'object',
    field(name) {
      if (isRoot || schema['x-kubernetes-embedded-resource'] === true) {
        if (name === 'apiVersion' || name === 'kind') return STRING;
        if (name === 'metadata') return METADATA();
      }
      return Object.hasOwn(properties, name) ? ofSchema(properties[name]!) : undefined;
    },
  };
}

/** Undefined where nobody knows its schema. */
function ofKind(apiVersion: string, kind: string, resources: ResourceRegistry): Shape | undefined {
  const builtIn = typeOfKind(apiVersion, kind);
  if (builtIn !== undefined) return ofType(builtIn);
  const schema = resources.served(apiVersion, kind)?.schemas?.[versionOf(apiVersion)];
  return schema && ofSchema(schema, true);
}

const names = (list: readonly string[] | undefined): string[] =>
  list === undefined || list.some((name) => name.includes('*')) ? [] : [...list].sort();

/** typesToCheck: the kinds that rules name without `*`, the first ten of a rule. */
function kindsOf(rules: readonly Rule[], resources: ResourceRegistry): Kind[] {
  const found = new Map<string, Kind>();
  for (const { apiGroups, apiVersions, resources: plurals = [] } of rules) {
    let count = 0;
    for (const group of names(apiGroups))
      for (const version of names(apiVersions))
        for (const plural of plurals.filter((name) => !/[*/]/.test(name)).sort()) {
          if (count === MOST_KINDS) break;
          const served = resources.find(group === '' ? plural : `${plural}.${group}`);
          if (served?.group !== group || !served.versions.some((v) => v.name === version)) continue;
          found.set(`${group} ${version} ${served.kind}`, { group, version, kind: served.kind });
          count += 1;
        }
    if (count === MOST_KINDS) break;
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

const KIND = shapeOf({ group: STRING, version: STRING, kind: STRING });
const RESOURCE = shapeOf({ group: STRING, version: STRING, resource: STRING });
const STRINGS: Shape = { is: 'list', of: STRING };

/** BuildRequestType (plugin/cel/compile.go). */
const REQUEST = shapeOf({
  kind: KIND,
  resource: RESOURCE,
  subResource: STRING,
  requestKind: KIND,
  requestResource: RESOURCE,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: shapeOf({ username: STRING, uid: STRING, groups: STRINGS, extra: { is: 'map', of: STRINGS } }),
  dryRun: BOOL,
  options: DYN,
});

/** The variables that an expression sees, each as far as what it is made of is known. */
function shapesFor(spec: Spec, object: Shape, params: Shape): Shapes {
  const shapes = { object, oldObject: object, params, request: REQUEST };
  const variables: Record<string, Shape> = {};
  for (const { name, expression } of spec.variables ?? [])
    variables[name] = checkFields(expression.trim(), {
      ...shapes,
      variables: shapeOf({ ...variables }),
    }).shape;
  return { ...shapes, variables: shapeOf(variables) };
}

export interface ExpressionWarning {
  /** `spec.validations[0].expression` */
  readonly fieldRef: string;
  /** A line that begins with the kind, and below it cel-go's; so for each kind. */
  readonly warning: string;
}

/** What a policy's expressions ask for in vain, in their order. */
export function expressionWarnings(spec: Spec, resources: ResourceRegistry): ExpressionWarning[] {
  const { paramKind, matchConstraints, validations = [] } = spec;
  const { apiVersion = '', kind: paramsKind = '' } = paramKind ?? {};
  const params = ofKind(apiVersion, paramsKind, resources) ?? DYN;
  const kinds = kindsOf(matchConstraints?.resourceRules ?? [], resources).flatMap((kind) => {
    const shape = ofKind(apiVersionText(kind.group, kind.version), kind.kind, resources);
    return shape === undefined ? [] : [{ kind, shapes: shapesFor(spec, shape, params) }];
  });
  const warnings: ExpressionWarning[] = [];
  const check = (fieldRef: string, expression: string): void => {
    const results = kinds.flatMap(({ kind: { group, version, kind }, shapes }) => {
      const { issues } = checkFields(expression, shapes);
      return issues === undefined ? [] : [`${group}/${version}, Kind=${kind}: ${issues}\n`];
    });
    if (results.length > 0) warnings.push({ fieldRef, warning: results.join('\n') });
  };
  for (const [i, { expression, messageExpression }] of validations.entries()) {
    check(`spec.validations[${i}].expression`, expression);
    if (messageExpression) check(`spec.validations[${i}].messageExpression`, messageExpression);
  }
  return warnings;
}
