/** What webhooks answer, and what is wrong with them. Plain data; absent: nobody said anything. */
import type { JsonPatchOperation, WebhookRefusal } from '../api/admission/dynamic/webhookcall.ts';
import type { VersionConversion } from '../api/resources/versionconversion.ts';
import type { Millis } from '../kernel/types.ts';

/** To requests of which `when` holds, an expression as of `matchConditions`; absent: to all. */
export interface WebhookAnswers {
  readonly when?: string;
  /** How much longer it takes to answer these; Infinity: it never does. */
  readonly afterMs?: Millis;
  readonly denies?: WebhookRefusal;
  readonly patches?: readonly JsonPatchOperation[];
  readonly warns?: readonly string[];
}

/** What is wrong with a certificate, in the words of Go's crypto/x509. */
export const CERTIFICATE_PROBLEMS = {
  expired: 'certificate has expired or is not yet valid',
  'unknown authority': 'certificate signed by unknown authority',
  'other name': 'certificate is valid for other.example.com, not ',
} as const;

/** What all programs behind webhooks have. */
interface WebhookServer {
  readonly afterMs?: Millis;
  /** Absent: its certificate is trusted. */
  readonly certificate?: keyof typeof CERTIFICATE_PROBLEMS;
}

/**
 * What the program behind an admission webhook does: it answers after a while, and what its answers say
 * together; it lets through what none of them denies.
 */
export interface WebhookBehaviour extends WebhookServer {
  readonly answers?: readonly WebhookAnswers[];
}

/** What the program behind the conversion webhook of a definition does. */
export interface ConversionBehaviour extends WebhookServer {
  /** Why it converts nothing; absent: it does. */
  readonly fails?: string;
  readonly conversions?: readonly VersionConversion[];
}

/** Faults. */
export interface WebhookTrouble {
  readonly down?: boolean;
  readonly slowMs?: Millis;
}

/** All by the webhooks' names; a conversion webhook has that of its definition. */
export interface Webhooks {
  readonly behaviours: Map<string, WebhookBehaviour>;
  /** Absent: nobody said anything of one. */
  conversions?: Map<string, ConversionBehaviour>;
  readonly troubles: Map<string, WebhookTrouble>;
  /** Those that were asked though nobody said what they answer. */
  readonly assumed: Set<string>;
}

/** For whoever is about to say something of one. */
export const webhooksIn = (world: { webhooks?: Webhooks }): Webhooks =>
  (world.webhooks ??= { behaviours: new Map(), troubles: new Map(), assumed: new Set() });
