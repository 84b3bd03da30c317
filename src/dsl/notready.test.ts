import { describe, expect, it } from 'vitest';
import { ClaimError } from './errors.ts';
import { Scenario } from './scenario.ts';

const podOf = (name: string, container: string, rest = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {${rest}containers: [{name: server, ` +
  `${container}}]}\n`;

/** What `every pod is ready` says of the manifests. */
function told(step: string, ...manifests: readonly string[]): ClaimError {
  const scenario = new Scenario()
    .say('Given a cluster with 1 node')
    .say('And image "gone" behaves as:', 'pull: missing');
  scenario.say('And the manifest:', manifests.join('---\n'));
  try {
    scenario.say(step);
  } catch (error) {
    if (error instanceof ClaimError) return error;
    throw error;
  }
  throw new Error('every pod is ready');
}

const QUOTA = `apiVersion: v1
kind: ResourceQuota
metadata: {name: none}
spec: {hard: {pods: "0"}}
`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;

describe('every pod is ready, failing, says why', () => {
  it.each([
    [
      'a port that refuses',
      podOf('a', 'image: nginx, readinessProbe: {tcpSocket: {port: 8080}}'),
      'a: Unhealthy: Readiness probe failed: dial tcp 10.244.1.2:8080: connect: connection refused ' +
        '(nothing listens on port 8080: if nginx does, say so by image "nginx" behaves as: listens: [8080])',
    ],
    [
      'no room',
      podOf('a', 'image: nginx, resources: {requests: {cpu: 9}}'),
      'a: FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu.',
    ],
    [
      'an image that is missing',
      podOf('a', 'image: gone'),
      'a: server: ImagePullBackOff: Back-off pulling image "gone"',
    ],
    [
      'a container that crashes',
      podOf('a', 'image: busybox, command: [sh, -c, "exit 3"]'),
      'a: server: CrashLoopBackOff, exit code 3',
    ],
    [
      'a Pod that has failed, and nobody replaces',
      podOf('a', 'image: busybox, command: ["false"]', 'restartPolicy: Never, '),
      'a: it has failed (server, exit code 1), and nothing makes it anew',
    ],
    [
      'Pods that may not be made',
      `${QUOTA}---\n${DEPLOYMENT.replace('Deployment', 'StatefulSet')}`,
      'StatefulSet web: FailedCreate: create Pod web-0 in StatefulSet web failed',
    ],
  ])('%s', (_, manifest, why) => {
    const { message } = told('Then every pod is ready', manifest);
    expect(message).toContain(`Because of:\n  ${why}`);
  });

  it('of the first few', () => {
    const pods = Array.from({ length: 11 }, (_, i) => podOf(`a-${i}`, 'image: gone'));
    const { causes } = told('Then every pod is ready', ...pods);
    expect(causes).toHaveLength(9);
    expect(causes[8]).toBe('… 3 more …');
  });

  it('but waits for no Pod that has failed and whose controller makes another', () => {
    const scenario = new Scenario().say('Given a cluster with 2 nodes').say('And the manifest:', DEPLOYMENT);
    scenario.say('And every pod is ready');
    const [pod] = scenario.cluster.client().list('Pod', { namespace: 'default' });
    scenario.say(`When node "${pod!.spec.nodeName}" shuts down gracefully`).say('And 5 minutes pass');
    expect(
      scenario.cluster
        .client()
        .list('Pod', { namespace: 'default' })
        .map((p) => p.status.phase),
    ).not.toEqual(['Running']);
    expect(() => scenario.say('Then every pod is ready')).not.toThrow();
  });
});
