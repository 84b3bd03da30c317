/** A small scene for tests of the search: two replicas behind a Service, on two nodes. */
import type { Campaign } from './campaign.ts';
import { claimsOf, sceneOfManifests } from './scene.ts';

export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}`;

export const WEB_SCENE = sceneOfManifests([WEB], { nodes: 2, zones: 1 });
export const SERVICE_AVAILABLE = 'Then at every moment service "web" was available';

const LONE = sceneOfManifests([WEB.replace('replicas: 2', 'replicas: 1')], { nodes: 2, zones: 1 });
/** A campaign that finds, of one root cause: a single replica, and faults that take it. */
export const LONE_REPLICA: Campaign = {
  name: 'web',
  seed: 3,
  scene: LONE,
  claims: claimsOf(LONE).slice(1),
  faults: { min: 1, max: 1, withinMs: 60_000, of: ['PodEvict', 'PodDelete', 'ContainerCrash'] },
};
