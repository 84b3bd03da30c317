/** As `working.ts`, of the kinds that are stored and not played. */
type Sample = Record<string, unknown>;

const sample = (apiVersion: string, kind: string, name: string, rest: object): Sample => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});

const labels = { app: 'a' };
const selector = { matchLabels: labels };
const pod = { containers: [{ name: 'c', image: 'busybox' }] };
const template = { metadata: { labels }, spec: pod };
const rule = { operations: ['CREATE'], apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] };
const webhook = {
  name: 'a.example.com',
  clientConfig: { service: { name: 'a', namespace: 'default' } },
  rules: [rule],
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
};
const matchConstraints = { resourceRules: [rule] };
const subjects = [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }];
const ruled = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] };
const devices = { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.example.com' } }] };

const AUTOSCALING = 'autoscaling/v2';
const NETWORKING = 'networking.k8s.io/v1';
const RBAC = 'rbac.authorization.k8s.io/v1';
const STORAGE = 'storage.k8s.io/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';
const FLOW = 'flowcontrol.apiserver.k8s.io/v1';
const RESOURCE = 'resource.k8s.io/v1';

/** Of a key of openssl's, for the user jane of the group devs. */
const REQUEST =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWk1JR0FBZ0VBTUI0eERUQUxCZ05WQkFvTUJHUm' +
  'xkbk14RFRBTEJnTlZCQU1NQkdwaGJtVXdXVEFUQmdjcQpoa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVJXVm1ZN1hK' +
  'dW9ueUVqV1M0bXhXdGRRcSszQmZKM2crZ0RSWnE4ClFWK2tYYXJkRWtWYzBJRnBldDBtUmFOZTU2T2tSODdpeVZXWE' +
  'p3a1JVZE4xNStmY29BQXdDZ1lJS29aSXpqMEUKQXdJRFNBQXdSUUlnTk8weFlyL3hLUW80V2NqMlJ4ckp0dUVZNFcy' +
  'NXNXSXkrMURiLy95N1dwRUNJUURxR290agpKclNLSWEyNElRMW02WTc5TXEzR2MrazRRSzJ4NUNkUG1QNGcwZz09Ci' +
  '0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=';

export const STORED: readonly Sample[] = [
  sample('v1', 'LimitRange', 'a', {
    spec: { limits: [{ type: 'Container', max: { cpu: '1' }, defaultRequest: { cpu: '100m' } }] },
  }),
  sample('v1', 'PersistentVolumeClaim', 'a', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }),
  sample('v1', 'PersistentVolume', 'a', {
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      hostPath: { path: '/data' },
      storageClassName: 'slow',
    },
  }),
  sample('v1', 'ReplicationController', 'a', { spec: { replicas: 2, selector: labels, template } }),
  sample('v1', 'PodTemplate', 'a', { template }),
  sample(AUTOSCALING, 'HorizontalPodAutoscaler', 'a', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
      maxReplicas: 5,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
        },
        {
          type: 'Pods',
          pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
        },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
    },
  }),
  sample('batch/v1', 'CronJob', 'a', {
    spec: {
      schedule: '*/5 1-3 * jan,feb mon-fri',
      timeZone: 'Asia/Tokyo',
      jobTemplate: { spec: { template: { spec: { ...pod, restartPolicy: 'OnFailure' } } } },
    },
  }),
  sample(NETWORKING, 'Ingress', 'a', {
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['*.example.com'], secretName: 'tls' }],
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  }),
  sample(NETWORKING, 'IngressClass', 'nginx', {
    spec: { controller: 'k8s.io/ingress-nginx', parameters: { kind: 'Parameters', name: 'p' } },
  }),
  sample(NETWORKING, 'NetworkPolicy', 'a', {
    spec: {
      podSelector: selector,
      ingress: [
        { from: [{ podSelector: selector }], ports: [{ port: 80 }] },
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] },
      ],
      egress: [{ ports: [{ protocol: 'UDP', port: 5000, endPort: 5010 }] }],
    },
  }),
  sample(NETWORKING, 'IPAddress', '10.96.0.10', {
    spec: { parentRef: { resource: 'services', namespace: 'default', name: 'a' } },
  }),
  sample(NETWORKING, 'ServiceCIDR', 'a', { spec: { cidrs: ['10.97.0.0/16', 'fd00:1::/112'] } }),
  sample(RBAC, 'Role', 'a', ruled),
  sample(RBAC, 'ClusterRole', 'system:a', {
    rules: [...ruled.rules, { nonResourceURLs: ['/healthz'], verbs: ['get'] }],
  }),
  sample(RBAC, 'RoleBinding', 'a', { roleRef: { kind: 'Role', name: 'a' }, subjects }),
  sample(RBAC, 'ClusterRoleBinding', 'a', {
    roleRef: { kind: 'ClusterRole', name: 'system:a' },
    subjects: [...subjects, { kind: 'User', name: 'jane' }, { kind: 'Group', name: 'devs' }],
  }),
  sample('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
            },
          },
        },
      ],
    },
  }),
  sample('apiregistration.k8s.io/v1', 'APIService', 'v1beta1.custom.metrics.k8s.io', {
    spec: {
      group: 'custom.metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { name: 'prometheus-adapter', namespace: 'kube-system' },
    },
  }),
  sample(ADMISSION, 'MutatingWebhookConfiguration', 'a', { webhooks: [webhook] }),
  sample(ADMISSION, 'ValidatingWebhookConfiguration', 'a', { webhooks: [webhook] }),
  sample(ADMISSION, 'ValidatingAdmissionPolicy', 'a', {
    spec: { matchConstraints, validations: [{ expression: 'object.spec.replicas <= 5' }] },
  }),
  sample(ADMISSION, 'ValidatingAdmissionPolicyBinding', 'a', {
    spec: { policyName: 'a', validationActions: ['Deny'], matchResources: { namespaceSelector: selector } },
  }),
  sample(ADMISSION, 'MutatingAdmissionPolicy', 'a', {
    spec: {
      matchConstraints,
      reinvocationPolicy: 'Never',
      mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: '[]' } }],
    },
  }),
  sample(ADMISSION, 'MutatingAdmissionPolicyBinding', 'a', { spec: { policyName: 'a' } }),
  sample(STORAGE, 'StorageClass', 'slow', { provisioner: 'example.com/disk', parameters: { type: 'hdd' } }),
  sample(STORAGE, 'CSIDriver', 'csi.example.com', { spec: { tokenRequests: [{ audience: 'vault' }] } }),
  sample(STORAGE, 'CSINode', 'node-1', { spec: { drivers: [{ name: 'csi.example.com', nodeID: 'n' }] } }),
  sample(STORAGE, 'CSIStorageCapacity', 'a', { storageClassName: 'slow', capacity: '1Gi' }),
  sample(STORAGE, 'VolumeAttachment', 'a', {
    spec: { attacher: 'csi.example.com', nodeName: 'node-1', source: { persistentVolumeName: 'a' } },
  }),
  sample(STORAGE, 'VolumeAttributesClass', 'gold', {
    driverName: 'csi.example.com',
    parameters: { iops: '1000' },
  }),
  sample('node.k8s.io/v1', 'RuntimeClass', 'gvisor', { handler: 'runsc' }),
  sample('certificates.k8s.io/v1', 'CertificateSigningRequest', 'a', {
    spec: { request: REQUEST, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] },
  }),
  sample(FLOW, 'FlowSchema', 'a', {
    spec: {
      priorityLevelConfiguration: { name: 'a' },
      distinguisherMethod: { type: 'ByUser' },
      rules: [
        {
          subjects: [{ kind: 'Group', group: { name: 'devs' } }],
          nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        },
      ],
    },
  }),
  sample(FLOW, 'PriorityLevelConfiguration', 'a', {
    spec: { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing: {} } } },
  }),
  sample(RESOURCE, 'DeviceClass', 'gpu.example.com', {
    spec: { selectors: [{ cel: { expression: "device.driver == 'gpu.example.com'" } }] },
  }),
  sample(RESOURCE, 'ResourceClaim', 'a', { spec: { devices } }),
  sample(RESOURCE, 'ResourceClaimTemplate', 'a', { spec: { spec: { devices } } }),
  sample(RESOURCE, 'ResourceSlice', 'a', {
    spec: {
      driver: 'gpu.example.com',
      nodeName: 'node-1',
      pool: { name: 'node-1', generation: 1, resourceSliceCount: 1 },
      devices: [{ name: 'gpu-0' }],
    },
  }),
];
