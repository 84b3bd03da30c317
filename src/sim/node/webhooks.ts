/** What admission webhooks answer, and what is wrong with them. Plain data; absent: nobody said anything. */
import type { JsonPatchOperation, WebhookRefusal } from '../api/admission/dynamic/webhookcall.ts';
import type { Millis } from '../kernel/types.ts';

/** To requests of which `when` holds, an expression as of `matchConditions`; absent: to all. */
export interface WebhookAnswers {
  readonly when?: string;
  readonly denies?: WebhookRefusal;
  readonly patches?: readonly JsonPatchOperation[];
  readonly warns?: readonly string[];
}

/**
 * What the program behind a webhook does: it answers after a while, and what its answers say together; it
 * lets through what none of them denies.
 */
export interface WebhookBehaviour {
  readonly afterMs?: Millis;
  readonly answers?: readonly WebhookAnswers[];
}

/** Faults. */
export interface WebhookTrouble {
  readonly down?: boolean;
  readonly slowMs?: Millis;
}

/** All by the webhooks' names. */
export interface Webhooks {
  readonly behaviours: Map<string, WebhookBehaviour>;
  readonly troubles: Map<string, WebhookTrouble>;
  /** Those that were asked though nobody said what they answer. */
  readonly assumed: Set<string>;
}

/** For whoever is about to say something of one. */
export const webhooksIn = (world: { webhooks?: Webhooks }): Webhooks =>
  (world.webhooks ??= { behaviours: new Map(), troubles: new Map(), assumed: new Set() });
