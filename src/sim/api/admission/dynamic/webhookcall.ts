/** What comes back from an admission webhook. */
import type { StatusReason } from '../../errors.ts';

export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

export interface WebhookRefusal {
  /** '' where it does not say why. */
  readonly message: string;
  /** `Unknown` where it does not give one. */
  readonly reason: StatusReason;
}

export interface WebhookAnswer {
  /** Absent: it lets the request through. */
  readonly refused?: WebhookRefusal;
  readonly patch: readonly JsonPatchOperation[];
  readonly warnings: readonly string[];
}

export const LETS_THROUGH: WebhookAnswer = { patch: [], warnings: [] };

/** An answer, or why there was none, as the client of the API server words it. */
export type WebhookReply = WebhookAnswer | { readonly failed: string };
