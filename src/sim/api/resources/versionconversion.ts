/** What was declared of a conversion webhook. Plain data. */
import type { IServiceReference } from 'kubernetes-models/apiextensions.k8s.io/v1';

/** How objects of one version become those of another; plain data. Paths are of names: `spec.schedule`. */
export interface VersionConversion {
  readonly from: string;
  readonly to: string;
  /** Fields by where they are: where they come to be. Their way back follows from it. */
  readonly moves?: Readonly<Record<string, string>>;
  /**
   * Fields that an expression of CEL makes of `object`, which is the one before; an optional that has no
   * value makes none.
   */
  readonly sets?: Readonly<Record<string, string>>;
  /** Fields that the other version has not. */
  readonly drops?: readonly string[];
}

/** Where a definition says that its webhook is. */
export interface ConversionClient {
  readonly url?: string | null;
  readonly service?: IServiceReference | null;
  readonly caBundle?: string | null;
}

/** Of a definition whose webhook was declared. */
export interface DeclaredConversion {
  /** The version in which objects are written to etcd. */
  readonly stored: string;
  readonly client: ConversionClient;
  readonly rules: readonly VersionConversion[];
}
