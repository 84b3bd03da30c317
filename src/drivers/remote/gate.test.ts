import { describe, expect, it } from 'vitest';
import { ApiError } from '../../sim/api/errors.ts';
import { applyPatch } from '../../sim/api/merge/index.ts';
import { RESOURCES } from '../../sim/api/resources/index.ts';
import { schemaOf } from '../../sim/api/resources/definition.ts';
import { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { Undo } from './messages.ts';
import { Journal, outOfScope, type Undoing } from './gate.ts';

const registry = new ResourceRegistry(RESOURCES);
const SCOPE = { namespaces: ['shop'], nodes: ['node-1'] };
const why = (kind: string, namespace: string, name: string): string | undefined =>
  outOfScope(SCOPE, registry.get(kind), namespace, name);

const object = (kind: string, name: string, more: object = {}, meta: object = {}): KubeObject =>
  ({
    apiVersion: registry.get(kind).apiVersion,
    kind,
    metadata: { name, ...(registry.get(kind).namespaced ? { namespace: 'shop' } : {}), ...meta },
    ...more,
  }) as KubeObject;

/** Writes down what undoing asks. */
function undone(
  journal: Journal,
  refuse?: ApiError,
): { asked: string[]; patches: unknown[]; left: string[] } {
  const asked: string[] = [];
  const patches: unknown[] = [];
  const note = (text: string): void => {
    if (refuse !== undefined) throw refuse;
    asked.push(text);
  };
  const by: Undoing = {
    delete: ({ kind }, _namespace, name) => note(`delete ${kind} ${name}`),
    patch(definition, _namespace, name, back) {
      note(`patch ${definition.kind} ${name}`);
      patches.push(back);
    },
    create: (_, { kind, metadata }) => note(`create ${kind} ${metadata.name}`),
  };
  return { left: journal.undo(by), asked, patches };
}

describe('what may be touched', () => {
  it('is what stands in the namespaces that were named, themselves, and the nodes that were named', () => {
    expect(why('Pod', 'shop', 'web')).toBeUndefined();
    expect(why('Namespace', '', 'shop')).toBeUndefined();
    expect(why('Node', '', 'node-1')).toBeUndefined();
    expect(why('Pod', 'kube-system', 'dns')).toContain('namespace "kube-system" is none of those');
    expect(why('Namespace', '', 'default')).toContain('namespace "default" is none of those');
    expect(why('Node', '', 'node-2')).toContain('--node node-2');
    expect(why('ClusterRole', '', 'admin')).toContain('clusterroles belong to the whole cluster');
  });
});

describe('a journal', () => {
  it('removes what was made, puts back what was changed, makes again what was deleted, in reverse', () => {
    const undos: Undo[] = [];
    const journal = new Journal((kept) => 'undo' in kept && undos.push(kept.undo));
    const deployment = registry.get('Deployment');
    const before = object('Deployment', 'web', { spec: { replicas: 3 } });
    journal.created(registry.get('Service'), object('Service', 'till'));
    journal.changed(deployment, before, object('Deployment', 'web', { spec: { replicas: 5 } }));
    journal.deleted(registry.get('ConfigMap'), object('ConfigMap', 'flags', { data: { a: '1' } }));
    const { asked, patches } = undone(journal);
    expect(asked).toEqual(['create ConfigMap flags', 'patch Deployment web', 'delete Service till']);
    expect(patches).toEqual([{ spec: { replicas: 3 } }]);
    expect(undone(journal).asked).toEqual([]);
    expect(undos.map(({ named, call: { method, path }, fine }) => [named, method, path, fine])).toEqual([
      ['Service shop/till', 'DELETE', '/api/v1/namespaces/shop/services/till', 404],
      ['Deployment shop/web', 'PATCH', '/apis/apps/v1/namespaces/shop/deployments/web', 404],
      ['ConfigMap shop/flags', 'POST', '/api/v1/namespaces/shop/configmaps', 409],
    ]);
    expect(JSON.parse(undos[1]!.call.body!)).toEqual({ spec: { replicas: 3 } });
  });

  it('takes back its own part of a list alone', () => {
    const journal = new Journal(() => undefined);
    const deployment = registry.get('Deployment');
    const web = (...containers: readonly object[]): KubeObject =>
      object('Deployment', 'web', { spec: { template: { spec: { containers } } } });
    const old = { name: 'web', image: 'nginx:1' };
    journal.changed(deployment, web(old), web({ ...old, image: 'nginx:2' }));
    const [back] = undone(journal).patches;
    // Meanwhile somebody else has put a container beside it.
    const later = web({ ...old, image: 'nginx:2' }, { name: 'proxy', image: 'envoy' });
    expect(applyPatch('strategic', schemaOf(deployment), later, back)).toMatchObject({
      spec: { template: { spec: { containers: [old, { name: 'proxy', image: 'envoy' }] } } },
    });
  });

  it('leaves what a controller makes again, and what was made and deleted meanwhile, alone', () => {
    const journal = new Journal(() => undefined);
    const pod = registry.get('Pod');
    const owned = { ownerReferences: [{ kind: 'ReplicaSet', name: 'web', controller: true }] };
    journal.deleted(pod, object('Pod', 'web-1', {}, owned));
    journal.created(pod, object('Pod', 'probe'));
    journal.changed(
      pod,
      object('Pod', 'probe'),
      object('Pod', 'probe', { spec: { activeDeadlineSeconds: 1 } }),
    );
    journal.deleted(pod, object('Pod', 'probe'));
    expect(undone(journal).asked).toEqual(['delete Pod probe']);
  });

  it('says what could not be put back, and passes over what is gone anyway', () => {
    const journal = new Journal(() => undefined);
    const service = registry.get('Service');
    journal.created(service, object('Service', 'till'));
    expect(undone(journal, new ApiError('NotFound', 'services "till" not found')).left).toEqual([]);
    journal.created(service, object('Service', 'till'));
    expect(undone(journal, new ApiError('Forbidden', 'not yours')).left).toEqual([
      'Service shop/till: not yours',
    ]);
  });
});
