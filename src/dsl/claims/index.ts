/** Every family of claims. */
import { attachment } from './attachment.ts';
import { autoscaler } from './autoscaler.ts';
import { budget } from './budget.ts';
import { condition } from './condition.ts';
import { container } from './container.ts';
import { cronJob } from './cronjob.ts';
import { drain } from './drain.ts';
import { event } from './event.ts';
import { field } from './field.ts';
import { file, variable } from './file.ts';
import { invariant } from './invariant.ts';
import { job } from './job.ts';
import { node } from './node.ts';
import { outage } from './outage.ts';
import { output } from './output.ts';
import { placement } from './placement.ts';
import { presence } from './presence.ts';
import { pod } from './pod.ts';
import { pods } from './pods.ts';
import { replicas } from './replicas.ts';
import { request } from './request.ts';
import { rollout } from './rollout.ts';
import { traffic } from './traffic.ts';
import { startedJobs } from './startedjobs.ts';
import type { ClaimFamily } from './types.ts';
import { volumeClaim } from './volumeclaim.ts';
import { workloadNodes } from './workloadnodes.ts';
import type { Claim } from './claim.ts';

export const CLAIM_FAMILIES: readonly ClaimFamily<Claim>[] = [
  replicas,
  rollout,
  workloadNodes,
  pods,
  pod,
  container,
  node,
  drain,
  condition,
  field,
  presence,
  file,
  variable,
  budget,
  autoscaler,
  placement,
  request,
  traffic,
  outage,
  event,
  output,
  job,
  cronJob,
  startedJobs,
  volumeClaim,
  attachment,
  invariant,
];
