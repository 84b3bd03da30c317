/**
 * Resources that are added while a cluster runs, as plain data: what a CustomResourceDefinition says. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go and
 * pkg/registry/customresource (strategy.go, tableconvertor).
 */
import type { Millis } from '../../kernel/types.ts';
import { deepEqual } from '../equal.ts';
import { evaluateJsonPath } from '../jsonpath/evaluate.ts';
import { parseJsonPath, type JsonPath } from '../jsonpath/parse.ts';
import { decodeCustom, validateCustom } from '../schema/structural/custom.ts';
import { pruned } from '../schema/structural/prune.ts';
import { isObject, type StructuralSchema } from '../schema/structural/schema.ts';
import { advance } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, created, NAME, type Cell, type Column } from '../table/column.ts';
import type { KubeObject, LabelSelector, PodTemplateSpec } from '../types.ts';
import { invalidValue, type Causes } from '../validation/field.ts';
import { validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { subdomainProblems } from '../validation/text.ts';
import { conversionFailed, convertedBy } from './conversion.ts';
import {
  apiVersionText,
  defineResource,
  valueAtPath,
  versionOf,
  type FieldReader,
  type ResourceDefinition,
  type ResourceParts,
  type ResourceVersion,
  type ScalePaths,
  type Validation,
  type WorkloadTraits,
} from './definition.ts';
import type { DeclaredConversion } from './versionconversion.ts';

/** A column of `kubectl get`, as in a CustomResourceDefinition's `additionalPrinterColumns`. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: Column['type'];
  /** `.spec.replicas`, within the object. */
  readonly jsonPath: string;
  /** Above 0: with `-o wide` only. */
  readonly priority?: number;
}

export interface DynamicVersion {
  readonly name: string;
  /** Without one, any field is taken as it comes. What it does not say is dropped. */
  readonly schema?: StructuralSchema;
  readonly subresources?: { readonly status?: object; readonly scale?: ScalePaths };
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
  readonly selectableFields?: readonly { readonly jsonPath: string }[];
  /** What who asks for it is told: that it is on its way out. */
  readonly deprecated?: string;
}

/**
 * Plain data, part of a cluster's state.
 * @example
 * cluster.addResource({
 *   group: 'example.com',
 *   names: { kind: 'Widget', plural: 'widgets', shortNames: ['wd'] },
 *   scope: 'Namespaced',
 *   versions: [{ name: 'v1', subresources: { status: {} } }],
 * }, cluster.by);
 */
export interface DynamicResource {
  readonly group: string;
  readonly names: {
    readonly kind: string;
    readonly plural: string;
    readonly singular?: string;
    readonly shortNames?: readonly string[];
    readonly categories?: readonly string[];
  };
  readonly scope: 'Namespaced' | 'Cluster';
  /**
   * Those served; the first is the one that clients prefer. What is sent in one is defaulted, pruned and
   * checked by its schema.
   */
  readonly versions: readonly [DynamicVersion, ...DynamicVersion[]];
  /** The version in which etcd has its objects, where it is not the first and no webhook converts them. */
  readonly storage?: DynamicVersion;
  /**
   * How others become the first one; absent: in name alone (None). `Webhook`: what the webhook would do is
   * not known, and what is sent in another version is refused.
   */
  readonly conversion?: 'Webhook' | DeclaredConversion;
}

/** The first value found, as the table convertor writes it; '' where it is not of the column's type. */
function cellOf(path: JsonPath, type: Column['type'], object: KubeObject, now: Millis): Cell {
  const [value] = evaluateJsonPath(path, object).flat();
  if (value === undefined || value === null) return '';
  switch (type) {
    case 'string':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'date':
      return typeof value !== 'string'
        ? ''
        : Number.isNaN(Date.parse(value))
          ? '<invalid>'
          : ageOf(value, now);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : '';
    default:
      return typeof value === type ? (value as number | boolean) : '';
  }
}

/** The table of objects that have these columns beside their name; without any, their age. */
function printedBy(
  printed: readonly PrinterColumn[] | undefined,
): Pick<ResourceDefinition<KubeObject>, 'columns' | 'row'> {
  if (printed === undefined)
    return {
      columns: [NAME, AGE],
      row: (object, { now }) => [object.metadata.name, ageOf(created(object), now)],
    };
  const paths = printed.map((c) => parseJsonPath(`{${c.jsonPath}}`));
  const columns = printed.map(
    ({ name, type, priority = 0 }): Column => ({
      name,
      type,
      priority: priority > 0 ? 1 : 0,
      clock: type === 'date',
    }),
  );
  return {
    columns: [NAME, ...columns],
    row: (object, { now }) => [
      object.metadata.name,
      ...paths.map((path, i) => cellOf(path, columns[i]!.type, object, now)),
    ],
  };
}

function fieldReader(jsonPath: string): FieldReader {
  const path = parseJsonPath(`{${jsonPath}}`);
  return (object) => {
    const [value] = evaluateJsonPath(path, object).flat();
    return value === undefined || value === null ? '' : String(value);
  };
}

const withGeneration = (draft: KubeObject): KubeObject => ({
  ...draft,
  metadata: { ...draft.metadata, generation: 1 },
});

function withoutStatus({ status: _, ...rest }: KubeObject): KubeObject {
  return rest;
}

/** A resource that has no status yet has no member for it. */
const withoutUnset = (object: KubeObject): KubeObject =>
  object.status === undefined ? withoutStatus(object) : object;

/** The template of Pods, as Kubernetes' own workloads have it; undefined of what is otherwise made. */
function templateIn(spec: unknown): PodTemplateSpec | undefined {
  const template = isObject(spec) ? spec['template'] : undefined;
  if (!isObject(template) || !isObject(template['spec'])) return undefined;
  const { containers } = template['spec'];
  if (!Array.isArray(containers) || !containers.every(isObject)) return undefined;
  return (isObject(template['metadata']) ? template : { ...template, metadata: {} }) as PodTemplateSpec;
}

/** The selector of Pods, as Kubernetes' own workloads have it; undefined of what is otherwise made. */
function selectorIn(spec: unknown): LabelSelector | undefined {
  const selector = isObject(spec) ? spec['selector'] : undefined;
  if (!isObject(selector)) return undefined;
  const { matchLabels = {}, matchExpressions = [], ...others } = selector;
  const isOne = isObject(matchLabels) && Array.isArray(matchExpressions) && matchExpressions.every(isObject);
  return isOne && Object.keys(others).length === 0 ? selector : undefined;
}

const NO_TEMPLATE: PodTemplateSpec = { metadata: {}, spec: { containers: [] } };

/**
 * What is scaled runs Pods, and is read by the names that all of Kubernetes' own workloads use, as far as it
 * has them: `spec.template`, `status.readyReplicas`. What its controller has yet to do nobody can tell.
 */
function scaledTraits(paths: ScalePaths): WorkloadTraits {
  const count = (o: KubeObject, path: string): number => Number(valueAtPath(o, path) ?? 0);
  return {
    template: (o) => templateIn(o.spec) ?? NO_TEMPLATE,
    selector: (o) => selectorIn(o.spec),
    wanted: (o) => Number(valueAtPath(o, paths.specReplicas) ?? 1),
    ready: (o) => count(o, '.status.readyReplicas'),
    available: (o) => count(o, '.status.availableReplicas'),
    updated: (o) => count(o, '.status.updatedReplicas'),
    seen: (o) => {
      const observed = valueAtPath(o, '.status.observedGeneration');
      return observed === undefined || Number(observed) >= (o.metadata.generation ?? 0);
    },
    filled: () => true,
  };
}

/** All but metadata counts; apiVersion, of which each version has its own, stands for the kind. */
const changed = (next: KubeObject, old: KubeObject): boolean =>
  !deepEqual({ ...next, metadata: 0, apiVersion: 0 }, { ...old, metadata: 0, apiVersion: 0 });

const MOST_REPLICAS = 2_147_483_647;

/** What the scale subresource could not tell. */
function validateScale(object: KubeObject, path: string, out: Causes): void {
  const replicas = valueAtPath(object, path);
  if (typeof replicas !== 'number') return;
  if (replicas < 0) out.push(invalidValue(path, replicas, 'should be a non-negative integer'));
  if (replicas > MOST_REPLICAS)
    out.push(invalidValue(path, replicas, `should be less than or equal to ${MOST_REPLICAS}`));
}

/** Without a schema any field is taken as it comes. */
const ANY_FIELDS: StructuralSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

type Rules = Pick<ResourceParts<KubeObject>, 'defaults' | 'validation' | 'selectableFields' | 'workload'> &
  Pick<ResourceDefinition, 'subresources' | 'strategy'>;

/**
 * What is made of objects of a version, and said against them.
 * @param seen one that is there already, as this version shows it
 */
function rulesOf(
  { schema = ANY_FIELDS, subresources = {}, selectableFields = [] }: DynamicVersion,
  namespaced: boolean,
  seen: (object: KubeObject) => KubeObject = (object) => object,
): Rules {
  const { scale } = subresources;
  const hasStatus = subresources.status !== undefined;
  const decode = (object: KubeObject): KubeObject => decodeCustom(object, schema);
  const check = (object: KubeObject, old: KubeObject | undefined, out: Causes): void => {
    validateCustom(object, old && seen(old), schema, out);
    if (scale === undefined) return;
    validateScale(object, scale.specReplicas, out);
    validateScale(object, scale.statusReplicas, out);
  };
  return {
    subresources: { status: hasStatus, scale },
    defaults: decode,
    strategy: hasStatus
      ? {
          create: (draft) => withGeneration(withoutStatus(draft)),
          update(next, old) {
            const before = seen(old);
            return withoutUnset(advance(changed)({ ...next, status: before.status }, before));
          },
          status: (next, old) => decode({ ...seen(old), status: next.status }),
        }
      : {
          create: withGeneration,
          update: (next, old) => withoutUnset({ ...advance(changed)(next, seen(old)), status: next.status }),
          status: (next, old) => ({ ...next, spec: old.spec }),
        },
    validation: {
      create(object, out) {
        validateMeta(object.metadata, namespaced, subdomainProblems, out, 'any');
        check(object, undefined, out);
      },
      update(next, old, out) {
        validateMetaUpdate(next.metadata, old.metadata, out, 'any');
        check(next, old, out);
      },
      status: check,
    },
    selectableFields: Object.fromEntries(
      selectableFields.map(({ jsonPath }) => [jsonPath.replace(/^\./, ''), fieldReader(jsonPath)]),
    ),
    ...(scale === undefined ? {} : { workload: scaledTraits(scale) }),
  };
}

/** Whether the same is made of objects of two versions, and said against them. */
const isRuledAs = (a: DynamicVersion, b: DynamicVersion): boolean =>
  a === b ||
  (deepEqual(a.schema, b.schema) &&
    deepEqual(a.subresources, b.subresources) &&
    deepEqual(a.selectableFields, b.selectableFields));

/** The definition that plain data describes. @throws Error for a path that cannot be read */
export function defineDynamic(resource: DynamicResource): ResourceDefinition {
  const { conversion, versions, storage = versions[0] } = resource;
  return conversion !== undefined || versions.every((version) => isRuledAs(version, storage))
    ? definedAs(resource)
    : definedByVersion(resource, storage);
}

/**
 * Each version has rules of its own, and etcd has what the stored one leaves of its objects: a converter that
 * changes apiVersion alone, before a codec that prunes what it made. Kept are objects as etcd has them, under
 * the name of the first version; whoever asks for a version has them pruned by its schema. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go
 * (crdConversionRESTOptionsGetter, schemaCoercingConverter) and conversion/nop_converter.go.
 */
function definedByVersion(resource: DynamicResource, storage: DynamicVersion): ResourceDefinition {
  const { group, scope, versions } = resource;
  const { schema: stored = ANY_FIELDS } = storage;
  const first = definedAs(resource);
  const seenBy =
    ({ schema = ANY_FIELDS }: DynamicVersion) =>
    (object: KubeObject): KubeObject =>
      pruned(object, schema);
  const definition: ResourceDefinition = {
    ...first,
    versions: versions.map((version) => {
      const { toStored: _, ...said } = first.versions.find(({ name }) => name === version.name)!;
      const printed = printedBy(version.additionalPrinterColumns);
      return { ...said, fromStored: seenBy(version), printed };
    }),
    throughEtcd: (object) => decodeCustom(object, stored),
  };
  const asked = (version: DynamicVersion): ResourceDefinition => ({
    ...definition,
    ...(rulesOf(version, scope === 'Namespaced', seenBy(version)) as ResourceDefinition),
    apiVersion: apiVersionText(group, version.name),
  });
  return { ...definition, rulesOf: Object.fromEntries(versions.map((v) => [v.name, asked(v)])) };
}

function definedAs({ group, names, scope, versions, conversion }: DynamicResource): ResourceDefinition {
  const [stored] = versions;
  const schemas = Object.fromEntries(versions.map(({ name, schema = ANY_FIELDS }) => [name, schema]));
  const convertedVersion = (name: string): ResourceVersion => {
    if (name === stored.name || conversion === undefined)
      return { name, toStored: (object) => decodeCustom(object, schemas[name]!) };
    if (conversion === 'Webhook')
      return {
        name,
        toStored() {
          throw conversionFailed(
            `${group}/${name}`,
            names.kind,
            `nobody said what the webhook answers; write ${names.kind} in ${group}/${stored.name}, or say ` +
              `it by: conversion webhook of "${names.plural}.${group}" behaves as:`,
          );
        },
      };
    const { rules } = conversion;
    return {
      name,
      toStored: (object) => convertedBy(rules, decodeCustom(object, schemas[name]!), name, stored.name),
      fromStored: (object) => decodeCustom(convertedBy(rules, object, stored.name, name), schemas[name]!),
    };
  };
  const versionOfData = (version: DynamicVersion): ResourceVersion => ({
    ...convertedVersion(version.name),
    ...(version.deprecated === undefined ? {} : { deprecated: version.deprecated }),
    ...(version === stored ? {} : { printed: printedBy(version.additionalPrinterColumns) }),
  });
  const namespaced = scope === 'Namespaced';
  const definition = defineResource<KubeObject>({
    group,
    kind: names.kind,
    plural: names.plural,
    ...(names.singular === undefined ? {} : { singular: names.singular }),
    ...(names.shortNames === undefined ? {} : { shortNames: names.shortNames }),
    ...(names.categories === undefined ? {} : { categories: names.categories }),
    namespaced,
    versions: versions.map(versionOfData),
    conversion: typeof conversion === 'object' ? conversion : undefined,
    schemas,
    generation: true,
    // Structures and nulls are as the schema has them, not as Go's types would.
    opaque: true,
    ...rulesOf(stored, namespaced),
    ...printedBy(stored.additionalPrinterColumns),
  });
  if (typeof conversion !== 'object') return definition;
  const validation = checkedBefore(namespaced);
  const asked = (version: DynamicVersion): ResourceDefinition => {
    const { subresources, selectableFields } = rulesOf(version, namespaced);
    return { ...definition, validation, subresources, selectableFields: selectableFields! };
  };
  return { ...definition, rulesOf: Object.fromEntries(versions.slice(1).map((v) => [v.name, asked(v)])) };
}

/** What was found valid by the schema of its version is not asked for another's once it is converted. */
const checkedBefore = (namespaced: boolean): Validation<KubeObject> => ({
  create: (object, out) => validateMeta(object.metadata, namespaced, subdomainProblems, out, 'any'),
  update: (next, old, out) => validateMetaUpdate(next.metadata, old.metadata, out, 'any'),
  status: () => {},
});

/** An object of the store as the resource has it from here on: in its version, with its defaults. */
export function asServed(definition: ResourceDefinition, object: KubeObject): KubeObject {
  const { apiVersion, schemas, conversion, throughEtcd } = definition;
  if (throughEtcd !== undefined) return inName(throughEtcd(object), apiVersion);
  const of = versionOf(object.apiVersion);
  const converted =
    conversion === undefined || object.apiVersion === apiVersion
      ? object
      : convertedBy(conversion.rules, object, of, versionOf(apiVersion));
  return inName(decodeCustom(converted, schemas![versionOf(apiVersion)]!), apiVersion);
}

/** An object under the name of another version, as it is. */
export const inName = (object: KubeObject, apiVersion: string): KubeObject =>
  object.apiVersion === apiVersion ? object : { ...object, apiVersion };

/**
 * The rules of an object that is sent in another version than it is kept in: it is looked at as it was sent,
 * and beside it what was there as its version shows it.
 * @param asked the rules of its version
 */
export function sentIn(asked: ResourceDefinition, sent: KubeObject): ResourceDefinition {
  const { schemas, versions, validation } = asked;
  const version = versionOf(sent.apiVersion);
  const schema = schemas?.[version];
  if (schema === undefined) return asked;
  const object = decodeCustom(sent, schema);
  const seen = versions.find(({ name }) => name === version)?.fromStored;
  const check = (old: KubeObject | undefined, out: Causes): void =>
    validateCustom(object, old && (seen?.(old) ?? old), schema, out);
  return {
    ...asked,
    validation: {
      create(next, out) {
        validation.create(next, out);
        check(undefined, out);
      },
      update(next, old, out) {
        validation.update(next, old, out);
        check(old, out);
      },
      status: (_, old, out) => check(old, out),
    },
  };
}
