import type { ManifestDocument } from '../sim/api/manifest/read.ts';
import type { ResourceDefinition } from '../sim/api/resources/definition.ts';
import type { KubeObject } from '../sim/api/types.ts';

/** An object of a file, on its way to the server. */
export interface FileItem {
  readonly info: ResourceDefinition;
  /** As written, with its namespace filled in; not defaulted. */
  readonly draft: KubeObject;
  /** As errors name it: the path, or STDIN. */
  readonly source: string;
  readonly document: ManifestDocument;
}
