/**
 * The schemas of what is served, as the versions of OpenAPI have them; descriptions are not kept here. Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/openapi/openapi.go and, for custom resources,
 * staging/src/k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder/builder.go.
 */
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { StructuralSchema } from '../../sim/api/schema/structural/schema.ts';
import {
  fieldsOf,
  type FieldType,
  type LeafKind,
  type ObjectType,
  typeOfKind,
} from '../../sim/api/schema/types.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** In what the versions of OpenAPI differ. */
export interface Dialect {
  readonly leaves: Readonly<Record<LeafKind, Schema>>;
  /** To a schema of the document. */
  reference(name: string): Schema;
  /** As far as this version can say it. */
  structural(schema: StructuralSchema): Schema;
}

/** `v1.Container` is as good a name as any: clients follow references and kinds. */
const nameOf = ({ name }: ObjectType): string => `io.k8s.${name.replace('#', '.')}`;

/** `com.example.stable.v1.CronTab`: the group's name from behind, as Java's packages are named. */
const customName = ({ group, kind }: ResourceDefinition, version: string): string =>
  [...group.split('.').reverse(), version, kind].join('.');

/** The schema of a type, and into `found` those that it refers to. */
function schemaOfType(type: FieldType, dialect: Dialect, found: Map<string, Schema>): Schema {
  if (type.kind === 'object') {
    const object = type as ObjectType;
    addObject(object, dialect, found);
    return dialect.reference(nameOf(object));
  }
  if (type.kind === 'list' || type.kind === 'map') {
    const of = schemaOfType((type as { of: FieldType }).of, dialect, found);
    return type.kind === 'list' ? { type: 'array', items: of } : { type: 'object', additionalProperties: of };
  }
  const { kind, values } = type as { kind: LeafKind; values?: readonly string[] };
  return { ...dialect.leaves[kind], ...(values === undefined ? {} : { enum: values }) };
}

const STRING: Schema = { type: 'string' };

/** What stands in every object, in words of our own: clients' tests look for their beginnings. */
const METADATA_WORDS: Readonly<Record<string, string>> = {
  annotations: 'Annotations is a map of what tools keep with the object; nothing is selected by it.',
  creationTimestamp: "CreationTimestamp is a timestamp of the server's, at which the object was made.",
  deletionGracePeriodSeconds: 'Number of seconds that the object may take to end before it is removed.',
  deletionTimestamp:
    'DeletionTimestamp is the time at which the object is to be removed, once it was deleted.',
  finalizers: 'Must be empty before the object is removed: each entry is taken away by who put it there.',
  generateName: 'GenerateName is a prefix by which the server makes a name where none is given.',
  generation: 'A sequence number of what is desired; it grows when that changes.',
  labels: 'Map of keys and values by which objects are organized and selected.',
  managedFields: 'ManagedFields maps who manages the object to the fields that each has set.',
  name: 'Name must be unique within a namespace, and cannot be changed.',
  namespace: 'Namespace defines the space within which the name is unique.',
  ownerReferences: 'List of objects depended on: where all of them are gone, so is this one.',
  resourceVersion: 'An opaque value of the object as it is, by which clients notice that it has changed.',
  uid: 'UID is unique in time and space, and is set by the server.',
};

function addObject(type: ObjectType, dialect: Dialect, found: Map<string, Schema>): void {
  const name = nameOf(type);
  if (found.has(name)) return;
  found.set(name, {});
  const properties: Record<string, Schema> = type.typeMeta ? { apiVersion: STRING, kind: STRING } : {};
  const required: string[] = [];
  for (const field of fieldsOf(type).values()) {
    const strategies = [
      ...(field.strategy === undefined ? [] : [field.strategy]),
      ...(field.retainKeys ? ['retainKeys'] : []),
    ];
    properties[field.name] = {
      ...schemaOfType(field.type, dialect, found),
      ...(strategies.length === 0 ? {} : { 'x-kubernetes-patch-strategy': strategies.join(',') }),
      ...(field.mergeKey === undefined ? {} : { 'x-kubernetes-patch-merge-key': field.mergeKey }),
    };
    if (field.required) required.push(field.name);
  }
  if (type.name === 'v1.ObjectMeta')
    for (const [field, description] of Object.entries(METADATA_WORDS))
      if (properties[field] !== undefined) properties[field] = { ...properties[field], description };
  found.set(name, {
    type: 'object',
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required }),
  });
}

/** With what stands in every object; nothing of one that is open: clients would know no other fields. */
function withMetadata(own: Schema, dialect: Dialect, found: Map<string, Schema>): Schema {
  const metadata = fieldsOf(typeOfKind('v1', 'Pod')!).get('metadata')!;
  if (own['type'] !== 'object') return { type: 'object' };
  return {
    ...own,
    properties: {
      ...(own['properties'] as Schema | undefined),
      apiVersion: {
        ...STRING,
        description: 'APIVersion defines the version of the schema in which an object is written.',
      },
      kind: STRING,
      metadata: {
        ...schemaOfType(metadata.type, dialect, found),
        description: "Standard object's metadata.",
      },
    },
  };
}

/** Adds the schema of a kind in one of its versions, and those that it refers to. */
export function addKind(
  definition: ResourceDefinition,
  version: string,
  dialect: Dialect,
  found: Map<string, Schema>,
): void {
  const { group, kind, schemas } = definition;
  const gvk = { 'x-kubernetes-group-version-kind': [{ group, version, kind }] };
  const custom = schemas?.[version];
  if (custom !== undefined) {
    const own = withMetadata(dialect.structural(custom), dialect, found);
    found.set(customName(definition, version), { ...own, ...gvk });
    return;
  }
  const type = typeOfKind(apiVersionText(group, version), kind);
  if (type === undefined) return;
  addObject(type, dialect, found);
  const name = nameOf(type);
  found.set(name, { ...found.get(name), ...gvk });
}
