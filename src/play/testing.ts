/** A small shop to play with. */
import { readStep } from '../dsl/scenario.ts';
import type { Operation } from '../dsl/operations/operation.ts';

export const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: nginx, ports: [{containerPort: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]`;

/** Two nodes, on which the shop is ready. */
export const OPENED: readonly Operation[] = [
  readStep('Given a cluster with 2 nodes').operation,
  readStep('Given the manifest:', SHOP).operation,
  readStep('Given every pod is ready').operation,
];
