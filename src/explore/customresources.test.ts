/** What a search aims at where a scene's workloads are custom resources, which an operator runs. */
import { describe, expect, it } from 'vitest';
import { extendKit, standardKit } from '../dsl/kit.ts';
import type { Controller, ControllerContext } from '../sim/controlplane/controller.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { callsOf } from './draw.ts';
import { runBatch } from './campaign.ts';
import { freshBeginnings } from './freshbeginnings.ts';
import { claimsOf, sceneOfManifests } from './scene.ts';
import { rootsAmong, worldFrom, worldIn, worldOf } from './targets.ts';

const definition = (subresources: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: shops, kind: Shop}
  versions:
    - name: v1
      served: true
      storage: true
      subresources: {status: {}${subresources}}
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
---
`;
const SCALED =
  ', scale: {specReplicasPath: .spec.tills, statusReplicasPath: .status.tills, ' +
  'labelSelectorPath: .status.by}';
const SHOP = 'apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: corner}\nspec: {tills: 2}\n';
const WITH_TEMPLATE = `apiVersion: example.com/v1
kind: Shop
metadata: {name: corner, namespace: team}
spec:
  selector: {matchLabels: {app: corner}}
  template: {metadata: {labels: {app: corner}}, spec: {containers: [{name: till, image: "nginx:1.25"}]}}
`;

type Shop = KubeObject & { spec: { tills: number } };

/** Runs a shop's tills as a Deployment and a Pod of its own. */
function open(key: string, ctx: ControllerContext): void {
  const [namespace = '', name = ''] = key.split('/');
  const shop = ctx.api.find('shops.example.com', namespace, name) as Shop | undefined;
  if (shop === undefined) return;
  const { apiVersion, kind, metadata } = shop;
  const ownerReferences = [{ apiVersion, kind, name, uid: metadata.uid, controller: true }];
  const labels = { shop: name };
  const spec = { containers: [{ name: 'till', image: 'nginx:1.25' }] };
  if (ctx.api.find('Deployment', namespace, name) === undefined) {
    const template = { metadata: { labels }, spec };
    ctx.api.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, ownerReferences },
      spec: { replicas: shop.spec.tills, selector: { matchLabels: labels }, template },
    } as never);
    ctx.api.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${name}-safe`, namespace, labels: { safe: name }, ownerReferences },
      spec,
    } as never);
    ctx.api.updateStatus({ ...shop, status: { tills: shop.spec.tills, by: `shop=${name},till` } });
  }
}
const operator: Controller = {
  name: 'shop-operator',
  watches: ['shops.example.com'],
  init: () => ({}),
  observe({ object: { metadata } }, _state, ctx) {
    ctx.queue.add(`${metadata.namespace}/${metadata.name}`);
  },
  sync: (key, _state, ctx) => open(key, ctx),
};
const kit = extendKit(standardKit, { controllers: [operator] });
const sceneWith = (...texts: string[]) => sceneOfManifests([texts.join('')], { nodes: 2, zones: 1 });

describe('a custom resource', () => {
  it('with the subresource scale is a workload, which lacks what it has not', () => {
    const world = worldOf(sceneWith(definition(SCALED), SHOP), standardKit);
    expect(world.workloads).toEqual([{ kind: 'Shop', name: 'corner', lacks: ['template', 'revisions'] }]);
    const calls = [...callsOf('all', world, standardKit.faults).keys()];
    expect(calls).toContain('Scale');
    for (const fault of ['ImageUpdate', 'ConfigUpdate', 'WrongImage', 'Rollback', 'PodDelete'])
      expect(calls).not.toContain(fault);
  });

  it('with a template of Pods too is what images are rolled out to', () => {
    const world = worldOf(sceneWith(definition(SCALED), WITH_TEMPLATE), standardKit);
    expect(world.workloads).toEqual([{ kind: 'Shop', name: 'team/corner', lacks: ['revisions'] }]);
    expect(world.pods).toEqual(['app=corner']);
    const calls = callsOf('all', world, standardKit.faults);
    expect([...calls.keys()]).toEqual(
      expect.arrayContaining(['Scale', 'ImageUpdate', 'PodLabel', 'PodDelete']),
    );
    expect(calls.has('Rollback')).toBe(false);
  });

  it('without it is none', () => {
    expect(worldOf(sceneWith(definition(''), SHOP), standardKit).workloads).toEqual([]);
  });

  it('of the name of a built-in kind is not taken for that', () => {
    const world = worldOf(
      sceneWith(
        definition(SCALED).replace('kind: Shop', 'kind: Deployment'),
        SHOP.replace('kind: Shop', 'kind: Deployment'),
      ),
      standardKit,
    );
    expect(world.workloads).toEqual([]);
  });
});

describe('what an operator makes of it', () => {
  it('is aimed at once the scene has begun, by names that do not change', () => {
    const scene = sceneWith(definition(SCALED), SHOP);
    const world = worldIn(scene, freshBeginnings(kit), '1');
    expect(world.workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Shop corner',
      'Deployment default/corner',
    ]);
    expect(world.pods).toEqual(['shop=corner,till', 'shop=corner', 'default/corner-safe']);
    // Nobody runs it: then nothing is made.
    expect(worldIn(scene, freshBeginnings(), '1').pods).toEqual([]);
  });

  it('is met by the faults of a campaign', () => {
    const scene = sceneWith(definition(SCALED), SHOP);
    const faults = { min: 2, max: 4, withinMs: 60_000, of: ['Scale', 'PodDelete', 'ImageUpdate'] };
    const campaign = { name: 'shops', seed: 1, scene, claims: claimsOf(scene), faults };
    const { coverage, meaningless } = runBatch(campaign, 0, 8, freshBeginnings(kit));
    expect(meaningless).toBe(0);
    expect(new Set(Object.keys(coverage).map((pair) => pair.split(' ')[0]))).toEqual(
      new Set(['Scale', 'PodDelete', 'ImageUpdate']),
    );
  });

  it('is aimed at in a live cluster, too', () => {
    const owner = { apiVersion: 'example.com/v1', kind: 'Shop', name: 'corner', uid: '1' };
    const objectOf = (kind: string, name: string, ownerReferences?: object[]) =>
      ({
        apiVersion: kind === 'Shop' ? 'example.com/v1' : 'v1',
        kind,
        metadata: { name, namespace: 'default', ...(ownerReferences && { ownerReferences }) },
      }) as unknown as KubeObject;
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'shops.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'shops', kind: 'Shop' },
        versions: [{ name: 'v1', served: true, storage: true }],
      },
    } as unknown as KubeObject;
    const set = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '2' };
    const objects = [crd, objectOf('Pod', 'safe', [owner]), objectOf('Pod', 'web-1', [set])];
    const { resources } = standardKit.parts;
    expect(worldFrom([], rootsAmong(objects, resources), resources).pods).toEqual(['default/safe']);
  });
});
