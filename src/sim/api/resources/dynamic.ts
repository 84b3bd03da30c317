/**
 * Resources that are added while a cluster runs, as plain data: what a CustomResourceDefinition says. Models
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go and
 * pkg/registry/customresource (strategy.go, tableconvertor).
 */
import type { Millis } from '../../kernel/types.ts';
import { evaluateJsonPath } from '../jsonpath/evaluate.ts';
import { parseJsonPath, type JsonPath } from '../jsonpath/parse.ts';
import { checkSchema } from '../schema/check.ts';
import { dropUnknown } from '../schema/patched.ts';
import { readStructural, type StructuralSchema } from '../schema/structural.ts';
import { advance, specChanged } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, created, NAME, type Cell, type Column } from '../table/column.ts';
import type { KubeObject, LabelSelector, PodTemplateSpec } from '../types.ts';
import { invalidValue, required, type Causes } from '../validation/field.ts';
import { validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { subdomainProblems } from '../validation/text.ts';
import {
  defineResource,
  valueAtPath,
  type FieldReader,
  type ResourceDefinition,
  type ScalePaths,
  type WorkloadTraits,
} from './definition.ts';

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
  /** Without one, any field is taken as it comes. */
  readonly schema?: StructuralSchema;
  readonly subresources?: { readonly status?: object; readonly scale?: ScalePaths };
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
  readonly selectableFields?: readonly { readonly jsonPath: string }[];
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
  /** The stored one first; what it says holds for all. Others differ in their name alone (strategy None). */
  readonly versions: readonly [DynamicVersion, ...DynamicVersion[]];
}

/** A column's value where exactly one is found, as the table convertor writes it. */
function cellOf(path: JsonPath, type: Column['type'], object: KubeObject, now: Millis): Cell {
  const [value, ...more] = evaluateJsonPath(path, object).flat();
  if (value === undefined || value === null || more.length > 0) return '';
  if (type === 'date') return ageOf(String(value), now);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fieldReader(jsonPath: string): FieldReader {
  const path = parseJsonPath(`{${jsonPath}}`);
  return (object) => {
    const [value] = evaluateJsonPath(path, object).flat();
    return value === undefined || value === null ? '' : String(value);
  };
}

/** `integer` for `an integer`, as OpenAPI names types. */
const typeWord = (expected: string): string => expected.replace(/^an? /, '').replace(/^list.*/, 'array');

/** What the schema says against an object, in the words of kube-openapi's validation. */
function schemaCauses(schema: ResourceDefinition['schema'], object: KubeObject, out: Causes): void {
  if (schema === undefined) return;
  for (const { kind, field, path, message, expected } of checkSchema(object, undefined, schema)) {
    if (kind === 'missing') out.push(required(field));
    else if (kind === 'enum') out.push({ field, reason: 'Unsupported value', message });
    else if (kind === 'type') {
      const value = valueAt(object, path);
      const found = Array.isArray(value) ? 'array' : typeof value;
      const detail = `${field} in body must be of type ${typeWord(expected)}: ${JSON.stringify(found)}`;
      out.push(invalidValue(field, found, detail));
    }
  }
}

const valueAt = (object: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    object,
  );

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

const NO_TEMPLATE: PodTemplateSpec = { metadata: {}, spec: { containers: [] } };

/**
 * What is scaled runs Pods, and is read by the names that all of Kubernetes' own workloads use, as far as it
 * has them: `spec.template`, `status.readyReplicas`. What its controller has yet to do nobody can tell.
 */
function scaledTraits(paths: ScalePaths): WorkloadTraits {
  const specOf = (o: KubeObject): { template?: PodTemplateSpec; selector?: LabelSelector } => o.spec ?? {};
  const count = (o: KubeObject, path: string): number => Number(valueAtPath(o, path) ?? 0);
  return {
    template: (o) => specOf(o).template ?? NO_TEMPLATE,
    selector: (o) => specOf(o).selector,
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

/** The definition that plain data describes. @throws Error for a path or a schema that cannot be read */
export function defineDynamic({ group, names, scope, versions }: DynamicResource): ResourceDefinition {
  const [stored] = versions;
  const { subresources = {}, additionalPrinterColumns: printed } = stored;
  const hasStatus = subresources.status !== undefined;
  const namespaced = scope === 'Namespaced';
  const schema =
    stored.schema === undefined ? undefined : readStructural(`${stored.name}.${names.kind}`, stored.schema);
  const paths = (printed ?? []).map((c) => parseJsonPath(`{${c.jsonPath}}`));
  const columns = (printed ?? []).map(
    ({ name, type, priority = 0 }): Column => ({
      name,
      type,
      priority: priority > 0 ? 1 : 0,
      clock: type === 'date',
    }),
  );
  return defineResource<KubeObject>({
    group,
    kind: names.kind,
    plural: names.plural,
    ...(names.singular === undefined ? {} : { singular: names.singular }),
    ...(names.shortNames === undefined ? {} : { shortNames: names.shortNames }),
    ...(names.categories === undefined ? {} : { categories: names.categories }),
    namespaced,
    versions: versions.map(({ name }) => ({ name })),
    subresources: { status: hasStatus, scale: subresources.scale },
    ...(schema === undefined ? {} : { schema }),
    generation: true,
    // Structures and nulls are as the schema has them, not as Go's types would.
    opaque: true,
    defaults: (object) => (schema === undefined ? object : dropUnknown(object, schema)),
    strategy: hasStatus
      ? {
          create: (draft) => withGeneration(withoutStatus(draft)),
          update: (next, old) => withoutUnset(advance(specChanged)(next, old)),
          status: (next, old) => ({ ...old, metadata: next.metadata, status: next.status }),
        }
      : {
          create: withGeneration,
          update: (next, old) => withoutUnset({ ...advance(specChanged)(next, old), status: next.status }),
        },
    validation: {
      create(object, out) {
        validateMeta(object.metadata, namespaced, subdomainProblems, out);
        schemaCauses(schema, object, out);
      },
      update(next, old, out) {
        validateMetaUpdate(next.metadata, old.metadata, out);
        schemaCauses(schema, next, out);
      },
      status: (next, _old, out) => schemaCauses(schema, next, out),
    },
    selectableFields: Object.fromEntries(
      (stored.selectableFields ?? []).map(({ jsonPath }) => [
        jsonPath.replace(/^\./, ''),
        fieldReader(jsonPath),
      ]),
    ),
    columns: printed === undefined ? [NAME, AGE] : [NAME, ...columns],
    row: (object, { now }) =>
      printed === undefined
        ? [object.metadata.name, ageOf(created(object), now)]
        : [object.metadata.name, ...paths.map((path, i) => cellOf(path, columns[i]!.type, object, now))],
    ...(subresources.scale === undefined ? {} : { workload: scaledTraits(subresources.scale) }),
  });
}
