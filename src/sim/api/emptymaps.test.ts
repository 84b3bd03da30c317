import { expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { deployment } from '../testing.ts';

it('a template whose only annotation came and went is the one before: no third ReplicaSet', () => {
  const cluster = Cluster.create({ seed: 1, nodes: 2 });
  cluster.client().create(deployment('web', { replicas: 2 }));
  cluster.pass(30_000);
  const annotate = (value: string | null): void => {
    cluster
      .client()
      .patch('Deployment', 'default', 'web', 'strategic', {
        spec: { template: { metadata: { annotations: { checksum: value } } } },
      });
    cluster.pass(60_000);
  };
  annotate('a');
  annotate(null);
  expect(cluster.client().get('Deployment', 'default', 'web').spec.template.metadata).not.toHaveProperty(
    'annotations',
  );
  expect(cluster.client().list('ReplicaSet')).toHaveLength(2);
});
