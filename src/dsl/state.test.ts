import { expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { advanceState, copyState, emptyState, getObject, objectsOf } from './state.ts';

it('holds objects of a resource that was added while the cluster ran, by kind and by resource', () => {
  const cluster = Cluster.create({ seed: 1, nodes: [] });
  cluster.addResource(
    {
      group: 'example.com',
      names: { kind: 'Widget', plural: 'widgets' },
      scope: 'Namespaced',
      versions: [{ name: 'v1' }],
    },
    { actor: 'user', user: 'user', cause: 0 },
  );
  const widget = {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'w', namespace: 'default' },
  };
  cluster.client().create(widget as KubeObject);
  const state = emptyState();
  advanceState(state, cluster.history);
  for (const name of ['Widget', 'widgets.example.com']) {
    expect([...objectsOf(copyState(state), name)]).toHaveLength(1);
    expect(getObject(state, name, 'default', 'w')?.metadata.name).toBe('w');
  }
  expect([...objectsOf(state, 'Gadget')]).toEqual([]);
});
