/**
 * 200 plans that the search would draw, and what their histories hash to: whoever plays them, on whatever
 * Node, operating system, time zone or locale, has to come to the same.
 */
import { Beginnings } from '../../src/explore/beginnings.ts';
import { claimsOf, sceneOfManifests } from '../../src/explore/scene.ts';
import { scenarioOf, type Campaign } from '../../src/explore/campaign.ts';
import { tryOut } from '../../src/explore/trial.ts';
import { standardKit } from '../../src/dsl/kit.ts';
import { filesOf } from '../../src/dsl/scenario.ts';
import { clusterOf } from '../../src/dsl/session.ts';
import { simulate } from '../../src/drivers/simulated.ts';

const template = (app: string, more = ''): string =>
  `template: {metadata: {labels: {app: ${app}}}, spec: {${more}containers: [{name: ${app}, image: nginx, ` +
  'ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: /, port: 80}}}]}}';
const service = (app: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${app}}\nspec: {selector: {app: ${app}}, ports: ` +
  '[{port: 80}]}';
const workload = (kind: string, app: string, spec: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${app}}\nspec: {selector: {matchLabels: {app: ` +
  `${app}}}, ${spec}${template(app, more)}}`;

const SPREAD =
  'topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ' +
  'DoNotSchedule, labelSelector: {matchLabels: {app: spread}}}], ';

/** Each another mixture of what Kubernetes runs. */
const SCENES: readonly (readonly [nodes: number, zones: number, manifests: readonly string[]])[] = [
  [
    3,
    1,
    [
      workload('Deployment', 'web', 'replicas: 3, '),
      service('web'),
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 2, ' +
        'selector: {matchLabels: {app: web}}}',
    ],
  ],
  [2, 1, [workload('StatefulSet', 'db', 'replicas: 2, serviceName: db, '), service('db')]],
  [
    4,
    2,
    [
      workload('DaemonSet', 'agent', ''),
      workload('Deployment', 'spread', 'replicas: 4, ', SPREAD),
      service('spread'),
    ],
  ],
  [
    2,
    2,
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: lone, labels: {app: lone}}\nspec: {containers: [{name: ' +
        'lone, image: nginx}]}',
      workload('ReplicaSet', 'old', 'replicas: 2, '),
      'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: few}\nspec: {hard: {pods: "6"}}',
    ],
  ],
];

const PLANS = 200;
const MINUTE = 60_000;

const campaigns = SCENES.map(([nodes, zones, manifests]): Campaign => {
  const scene = sceneOfManifests(manifests, { nodes, zones });
  return {
    name: 'determinism',
    seed: 20261120,
    scene,
    claims: claimsOf(scene),
    faults: { min: 1, max: 6, withinMs: 15 * MINUTE, of: 'all' },
  };
});

/** The first digits of the hash of each plan's history. */
export function hashesOfPlans(): string[] {
  const beginnings = new Beginnings({
    seed: 1,
    files: filesOf({}),
    createDriver: simulate,
    kit: standardKit,
  });
  return Array.from({ length: PLANS }, (_, i) => {
    const campaign = campaigns[i % campaigns.length]!;
    const { session } = tryOut(
      scenarioOf(campaign, Math.floor(i / campaigns.length), beginnings),
      beginnings,
    );
    return clusterOf(session!).hash().slice(0, 16);
  });
}
