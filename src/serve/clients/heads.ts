/** Heads of answers, and refusals. */
import { type ClientRequest, MAPS, PREFERS_PROTOBUF, TABLE, refusal } from './request.ts';

export const TRANSPORT: readonly ClientRequest[] = [
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
    accept: 'text/csv',
    status: 406,
    shape: {
      ...refusal('NotAcceptable', 406),
      message: 'only the following media types are accepted: application/json, application/yaml',
    },
  },
  {
    client: 'curl: a watch has no form in YAML',
    asks: `GET ${MAPS}?watch=true`,
    accept: 'application/yaml',
    status: 406,
    gives: 'application/yaml',
    shape: /\nreason: NotAcceptable\n/,
  },
  {
    client: 'curl: an object in YAML',
    asks: `GET ${MAPS}/kube-root-ca.crt`,
    accept: 'application/yaml',
    status: 200,
    gives: 'application/yaml',
    shape: /^apiVersion: v1\ndata:\n {2}ca\.crt: \|\n[^]*\nkind: ConfigMap\n/,
  },
  {
    client: 'curl: a refusal in YAML',
    asks: `GET ${MAPS}/none`,
    accept: 'application/yaml',
    status: 404,
    gives: 'application/yaml',
    shape: /\nmessage: configmaps "none" not found\n/,
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
