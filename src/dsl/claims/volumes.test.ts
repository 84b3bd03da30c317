/** Claims on volumes: that they fail, and what they say then. */
import { beforeAll, expect, it } from 'vitest';
import { ClaimError, InputError } from '../errors.ts';
import { Scenario } from '../scenario.ts';

const MANIFEST = `
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec: {storageClassName: "", capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], csi: {driver: d, volumeHandle: h}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: bound}
spec: {storageClassName: "", accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: waits}
spec: {storageClassName: gold, accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: user}
spec:
  nodeName: node-2
  containers: [{name: c, image: "nginx:1.27"}]
  volumes: [{name: v, persistentVolumeClaim: {claimName: bound}}]
`;

let base: Scenario;
beforeAll(() => {
  base = new Scenario()
    .say('Given a cluster with 2 nodes')
    .say('And the manifest:', MANIFEST)
    .say('When 1 minute passes');
});

/** What a claim that does not hold has found; undefined: it holds. */
function found(line: string): string | undefined {
  try {
    base.fork().say(`Then ${line}`);
  } catch (error) {
    if (error instanceof ClaimError) return error.found;
    throw error;
  }
  return undefined;
}

it.each([
  'claim "bound" is bound',
  'claim "bound" is bound to volume "pv"',
  'claim "bound" has a capacity of "10240Mi"',
  'claim "waits" is pending',
  'claim "waits" is pending with reason "ProvisioningFailed"',
  'volume "pv" is attached to node "node-2"',
  'the volume of claim "bound" is attached to node "node-2"',
  'the volume of claim "waits" is attached to no node',
])('%s', (line) => expect(found(line)).toBeUndefined());

it.each([
  ['claim "waits" is bound', 'it was Pending; the last event about it: ProvisioningFailed'],
  [
    'claim "waits" is pending with reason "FailedBinding"',
    'it was Pending; the last event about it: ProvisioningFailed',
  ],
  ['claim "bound" is bound to volume "other"', 'it was Bound, of volume pv, 10Gi'],
  ['claim "bound" is lost', 'it was Bound, of volume pv, 10Gi'],
  ['claim "bound" has a capacity of "5Gi"', 'it was Bound, of volume pv, 10Gi'],
  ['claim "waits" has a capacity of "5Gi"', 'it was Pending; the last event about it: ProvisioningFailed'],
  ['claim "none" is bound', 'there was no PersistentVolumeClaim "none" in namespace "default"'],
  ['volume "pv" is attached to node "node-1"', 'it was attached to node-2'],
  ['volume "pv" is attached to no node', 'it was attached to node-2'],
  ['volume "none" is attached to no node', 'there was no PersistentVolume "none"'],
])('%s: %s', (line, words) => expect(found(line)).toBe(words));

it('refuses a capacity that is none', () => {
  expect(() => base.fork().say('Then claim "bound" has a capacity of "large"')).toThrow(InputError);
});
