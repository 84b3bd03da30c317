import { expect, it } from 'vitest';
import { ClaimError } from '../errors.ts';
import { Scenario } from '../scenario.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  progressDeadlineSeconds: 60
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, resources: {requests: {cpu: 900m}}}]}
`;

it.each([
  'within 10 minutes deployment "web" has 3 of 3 replicas available',
  'within 10 minutes exactly 3 pods matching "app=web" are ready',
])('a claim that a Pod without room holds up says so: %s', (claim) => {
  const scenario = new Scenario().say('Given a cluster with 1 node').say('When the manifest:', DEPLOYMENT);
  let error: unknown;
  try {
    scenario.say(`Then ${claim}`);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ClaimError);
  const { message, causes } = error as ClaimError;
  expect(message).toMatch(
    /\n {2}web-\w+-\w+: FailedScheduling: 0\/1 nodes are available: 1 Insufficient cpu\./,
  );
  expect(causes.join('\n')).not.toContain('ProgressDeadlineExceeded');
  expect(causes[0]).toContain('PodScheduled=False (Unschedulable)');
  expect(causes[causes.length - 1]).toContain('step: the manifest');
});
