/** What becomes of objects whose owners are deleted. */
import { ApiError } from '../../sim/api/errors.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { testPod } from '../../sim/harness/objects.ts';
import { garbageCollector } from '../../sim/controlplane/garbagecollector/garbagecollector.ts';
import type { OwnerGraph } from '../../sim/controlplane/garbagecollector/graph.ts';
import type { PropagationPolicy } from '../../sim/api/client.ts';
import type { Kind } from '../../sim/api/types.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

interface Ref { kind: string; name: string; uid: string; apiVersion: string; controller?: boolean; blockOwnerDeletion?: boolean }
const ref = (kind: string, name: string, extra: Partial<Ref> = {}): Ref => ({
  apiVersion: kind === 'Deployment' || kind === 'ReplicaSet' ? 'apps/v1' : 'v1', kind, name, uid: `${name}-uid`, controller: true, blockOwnerDeletion: true, ...extra,
});
const object = (kind: string, name: string, owners: Ref[] = [], extra: object = {}): object => ({
  apiVersion: kind === 'Deployment' || kind === 'ReplicaSet' ? 'apps/v1' : 'v1', kind,
  metadata: {
    name, uid: `${name}-uid`, ...(kind === 'Node' || kind === 'Namespace' ? {} : { namespace: 'default' }), ...(owners.length === 0 ? {} : { ownerReferences: owners }), ...extra,
  },
  spec: {}, status: {},
});
const map = (name: string, ...owners: Ref[]): object => object('ConfigMap', name, owners);
const own = (name: string, extra: Partial<Ref> = {}): Ref => ref('ConfigMap', name, extra);

type B = Harness<OwnerGraph>;
/** What is left, and of whom: `name`, `name<owner,owner`, `name!` while it is being deleted. */
function left(h: B): string[] {
  const kinds: Kind[] = ['ConfigMap', 'Secret', 'ReplicaSet', 'Deployment', 'Pod', 'Node', 'Lease'];
  return kinds.flatMap((k) => h.api.list(k)).map((o) => {
    const owners = (o.metadata.ownerReferences ?? []).map((r) => r.name).sort().join(',');
    return `${o.metadata.name}${o.metadata.deletionTimestamp === undefined ? '' : '!'}${owners === '' ? '' : `<${owners}`}`;
  }).sort();
}
function world(objects: object[], then: (h: B) => void = () => undefined, lagMs = 5): string[] {
  const h = harness([garbageCollector], { lagMs });
  for (const o of objects) h.put(o);
  h.pass(1000);
  then(h);
  h.pass(60_000);
  return left(h);
}
const remove = (name: string, propagationPolicy?: PropagationPolicy, kind: Kind = 'ConfigMap') => (h: B): void =>
  void h.api.delete(kind, kind === 'Node' ? '' : 'default', name, propagationPolicy === undefined ? {} : { propagationPolicy });
const gc = (name: string, expected: string[], objects: object[], then?: (h: B) => void): ConformanceCase => ({ name, run: () => world(objects, then), expected });

const chain = [map('a'), map('b', own('a')), map('c', own('b'))];
const diamond = [map('a'), map('b', own('a')), map('c', own('a')), map('d', own('b'), own('c', { controller: false }))];
const held = (name: string, finalizers: string[], ...owners: Ref[]): object => object('ConfigMap', name, owners, { finalizers });

function order(objects: object[], then: (h: B) => void): string[] {
  const h = harness([garbageCollector], { lagMs: 5 });
  for (const o of objects) h.put(o);
  h.pass(1000);
  const gone: string[] = [];
  let before = left(h).map((x) => x.replace(/[!<].*/, ''));
  then(h);
  for (let i = 0; i < 4000; i++) {
    h.pass(5);
    const now = left(h).map((x) => x.replace(/[!<].*/, ''));
    gone.push(...before.filter((x) => !now.includes(x)));
    before = now;
  }
  return gone;
}

const cases: ConformanceCase[] = [
  gc('no owners', ['a', 'b'], [map('a'), map('b')]),
  gc('the owner is there', ['a', 'b<a'], [map('a'), map('b', own('a'))]),
  gc('the owner never was', [], [map('b', own('gone'))]),
  gc('one owner never was, another is there', ['a', 'b<a'], [map('a'), map('b', own('gone', { controller: false }), own('a'))], undefined),
  gc('an owner of that name with another uid', ['a'], [map('a'), map('b', own('a', { uid: 'other' }))]),
  gc('an owner of that uid with another name', ['a'], [map('a'), map('b', own('x', { uid: 'a-uid' }))]),
  gc('an owner of that uid of another kind', ['a'], [map('a'), map('b', ref('Secret', 'a', { uid: 'a-uid' }))]),
  gc('an owner in another namespace', ['a'], [map('a'), object('ConfigMap', 'b', [own('a')], { namespace: 'other' })]),
  gc('a cluster-scoped owner', ['b<n', 'n'], [object('Node', 'n'), map('b', ref('Node', 'n'))]),
  gc('a cluster-scoped owner is deleted', [], [object('Node', 'n'), map('b', ref('Node', 'n'))], remove('n', undefined, 'Node')),
  gc('a cluster-scoped dependent of a namespaced owner is left alone', ['a', 'n<a'], [map('a'), object('Node', 'n', [own('a')])]),
  gc('a kind that is not served is left alone', ['b<x'], [map('b', ref('Widget', 'x', { apiVersion: 'example.com/v1' }))]),
  gc('background: dependents go after their owner', [], [map('a'), map('b', own('a')), map('c', own('a'))], remove('a', 'Background')),
  gc('background is what an unqualified delete means', [], chain, remove('a')),
  gc('background: down a chain', [], chain, remove('a', 'Background')),
  gc('background: in the middle of a chain', ['a'], chain, remove('b', 'Background')),
  gc('background: a diamond', [], diamond, remove('a', 'Background')),
  gc('background: one side of a diamond', ['a', 'c<a', 'd<c'], diamond, remove('b', 'Background')),
  gc('background: another owner keeps the dependent, the reference goes', ['b', 'c<b'], [map('a'), map('b'), map('c', own('a'), own('b', { controller: false }))], remove('a', 'Background')),
  gc('orphan: dependents stay and lose the reference', ['b', 'c'], [map('a'), map('b', own('a')), map('c', own('a'))], remove('a', 'Orphan')),
  gc('orphan: only the next generation', ['b', 'c<b'], chain, remove('a', 'Orphan')),
  gc('orphan: without dependents', [], [map('a')], remove('a', 'Orphan')),
  gc('orphan: other references stay', ['b', 'c<b'], [map('a'), map('b'), map('c', own('a'), own('b', { controller: false }))], remove('a', 'Orphan')),
  gc('foreground: everything goes', [], chain, remove('a', 'Foreground')),
  gc('foreground: without dependents', [], [map('a')], remove('a', 'Foreground')),
  gc('foreground: another owner keeps the dependent, the waiting owner goes', ['b', 'c<b'], [map('a'), map('b'), map('c', own('a'), own('b', { controller: false }))], remove('a', 'Foreground')),
  gc('foreground: a dependent that does not block is not waited for', ['b!<a'], [map('a'), object('ConfigMap', 'b', [own('a', { blockOwnerDeletion: false })], { finalizers: ['x/y'] })], remove('a', 'Foreground')),
  gc('foreground: a dependent held by a finalizer holds its owner', ['a!', 'b!<a'], [map('a'), held('b', ['x/y'], own('a'))], remove('a', 'Foreground')),
  gc('background: a dependent held by a finalizer holds nobody', ['b!<a'], [map('a'), held('b', ['x/y'], own('a'))], remove('a', 'Background')),
  gc('foreground: a circle does not hold itself up', [], [map('a', own('b')), map('b', own('a'))], remove('a', 'Foreground')),
  gc('a circle lives while nobody deletes it', ['a<b', 'b<a'], [map('a', own('b')), map('b', own('a'))]),
  gc('background: a circle', [], [map('a', own('b')), map('b', own('a'))], remove('a', 'Background')),
  gc('an object that owns itself', ['a<a'], [map('a', own('a'))]),
  gc('a dependent with the orphan finalizer orphans its own', ['c'], [map('a'), held('b', ['orphan'], own('a')), map('c', own('b'))], remove('a', 'Background')),
  gc('the dependent was adopted by another before', ['b<x', 'x'], [map('a'), map('b', own('a')), map('x')], (h) => {
    h.put(map('b', own('x')));
    h.pass(100);
    remove('a', 'Background')(h);
  }),
  gc('the dependent was released before', ['b'], [map('a'), map('b', own('a'))], (h) => {
    h.put(map('b'));
    h.pass(100);
    remove('a', 'Background')(h);
  }),
  gc('the owner is deleted and made anew with another uid', ['a'], [map('a'), map('b', own('a'))], (h) => {
    remove('a', 'Background')(h);
    h.put(object('ConfigMap', 'a', [], { uid: 'new' }));
  }),
  gc('the dependent comes just after its owner went', [], [map('a')], (h) => {
    remove('a', 'Background')(h);
    h.put(map('b', own('a')));
  }),
  gc('the dependent is seen before its owner', ['a', 'b<a'], [], (h) => [map('b', own('a')), map('a')].forEach((o) => h.put(o))),
  gc('a deployment, its replica set, its pods', [], [
    object('Deployment', 'd'), object('ReplicaSet', 'r', [ref('Deployment', 'd')]), testPod('p1', { uid: 'p1-uid', owner: ref('ReplicaSet', 'r') }), testPod('p2', { uid: 'p2-uid', owner: ref('ReplicaSet', 'r') }),
  ], remove('d', 'Background', 'Deployment')),
  gc('pods with a grace period are marked, and go with their kubelet\'s word', ['p1!<r'], [
    object('ReplicaSet', 'r'), testPod('p1', { uid: 'p1-uid', node: 'n', owner: ref('ReplicaSet', 'r') }),
  ], remove('r', 'Background', 'ReplicaSet')),
  gc('foreground: a replica set waits for its pods', ['p1!<r', 'r!'], [
    object('ReplicaSet', 'r'), testPod('p1', { uid: 'p1-uid', node: 'n', owner: ref('ReplicaSet', 'r') }),
  ], remove('r', 'Foreground', 'ReplicaSet')),
  gc('foreground: the pods are gone', [], [
    object('ReplicaSet', 'r'), testPod('p1', { uid: 'p1-uid', node: 'n', owner: ref('ReplicaSet', 'r') }),
  ], (h) => {
    remove('r', 'Foreground', 'ReplicaSet')(h);
    h.pass(1000);
    h.api.delete('Pod', 'default', 'p1', { gracePeriodSeconds: 0 });
  }),
  { name: 'order in the background', run: () => order(chain, remove('a', 'Background')), expected: ['a', 'b', 'c'] },
  { name: 'order in the foreground', run: () => order(chain, remove('a', 'Foreground')), expected: ['c', 'b', 'a'] },
  {
    name: 'a reference into another namespace is reported', expected: ['Warning ConfigMap/b ownerRef [v1/ConfigMap, namespace: other, name: a, uid: a-uid] does not exist in namespace "other"'],
    run: () => {
      const h = harness([garbageCollector]);
      h.put(map('a'));
      h.pass(10);
      h.put(object('ConfigMap', 'b', [own('a')], { namespace: 'other' }));
      h.pass(1000);
      return h.events.filter((e) => e.reason === 'OwnerRefInvalidNamespace').map((e) => `${e.type} ${e.object} ${e.message}`);
    },
  },
  {
    name: 'a delete that fails is tried again', expected: [],
    run: () => world([map('a'), map('b', own('a'))], (h) => {
      remove('a', 'Background')(h);
      h.failNext(new ApiError('ServerTimeout', 'etcdserver: request timed out'), 3);
    }),
  },
];

export const garbageCollectionCases: CaseArea = {
  area: 'garbage-collection modes',
  source: 'pkg/controller/garbagecollector/garbagecollector_test.go, test/integration/garbagecollector/garbage_collector_test.go', cases,
};
