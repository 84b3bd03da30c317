/**
 * The schemas of what is served, as OpenAPI 3: what kubectl reads before it explains, creates or applies.
 * Models staging/src/k8s.io/apiserver/pkg/server/routes/openapi.go; descriptions are not kept here.
 */
import { servedGroups } from '../../kubectl/discovery.ts';
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import { fieldsOf, type FieldType, type ObjectType, typeOfKind } from '../../sim/api/schema/types.ts';

type Schema = Readonly<Record<string, unknown>>;

const LEAVES: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  number: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  bytes: { type: 'string', format: 'byte' },
  any: {},
};

const reference = (name: string): string => `#/components/schemas/${name}`;
/** `v1.Container` is as good a name as any: clients follow references and kinds. */
const nameOf = ({ name }: ObjectType): string => `io.k8s.${name.replace('#', '.')}`;

/** The schema of a type, and into `found` those that it refers to. */
function schemaOfType(type: FieldType, found: Map<string, Schema>): Schema {
  if (type.kind === 'list')
    return { type: 'array', items: schemaOfType((type as { of: FieldType }).of, found) };
  if (type.kind === 'map')
    return { type: 'object', additionalProperties: schemaOfType((type as { of: FieldType }).of, found) };
  if (type.kind === 'object') {
    const object = type as ObjectType;
    addObject(object, found);
    return { allOf: [{ $ref: reference(nameOf(object)) }], default: {} };
  }
  const { kind, values } = type as { kind: string; values?: readonly string[] };
  return { ...LEAVES[kind], ...(values === undefined ? {} : { enum: values }) };
}

function addObject(type: ObjectType, found: Map<string, Schema>): void {
  const name = nameOf(type);
  if (found.has(name)) return;
  found.set(name, {});
  const properties: Record<string, Schema> = type.typeMeta
    ? { apiVersion: { type: 'string' }, kind: { type: 'string' } }
    : {};
  const required: string[] = [];
  for (const field of fieldsOf(type).values()) {
    const strategies = [
      ...(field.strategy === undefined ? [] : [field.strategy]),
      ...(field.retainKeys ? ['retainKeys'] : []),
    ];
    properties[field.name] = {
      ...schemaOfType(field.type, found),
      ...(strategies.length === 0 ? {} : { 'x-kubernetes-patch-strategy': strategies.join(',') }),
      ...(field.mergeKey === undefined ? {} : { 'x-kubernetes-patch-merge-key': field.mergeKey }),
    };
    if (field.required) required.push(field.name);
  }
  found.set(name, { type: 'object', properties, ...(required.length === 0 ? {} : { required }) });
}

const query = (name: string): object => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
});

/** Parameters by which clients tell what a write may be asked. */
const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'].map(query);

function operation(action: string, gvk: object, id: string, parameters: readonly object[]): object {
  return {
    operationId: id,
    parameters,
    responses: { '200': { description: 'OK' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
  };
}

function pathsOf(definition: ResourceDefinition, version: string): Record<string, object> {
  const { group, kind, plural, namespaced } = definition;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const many = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
  const gvk = { group, version, kind };
  const of = (verb: string, action: string, parameters: readonly object[]): object =>
    operation(action, gvk, `${verb}${kind}${version}${group}`, parameters);
  return {
    [many]: { get: of('list', 'list', []), post: of('create', 'post', WRITE_PARAMETERS) },
    [`${many}/{name}`]: {
      get: of('read', 'get', []),
      put: of('replace', 'put', WRITE_PARAMETERS),
      patch: of('patch', 'patch', [...WRITE_PARAMETERS, query('force')]),
      delete: of('delete', 'delete', [query('dryRun')]),
    },
  };
}

/** What `/openapi/v3/apis/GROUP/VERSION` and `/openapi/v3/api/v1` answer; undefined where there is none. */
export function openApiOf(resources: ResourceRegistry, group: string, version: string): object | undefined {
  const served = [...resources.asked()].filter(
    (d) => d.group === group && d.versions.some((v) => v.name === version),
  );
  if (served.length === 0) return undefined;
  const found = new Map<string, Schema>();
  const paths: Record<string, object> = {};
  for (const definition of served) {
    Object.assign(paths, pathsOf(definition, version));
    const { kind, schemas } = definition;
    const gvk = [{ group, version, kind }];
    const type = typeOfKind(apiVersionText(group, version), kind);
    if (schemas !== undefined) {
      const metadata = typeOfKind('v1', 'Pod');
      const meta = metadata && fieldsOf(metadata).get('metadata');
      const own = schemas[version] as unknown as Schema & { properties?: Schema };
      found.set(`${group}.${version}.${kind}`, {
        ...own,
        properties: {
          ...own.properties,
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          ...(meta === undefined ? {} : { metadata: schemaOfType(meta.type, found) }),
        },
        'x-kubernetes-group-version-kind': gvk,
      });
    } else if (type !== undefined) {
      addObject(type, found);
      const name = nameOf(type);
      found.set(name, { ...found.get(name), 'x-kubernetes-group-version-kind': gvk });
    }
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.0' },
    paths,
    components: { schemas: Object.fromEntries(found) },
  };
}

/** What `/openapi/v3` answers. @param hash of what is served, so that clients keep what they have read */
export function openApiRoot(resources: ResourceRegistry, hash: string): object {
  const paths: Record<string, object> = {};
  for (const [group, versions] of servedGroups(resources))
    for (const version of versions) {
      const path = group === '' ? `api/${version}` : `apis/${group}/${version}`;
      paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
    }
  return { paths };
}
