/**
 * The fields of a resource, read for `kubectl explain` from the table that manifests of Kubernetes' own kinds
 * are checked by, and from the structural schemas of custom resources.
 */
import { schemaOf, type ResourceDefinition } from '../sim/api/resources/definition.ts';
import { propertySchema, type StructuralSchema, valuesSchema } from '../sim/api/schema/structural/schema.ts';
import { type FieldType, fieldsOf, goName } from '../sim/api/schema/types.ts';

/** A type, as far as it can be told of. */
export interface Explained {
  /** `Object`, `[]Container`, `map[string]string`. */
  readonly type: string;
  readonly description?: string;
  readonly values: readonly string[];
  /** What tells a type that is met again within itself. */
  readonly name: string | undefined;
  /** By name, in order. */
  fields(): readonly ExplainedField[];
}

export interface ExplainedField {
  readonly name: string;
  readonly required: boolean;
  readonly of: Explained;
}

const LEAVES: Readonly<Record<string, string>> = {
  string: 'string',
  int32: 'integer',
  int64: 'integer',
  number: 'number',
  boolean: 'boolean',
  quantity: 'Quantity',
  intOrString: 'IntOrString',
  time: 'string',
  microTime: 'string',
  bytes: 'string',
  any: 'Object',
};

/** Of every object of a kind. Source: apimachinery/pkg/apis/meta/v1/types.go (`TypeMeta`). */
const TYPE_META: readonly (readonly [string, string])[] = [
  [
    'apiVersion',
    'APIVersion defines the versioned schema of this representation of an object. Servers should convert ' +
      'recognized schemas to the latest internal value, and may reject unrecognized values. More info: ' +
      'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
  ],
  [
    'kind',
    'Kind is a string value representing the REST resource this object represents. Servers may infer this ' +
      'from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: ' +
      'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
  ],
];

export const leaf = (type: string, rest: Partial<Explained> = {}): Explained => ({
  type,
  values: [],
  name: undefined,
  fields: () => [],
  ...rest,
});

export const typeMeta = (): ExplainedField[] =>
  TYPE_META.map(([name, description]) => ({ name, required: false, of: leaf('string', { description }) }));

const byName = (a: ExplainedField, b: ExplainedField): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** `PodSpec` of `v1.PodSpec`. */
const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function builtIn(type: FieldType): Explained {
  switch (type.kind) {
    case 'object':
      return {
        type: shortName(goName(type)),
        values: [],
        name: type.name,
        fields() {
          const own = [...fieldsOf(type).values()].map(({ name, required, type: of }) => ({
            name,
            required,
            of: builtIn(of),
          }));
          return (type.typeMeta ? [...typeMeta(), ...own] : own).sort(byName);
        },
      };
    case 'list':
    case 'map': {
      const of = builtIn(type.of);
      return { ...of, type: `${type.kind === 'list' ? '[]' : 'map[string]'}${of.type}`, values: [] };
    }
    default:
      return leaf(LEAVES[type.kind]!, { values: type.values ?? [] });
  }
}

/** Descriptions of a list's or a map's values stand below its own, as those of an object of a kind do. */
const described = (...texts: (string | undefined)[]): Pick<Explained, 'description'> => {
  const said = texts.filter((text) => text !== undefined && text !== '');
  return said.length === 0 ? {} : { description: said.join('\n') };
};

function custom(schema: StructuralSchema): Explained {
  const { description, items } = schema;
  const within = items ?? valuesSchema(schema);
  if (within !== undefined) {
    const of = custom(within);
    return {
      ...of,
      type: `${items === undefined ? 'map[string]' : '[]'}${of.type}`,
      values: [],
      ...described(description, of.description),
    };
  }
  const { type = 'object' } = schema;
  return {
    type: type === 'object' ? 'Object' : type,
    ...described(description),
    values: (schema.enum ?? []).map(String),
    name: undefined,
    fields: () =>
      Object.keys(schema.properties ?? {})
        .map((name) => ({
          name,
          required: schema.required?.includes(name) === true,
          of: custom(propertySchema(schema, name)!),
        }))
        .sort(byName),
  };
}

/** A custom resource's metadata is Kubernetes' own, whatever its schema says of it. */
function customRoot(schema: StructuralSchema, metadata: Explained): Explained {
  const { fields, ...root } = custom(schema);
  return {
    ...root,
    fields: () =>
      [
        ...fields().filter(({ name }) => !['apiVersion', 'kind', 'metadata'].includes(name)),
        ...typeMeta(),
        { name: 'metadata', required: false, of: metadata },
      ].sort(byName),
  };
}

/**
 * What there is to tell of a kind in one of its versions; undefined where there is no schema of it.
 * @param metadata a definition of a kind of Kubernetes' own
 */
export function explained(
  definition: ResourceDefinition,
  apiVersion: string,
  version: string,
  metadata: ResourceDefinition,
): Explained | undefined {
  const type = schemaOf(definition, apiVersion);
  if (type !== undefined) return builtIn(type);
  const schema = definition.schemas?.[version];
  return schema === undefined ? undefined : customRoot(schema, metadataOf(metadata));
}

/** @param definition a kind of Kubernetes' own */
export const metadataOf = (definition: ResourceDefinition): Explained =>
  builtIn(fieldsOf(schemaOf(definition)!).get('metadata')!.type);
