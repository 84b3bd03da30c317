/**
 * What programs do through the API: installers' Jobs and init containers make what other pods wait for, and
 * end; servers make at their start what theirs wait for. Plain data.
 */

/** What stands under a key of a Secret that a program makes. */
export type MadeUp = 'certificate' | 'privateKey' | 'password';

/** Makes a Secret unless there is one. */
export interface MakeSecret {
  readonly does: 'makeSecret';
  /** Absent: the pod's own. */
  readonly namespace?: string;
  readonly name: string;
  readonly keys: Readonly<Record<string, MadeUp>>;
  /** Without it under this key, a Secret that is there already is of no use. */
  readonly needs?: string;
  /** The Deployment in its namespace that it goes with. */
  readonly owner?: string;
  /** The program does not end then. */
  readonly goesOn?: true;
}

/** Copies a certificate from a Secret to who calls webhooks or an aggregated API. */
export interface GiveCaBundle {
  readonly does: 'giveCaBundle';
  readonly secret: { readonly namespace: string; readonly name: string; readonly key: string };
  readonly to: readonly {
    readonly kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration' | 'APIService';
    readonly name: string;
  }[];
  /** What the webhooks are given as failurePolicy; absent: it stays. */
  readonly failurePolicy?: 'Fail';
}

/** Reads by what its clients are known; who may not ends. What it serves begins then. */
export interface ReadAuthentication {
  readonly does: 'readAuthentication';
}

export type ApiWork = MakeSecret | GiveCaBundle | ReadAuthentication;
