/**
 * OpenAPI 2, one document of everything: what kubectl up to 1.26 reads before it explains, checks or applies.
 * Models staging/src/k8s.io/apiextensions-apiserver/pkg/controller/openapi/v2/conversion.go for what its
 * schemas cannot say.
 */
import { VERSION } from '../../kubectl/discovery.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { StructuralSchema } from '../../sim/api/schema/structural/schema.ts';
import { pathsOf } from './paths.ts';
import { addKind, type Dialect, type Schema } from './schemas.ts';

/** A document, and what of it its protobuf form needs by name. Plain data. */
export interface Swagger {
  readonly swagger: '2.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, object>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

const mapped = <T, U>(of: Readonly<Record<string, T>>, make: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, make(value)]));

/** Without what has no words here; clients take a value of no type for anything. */
function swaggered(schema: StructuralSchema): Schema {
  const { allOf: _all, anyOf: _any, oneOf: _one, not: _not, nullable, ...kept } = schema;
  const { type, items, properties, additionalProperties, required, ...rest } = kept;
  const isOpen = nullable === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isAnything =
    nullable === true || (isOpen && type === 'object') || (type === 'array' && (isOpen || !items));
  const needed =
    isAnything || (typeof additionalProperties === 'object' && additionalProperties.nullable === true)
      ? []
      : (required ?? []).filter((name) => properties?.[name]?.nullable !== true);
  return {
    ...rest,
    ...(type === undefined || isAnything ? {} : { type }),
    ...(needed.length === 0 ? {} : { required: needed }),
    ...(items === undefined || isOpen ? {} : { items: swaggered(items) }),
    ...(properties === undefined || isOpen ? {} : { properties: mapped(properties, swaggered) }),
    ...(additionalProperties === undefined
      ? {}
      : {
          additionalProperties:
            typeof additionalProperties === 'object' ? swaggered(additionalProperties) : additionalProperties,
        }),
  };
}

const V2: Dialect = {
  leaves: {
    string: { type: 'string' },
    int32: { type: 'integer', format: 'int32' },
    int64: { type: 'integer', format: 'int64' },
    number: { type: 'number', format: 'double' },
    boolean: { type: 'boolean' },
    quantity: { type: 'string' },
    intOrString: { type: 'string', format: 'int-or-string' },
    time: { type: 'string', format: 'date-time' },
    microTime: { type: 'string', format: 'date-time' },
    bytes: { type: 'string', format: 'byte' },
    any: {},
  },
  reference: (name) => ({ $ref: `#/definitions/${name}` }),
  structural: swaggered,
};

const parameter = (name: string): object => ({ name, in: 'query', type: 'string', uniqueItems: true });

/** What `/openapi/v2` answers. */
export function openApiV2(resources: ResourceRegistry): Swagger {
  const definitions = new Map<string, Schema>();
  const paths: Record<string, object> = {};
  for (const definition of resources.asked())
    for (const { name: version } of definition.versions) {
      Object.assign(paths, pathsOf(definition, version, parameter));
      addKind(definition, version, V2, definitions);
    }
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths,
    definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
