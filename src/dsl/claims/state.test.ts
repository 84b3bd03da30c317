/** Claims on an object's status, its fields, rollouts and places: that they fail, and what they say then. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ClaimError, InputError } from '../errors.ts';
import { Scenario } from '../scenario.ts';

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  progressDeadlineSeconds: 60
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27"}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  serviceName: db
  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "nginx:1.27"}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: plain}
spec:
  replicas: 0
  selector: {matchLabels: {app: plain}}
  template:
    metadata: {labels: {app: plain}}
    spec: {containers: [{name: plain, image: "nginx:1.27"}]}
`;

let base: Scenario;
beforeAll(() => {
  base = new Scenario()
    .say('Given a cluster with 2 nodes')
    .say('And the manifest:', MANIFEST)
    .say('And every pod is ready')
    .say('When 1 minute passes');
});

/** What a claim that does not hold has found. */
function found(line: string, scenario = base.fork()): string {
  try {
    scenario.say(line);
  } catch (error) {
    if (error instanceof ClaimError) return error.found;
    throw error;
  }
  throw new Error(`it holds: ${line}`);
}
const refused = (line: string): string => {
  try {
    base.fork().say(line);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`it is taken: ${line}`);
};

describe('a claim on a condition', () => {
  it.each([
    [
      'Then deployment "web" has condition "Available" "False"',
      'it had condition Available True (MinimumReplicasAvailable: Deployment has minimum availability.)',
    ],
    [
      'Then deployment "web" has condition "available" "true" with reason "Magic"',
      'it had condition Available True (MinimumReplicasAvailable: Deployment has minimum availability.)',
    ],
    ['Then replica set "plain" has condition "Available" "True"', 'it had no conditions'],
    ['Then deployment "shop" has condition "Available" "True"', 'there was no Deployment "shop"'],
  ])('%s', (line, said) => {
    expect(found(line)).toBe(said);
  });

  it('names the conditions that there are', () => {
    expect(found('Then node "node-1" has condition "Redy" "True"')).toMatch(
      /^it had no condition "Redy", but .*Ready True \(KubeletReady/,
    );
  });

  it('is of kinds that the cluster has', () => {
    expect(refused('Then Certificate "web" has condition "Ready" "True"')).toMatch(
      /^the cluster has no kind "Certificate"; it has .*ConfigMap, .*Deployment/,
    );
  });
});

describe('a claim on a field', () => {
  it.each([
    ['Then field ".spec.replicas" of deployment "web" is "4"', 'it was "3"'],
    ['Then field "{.status.colour}" of deployment "web" is "red"', 'there was nothing at that path'],
    ['Then field ".spec.template.spec.containers[*].name" of stateful set "db" is "web"', 'it was "db"'],
    ['Then field ".data.x" of config map "team/settings" is "1"', 'there was no ConfigMap "team/settings"'],
  ])('%s', (line, said) => {
    expect(found(line)).toBe(said);
  });

  it('says what is wrong with a path', () => {
    expect(refused('Then field ".spec[" of deployment "web" is "1"')).toMatch(
      /^field "\.spec\[": .*a field is named like "\.spec\.replicas"/s,
    );
  });

  it('is looked up at every moment', () => {
    const scaled = base.fork().say('When deployment "web" is scaled to 5').say('And 1 minute passes');
    expect(found('Then at every moment field ".spec.replicas" of deployment "web" was "3"', scaled)).toBe(
      'it was "5"',
    );
    scaled.say('Then at no moment field ".spec.replicas" of deployment "web" was "4"');
  });
});

describe('a claim on a rollout', () => {
  it('tells what is updated and available', () => {
    expect(found('Then the rollout of deployment "web" is stuck')).toBe(
      'it was complete: of 3 replicas 3 updated, 3 available',
    );
    expect(found('Then the rollout of deployment "shop" is complete')).toBe('there was no Deployment "shop"');
  });

  it('is progressing while the controller has not seen the spec, and while old pods are left', () => {
    const changed = base.fork().say('When the image of deployment "web" is changed to "nginx:1.28"');
    expect(found('Then the rollout of deployment "web" is complete', changed)).toBe(
      'its controller had not seen the newest spec',
    );
    changed.say('Then within 1 minute the rollout of deployment "web" is complete');
    const { replicas, updatedReplicas, availableReplicas } = changed.cluster
      .client()
      .get('Deployment', 'default', 'web').status;
    expect([replicas, updatedReplicas, availableReplicas]).toEqual([3, 3, 3]);
  });

  it('of a stateful set is complete down to its partition', () => {
    const changed = base.fork().say('When the image of stateful set "db" is changed to "nginx:1.28"');
    changed.say('Then within 1 minute the rollout of stateful set "db" is complete');
    expect(changed.cluster.client().get('StatefulSet', 'default', 'db').status.updatedReplicas).toBe(1);
  });

  it('is refused where nothing could ever say so', () => {
    expect(refused('Then the rollout of replica set "plain" is complete')).toBe(
      'a ReplicaSet has no rollout; these have: DaemonSet, Deployment, StatefulSet',
    );
    expect(refused('Then the rollout of stateful set "db" is stuck')).toContain('has no progress deadline');
  });
});

describe('a claim on places', () => {
  it('names the pods of a place that has too many', () => {
    expect(found('Then at most 2 pods matching "app=web" per zone')).toMatch(
      /^web-\S+, web-\S+, web-\S+ were in zone "zone-a"$/,
    );
    expect(found('Then at most 1 pod matching "app=web" per node')).toMatch(
      /^web-\S+, web-\S+ were in node "/,
    );
    base.fork().say('Then at most 3 pods matching "app=web" per zone');
  });

  it('counts the nodes of a workload, at every moment', () => {
    expect(found('Then the pods of deployment "web" are on 3 nodes')).toMatch(
      /^they were on 2 \(node-1: [12], node-2: [12]\)$/,
    );
    expect(found('Then the pods of replica set "plain" are on 1 node')).toBe(
      'they were on 0 (none was anywhere)',
    );
    const drained = base.fork().say('When node "node-1" is drained').say('And 1 minute passes');
    drained.say('Then the pods of deployment "web" are on 1 node');
    expect(found('Then at every moment the pods of deployment "web" were on 2 nodes', drained)).toMatch(
      /^they were on 1 \(node-2: \d\)$/,
    );
  });
});
