/** What a claim is about by name or by selector, so that one that met nothing in a whole run can be told. */
import { splitName } from '../../sim/api/qualifiedname.ts';

export interface SelectorSubject {
  readonly selector: string;
  readonly namespace: string;
}

export interface NamedSubject {
  readonly kind: string;
  /** '' for what is in none. */
  readonly namespace: string;
  readonly name: string;
  /** Of a Pod. */
  readonly container?: string;
}

export type Subject = SelectorSubject | NamedSubject;

/** @param name `web`, or `team/web` */
export const subjectNamed = (kind: string, name: string, namespace: string): NamedSubject => ({
  kind,
  ...splitName(name, namespace),
});

/** A claim that held, and what it is about. */
export interface HeldClaim {
  readonly operation: number;
  readonly subjects: readonly Subject[];
}
