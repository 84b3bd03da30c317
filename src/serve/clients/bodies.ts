/** In what form bodies come. */
import { type ClientRequest, MAPS, PREFERS_PROTOBUF, PROTOBUF, configMap, refusal } from './request.ts';

export const BODIES: readonly ClientRequest[] = [
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
