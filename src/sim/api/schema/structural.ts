/**
 * Structural schemas, the part of OpenAPI that CustomResourceDefinitions are written in, as schemas of our
 * own. Models staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema. What it cannot hold yet
 * (patterns, bounds, CEL rules, defaults) is refused, not passed over.
 */
import { kubernetesSchema } from './kubernetes.ts';
import { objectType, schemaTable, type ObjectType } from './types.ts';

export interface StructuralSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly items?: StructuralSchema;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

const KNOWN = new Set([
  'type',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'format',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
]);

/** The fields that every object has beside its own. */
const OF_EVERY_OBJECT = new Set(['apiVersion', 'kind', 'metadata']);

/** @param name what messages call the root's type, `v1.Widget` @throws Error naming path and word */
export function readStructural(name: string, root: StructuralSchema): ObjectType {
  const sources: Record<string, string> = {};

  const typeText = (schema: StructuralSchema, path: string): string => {
    const odd = Object.keys(schema).find((word) => !KNOWN.has(word));
    if (odd !== undefined) throw new Error(`schema of ${path}: ${odd} is not supported`);
    if (schema['x-kubernetes-int-or-string'] === true) return 'I';
    switch (schema.type) {
      case 'string':
        if (schema.enum !== undefined) return `s(${enumText(schema.enum, path)})`;
        return schema.format === 'date-time' ? 't' : schema.format === 'byte' ? 'x' : 's';
      case 'integer':
        return schema.format === 'int32' ? 'i' : 'l';
      case 'number':
        return 'n';
      case 'boolean':
        return 'b';
      case 'array':
        if (schema.items === undefined) throw new Error(`schema of ${path}: an array needs items`);
        return `[]${typeText(schema.items, `${path}[]`)}`;
      case 'object':
        if (schema['x-kubernetes-preserve-unknown-fields'] === true) return '*';
        if (typeof schema.additionalProperties === 'object')
          return `{}${typeText(schema.additionalProperties, `${path}.*`)}`;
        if (schema.additionalProperties === true) return '*';
        sources[path] = fieldTexts(schema, path);
        return `@${path}`;
      default:
        if (schema['x-kubernetes-preserve-unknown-fields'] === true) return '*';
        throw new Error(`schema of ${path}: it needs a type`);
    }
  };

  const fieldTexts = ({ properties = {}, required = [] }: StructuralSchema, path: string): string =>
    Object.keys(properties)
      .sort()
      .map((field) => {
        if (!/^[^\s;]+$/.test(field))
          throw new Error(`schema of ${path}: ${JSON.stringify(field)} as a name`);
        return (
          `${required.includes(field) ? '!' : ''}${field} ` +
          `${typeText(properties[field]!, `${path}.${field}`)}`
        );
      })
      .join(';');

  const own = Object.fromEntries(
    Object.entries(root.properties ?? {}).filter(([field]) => !OF_EVERY_OBJECT.has(field)),
  );
  if (root['x-kubernetes-preserve-unknown-fields'] === true)
    throw new Error(`schema of ${name}: leave it out for a resource whose fields are all taken as they come`);
  const fields = fieldTexts({ ...root, properties: own }, name);
  sources[name] = `metadata @v1.ObjectMeta${fields === '' ? '' : `;${fields}`}`;
  return objectType(
    name,
    schemaTable((own) => sources[own] ?? kubernetesSchema(own)),
    true,
  );
}

/** The notation writes blanks as `_` and separates by commas: words with either have no place in it. */
function enumText(words: readonly string[], path: string): string {
  for (const word of words)
    if (/[_,;()]/.test(word)) throw new Error(`schema of ${path}: ${JSON.stringify(word)} in an enum`);
  return words.map((word) => word.replaceAll(' ', '_')).join(',');
}
