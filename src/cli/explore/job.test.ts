/** A campaign as an Indexed Job. */
import { expect, it } from 'vitest';
import { Scenario } from '../../dsl/scenario.ts';
import { WEB } from '../../explore/testing.ts';
import { jobOf } from './job.ts';

const asked = {
  parts: 4,
  image: 'node:22-slim',
  manifests: [
    { file: 'shop/web.yaml', text: WEB },
    { file: 'other/web.yaml', text: WEB },
  ],
  args: ['--runs', '1000'],
};

it('is taken by a cluster, which makes a Pod for each part', () => {
  const scenario = new Scenario({ seed: 1 }).say('Given a cluster with 2 nodes');
  scenario.say('And the manifest:', jobOf(asked)).say('When 10 seconds pass');
  const pods = JSON.parse(scenario.kubectl('get pods -o json').stdout) as {
    items: { metadata: { labels: Record<string, string> }; spec: { containers: { args: string[] }[] } }[];
  };
  const indexes = pods.items.map((p) => p.metadata.labels['batch.kubernetes.io/job-completion-index']);
  expect(indexes.sort()).toEqual(['0', '1', '2', '3']);
  expect(pods.items[0]!.spec.containers[0]!.args.slice(1)).toEqual(
    'explore /manifests --runs 1000 --shard 4 --out /results'.split(' '),
  );
  const map = JSON.parse(scenario.kubectl('get configmap seatrial-explore -o json').stdout) as {
    data: Record<string, string>;
  };
  expect(map.data).toEqual({ '000-web.yaml': WEB, '001-web.yaml': WEB });
});

it('says when manifests are too large for it', () => {
  const text = 'x'.repeat(1_100_000);
  expect(() => jobOf({ ...asked, manifests: [{ file: 'a.yaml', text }] })).toThrow(/more than a ConfigMap/);
});
