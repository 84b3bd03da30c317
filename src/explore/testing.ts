/** A small scene for tests of the search: two replicas behind a Service, on two nodes. */
import { sceneOfManifests } from './scene.ts';

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
