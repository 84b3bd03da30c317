/** Requests that servers refuse, and what they say: the words are read by people and by programs. */
import {
  APPLY,
  type ClientRequest,
  JSON_PATCH,
  MAPS,
  MERGE,
  PODS,
  refusal,
  STRATEGIC,
  TABLE,
  WEB,
  configMap,
} from './request.ts';

const OWN = `${MAPS}/refused`;
const REVIEWS = '/apis/authorization.k8s.io/v1';

const refused = (
  asks: string,
  status: number,
  message: string | RegExp,
  more: Partial<ClientRequest> = {},
): ClientRequest => {
  const reason =
    { 400: 'BadRequest', 404: 'NotFound', 405: 'MethodNotAllowed', 406: 'NotAcceptable' }[status] ??
    (status === 422 ? 'Invalid' : 'Unknown');
  return { client: 'curl', asks, status, shape: { ...refusal(reason, status), message }, ...more };
};

const list = (query: string, what: string): ClientRequest =>
  refused(`GET ${MAPS}?${query}`, 422, `ListOptions.meta.k8s.io "" is invalid: ${what}`);

const patched = (type: string, body: object | string, status: number, message: string | RegExp, query = '') =>
  refused(`PATCH ${OWN}${query}`, status, message, { type, body });

const UNNAMED = 'the name of the object (refused based on URL) was undeterminable: name must be provided';
const NOT_ALLOWED = 'the server does not allow this method on the requested resource';

export const REFUSALS: readonly ClientRequest[] = [
  { client: 'curl', asks: `POST ${MAPS}`, body: configMap('refused', { a: '1' }), status: 201 },

  // Lists and watches.
  list(
    'resourceVersionMatch=Exact',
    'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  ),
  list(
    'resourceVersion=0&resourceVersionMatch=Exact',
    'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
  ),
  list(
    'resourceVersion=1&resourceVersionMatch=Newest',
    'resourceVersionMatch: Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""',
  ),
  list('sendInitialEvents=true', 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'),
  list(
    'watch=true&resourceVersionMatch=NotOlderThan',
    'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless ' +
      'sendInitialEvents is provided',
  ),
  refused(`GET ${MAPS}?timeoutSeconds=x`, 400, 'strconv.ParseInt: parsing "x": invalid syntax'),
  refused(
    `GET ${MAPS}?continue=xy%21`,
    400,
    'invalid continue token: continue key is not valid: illegal base64 data at input byte 2',
  ),
  refused(
    `GET ${MAPS}?continue=e30`,
    400,
    /^invalid continue token: .* server does not recognize this encoded version/,
  ),
  refused(
    `GET ${MAPS}?includeObject=All`,
    400,
    'Unable to convert to Table as requested: includeObject: Invalid value: "All": must be ' +
      "'Metadata', 'Object', 'None', or empty",
    { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
  ),
  refused(
    `GET ${MAPS}`,
    406,
    'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)',
    { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' },
  ),
  refused(
    `GET ${OWN}`,
    406,
    'you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)',
    { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' },
  ),

  // Options of writes.
  refused(
    `POST ${MAPS}?dryRun=some`,
    422,
    'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["some"]: supported values: "All"',
    { body: configMap('x') },
  ),
  refused(
    `PUT ${OWN}?fieldValidation=Some`,
    422,
    'UpdateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Some": ' +
      'supported values: "", "Ignore", "Strict", "Warn"',
    { body: configMap('refused') },
  ),
  patched(
    MERGE,
    {},
    422,
    'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    '?force=true',
  ),
  patched(
    MERGE,
    {},
    422,
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
    `?fieldManager=${'a'.repeat(129)}`,
  ),
  patched(
    MERGE,
    {},
    422,
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\tb": invalid character ' +
      'U+0009 (at position 1)',
    '?fieldManager=a%09b',
  ),
  patched(
    APPLY,
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: refused}}',
    422,
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  ),
  refused(
    `DELETE ${OWN}`,
    422,
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Some": supported ' +
      'values: "Foreground", "Background", "Orphan", "nil"',
    { body: { propagationPolicy: 'Some' } },
  ),
  refused(
    `DELETE ${OWN}`,
    422,
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": ' +
      'orphanDependents and deletionPropagation cannot be both set',
    { body: { propagationPolicy: 'Orphan', orphanDependents: true } },
  ),
  refused(`DELETE ${OWN}`, 400, /^decoded object cannot be converted to DeleteOptions/, {
    body: { kind: 'Pod', apiVersion: 'v1' },
  }),

  // Bodies.
  refused(
    `POST ${MAPS}`,
    400,
    "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json " +
      'parse error: unexpected end of JSON input ({"kind")',
    { body: '{"kind"' },
  ),
  refused(
    `POST ${MAPS}`,
    400,
    "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json " +
      "parse error: invalid character 'k' looking for beginning of value (6b696e643a20436f6e6669674d6170)",
    { body: 'kind: ConfigMap' },
  ),
  refused(`POST ${MAPS}`, 400, /json parse error: unexpected end of JSON input \(<empty>\)$/),
  refused(
    `POST ${MAPS}`,
    400,
    'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to ' +
      '(core.ConfigMap): unknown conversion',
    { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } } },
  ),
  refused(`POST ${MAPS}`, 400, /no kind "ConfigMap" is registered for version "v9" in scheme/, {
    body: { apiVersion: 'v9', kind: 'ConfigMap', metadata: { name: 'x' } },
  }),
  refused(
    'POST /apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers',
    400,
    'the API version in the data (autoscaling/v1) does not match the expected API version (autoscaling/v2)',
    { body: { apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler', metadata: { name: 'x' } } },
  ),
  refused(`POST ${MAPS}`, 500, 'resourceVersion should not be set on objects to be created', {
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', resourceVersion: '7' } },
  }),

  // The name that the path says, and the object.
  refused(`PUT ${OWN}`, 400, UNNAMED, { body: { apiVersion: 'v1', kind: 'ConfigMap' } }),
  patched(
    MERGE,
    { metadata: { name: 'other' } },
    400,
    'the name of the object (other) does not match the name on the URL (refused)',
  ),
  patched(
    STRATEGIC,
    { metadata: { namespace: 'other' } },
    400,
    'the namespace of the provided object does not match the namespace sent on the request',
  ),
  patched(JSON_PATCH, [{ op: 'remove', path: '/metadata/name' }], 400, UNNAMED),
  patched(
    APPLY,
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}',
    400,
    'the name of the object (other) does not match the name on the URL (refused)',
    '?fieldManager=a',
  ),
  patched(
    APPLY,
    '{apiVersion: v1, kind: Secret, metadata: {name: refused}}',
    400,
    'invalid object type: /v1, Kind=Secret',
    '?fieldManager=a',
  ),
  refused(
    `PUT ${WEB}/scale`,
    400,
    'the name of the object (other) does not match the name on the URL (web)',
    { body: { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'other' }, spec: {} } },
  ),
  refused(`POST ${PODS}/{pod}/eviction`, 400, 'name in URL does not match name in Eviction object', {
    body: {},
  }),

  // Patches.
  patched(MERGE, '{"data":{"b":"1"}', 400, 'error decoding patch: unexpected end of JSON input'),
  patched(STRATEGIC, '{"data":tru}', 400, "invalid character '}' in literal true (expecting 'e')"),
  patched(
    MERGE,
    { bogus: 1 },
    422,
    /: strict decoding error: unknown field "bogus"$/,
    '?fieldValidation=Strict',
  ),
  {
    client: 'curl',
    asks: `PATCH ${OWN}?dryRun=All`,
    type: STRATEGIC,
    body: { bogus: 1 },
    status: 200,
    answers: { warning: /^299 - "unknown field \\"bogus\\""$/ },
  },
  refused(
    `PATCH ${OWN}?fieldManager=a`,
    500,
    'failed to create typed patch object (/refused; /v1, Kind=ConfigMap): .bogus: field not declared in ' +
      'schema',
    { type: APPLY, body: '{apiVersion: v1, kind: ConfigMap, metadata: {name: refused}, bogus: 1}' },
  ),

  // Methods.
  refused('POST /api/v1/configmaps', 405, NOT_ALLOWED, { body: configMap('x') }),
  refused('DELETE /api/v1/configmaps', 405, NOT_ALLOWED),
  refused('DELETE /api/v1/namespaces', 405, NOT_ALLOWED),
  refused(`POST ${WEB}/scale`, 405, NOT_ALLOWED, { body: {} }),
  refused(`GET ${PODS}/{pod}/eviction`, 405, NOT_ALLOWED),
  refused(`GET ${PODS}/{pod}/none`, 404, 'the server could not find the requested resource'),

  // Reviews that ask nothing.
  refused(
    `POST ${REVIEWS}/selfsubjectaccessreviews`,
    422,
    'SelfSubjectAccessReview.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: ' +
      '"null": exactly one of nonResourceAttributes or resourceAttributes must be specified',
    { body: {} },
  ),
  refused(`POST ${REVIEWS}/selfsubjectrulesreviews`, 400, 'no namespace on request', { body: {} }),
  refused(
    'POST /apis/authentication.k8s.io/v1/tokenreviews',
    400,
    'token is required for TokenReview in authentication',
    { body: {} },
  ),
  refused(
    `GET ${PODS}/{pod}/log?sinceTime=now`,
    400,
    'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"',
  ),

  // Paths.
  {
    client: 'kubectl get --raw /',
    asks: 'GET /',
    status: 200,
    shape: { paths: { 0: '/.well-known/openid-configuration', 1: '/api', 2: '/api/v1', 3: '/apis' } },
  },
  { client: 'curl', asks: 'GET /none', status: 404, shape: { paths: { 1: '/api' } } },
  {
    client: 'curl',
    asks: 'GET /apis/none.example.com',
    status: 404,
    gives: 'text/plain; charset=utf-8',
    shape: /^404 page not found\n$/,
  },
  refused('GET /apis/apps/v9', 404, 'the server could not find the requested resource'),

  // What a status is by the server's side.
  {
    client: 'a controller that applies its status',
    asks: `PATCH ${WEB}/status?fieldManager=mine&force=true`,
    type: APPLY,
    body:
      '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 9}, ' +
      'status: {collisionCount: 7}}',
    status: 200,
    shape: { spec: { replicas: 2 }, status: { collisionCount: 7, replicas: 2 } },
  },
  {
    client: 'the same: what of it is whose',
    asks: `GET ${WEB}`,
    status: 200,
    shape: {
      metadata: {
        managedFields: {
          0: {
            fieldsV1: { 'f:status': { 'f:collisionCount': {} } },
            manager: 'mine',
            operation: 'Apply',
            subresource: 'status',
          },
        },
      },
    },
  },
  {
    client: 'another controller that wants it',
    asks: `PATCH ${WEB}/status?fieldManager=other`,
    type: APPLY,
    body: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, status: {collisionCount: 8}}',
    status: 409,
    shape: {
      message:
        'Apply failed with 1 conflict: conflict with "mine" with subresource "status": ' +
        '.status.collisionCount',
    },
  },
  {
    client: 'a controller whose object is not there',
    asks: `PATCH /apis/apps/v1/namespaces/default/deployments/none/status?fieldManager=mine`,
    type: APPLY,
    body: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: none}, status: {}}',
    status: 404,
  },
  {
    client: 'a client that takes tables: what is deleted at once',
    asks: `DELETE ${MAPS}?labelSelector=of%3Dclients&dryRun=All`,
    accept: TABLE,
    status: 200,
    shape: { kind: 'Table', rows: { 0: { object: { kind: 'PartialObjectMetadata' } } } },
  },
  {
    client: 'client-go: the same as a list',
    asks: `DELETE ${MAPS}?labelSelector=of%3Dclients&dryRun=All`,
    status: 200,
    shape: { kind: 'ConfigMapList', items: { 0: { metadata: { labels: { of: 'clients' } } } } },
  },
  { client: 'curl', asks: `DELETE ${OWN}`, status: 200 },
];
