/** What the measured clients ask beside the rest: rare options, guards of writes, and identities. */
import {
  ALL_CHANNELS,
  type ClientRequest,
  configMap,
  discovery,
  AGGREGATED,
  JSON_PATCH,
  MAPS,
  MERGE,
  PODS,
  PREFERS_PROTOBUF,
  PROTOBUF,
  refusal,
  TABLE,
  WEB,
  websocket,
} from './request.ts';

const TEXT = 'text/plain; charset=utf-8';
const LOG = `${PODS}/{pod}/log?container=web`;
const BUDGETS = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';
const REQUESTS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const SET = '/apis/apps/v1/namespaces/default/replicasets';

export const MORE: readonly ClientRequest[] = [
  {
    client: 'client-go at its head, which knows v2 alone',
    asks: 'GET /apis?timeout=32s',
    accept: discovery('v2'),
    status: 200,
    gives: AGGREGATED,
    shape: {
      items: { some: [{ metadata: { name: 'apps' }, versions: { some: [{ freshness: 'Current' }] } }] },
    },
  },
  {
    client: 'a client that takes compressed answers: small ones are not',
    asks: 'GET /api/v1/namespaces/default',
    headers: { 'accept-encoding': 'gzip' },
    status: 200,
    shape: { kind: 'Namespace' },
  },
  {
    client: 'a client of protocol buffers: answers may be JSON',
    asks: `GET ${PODS}/{pod}`,
    accept: PREFERS_PROTOBUF,
    status: 200,
    shape: { kind: 'Pod', apiVersion: 'v1' },
  },
  {
    client: 'the metadata client of client-go: one object',
    asks: `GET ${PODS}/{pod}`,
    accept: [PROTOBUF, 'application/json']
      .map((type) => `${type};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`)
      .join(','),
    status: 200,
    shape: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: '{pod}' } },
  },
  {
    client: 'kubectl get -w of one object, by a path of old',
    asks: `GET /api/v1/watch/namespaces/default/pods/{pod}`,
    status: 200,
    events: ['ADDED {pod}'],
  },
  {
    client: 'kubectl get -w: rows of a table, the columns with the first',
    asks: `GET ${PODS}?labelSelector=app%3Dweb&watch=true`,
    accept: TABLE,
    status: 200,
    events: ['ADDED Table', 'ADDED Table'],
  },
  {
    client: 'kubectl logs --since-time',
    asks: `GET ${LOG}&sinceTime=2020-01-01T00%3A00%3A00Z`,
    status: 200,
    gives: TEXT,
  },
  {
    client: 'kubectl logs with both',
    asks: `GET ${LOG}&sinceTime=2020-01-01T00%3A00%3A00Z&sinceSeconds=1`,
    status: 422,
    shape: refusal('Invalid', 422),
  },
  {
    client: 'a client of 1.32 and later: one stream',
    asks: `GET ${LOG}&stream=All`,
    status: 200,
    gives: TEXT,
  },
  {
    client: 'kubectl logs of less than nothing',
    asks: `GET ${LOG}&tailLines=-1&limitBytes=0`,
    status: 422,
    shape: {
      ...refusal('Invalid', 422),
      details: { causes: { some: [{ field: 'tailLines' }, { field: 'limitBytes' }] } },
    },
  },
  {
    client: 'a client of 1.32 and later: a stream that is none',
    asks: `GET ${LOG}&stream=Stdin`,
    status: 422,
    shape: {
      ...refusal('Invalid', 422),
      message: /stream: Unsupported value: "Stdin": supported values: "All", "Stderr", "Stdout"$/,
    },
  },
  {
    client: 'kubectl logs of a container that is not there',
    asks: `GET ${PODS}/{pod}/log?container=none`,
    status: 400,
    shape: { ...refusal('BadRequest', 400), message: /container none is not valid for pod/ },
  },
  {
    client: 'e2e.test: a log in base64 over a WebSocket',
    asks: `GET ${LOG}`,
    ...websocket('base64.binary.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'base64.binary.k8s.io'],
  },
  {
    client: 'client-go: a name of the server',
    asks: `POST ${MAPS}`,
    body: { ...configMap(''), metadata: { generateName: 'made-', labels: { of: 'clients' } } },
    status: 201,
    shape: { metadata: { name: /^made-[a-z0-9]{5}$/, generateName: 'made-' } },
  },
  {
    client: 'a controller whose cache is old',
    asks: `PUT ${MAPS}/kube-root-ca.crt`,
    body: { ...configMap('kube-root-ca.crt'), metadata: { name: 'kube-root-ca.crt', resourceVersion: '1' } },
    status: 409,
    shape: {
      ...refusal('Conflict', 409),
      message: /the object has been modified; please apply your changes to the latest version and try again/,
    },
  },
  {
    client: 'kubectl apply, which takes over managed fields by a patch that tests the revision',
    asks: `PATCH ${MAPS}/kube-root-ca.crt`,
    type: JSON_PATCH,
    body: [{ op: 'test', path: '/metadata/resourceVersion', value: '1' }],
    status: 422,
    shape: refusal('Invalid', 422),
  },
  {
    client: 'kubectl scale --resource-version',
    asks: `PATCH ${WEB}/scale`,
    type: MERGE,
    body: { metadata: { resourceVersion: '1' }, spec: { replicas: 2 } },
    status: 409,
    shape: refusal('Conflict', 409),
  },
  {
    client: 'kubectl create of what the rules do not let pass',
    asks: 'POST /api/v1/namespaces/default/services?fieldManager=kubectl-create',
    body: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'No' }, spec: {} },
    status: 422,
    shape: {
      ...refusal('Invalid', 422),
      details: {
        kind: 'Service',
        causes: { some: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }] },
      },
    },
  },
  {
    client: 'client-go: only that very object',
    asks: `DELETE ${PODS}/{pod}`,
    body: { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } },
    status: 409,
    shape: refusal('Conflict', 409),
  },
  {
    client: 'kubectl create pdb',
    asks: `POST ${BUDGETS}`,
    body: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'all' },
      spec: { maxUnavailable: 0, selector: { matchLabels: { app: 'web' } } },
    },
    status: 201,
  },
  {
    client: 'kubectl drain, while a budget lets none go',
    asks: `POST ${PODS}/{pod}/eviction`,
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: '{pod}', namespace: 'default' } },
    status: 429,
    shape: {
      ...refusal('TooManyRequests', 429),
      details: { causes: { some: [{ reason: 'DisruptionBudget' }] } },
    },
  },
  { client: 'kubectl delete pdb', asks: `DELETE ${BUDGETS}/all`, status: 200 },
  {
    client: 'kubectl scale rs',
    asks: `GET ${SET}?labelSelector=app%3Dweb`,
    accept: TABLE,
    status: 200,
    shape: { kind: 'Table' },
  },
  {
    client: 'an issuer of certificates',
    asks: `GET ${REQUESTS}/none/status`,
    status: 404,
    shape: refusal('NotFound', 404),
  },
  {
    client: "e2e.test: a replication controller's status",
    asks: 'GET /api/v1/namespaces/default/replicationcontrollers/rc/status',
    status: 200,
    shape: { kind: 'ReplicationController', status: {} },
  },
  {
    client: 'a browser by a Service of the cluster, by the name of its port',
    asks: 'GET /api/v1/namespaces/default/services/none:http/proxy/',
    status: 404,
    shape: refusal('NotFound', 404),
  },
  {
    client: 'kubectl --as, who may not',
    asks: 'GET /api/v1/nodes',
    headers: { 'impersonate-user': 'ann' },
    status: 403,
    shape: {
      ...refusal('Forbidden', 403),
      message: /User "ann" cannot list resource "nodes" in API group "" at the cluster scope/,
    },
  },
  {
    client: 'kubectl --as --as-group, who may',
    asks: 'GET /api/v1/nodes',
    headers: { 'impersonate-user': 'ann', 'impersonate-group': 'system:masters' },
    status: 200,
    shape: { kind: 'NodeList' },
  },
  {
    client: 'kubectl --as-group alone',
    asks: 'GET /api/v1/nodes',
    headers: { 'impersonate-group': 'system:masters' },
    status: 500,
    shape: refusal('InternalError', 500),
  },
  {
    client: 'a browser that asks to do what cannot be done',
    asks: 'POST /api/v1/namespaces/default/pods/{pod}',
    body: {},
    status: 405,
    shape: refusal('MethodNotAllowed', 405),
  },
  {
    client: '@kubernetes/client-node: attach',
    asks: `GET ${PODS}/{pod}/attach?container=web&stdout=true`,
    ...websocket(ALL_CHANNELS.join(', ')),
    status: 101,
    upgraded: ['websocket', 'v5.channel.k8s.io'],
  },
];
