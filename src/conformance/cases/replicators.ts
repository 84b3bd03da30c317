/** ReplicationControllers, and ReplicaSets, which one code plays: each case is run in both forms. */
import { ApiError, NAMESPACE_TERMINATING } from '../../sim/api/errors.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { Pod, ReplicaSet, ReplicationController } from '../../sim/api/types.ts';
import { replicaSetController, replicationController } from '../../sim/controlplane/replicaset/replicaset.ts';
import { harness, type Harness } from '../../sim/harness/harness.ts';
import { playNodes, setPod } from '../../sim/harness/play.ts';
import type { CaseArea } from './area.ts';
import type { Fields } from './api-objects.ts';

type Form = 'ReplicationController' | 'ReplicaSet';
const FORMS: readonly Form[] = ['ReplicationController', 'ReplicaSet'];
const KEY = 'default/web';
const NODES = ['n1', 'n2'];
const LABELS = { app: 'web' };

const apiVersionOf = (form: Form): string => (form === 'ReplicaSet' ? 'apps/v1' : 'v1');
const controllerOf = (form: Form): string => (form === 'ReplicaSet' ? 'replicaset-controller' : 'replication-controller');
const ref = (form: Form, more: Fields = {}): Fields => ({ apiVersion: apiVersionOf(form), kind: form, name: 'web', uid: 'web', controller: true, blockOwnerDeletion: true, ...more });

function replicator(form: Form, spec: Fields = {}, more: Fields = {}, status: Fields = { replicas: 0 }): object {
  const { matchLabels = LABELS, ...others } = spec as { matchLabels?: Record<string, string> };
  return {
    apiVersion: apiVersionOf(form), kind: form, metadata: { name: 'web', namespace: 'default', uid: 'web', ...more },
    spec: { replicas: 2, selector: form === 'ReplicaSet' ? { matchLabels } : matchLabels, template: { metadata: { labels: LABELS }, spec: { containers: [{ name: 'web', image: 'nginx' }] } }, ...others }, status,
  };
}
const PHASES: Readonly<Record<string, string>> = { R: 'Running', r: 'Running', P: 'Pending', S: 'Succeeded', F: 'Failed' };
/** `R`unning, `r`eady, `P`ending, `S`ucceeded, `F`ailed; `d` after it: being deleted. */
const podOf = (form: Form, text: string, i: number, more: Fields = {}): object => ({
  apiVersion: 'v1', kind: 'Pod',
  metadata: { name: `web-${i}`, namespace: 'default', uid: `${i}`, labels: LABELS, ownerReferences: [ref(form)], ...(text.endsWith('d') ? { deletionTimestamp: rfc3339(0), finalizers: ['example.com/kept'] } : {}), ...more },
  spec: { nodeName: 'n1', containers: [{ name: 'web', image: 'nginx' }] },
  status: { phase: PHASES[text[0]!], conditions: [{ type: 'Ready', status: text[0] === 'r' ? 'True' : 'False', lastTransitionTime: rfc3339(-10_000) }] },
});

interface Given {
  readonly spec?: Fields;
  readonly meta?: Fields;
  readonly status?: Fields;
  readonly pods?: string;
}
function cluster(form: Form, { spec, meta, status, pods = '' }: Given): Harness {
  const h = harness([form === 'ReplicaSet' ? replicaSetController : replicationController]);
  h.put(replicator(form, spec, meta, status));
  for (const [i, text] of pods.split(' ').filter((t) => t !== '').entries()) h.put(podOf(form, text, i));
  h.deliver();
  return h;
}
const sync = (h: Harness, form: Form): ApiError | undefined => h.syncOnce(controllerOf(form), KEY);
const wrote = (h: Harness, verb: string): number => h.writes.filter((w) => w.verb === verb && w.kind === 'Pod').length;
/** Creations and deletions since the last look: `+2`, `-1`. */
function moves(h: Harness): string {
  const said = [`+${wrote(h, 'create')}`, `-${wrote(h, 'delete')}`].filter((m) => !m.endsWith('0') || m.length > 2).join(' ');
  h.writes.length = 0;
  return said;
}
const statusOf = (h: Harness, form: Form): ReplicaSet['status'] => (h.api.get(form, 'default', 'web') as ReplicaSet | ReplicationController).status as ReplicaSet['status'];
/** `replicas/labelled/ready/available`, conditions after them. */
function told(h: Harness, form: Form): string {
  const s = statusOf(h, form);
  return [`${s.replicas}/${s.fullyLabeledReplicas ?? 0}/${s.readyReplicas ?? 0}/${s.availableReplicas ?? 0}`, ...(s.conditions ?? []).map((c) => c.reason)].join(' ');
}

/** What one sync does, and what the status says after it. */
const SYNCS: readonly (readonly [name: string, given: Given, expected: [string, string]])[] = [
  ['enough replicas', { pods: 'r r' }, ['', '2/2/2/2']],
  ['no replicas wanted', { spec: { replicas: 0 } }, ['', '0/0/0/0']],
  ['none there', {}, ['+2', '0/0/0/0']],
  ['one too few', { pods: 'r' }, ['+1', '1/1/1/1']],
  ['one too many', { pods: 'r r r' }, ['-1', '3/3/3/3']],
  ['all too many', { spec: { replicas: 0 }, pods: 'r r' }, ['-2', '2/2/2/2']],
  ['pending ones count', { pods: 'P P' }, ['', '2/2/0/0']],
  ['those that have succeeded do not count', { pods: 'r S' }, ['+1', '1/1/1/1']],
  ['those that have failed do not count', { pods: 'r F' }, ['+1', '1/1/1/1']],
  ['those being deleted do not count', { pods: 'r rd' }, ['+1', '1/1/1/1']],
  ['those being deleted are not deleted again', { spec: { replicas: 0 }, pods: 'rd' }, ['', '0/0/0/0']],
  ['some ready', { pods: 'r R' }, ['', '2/2/1/1']],
  ['ready for long enough', { spec: { minReadySeconds: 10 }, pods: 'r r' }, ['', '2/2/2/2']],
  ['ready, and not for long enough', { spec: { minReadySeconds: 20 }, pods: 'r r' }, ['', '2/2/2/0']],
  ['labels of the template are missing', { spec: { template: { metadata: { labels: { app: 'web', tier: 'front' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } } }, pods: 'r r' }, ['', '2/0/2/2']],
  ['it is being deleted, and has too few', { meta: { deletionTimestamp: rfc3339(0), finalizers: ['orphan'] }, pods: 'r' }, ['', '1/1/1/1']],
  ['it is being deleted, and has too many', { meta: { deletionTimestamp: rfc3339(0), finalizers: ['orphan'] }, pods: 'r r r' }, ['', '3/3/3/3']],
  ['the generation is observed', { meta: { generation: 7 }, pods: 'r r' }, ['', '2/2/2/2']],
  ['a failure of before is over', { status: { replicas: 2, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }] }, pods: 'r r' }, ['', '2/2/2/2']],
  ['other conditions stay', { status: { replicas: 2, conditions: [{ type: 'Other', status: 'True', reason: 'Theirs' }] }, pods: 'r r' }, ['', '2/2/2/2 Theirs']],
];

const timeout = (): ApiError => new ApiError('Timeout', 'fake error');
const limit = (h: Harness, verb: string, count: number): void => {
  let left = count;
  h.refuse = (v, kind) => {
    if (v === verb && kind === 'Pod' && left-- <= 0) throw timeout();
  };
};
const TERMINATING = new ApiError('Forbidden', 'because it is being terminated', { causes: [{ field: 'metadata.namespace', reason: NAMESPACE_TERMINATING, message: '' }] });
const orphan = (i: number, meta: Fields = {}): object => podOf('ReplicaSet', 'r', i, { ownerReferences: [], ...meta });
const ownersOf = (h: Harness, i: number): string[] =>
  (h.api.find('Pod', 'default', `web-${i}`)?.metadata.ownerReferences ?? []).map((o) => `${o.name}${o.controller === true ? '' : ', no controller'}`);

const PLAYS: readonly (readonly [name: string, play: (form: Form) => unknown, expected: unknown])[] = [
  ['it makes no more than it may while it does not see what it made', (form) => {
    const h = cluster(form, { pods: 'r' });
    h.held = true;
    return [sync(h, form), moves(h), sync(h, form), moves(h)];
  }, [undefined, '+1', undefined, '']],
  ['it deletes no more while it does not see what it deleted', (form) => {
    const h = cluster(form, { pods: 'r r r r' });
    h.held = true;
    return [sync(h, form), moves(h), sync(h, form), moves(h)];
  }, [undefined, '-2', undefined, '']],
  ['what could not be made is not waited for', (form) => {
    const h = cluster(form, { pods: 'r' });
    h.held = true;
    limit(h, 'create', 0);
    const refused = sync(h, form)?.reason;
    h.refuse = () => {};
    h.writes.length = 0;
    sync(h, form);
    return [refused, moves(h)];
  }, ['Timeout', '+1']],
  ['what could not be deleted is not waited for', (form) => {
    const h = cluster(form, { pods: 'r r r' });
    h.held = true;
    limit(h, 'delete', 0);
    const refused = sync(h, form)?.reason;
    h.refuse = () => {};
    h.writes.length = 0;
    sync(h, form);
    return [refused, moves(h)];
  }, ['Timeout', '-1']],
  ['it starts slowly where it is refused', (form) => {
    const h = cluster(form, { spec: { replicas: 100 } });
    limit(h, 'create', 10);
    sync(h, form);
    return [wrote(h, 'create'), told(h, form)];
  }, [10, '0/0/0/0 FailedCreate']],
  ['deletions that are refused are told', (form) => {
    const h = cluster(form, { pods: 'r r r' });
    limit(h, 'delete', 0);
    sync(h, form);
    return told(h, form);
  }, '3/3/3/3 FailedDelete'],
  ['a condition of a failure stays as it was while it fails', (form) => {
    const h = cluster(form, { status: { replicas: 0, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedDelete' }] } });
    limit(h, 'create', 0);
    sync(h, form);
    return told(h, form);
  }, '0/0/0/0 FailedDelete'],
  ['where the namespace is going nothing is told', (form) => {
    const h = cluster(form, {});
    h.refuse = (verb, kind) => {
      if (verb === 'create' && kind === 'Pod') throw TERMINATING;
    };
    return [sync(h, form), h.events.length];
  }, [undefined, 0]],
  ['at most five hundred a sync', (form) => {
    const h = cluster(form, { spec: { replicas: 700 } });
    sync(h, form);
    return moves(h);
  }, '+500'],
  ['bursts until all are there', (form) => {
    const h = cluster(form, { spec: { replicas: 1200 } });
    h.run();
    return [h.list('Pod').length, h.errors.length];
  }, [1200, 0]],
  ['a burst that is broken off goes on', (form) => {
    const h = cluster(form, { spec: { replicas: 30 } });
    limit(h, 'create', 12);
    h.run();
    h.refuse = () => {};
    h.pass(60_000);
    return h.list('Pod').length;
  }, 30],
  ['a status that meets a conflict is written upon a fresh read', (form) => {
    const h = cluster(form, { pods: 'r r' });
    let once = true;
    h.refuse = (verb) => {
      if (verb === 'updateStatus' && once) {
        once = false;
        throw new ApiError('Conflict', 'modified');
      }
    };
    return [sync(h, form), told(h, form)];
  }, [undefined, '2/2/2/2']],
  ['a status that cannot be written is tried again', (form) => {
    const h = cluster(form, { pods: 'r r' });
    limit(h, 'create', 0);
    let left = 2;
    h.refuse = (verb) => {
      if (verb === 'updateStatus' && left-- > 0) throw timeout();
    };
    const first = sync(h, form)?.reason;
    h.pass(60_000);
    return [first, told(h, form)];
  }, ['Timeout', '2/2/2/2']],
  ['a status that says nothing new is not written', (form) => {
    const h = cluster(form, { pods: 'r r' });
    sync(h, form);
    h.run();
    h.writes.length = 0;
    sync(h, form);
    return h.writes.length;
  }, 0],
  ['expectations go with it', (form) => {
    const h = cluster(form, {});
    h.held = true;
    sync(h, form);
    h.held = false;
    h.api.delete(form, 'default', 'web', { propagationPolicy: 'Orphan' });
    h.put(replicator(form, {}, { uid: 'again' }));
    h.writes.length = 0;
    h.run();
    return h.list('Pod').filter((p) => p.metadata.ownerReferences?.[0]?.uid === 'again').length;
  }, 2],
  ['one that was made anew waits for nothing of the one before', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.held = true;
    sync(h, form);
    h.put(replicator(form, { replicas: 1 }, { uid: 'again' }));
    h.deliver();
    h.writes.length = 0;
    sync(h, form);
    return [moves(h), h.list('Pod').length];
  }, ['+1', 2]],
  ['a Pod that is marked is replaced, and not once more when it is gone', (form) => {
    const h = cluster(form, { pods: 'r r' });
    h.run();
    h.api.delete('Pod', 'default', 'web-0');
    h.run();
    const marked = moves(h);
    h.api.delete('Pod', 'default', 'web-0', { gracePeriodSeconds: 0 });
    h.run();
    return [marked, moves(h)];
  }, ['+1', '']],
  ['a Pod that fails is replaced and left', (form) => {
    const h = cluster(form, { pods: 'r r' });
    setPod(h, h.api.get('Pod', 'default', 'web-0'), 'Failed', false);
    h.run();
    return [moves(h), h.list('Pod').length];
  }, ['+1', 3]],
  ['it becomes available when a Pod has been ready for long enough', (form) => {
    const h = cluster(form, { spec: { replicas: 1, minReadySeconds: 3600 }, pods: 'r' });
    h.run();
    const before = told(h, form);
    h.pass(3_600_000);
    return [before, told(h, form)];
  }, ['1/1/1/0', '1/1/1/1']],
  ['an orphan is adopted', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0));
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [['web'], '']],
  ['orphans that are too many are adopted and deleted', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    for (let i = 0; i < 3; i += 1) h.put(orphan(i));
    h.run();
    return [moves(h), h.list('Pod').filter((p) => p.metadata.deletionTimestamp === undefined).length];
  }, ['-2', 1]],
  ['an orphan of other labels is left', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0, { labels: { app: 'db' } }));
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [[], '+1']],
  ['an orphan that is being deleted is left', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0, { deletionTimestamp: rfc3339(0), finalizers: ['example.com/kept'] }));
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [[], '+1']],
  ['a Pod that names it as an owner, not as its controller, is adopted', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0, { ownerReferences: [ref(form, { controller: false })] }));
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [['web'], '']],
  ['another\'s Pod of its labels is left', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0, { ownerReferences: [ref(form, { name: 'other', uid: 'other' })] }));
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [['other'], '+1']],
  ['another\'s Pod that names it as an owner is left', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0, { ownerReferences: [ref(form, { name: 'other', uid: 'other' }), ref(form, { controller: false })] }));
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [['other', 'web, no controller'], '+1']],
  ['where an orphan cannot be adopted it is tried again', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0));
    h.failNext(timeout());
    h.run();
    const first = ownersOf(h, 0);
    h.pass(60_000);
    return [first, ownersOf(h, 0)];
  }, [[], ['web']]],
  ['it adopts nothing while it is being deleted', (form) => {
    const h = cluster(form, { meta: { deletionTimestamp: rfc3339(0), finalizers: ['orphan'] } });
    h.put(orphan(0));
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [[], '']],
  ['it adopts nothing when the server knows that it is being deleted, and the cache does not', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0));
    h.deliver();
    h.put(replicator(form, { replicas: 1 }, { deletionTimestamp: rfc3339(0), finalizers: ['orphan'] }));
    sync(h, form);
    return [ownersOf(h, 0), moves(h)];
  }, [[], '']],
  ['a Pod whose labels change is let go and replaced', (form) => {
    const h = cluster(form, { pods: 'r r' });
    h.run();
    h.api.patch('Pod', 'default', 'web-0', 'merge', { metadata: { labels: { app: 'quarantined' } } });
    h.run();
    return [ownersOf(h, 0), moves(h)];
  }, [[], '+1']],
  ['a Pod whose labels change back is taken in, and one is deleted', (form) => {
    const h = cluster(form, { pods: 'r r' });
    h.run();
    for (const app of ['quarantined', 'web']) {
      h.api.patch('Pod', 'default', 'web-0', 'merge', { metadata: { labels: { app } } });
      h.run();
    }
    return [h.list('Pod').filter((p) => p.metadata.deletionTimestamp === undefined).length, moves(h)];
  }, [2, '+1 -1']],
  ['a Pod that is given back to it while labels match is counted', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(orphan(0, { labels: { app: 'db' } }));
    h.run();
    h.writes.length = 0;
    h.api.patch('Pod', 'default', 'web-0', 'merge', { metadata: { labels: LABELS } });
    h.run();
    return [statusOf(h, form).replicas, moves(h)];
  }, [1, '-1']],
  ['of pending and running ones the pending go', (form) => {
    const h = cluster(form, { spec: { replicas: 1 }, pods: 'r P' });
    sync(h, form);
    return h.writes.filter((w) => w.verb === 'delete').map((w) => w.name);
  }, ['web-1']],
  ['of ready ones and others the others go', (form) => {
    const h = cluster(form, { spec: { replicas: 1 }, pods: 'r R' });
    sync(h, form);
    return h.writes.filter((w) => w.verb === 'delete').map((w) => w.name);
  }, ['web-1']],
  ['the cost of a deletion decides among equals', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    h.put(podOf(form, 'r', 0, { annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-10' } }));
    h.put(podOf(form, 'r', 1));
    h.deliver();
    sync(h, form);
    return h.writes.filter((w) => w.verb === 'delete').map((w) => w.name);
  }, ['web-0']],
  ['events name it and its Pods', (form) => {
    const h = cluster(form, { spec: { replicas: 1 } });
    sync(h, form);
    return h.events.map((e) => [e.source === controllerOf(form), e.object === `${form}/web`, e.reason, e.message.replace(/web-\w+$/, 'web-*')]);
  }, [[true, true, 'SuccessfulCreate', 'Created pod: web-*']]],
  ['it is scaled', (form) => {
    const h = cluster(form, { pods: 'r r' });
    h.run();
    h.api.scale(form, 'default', 'web', 5);
    h.run();
    h.api.scale(form, 'default', 'web', 1);
    h.run();
    return [moves(h), h.list('Pod').filter((p: Pod) => p.metadata.deletionTimestamp === undefined).length];
  }, ['+3 -4', 1]],
  ['two of the same selector leave each other\'s Pods alone', (form) => {
    const h = cluster(form, {});
    h.put({ ...(replicator(form) as { spec: object }), metadata: { name: 'twin', namespace: 'default', uid: 'twin' } });
    for (let i = 0; i < 5; i += 1) {
      h.pass(1000);
      playNodes(h, NODES);
    }
    const owners = h.list('Pod').map((p) => p.metadata.ownerReferences?.[0]?.name);
    return [owners.filter((o) => o === 'web').length, owners.filter((o) => o === 'twin').length];
  }, [2, 2]],
  ['a restart forgets what was expected, and makes nothing twice', (form) => {
    const h = cluster(form, {});
    h.run();
    h.restart();
    h.run();
    return [h.list('Pod').length, h.errors];
  }, [2, []]],
];

export const replicatorCases: CaseArea = {
  area: 'replication controllers and replica sets',
  source: 'pkg/controller/replicaset/{replica_set,replica_set_utils}_test.go, pkg/controller/replication, test/integration/{replicationcontroller,replicaset}',
  cases: FORMS.flatMap((form) => [
    ...SYNCS.map(([name, given, expected]) => ({
      name: `${form}: ${name}`, expected,
      run: () => {
        const h = cluster(form, given);
        sync(h, form);
        return [moves(h), told(h, form)];
      },
    })),
    ...PLAYS.map(([name, play, expected]) => ({ name: `${form}: ${name}`, run: () => play(form), expected })),
    {
      name: `${form}: Pods that are ending are counted by ReplicaSets only`, expected: form === 'ReplicaSet' ? 1 : undefined,
      run: () => {
        const h = cluster(form, { pods: 'r r rd' });
        sync(h, form);
        return statusOf(h, form).terminatingReplicas;
      },
    },
  ]),
};
