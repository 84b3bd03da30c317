/**
 * OpenAPI 3, a document a group and version: what kubectl reads before it explains, creates or applies.
 * Models staging/src/k8s.io/apiserver/pkg/server/routes/openapi.go.
 */
import { VERSION } from '../../kubectl/discovery.ts';
import type { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import { pathsOf } from './paths.ts';
import { addKind, type Dialect, type Schema } from './schemas.ts';

const V3: Dialect = {
  leaves: {
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
  },
  reference: (name) => ({ allOf: [{ $ref: `#/components/schemas/${name}` }], default: {} }),
  structural: (schema) => schema as Schema,
};

const parameter = (name: string): object => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
});

/** What `/openapi/v3/apis/GROUP/VERSION` and `/openapi/v3/api/v1` answer; undefined where there is none. */
export function openApiV3(resources: ResourceRegistry, group: string, version: string): object | undefined {
  const served = [...resources.asked()].filter(
    (d) => d.group === group && d.versions.some((v) => v.name === version),
  );
  if (served.length === 0) return undefined;
  const schemas = new Map<string, Schema>();
  const paths: Record<string, object> = {};
  for (const definition of served) {
    Object.assign(paths, pathsOf(definition, version, parameter));
    addKind(definition, version, V3, schemas);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths,
    components: { schemas: Object.fromEntries(schemas) },
  };
}
