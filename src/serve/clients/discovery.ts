/** How clients find out what is served. */
import { type ClientRequest, AGGREGATED, GNOSTIC, discovery, refusal } from './request.ts';

export const DISCOVERY: readonly ClientRequest[] = [
  {
    client: 'kubectl version, e2e.test: numbers are numbers',
    asks: 'GET /version?timeout=32s',
    accept: 'application/json, */*',
    status: 200,
    shape: { major: /^\d+$/, minor: /^\d+$/, gitVersion: /^v1\.\d+\.\d+/, platform: /\// },
  },
  {
    client: 'kubectl 1.30 and later',
    asks: 'GET /api?timeout=32s',
    accept: discovery('v2', 'v2beta1'),
    status: 200,
    gives: AGGREGATED,
    shape: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' },
  },
  {
    client: 'kubectl 1.27 to 1.29',
    asks: 'GET /apis?timeout=32s',
    accept: discovery('v2beta1'),
    status: 200,
    gives: AGGREGATED.replace('v=v2', 'v=v2beta1'),
    shape: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2beta1' },
  },
  {
    client: 'kubectl 1.35 and later, which asks for no peers first',
    asks: 'GET /apis?timeout=32s',
    accept: `${AGGREGATED};profile=nopeer,${discovery('v2')}`,
    status: 200,
    gives: AGGREGATED,
    shape: { kind: 'APIGroupDiscoveryList' },
  },
  {
    client: 'kubectl 1.20',
    asks: 'GET /api?timeout=32s',
    accept: 'application/json, */*',
    status: 200,
    shape: { kind: 'APIVersions', versions: ['v1'] },
  },
  {
    client: 'kubectl 1.20',
    asks: 'GET /apis?timeout=32s',
    accept: 'application/json, */*',
    status: 200,
    shape: { kind: 'APIGroupList', apiVersion: 'v1' },
  },
  {
    client: 'kubectl auth can-i, e2e.test',
    asks: 'GET /api/v1?timeout=32s',
    status: 200,
    shape: {
      kind: 'APIResourceList',
      groupVersion: 'v1',
      resources: {
        some: [
          { name: 'pods', singularName: 'pod', namespaced: true, shortNames: ['po'], categories: ['all'] },
          { name: 'pods/log', kind: 'Pod' },
        ],
      },
    },
  },
  {
    client: 'e2e.test',
    asks: 'GET /apis/apps',
    status: 200,
    shape: { kind: 'APIGroup', name: 'apps', preferredVersion: { groupVersion: 'apps/v1' } },
  },
  {
    client: 'kubectl 1.20',
    asks: 'GET /apis/apps/v1?timeout=32s',
    status: 200,
    shape: {
      groupVersion: 'apps/v1',
      resources: {
        some: [{ name: 'deployments/scale', group: 'autoscaling', version: 'v1', kind: 'Scale' }],
      },
    },
  },
  {
    client: 'kubectl 1.27 and later: explain, apply, create',
    asks: 'GET /openapi/v3?timeout=32s',
    accept: 'application/json, */*',
    status: 200,
    shape: { paths: { 'apis/apps/v1': { serverRelativeURL: /^\/openapi\/v3\/apis\/apps\/v1\?hash=/ } } },
  },
  {
    client: 'kubectl 1.27 and later: whether a patch takes fieldValidation',
    asks: 'GET /openapi/v3/apis/apps/v1?timeout=32s',
    accept: 'application/json',
    status: 200,
    shape: /"name":"fieldValidation"/,
  },
  {
    client: 'kubectl up to 1.26, which knows no JSON of it',
    asks: 'GET /openapi/v2?timeout=32s',
    accept: GNOSTIC,
    status: 200,
    gives: GNOSTIC.replace('@', '.'),
    answers: { etag: /^"[0-9A-F]+"$/ },
  },
  {
    client: 'kubectl, which has the document already',
    asks: 'GET /openapi/v2?timeout=32s',
    accept: GNOSTIC,
    headers: { 'if-none-match': '{etag}' },
    status: 304,
    gives: '',
  },
  {
    client: 'e2e.test: what custom resources publish',
    asks: 'GET /openapi/v2',
    accept: 'application/json',
    status: 200,
    shape: { swagger: '2.0' },
  },
  ...['healthz', 'livez', 'readyz'].map(
    (name): ClientRequest => ({
      client: 'scripts, kubeadm, probes of load balancers',
      asks: `GET /${name}`,
      accept: '*/*',
      status: 200,
      gives: 'text/plain; charset=utf-8',
      shape: /^ok$/,
    }),
  ),
  {
    client: 'Prometheus',
    asks: 'GET /metrics',
    accept: 'text/plain',
    status: 200,
    gives: 'text/plain; charset=utf-8',
    shape: /^# HELP /m,
  },
  {
    client: 'whoever checks tokens himself: no key signs those of a simulation, and none is given out',
    asks: 'GET /openid/v1/jwks',
    status: 404,
    shape: refusal('NotFound', 404),
  },
  {
    client: 'whoever checks tokens himself',
    asks: 'GET /.well-known/openid-configuration',
    status: 404,
    shape: refusal('NotFound', 404),
  },
];
