/**
 * Changes of manifests, as data. A weakening takes something away that a workload is protected by; a
 * strengthening gives it. Each is one member of the catalogue, which says where it applies and what it
 * changes; who applies it is asked nothing more.
 */
import type { ManifestObject } from '../sim/api/manifest/read.ts';
import type { Path } from '../sim/api/schema/check.ts';

/** `weaken`: a spec should notice it. `strengthen`: what could mend a finding. */
export type Direction = 'weaken' | 'strengthen';

/** An object among manifests, by its place in their order. */
export type Place = number;

/** One step of a change: of a field of an object, or of an object as a whole. */
export type Step =
  | { readonly do: 'set'; readonly object: Place; readonly path: Path; readonly value: unknown }
  | { readonly do: 'drop'; readonly object: Place; readonly path: Path }
  | { readonly do: 'remove'; readonly object: Place }
  | { readonly do: 'add'; readonly value: ManifestObject };

/** What an edit would do at one place. */
export interface Draft {
  /** The field that it is about, `[]` of an object as a whole; reports tell its line. */
  readonly at: Path;
  /** What the words of the edit name, beside `object`: a container, a number. */
  readonly args?: Readonly<Record<string, string | number>>;
  readonly steps: readonly Step[];
}

export interface Edit {
  /** `ReadinessProbeDropped` */
  readonly name: string;
  readonly direction: Direction;
  /** With `{object}` and the names of its drafts' args: `{object}: no readiness probe in {container}`. */
  readonly words: { readonly en: string; readonly ja: string };
  /** The page of Kubernetes' documentation that it is about, below `https://kubernetes.io/docs/`. */
  readonly source: string;
  /** All places where it applies to an object; none, mostly. */
  drafts(object: ManifestObject, place: Place, all: readonly ManifestObject[]): readonly Draft[];
}

/** A draft, and whose it is. */
export interface Change extends Draft {
  readonly edit: string;
  readonly direction: Direction;
  /** The object it is about. */
  readonly object: Place;
}
