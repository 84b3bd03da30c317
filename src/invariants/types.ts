/** What must hold at every moment of every run. */
import type { Kind, KindMap, KubeObject } from '../sim/api/types.ts';
import type { Millis } from '../sim/kernel/types.ts';

export interface InvariantView {
  readonly at: Millis;
  objects<K extends Kind>(kind: K): readonly KindMap[K][];
}

export interface Invariant {
  readonly name: string;
  /** What it means and why it must hold. */
  readonly about: string;
  readonly kinds: readonly Kind[];
  /** What breaks it; undefined while it holds. */
  broken(view: InvariantView): { readonly what: string; readonly objects: readonly KubeObject[] } | undefined;
}
