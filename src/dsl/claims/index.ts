/** Every family of claims. */
import type { Phrase } from '../phrases/phrase.ts';
import { budget } from './budget.ts';
import { container } from './container.ts';
import { event } from './event.ts';
import { invariant } from './invariant.ts';
import { node } from './node.ts';
import { output } from './output.ts';
import { placement } from './placement.ts';
import { pod } from './pod.ts';
import { pods } from './pods.ts';
import { replicas } from './replicas.ts';
import { request } from './request.ts';
import { traffic } from './traffic.ts';
import type { Claim, ClaimFamily } from './types.ts';

export const CLAIM_FAMILIES: readonly ClaimFamily<never>[] = [
  replicas,
  pods,
  pod,
  container,
  node,
  budget,
  placement,
  request,
  traffic,
  event,
  output,
  invariant,
] as unknown as readonly ClaimFamily<never>[];

export const CLAIM_PHRASES: readonly Phrase[] = CLAIM_FAMILIES.flatMap((f) => f.phrases);

const byName = new Map(CLAIM_FAMILIES.map((f) => [f.claim as string, f]));
export const familyOf = <C extends Claim>(claim: C): ClaimFamily<C> =>
  byName.get(claim.claim) as unknown as ClaimFamily<C>;
