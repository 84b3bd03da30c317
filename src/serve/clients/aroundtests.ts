/** What e2e.test asks before and after each test. */
import { type ClientRequest, MAPS } from './request.ts';

export const BEFORE_TESTS: readonly ClientRequest[] = [
  {
    client: 'e2e.test',
    asks: 'GET /api/v1/nodes?fieldSelector=spec.unschedulable%3Dfalse&resourceVersion=0',
    status: 200,
    shape: { items: { length: 2 } },
  },
  ...['replicationcontrollers', 'pods'].map(
    (plural): ClientRequest => ({
      client: 'e2e.test',
      asks: `GET /api/v1/namespaces/kube-system/${plural}`,
      status: 200,
    }),
  ),
  ...['replicasets', 'daemonsets'].map(
    (plural): ClientRequest => ({
      client: 'e2e.test',
      asks: `GET /apis/apps/v1/namespaces/kube-system/${plural}`,
      status: 200,
    }),
  ),
  {
    client: 'e2e.test',
    asks: 'GET /api/v1/namespaces/default/services/kubernetes',
    status: 200,
    shape: { spec: { clusterIP: /./ } },
  },
  {
    client: 'e2e.test: of every test',
    asks: 'POST /api/v1/namespaces',
    body: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { generateName: 'e2e-', labels: { 'e2e-run': 'a' } },
    },
    status: 201,
    shape: { metadata: { name: /^e2e-/ } },
  },
  {
    client: 'e2e.test: waits for the account of a namespace',
    asks: 'GET /api/v1/namespaces/default/serviceaccounts?fieldSelector=metadata.name%3Ddefault&watch=true',
    status: 200,
    events: ['ADDED default'],
  },
  {
    client: 'e2e.test of 1.21 and later',
    asks: `GET ${MAPS}?fieldSelector=metadata.name%3Dkube-root-ca.crt&watch=true`,
    status: 200,
    events: ['ADDED kube-root-ca.crt'],
  },
  {
    client: 'e2e.test of 1.20, which lives without them',
    asks: 'GET /apis/policy/v1beta1/podsecuritypolicies',
    status: 404,
  },
  {
    client: 'e2e.test: at the end of every test',
    asks: 'DELETE /api/v1/namespaces/x',
    status: 200,
    shape: { kind: 'Namespace', status: { phase: 'Terminating' } },
  },
];
