/** Every family of claims. */
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

export const CLAIM_FAMILIES: readonly ClaimFamily<Claim>[] = [
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
];
