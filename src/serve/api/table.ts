/**
 * Objects as a Table and as metadata alone. Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go.
 */
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import { printedIn, toStorageVersion } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { Form } from './negotiation.ts';
import { notAcceptable } from './status.ts';

/** What of each object stands beside its cells. */
export type Included = 'None' | 'Metadata' | 'Object';

interface TableRow {
  readonly cells: readonly (string | number | boolean)[];
  readonly object: object | null;
}

const metaVersion = (version: 'v1' | 'v1beta1'): string => `meta.k8s.io/${version}`;

export const partial = (object: KubeObject, version: 'v1' | 'v1beta1'): object => ({
  kind: 'PartialObjectMetadata',
  apiVersion: metaVersion(version),
  metadata: object.metadata,
});

export interface TableOptions {
  readonly now: Millis;
  readonly version: 'v1' | 'v1beta1';
  readonly included: Included;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Whether the columns are described; of a watch, in its first row alone. */
  readonly columns: boolean;
}

export function tableOf(
  definition: ResourceDefinition,
  objects: readonly KubeObject[],
  { now, version, included, metadata, columns }: TableOptions,
): object {
  const rows = objects.map((object): TableRow => {
    const cells = definition.row(toStorageVersion(definition, object), { now, wide: true });
    if (included === 'None') return { cells, object: null };
    return { cells, object: included === 'Object' ? object : partial(object, version) };
  });
  return {
    kind: 'Table',
    apiVersion: metaVersion(version),
    metadata,
    columnDefinitions: columns
      ? definition.columns.map(({ name, type, priority }) => ({
          name,
          type,
          format: name === 'Name' ? 'name' : '',
          description: '',
          priority,
        }))
      : null,
    rows,
  };
}

/** As Go prints the type of its objects: `core.Pod`, `unstructured.Unstructured`. */
export const goTypeOf = ({ schemas, group, kind }: ResourceDefinition): string =>
  schemas === undefined ? `${(group || 'core').split('.')[0]}.${kind}` : 'unstructured.Unstructured';

/** One object in the form that its reader takes. @throws ApiError NotAcceptable */
export function formed(
  definition: ResourceDefinition,
  object: KubeObject,
  form: Form,
  now: Millis,
  included: Included,
): object {
  if (form.as === 'object') return object;
  if (form.as === 'PartialObjectMetadata') return partial(object, form.version);
  if (form.as === 'PartialObjectMetadataList')
    throw notAcceptable(
      'you requested PartialObjectMetadataList, but the requested object is not a list ' +
        `(*${goTypeOf(definition)})`,
    );
  const metadata = { resourceVersion: object.metadata.resourceVersion };
  const printed = printedIn(definition, object.apiVersion);
  return tableOf(printed, [object], { now, version: form.version, included, metadata, columns: true });
}
