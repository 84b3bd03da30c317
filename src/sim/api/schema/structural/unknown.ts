/**
 * What strict field validation says of a custom resource: fields that its schema, or metadata's, does not
 * know. Models the schemaCoercingDecoder of
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go.
 */
import { checkSchema, fieldPath, type Path, type SchemaProblem } from '../check.ts';
import { meantText, suggestWord } from '../hints.ts';
import { kubernetesSchema } from '../kubernetes.ts';
import { objectType, schemaTable } from '../types.ts';
import { eachEmbedded } from './embedded.ts';
import { pruned } from './prune.ts';
import type { StructuralSchema } from './schema.ts';

const METADATA = objectType(
  'v1.CustomResource',
  schemaTable((name) => (name === 'v1.CustomResource' ? 'metadata @v1.ObjectMeta' : kubernetesSchema(name))),
);

const said = (field: string): Pick<SchemaProblem, 'field' | 'message'> => ({
  field,
  message: `unknown field ${JSON.stringify(field)}`,
});

/** Fields of metadata that nobody knows, and values of wrong types in it. */
export const metadataProblems = (object: object): SchemaProblem[] => {
  const { metadata } = object as { metadata?: unknown };
  return metadata === undefined ? [] : checkSchema({ metadata }, undefined, METADATA);
};

/** `spec.items[0]` as it is walked. */
const stepsOf = (field: string): Path =>
  field
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Where the walk is as message texts name it, with what was probably meant. */
function unknownField(path: Path, schema: StructuralSchema | undefined): SchemaProblem {
  const field = fieldPath(path);
  const word = suggestWord(String(path.at(-1)), Object.keys(schema?.properties ?? {}));
  const meant = word === undefined ? undefined : { word };
  return {
    kind: 'unknown',
    path,
    ...said(field),
    hint: { is: 'unknown', meant },
    expected: meant === undefined ? 'a known field' : meantText(meant),
  };
}

/** All of them, in the order of their paths. */
export function unknownFields(object: object, schema: StructuralSchema): SchemaProblem[] {
  const problems = metadataProblems(object);
  const found: SchemaProblem[] = [];
  const within = (embedded: object, at: string): void => {
    for (const problem of metadataProblems(embedded)) {
      if (problem.kind !== 'unknown') continue;
      const path = [...stepsOf(at), ...problem.path];
      found.push({ ...problem, path, ...said(`${at}.${problem.field}`) });
    }
  };
  eachEmbedded(object, schema, '', within, true);
  pruned(object, schema, (path, its) => found.push(unknownField(path, its)));
  return [...problems, ...found.sort((a, b) => (a.field < b.field ? -1 : 1))];
}
