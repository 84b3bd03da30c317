/**
 * What real clients ask of an API server, and what must come back: kubectl 1.20 to 1.33 and
 * @kubernetes/client-node as a proxy before a server saw them, client-go, controller-runtime, helm, k9s and
 * e2e.test as their sources say. In the order in which they are asked: later rows build on earlier ones.
 */

/** What a request is, and what must come of it. `{pod}` and `{revision}` are filled in by who asks. */
export interface ClientRequest {
  /** Who asks so, and when. */
  readonly client: string;
  /** `GET /api/v1/pods` */
  readonly asks: string;
  readonly accept?: string;
  /** The media type of the body; JSON. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object, sent as JSON, or a text. */
  readonly body?: object | string;
  /** Sends what this command of kubectl sent, in protocol buffers. */
  readonly sends?: string;
  readonly status: number;
  /** The media type of the answer; JSON. */
  readonly gives?: string;
  readonly answers?: Readonly<Record<string, RegExp>>;
  /** What of a JSON body matters, or of a text. */
  readonly shape?: object | RegExp;
  /** Of a watch the types of its first events, with the names of their objects. */
  readonly events?: readonly string[];
  /** To what the connection is upgraded, and which protocol is agreed on. */
  readonly upgraded?: readonly ['websocket' | 'SPDY/3.1', string];
}

const TABLE = [
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=Table;v=v1beta1;g=meta.k8s.io',
  'application/json',
].join(',');
const discovery = (...versions: readonly string[]): string =>
  [
    ...versions.map((v) => `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`),
    'application/json',
  ].join(',');
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const PREFERS_PROTOBUF = `${PROTOBUF},application/json`;
const GNOSTIC = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
const METADATA = [PROTOBUF, 'application/json']
  .map((type) => `${type};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`)
  .concat('application/json')
  .join(',');
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const APPLY = 'application/apply-patch+yaml';
const JSON_PATCH = 'application/json-patch+json';

const PODS = '/api/v1/namespaces/default/pods';
const MAPS = '/api/v1/namespaces/default/configmaps';
const WEB = '/apis/apps/v1/namespaces/default/deployments/web';

const configMap = (name: string, data: Readonly<Record<string, string>> = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels: { of: 'clients' } },
  data,
});
const refusal = (reason: string, code: number): object => ({
  kind: 'Status',
  status: 'Failure',
  reason,
  code,
});

const WATCH_LIST = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
const BOOKMARKS = 'allowWatchBookmarks=true';

const websocket = (protocol: string): Partial<ClientRequest> => ({
  headers: {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
    ...(protocol === '' ? {} : { 'sec-websocket-protocol': protocol }),
  },
  status: 101,
});
const spdy = (...protocols: readonly string[]): Partial<ClientRequest> => ({
  headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': protocols.join(', ') },
  status: 101,
});
const ALL_CHANNELS = ['v5', 'v4', 'v3', 'v2'].map((v) => `${v}.channel.k8s.io`);

const EXEC = `${PODS}/{pod}/exec?command=true&container=web&stderr=true&stdout=true`;

const TRANSPORT: readonly ClientRequest[] = [
  {
    client: 'any client-go program: every answer can be told from others in an audit log',
    asks: 'GET /api/v1/nodes',
    status: 200,
    answers: {
      'audit-id': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'cache-control': /^no-cache, private$/,
    },
    shape: { kind: 'NodeList', apiVersion: 'v1' },
  },
  {
    client: 'a proxy that has given the request an id',
    asks: 'GET /api/v1/nodes',
    headers: { 'audit-id': 'mine' },
    status: 200,
    answers: { 'audit-id': /^mine$/ },
  },
  {
    client: 'curl: JSON for people is indented',
    asks: 'GET /api/v1/namespaces/default',
    headers: { 'user-agent': 'curl/8.5.0' },
    accept: '*/*',
    status: 200,
    shape: /^\{\n {2}"/,
  },
  {
    client: 'curl, which wants it on one line',
    asks: 'GET /api/v1/namespaces/default?pretty=false',
    headers: { 'user-agent': 'curl/8.5.0' },
    accept: '*/*',
    status: 200,
    shape: /^\{"/,
  },
  {
    client: 'kubectl get --raw with pretty=true',
    asks: 'GET /api/v1/namespaces/default?pretty=true',
    status: 200,
    shape: /^\{\n {2}"/,
  },
  {
    client: 'kubectl: a deprecated version is warned of, and the warning printed',
    asks: 'GET /api/v1/namespaces/default/endpoints?limit=500',
    accept: TABLE,
    status: 200,
    answers: {
      warning: /^299 - "v1 Endpoints is deprecated in v1\.33\+; use discovery\.k8s\.io\/v1 EndpointSlice"$/,
    },
  },
  {
    client: 'client-go: what is not there',
    asks: `GET ${MAPS}/none`,
    accept: PREFERS_PROTOBUF,
    status: 404,
    shape: { ...refusal('NotFound', 404), details: { name: 'none', kind: 'configmaps' } },
  },
  {
    client: 'client-go: a form in which nothing can be served',
    asks: `GET ${MAPS}`,
    accept: 'application/yaml;stream=watch',
    status: 406,
    shape: refusal('NotAcceptable', 406),
  },
  {
    client: 'client-go with CBOR behind its gate',
    asks: `POST ${MAPS}`,
    type: 'application/cbor',
    body: '�',
    status: 415,
    shape: refusal('UnsupportedMediaType', 415),
  },
];

const DISCOVERY: readonly ClientRequest[] = [
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

const BODIES: readonly ClientRequest[] = [
  {
    client: '@kubernetes/client-node, the clients of Python and Java',
    asks: `POST ${MAPS}`,
    body: configMap('json', { a: '1' }),
    status: 201,
    shape: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'json', uid: /^[0-9a-f-]{36}$/ } },
  },
  {
    client: 'kubectl create -f of a file, by way of curl --data-binary',
    asks: `POST ${MAPS}`,
    type: 'application/yaml',
    body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yaml}\n',
    status: 201,
    shape: { metadata: { name: 'yaml' } },
  },
  {
    client: 'kubectl 1.32 and later, client-go 0.32 and later: typed clients write protocol buffers',
    asks: `POST ${MAPS}?fieldManager=kubectl-create&fieldValidation=Strict`,
    sends: 'kubectl create configmap settings',
    accept: PREFERS_PROTOBUF,
    status: 201,
    shape: { metadata: { name: 'settings' }, data: { colour: 'blue', empty: '' } },
  },
  {
    client: 'kubectl create job',
    asks: 'POST /apis/batch/v1/namespaces/default/jobs?fieldManager=kubectl-create&fieldValidation=Strict',
    sends: 'kubectl create job once',
    accept: PREFERS_PROTOBUF,
    status: 201,
    shape: { kind: 'Job', spec: { completions: 1, template: { spec: { restartPolicy: 'Never' } } } },
  },
  {
    client: 'kubectl autoscale to no percent at all',
    asks:
      'POST /apis/autoscaling/v2/namespaces/default/' +
      'horizontalpodautoscalers?fieldManager=kubectl-autoscale',
    sends: 'kubectl autoscale deployment web',
    accept: PREFERS_PROTOBUF,
    status: 422,
    shape: { ...refusal('Invalid', 422), details: { name: 'web', group: 'autoscaling' } },
  },
  {
    client: 'kubectl create role',
    asks: 'POST /apis/rbac.authorization.k8s.io/v1/namespaces/default/roles?fieldManager=kubectl-create',
    sends: 'kubectl create role reader',
    accept: PREFERS_PROTOBUF,
    status: 201,
    shape: { kind: 'Role', rules: { length: 2 } },
  },
  {
    client: 'kubectl create ns',
    asks: 'POST /api/v1/namespaces?fieldManager=kubectl-create&fieldValidation=Strict',
    sends: 'kubectl create ns x',
    accept: PREFERS_PROTOBUF,
    status: 201,
    shape: { kind: 'Namespace', status: { phase: 'Active' } },
  },
  {
    client: 'a client whose bytes are no message',
    asks: `POST ${MAPS}`,
    type: PROTOBUF,
    body: 'k8s\0\u0001',
    status: 400,
    shape: refusal('BadRequest', 400),
  },
];

const READS: readonly ClientRequest[] = [
  {
    client: 'kubectl get --chunk-size=1',
    asks: `GET ${PODS}?limit=1`,
    status: 200,
    shape: { kind: 'PodList', metadata: { continue: /./, remainingItemCount: 1 }, items: { length: 1 } },
  },
  {
    client: 'kubectl get: the next page',
    asks: `GET ${PODS}?limit=1&continue={continue}`,
    status: 200,
    shape: { items: { length: 1 } },
  },
  {
    client: 'client-go, whose page has been compacted away',
    asks: `GET ${PODS}?limit=1&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiIifQ`,
    status: 410,
    shape: { ...refusal('Expired', 410), metadata: { continue: /./ } },
  },
  {
    client: 'an informer of client-go: from the cache',
    asks: `GET ${PODS}?limit=500&resourceVersion=0`,
    accept: PREFERS_PROTOBUF,
    status: 200,
    shape: { kind: 'PodList', metadata: { resourceVersion: /^\d+$/ } },
  },
  {
    client: 'a client that wants what was',
    asks: `GET ${MAPS}?resourceVersion={revision}&resourceVersionMatch=Exact`,
    status: 200,
    shape: { metadata: { resourceVersion: '{revision}' } },
  },
  {
    client: 'a client that is ahead of the server',
    asks: `GET ${MAPS}?resourceVersion=999999999&resourceVersionMatch=NotOlderThan`,
    status: 504,
    answers: { 'retry-after': /^1$/ },
    shape: { ...refusal('Timeout', 504), details: { retryAfterSeconds: 1 } },
  },
  {
    client: 'kubectl get pods -l app=web --field-selector=status.phase=Running',
    asks: `GET ${PODS}?labelSelector=app%3Dweb&fieldSelector=status.phase%3DRunning&limit=500`,
    accept: TABLE,
    status: 200,
    shape: {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: { some: [{ name: 'Ready' }, { name: 'Status' }, { name: 'Restarts' }] },
      rows: { length: 2 },
    },
  },
  {
    client: 'k9s: tables with whole objects',
    asks: `GET ${PODS}?includeObject=Object`,
    accept: TABLE,
    status: 200,
    shape: { rows: { some: [{ object: { kind: 'Pod', spec: {} } }] } },
  },
  {
    client: 'a client that wants the cells alone',
    asks: `GET ${PODS}?includeObject=None`,
    accept: TABLE,
    status: 200,
    shape: { rows: { some: [{ object: null }] } },
  },
  {
    client: 'e2e.test: of a review there is no table',
    asks: 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    accept: TABLE.split(',')[0]!,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { nonResourceAttributes: { path: '/', verb: 'get' } },
    },
    status: 406,
    shape: refusal('NotAcceptable', 406),
  },
  {
    client: "the garbage collector's kind of client: metadata alone",
    asks: `GET ${MAPS}`,
    accept: METADATA,
    status: 200,
    shape: { kind: 'PartialObjectMetadataList', items: { some: [{ kind: 'PartialObjectMetadata' }] } },
  },
  {
    client: 'kubectl get pods --watch',
    asks: `GET ${PODS}?labelSelector=app%3Dweb&watch=true`,
    accept: TABLE,
    status: 200,
    events: ['ADDED Table', 'ADDED Table'],
  },
  {
    client: "the client of Python, whose booleans are Python's",
    asks: `GET ${PODS}?labelSelector=app%3Dweb&watch=True`,
    status: 200,
    events: ['ADDED {pod}', 'ADDED {other}'],
  },
  {
    client: 'the same, which wants no watch',
    asks: `GET ${PODS}?watch=False`,
    status: 200,
    shape: { kind: 'PodList' },
  },
  {
    client: 'kubectl rollout status, kubectl wait: from the list on, with bookmarks',
    asks:
      `GET /apis/apps/v1/namespaces/default/deployments?${BOOKMARKS}` +
      '&fieldSelector=metadata.name%3Dweb&timeoutSeconds=397&watch=true',
    status: 200,
    events: ['ADDED web'],
  },
  {
    client: 'an informer of client-go 0.35 and later: a list that is a watch, ended by its bookmark',
    asks: `GET ${PODS}?${WATCH_LIST}&${BOOKMARKS}&labelSelector=app%3Dweb`,
    accept: PREFERS_PROTOBUF,
    status: 200,
    events: ['ADDED {pod}', 'ADDED {other}', 'BOOKMARK k8s.io/initial-events-end'],
  },
  {
    client: 'the same without what it needs',
    asks: `GET ${PODS}?watch=true&sendInitialEvents=true`,
    status: 422,
    shape: refusal('Invalid', 422),
  },
  {
    client: 'an informer whose past is gone: it lists anew',
    asks: `GET ${PODS}?watch=true&resourceVersion=1`,
    status: 410,
    shape: refusal('Expired', 410),
  },
  {
    client: 'e2e.test: a watch over a WebSocket',
    asks: `GET ${PODS}?watch=true`,
    ...websocket(''),
    status: 101,
    upgraded: ['websocket', ''],
  },
  {
    client: 'kubectl logs',
    asks: `GET ${PODS}/{pod}/log?container=web`,
    accept: 'application/json, */*',
    status: 200,
    gives: 'text/plain; charset=utf-8',
  },
  {
    client: 'kubectl logs --tail=1 --timestamps --limit-bytes=30',
    asks: `GET ${PODS}/{pod}/log?container=web&limitBytes=30&tailLines=1&timestamps=true`,
    status: 200,
    gives: 'text/plain; charset=utf-8',
  },
  {
    client: 'kubectl logs --previous, where there was no other',
    asks: `GET ${PODS}/{pod}/log?container=web&previous=true`,
    status: 400,
    shape: refusal('BadRequest', 400),
  },
  {
    client: 'kubectl logs --since=1h',
    asks: `GET ${PODS}/{pod}/log?container=web&sinceSeconds=3600`,
    status: 200,
    gives: 'text/plain; charset=utf-8',
  },
  {
    client: 'e2e.test: a log over a WebSocket',
    asks: `GET ${PODS}/{pod}/log?container=web`,
    ...websocket('binary.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'binary.k8s.io'],
  },
];

const applied = (replicas: number): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas },
});

const WRITES: readonly ClientRequest[] = [
  {
    client: 'kubectl apply --dry-run=server',
    asks: `POST ${MAPS}?dryRun=All&fieldManager=kubectl-client-side-apply&fieldValidation=Strict`,
    body: configMap('dry'),
    status: 201,
    shape: { metadata: { name: 'dry' } },
  },
  { client: 'which wrote nothing', asks: `GET ${MAPS}/dry`, status: 404 },
  {
    client: 'kubectl create of what is there',
    asks: `POST ${MAPS}`,
    body: configMap('json'),
    status: 409,
    shape: { ...refusal('AlreadyExists', 409), message: 'configmaps "json" already exists' },
  },
  {
    client: 'kubectl apply of a field that nobody knows',
    asks: `POST ${MAPS}?fieldValidation=Strict`,
    body: { ...configMap('strict'), spec: { foo: 1 } },
    status: 400,
    shape: { message: /strict decoding error: unknown field "spec"/ },
  },
  {
    client: 'a client of before fieldValidation: what is unknown is warned of',
    asks: `POST ${MAPS}`,
    body: { ...configMap('warned'), spec: { foo: 1 } },
    status: 201,
    answers: { warning: /^299 - "unknown field \\"spec\\""$/ },
  },
  {
    client: 'kubectl create of what is not valid',
    asks: `POST ${MAPS}`,
    body: configMap('Not_A_Name'),
    status: 422,
    shape: {
      ...refusal('Invalid', 422),
      details: {
        kind: 'ConfigMap',
        causes: { some: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }] },
      },
    },
  },
  {
    client: 'a client that lets the server find a name',
    asks: `POST ${MAPS}`,
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'some-' } },
    status: 201,
    shape: { metadata: { name: /^some-[a-z0-9]{5}$/ } },
  },
  {
    client: 'a client that has read what is no longer so',
    asks: `PUT ${MAPS}/json`,
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'json', resourceVersion: '1' } },
    status: 409,
    shape: refusal('Conflict', 409),
  },
  {
    client: 'kubectl label',
    asks: `PATCH ${WEB}?fieldManager=kubectl-label`,
    type: MERGE,
    body: { metadata: { labels: { a: 'b' } } },
    status: 200,
    shape: { metadata: { labels: { a: 'b' } } },
  },
  {
    client: 'kubectl set image',
    asks: `PATCH ${WEB}?fieldManager=kubectl-set`,
    type: STRATEGIC,
    body: {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'web' }],
            containers: [{ name: 'web', image: 'nginx:1.27' }],
          },
        },
      },
    },
    status: 200,
    shape: {
      spec: { template: { spec: { containers: { length: 1, some: [{ image: 'nginx:1.27', ports: {} }] } } } },
    },
  },
  {
    client: 'kubectl rollout undo',
    asks: `PATCH ${WEB}`,
    type: JSON_PATCH,
    body: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'nginx' }],
    accept: PREFERS_PROTOBUF,
    status: 200,
    shape: { spec: { template: { spec: { containers: { some: [{ image: 'nginx' }] } } } } },
  },
  {
    client: 'kubectl apply --server-side, helm 4, controller-runtime',
    asks: `PATCH ${WEB}?fieldManager=one&fieldValidation=Strict&force=true`,
    type: APPLY,
    body: applied(2),
    status: 200,
    shape: { metadata: { managedFields: { some: [{ manager: 'one', operation: 'Apply' }] } } },
  },
  {
    client: 'the same of another manager',
    asks: `PATCH ${WEB}?fieldManager=other&fieldValidation=Strict`,
    type: APPLY,
    body: applied(3),
    status: 409,
    shape: {
      ...refusal('Conflict', 409),
      details: { causes: { some: [{ reason: 'FieldManagerConflict', field: '.spec.replicas' }] } },
    },
  },
  {
    client: 'the same as YAML, by force',
    asks: `PATCH ${WEB}?fieldManager=other&force=true`,
    type: APPLY,
    body: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
    status: 200,
  },
  {
    client: 'kubectl apply --server-side, which takes over from what apply wrote before',
    asks: `PATCH ${MAPS}/json?fieldManager=kubectl&fieldValidation=Strict`,
    type: JSON_PATCH,
    body: [{ op: 'replace', path: '/metadata/managedFields', value: [{}] }],
    status: 200,
    shape: { data: { a: '1' } },
  },
  {
    client: 'client-go with CBOR behind its gate',
    asks: `PATCH ${WEB}?fieldManager=one`,
    type: 'application/apply-patch+cbor',
    body: 'x',
    status: 415,
    shape: refusal('UnsupportedMediaType', 415),
  },
  {
    client: 'kubectl delete',
    asks: `DELETE ${MAPS}/yaml`,
    body: { propagationPolicy: 'Background' },
    status: 200,
    shape: { kind: 'Status', status: 'Success', details: { name: 'yaml', kind: 'configmaps' } },
  },
  {
    client: 'client-go: options in the query',
    asks: `DELETE ${MAPS}/settings?propagationPolicy=Foreground&dryRun=All`,
    status: 200,
  },
  {
    client: 'e2e.test: all of a label',
    asks: `DELETE ${MAPS}?labelSelector=of%3Dclients`,
    status: 200,
    shape: { kind: 'ConfigMapList' },
  },
  {
    client: 'kubectl apply -f of a CustomResourceDefinition',
    asks: 'POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    body: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'boats.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'boats', singular: 'boat', kind: 'Boat', listKind: 'BoatList' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    },
    status: 201,
    shape: { metadata: { name: 'boats.example.com' } },
  },
  {
    client: 'an operator: its own kind',
    asks: 'POST /apis/example.com/v1/namespaces/default/boats',
    body: { apiVersion: 'example.com/v1', kind: 'Boat', metadata: { name: 'ann' }, spec: { sails: 2 } },
    status: 201,
    shape: { kind: 'Boat', spec: { sails: 2 } },
  },
  {
    client: 'kubectl patch, whose strategic patches no custom resource takes',
    asks: 'PATCH /apis/example.com/v1/namespaces/default/boats/ann',
    type: STRATEGIC,
    body: { spec: { sails: 3 } },
    status: 415,
    shape: refusal('UnsupportedMediaType', 415),
  },
  {
    client: 'controller-runtime: Status().Patch',
    asks: 'PATCH /apis/example.com/v1/namespaces/default/boats/ann/status?fieldManager=manager',
    type: MERGE,
    body: { status: { afloat: true } },
    status: 200,
    shape: { spec: { sails: 2 }, status: { afloat: true } },
  },
  {
    client: 'controller-runtime: leaders are elected by Leases',
    asks: 'POST /apis/coordination.k8s.io/v1/namespaces/default/leases',
    body: {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'manager' },
      spec: {
        holderIdentity: 'me',
        leaseDurationSeconds: 15,
        acquireTime: '2026-01-05T09:00:00.000000Z',
        renewTime: '2026-01-05T09:00:00.000000Z',
        leaseTransitions: 0,
      },
    },
    status: 201,
    shape: { kind: 'Lease', spec: { holderIdentity: 'me', renewTime: '2026-01-05T09:00:00.000000Z' } },
  },
  {
    client: 'helm install: a release is a Secret',
    asks: 'POST /api/v1/namespaces/default/secrets',
    body: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'sh.helm.release.v1.shop.v1',
        labels: { name: 'shop', owner: 'helm', status: 'deployed', version: '1' },
      },
      type: 'helm.sh/release.v1',
      data: { release: 'SDRzSUFBQUE=' },
    },
    status: 201,
    shape: { type: 'helm.sh/release.v1' },
  },
  {
    client: 'helm list',
    asks: 'GET /api/v1/namespaces/default/secrets?labelSelector=owner%3Dhelm%2Cstatus%3Ddeployed',
    status: 200,
    shape: { kind: 'SecretList', items: { length: 1 } },
  },
];

const review = (kind: string, spec: object): object => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind,
  spec,
});
const MAY_LIST = { resourceAttributes: { namespace: 'default', resource: 'pods', verb: 'list' } };

const SUBRESOURCES: readonly ClientRequest[] = [
  {
    client: 'kubectl scale',
    asks: `PATCH ${WEB}/scale`,
    type: MERGE,
    body: { spec: { replicas: 2 } },
    status: 200,
    shape: {
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 2 },
      status: { selector: 'app=web' },
    },
  },
  { client: 'an autoscaler', asks: `GET ${WEB}/scale`, status: 200, shape: { kind: 'Scale' } },
  { client: 'e2e.test', asks: `GET ${WEB}/status`, status: 200, shape: { kind: 'Deployment', status: {} } },
  {
    client: 'e2e.test: replication controllers have both',
    asks: 'POST /api/v1/namespaces/default/replicationcontrollers',
    body: {
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'rc' },
      spec: {
        replicas: 0,
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    },
    status: 201,
    shape: { spec: { selector: { a: 'b' } } },
  },
  {
    client: 'e2e.test',
    asks: 'GET /api/v1/namespaces/default/replicationcontrollers/rc/scale',
    status: 200,
    shape: { kind: 'Scale', spec: { replicas: {} } },
  },
  {
    client: 'kubectl drain --dry-run=server',
    asks: `POST ${PODS}/{pod}/eviction?dryRun=All`,
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: '{pod}', namespace: 'default' } },
    status: 201,
    shape: { kind: 'Status', status: 'Success' },
  },
  {
    client: 'a scheduler: the Pod has a node',
    asks: `POST ${PODS}/{pod}/binding`,
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: '{pod}' },
      target: { kind: 'Node', name: 'node-1' },
    },
    status: 409,
    shape: refusal('Conflict', 409),
  },
  {
    client: 'kubectl debug',
    asks: `PATCH ${PODS}/{pod}/ephemeralcontainers`,
    type: STRATEGIC,
    body: {
      spec: { ephemeralContainers: [{ name: 'debugger', image: 'busybox', command: ['sleep', '1h'] }] },
    },
    accept: PREFERS_PROTOBUF,
    status: 200,
    shape: { spec: { ephemeralContainers: { length: 1 } } },
  },
  {
    client: 'kubectl patch --subresource=resize',
    asks: `PATCH ${PODS}/{pod}/resize`,
    type: STRATEGIC,
    body: { spec: { containers: [{ name: 'web', resources: {} }] } },
    status: 200,
    shape: { kind: 'Pod' },
  },
  {
    client: 'kubectl create token',
    asks: 'POST /api/v1/namespaces/default/serviceaccounts/default/token',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 600 } },
    status: 201,
    shape: { kind: 'TokenRequest', status: { token: /^\S+\.\S+\.\S+$/, expirationTimestamp: /Z$/ } },
  },
  {
    client: 'kubectl proxy, a browser: a Service',
    asks: `GET ${PODS}/{pod}:80/proxy/`,
    accept: 'text/html',
    status: 200,
    gives: 'text/html; charset=utf-8',
    shape: /Welcome to nginx/,
  },
  {
    client: 'k9s, metrics-server: a node',
    asks: 'GET /api/v1/nodes/node-1/proxy/healthz',
    accept: '*/*',
    status: 200,
    gives: 'text/plain; charset=utf-8',
    shape: /^ok$/,
  },
  {
    client: 'kubectl certificate approve of what is not there',
    asks: 'PUT /apis/certificates.k8s.io/v1/certificatesigningrequests/none/approval',
    body: {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name: 'none' },
    },
    status: 404,
    shape: refusal('NotFound', 404),
  },
  {
    client: 'a controller of namespaces',
    asks: 'PUT /api/v1/namespaces/x/finalize',
    body: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'x' },
      spec: { finalizers: ['kubernetes'] },
    },
    status: 200,
    shape: { kind: 'Namespace' },
  },
  {
    client: 'kubectl auth can-i',
    asks: 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    sends: 'kubectl auth can-i create deployments.apps',
    accept: PREFERS_PROTOBUF,
    status: 201,
    shape: { kind: 'SelfSubjectAccessReview', status: { allowed: true } },
  },
  {
    client: 'k9s: what it may do in a namespace',
    asks: 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: review('SelfSubjectAccessReview', MAY_LIST),
    status: 201,
    shape: { status: { allowed: true } },
  },
  {
    client: 'kubectl auth can-i --list',
    asks: 'POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    sends: 'kubectl auth can-i --list',
    accept: PREFERS_PROTOBUF,
    status: 201,
    shape: { status: { resourceRules: { some: [{ verbs: ['*'] }] }, incomplete: false } },
  },
  {
    client: 'an aggregated API server',
    asks: 'POST /apis/authorization.k8s.io/v1/subjectaccessreviews',
    body: review('SubjectAccessReview', { user: 'nobody', ...MAY_LIST }),
    status: 201,
    shape: { status: { allowed: false } },
  },
  {
    client: 'e2e.test',
    asks: 'POST /apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews',
    body: {
      ...review('LocalSubjectAccessReview', { user: 'nobody', ...MAY_LIST }),
      metadata: { namespace: 'default' },
    },
    status: 201,
    shape: { status: { allowed: false } },
  },
  {
    client: 'a webhook that checks tokens',
    asks: 'POST /apis/authentication.k8s.io/v1/tokenreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: 'nonsense' } },
    status: 201,
    shape: { kind: 'TokenReview', status: { error: /./ } },
  },
  {
    client: 'kubectl auth whoami',
    asks: 'POST /apis/authentication.k8s.io/v1/selfsubjectreviews',
    sends: 'kubectl auth whoami',
    accept: PREFERS_PROTOBUF,
    status: 201,
    shape: { status: { userInfo: { username: 'kubernetes-admin' } } },
  },
  {
    client: 'kubectl top nodes, k9s',
    asks: 'GET /apis/metrics.k8s.io/v1beta1/nodes',
    accept: PREFERS_PROTOBUF,
    status: 200,
    shape: { kind: 'NodeMetricsList', items: { some: [{ usage: { cpu: /./, memory: /./ } }] } },
  },
  {
    client: 'kubectl top pods',
    asks: 'GET /apis/metrics.k8s.io/v1beta1/namespaces/default/pods?labelSelector=app%3Dweb',
    status: 200,
    shape: { kind: 'PodMetricsList' },
  },
  {
    client: 'kubectl of later: a version that is not served',
    asks: 'GET /apis/metrics.k8s.io/v1/nodes',
    status: 404,
  },
];

const STREAMS: readonly ClientRequest[] = [
  {
    client: 'kubectl up to 1.29, e2e.test of 1.20, client-go: exec',
    asks: `POST ${EXEC}`,
    ...spdy(...ALL_CHANNELS, 'channel.k8s.io'),
    status: 101,
    upgraded: ['SPDY/3.1', 'v5.channel.k8s.io'],
  },
  {
    client: 'kubectl 1.30 and later: exec, cp',
    asks: `GET ${EXEC}`,
    ...websocket('v5.channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'v5.channel.k8s.io'],
  },
  {
    client: '@kubernetes/client-node: exec',
    asks: `GET ${EXEC}`,
    ...websocket(`${ALL_CHANNELS.join(', ')}, channel.k8s.io`),
    status: 101,
    upgraded: ['websocket', 'v5.channel.k8s.io'],
  },
  {
    client: 'e2e.test: exec over the first of the protocols',
    asks: `GET ${EXEC}`,
    ...websocket('channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'channel.k8s.io'],
  },
  {
    client: 'kubectl attach',
    asks: `GET ${PODS}/{pod}/attach?container=web&stderr=true&stdout=true`,
    ...websocket('v5.channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'v5.channel.k8s.io'],
  },
  {
    client: 'kubectl up to 1.30: port-forward',
    asks: `POST ${PODS}/{pod}/portforward`,
    ...spdy('portforward.k8s.io'),
    status: 101,
    upgraded: ['SPDY/3.1', 'portforward.k8s.io'],
  },
  {
    client: 'kubectl 1.31 and later: port-forward, frames of SPDY in messages',
    asks: `GET ${PODS}/{pod}/portforward`,
    ...websocket('SPDY/3.1+portforward.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'SPDY/3.1+portforward.k8s.io'],
  },
  {
    client: '@kubernetes/client-node: port-forward, two channels a port',
    asks: `GET ${PODS}/{pod}/portforward?ports=80`,
    ...websocket('v4.channel.k8s.io'),
    status: 101,
    upgraded: ['websocket', 'v4.channel.k8s.io'],
  },
  {
    client: 'kubectl exec without a connection that can be upgraded',
    asks: `POST ${EXEC}`,
    status: 400,
    shape: refusal('BadRequest', 400),
  },
];

const BEFORE_TESTS: readonly ClientRequest[] = [
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

/** By what is looked at. */
export const CLIENT_REQUESTS: Readonly<Record<string, readonly ClientRequest[]>> = {
  'heads and refusals': TRANSPORT,
  discovery: DISCOVERY,
  reads: READS,
  bodies: BODIES,
  writes: WRITES,
  'subresources and reviews': SUBRESOURCES,
  streams: STREAMS,
  'what e2e.test asks before and after each test': BEFORE_TESTS,
};
