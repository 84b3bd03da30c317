/** Small workloads in which bugs of the control plane show. */
import type { Operation } from '../../dsl/operations/operation.ts';
import { gatewayDefinition } from '../gatewaydefinition.ts';

const app = (name: string, extra = ''): string => `
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 10${extra}
      containers:
        - name: main
          image: nginx:1.25
          ports: [{containerPort: 80}]
          readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 2}
          livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}
          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 256Mi}}`;

const service = (name: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}`;

const balanced = (name: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {type: LoadBalancer, selector: {app: ${name}}, ports: [{port: 80}]}`;

const ingress = (name: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}}
spec: {ingressClassName: nginx, defaultBackend: {service: {name: ${name}, port: {number: 80}}}}`;

const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: nginx}
spec: {controllerName: gateway.nginx.org/nginx-gateway-controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec: {gatewayClassName: nginx, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: web, port: 80}]}]}`;

const budget = (name: string, spec: string): string => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}}
spec: {${spec}, selector: {matchLabels: {app: ${name}}}}`;

const deployment = (name: string, replicas: number, spec = '', extra = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}${spec}
  selector: {matchLabels: {app: ${name}}}
  template:${app(name, extra)}`;

const stateful = (name: string, replicas: number, spec = ''): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}}
spec:
  serviceName: ${name}
  replicas: ${replicas}${spec}
  selector: {matchLabels: {app: ${name}}}
  template:${app(name)}`;

const daemon = (name: string): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:${app(name)}`;

const definition = (
  plural: string,
  kind: string,
  shortNames: string,
): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: ${plural}, kind: ${kind}, shortNames: ${shortNames}}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}`;

const widget = (name: string): string => `apiVersion: example.com/v1
kind: Widget
metadata: {name: ${name}}
spec: {size: 1}`;

const work = (seconds: number, restartPolicy = 'Never'): string => `
    spec:
      restartPolicy: ${restartPolicy}
      terminationGracePeriodSeconds: 5
      containers:
        - name: main
          image: busybox
          command: [sleep, "${seconds}"]`;

const job = (
  name: string,
  spec: string,
  seconds: number,
  restartPolicy = 'Never',
): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:${spec}
  template:${work(seconds, restartPolicy)}`;

const cron = (name: string, spec: string, seconds: number): string => `apiVersion: batch/v1
kind: CronJob
metadata: {name: ${name}}
spec:${spec}
  jobTemplate:
    spec:
      template:${work(seconds).replaceAll('\n', '\n    ')}`;

const ANTI = `
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - {labelSelector: {matchLabels: {app: apart}}, topologyKey: kubernetes.io/hostname}`;
const SPREAD = `
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: spread}}`;

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data: {level: info}
---
apiVersion: v1
kind: Secret
metadata: {name: cred}
stringData: {password: s3cret}`;
const CONFIGURED = `env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: cred, key: password}}}]
          volumeMounts: [{name: conf, mountPath: /conf}]`;
/** Claims of a class, for each Pod of a StatefulSet. */
const claims = (storageClass: string, more = ''): string => `${more}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: ${storageClass}, accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}`;

const volume = (name: string, storage: string): string => `apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec:
  storageClassName: manual
  capacity: {storage: ${storage}}
  accessModes: [ReadWriteOnce]
  csi: {driver: disks.example.com, volumeHandle: ${name}}`;

const scene = (nodes: number, ...documents: string[]): readonly Operation[] => [
  {
    op: 'clusterOf',
    nodes: Array.from({ length: nodes }, (_, i) => ({ name: `node-${i + 1}`, zone: `zone-${'abc'[i % 3]}` })),
  },
  { op: 'manifest', text: documents.join('\n---\n') },
  { op: 'everyPodReady' },
];

export const SCENES = {
  /** A Deployment behind a Service, with a budget. */
  web: scene(
    4,
    deployment('web', 4, '\n  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 30%}}'),
    service('web'),
    budget('web', 'minAvailable: 60%'),
  ),
  /** A control plane on three nodes. */
  plane: [
    { op: 'cluster', nodes: 1, controlPlane: 3 },
    { op: 'manifest', text: deployment('web', 1) },
    { op: 'everyPodReady' },
  ],
  /** Rollouts that may take nothing away. */
  careful: scene(
    3,
    deployment(
      'web',
      3,
      '\n  minReadySeconds: 5\n  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}',
    ),
    service('web'),
    budget('web', 'maxUnavailable: 1'),
  ),
  /** A quorum. */
  stateful: scene(4, stateful('db', 3), service('db'), budget('db', 'maxUnavailable: 1')),
  /** An update that stops at a partition. */
  partitioned: scene(
    3,
    stateful('db', 3, '\n  updateStrategy: {rollingUpdate: {partition: 2}}'),
    service('db'),
  ),
  /** An agent on each node. */
  daemon: scene(3, daemon('agent'), deployment('web', 2), service('web')),
  /** Pods that take their time to end, so that they meet a second end meanwhile. */
  slow: scene(
    3,
    daemon('agent').replace('image:', 'lifecycle: {preStop: {sleep: {seconds: 5}}}\n          image:'),
  ),
  /** Replicas that must not share a node, and replicas spread over zones. */
  apart: scene(
    4,
    deployment('apart', 3, '', ANTI),
    deployment('spread', 3, '', SPREAD),
    budget('apart', 'minAvailable: 2'),
  ),
  /** Pods that read a ConfigMap by a volume and a Secret by a variable. */
  configured: scene(
    3,
    CONFIG,
    deployment('web', 3, '', '\n      volumes: [{name: conf, configMap: {name: conf}}]').replace(
      'ports:',
      `${CONFIGURED}\n          ports:`,
    ),
    service('web'),
  ),
  /** Nodes that are nearly full. */
  full: scene(
    3,
    deployment('big', 6).replace('cpu: 100m', 'cpu: 600m'),
    deployment('web', 2),
    service('web'),
    budget('web', 'minAvailable: 1'),
  ),
  /** A namespace with a quota that a rollout meets, and with defaults for its containers. */
  limited: scene(
    3,
    `apiVersion: v1
kind: ResourceQuota
metadata: {name: few}
spec: {hard: {pods: 4}}`,
    `apiVersion: v1
kind: LimitRange
metadata: {name: usual}
spec: {limits: [{type: Container, defaultRequest: {ephemeral-storage: 10Mi}}]}`,
    deployment('web', 3, '\n  strategy: {rollingUpdate: {maxSurge: 2, maxUnavailable: 1}}'),
    service('web'),
  ),
  /** An autoscaler whose metric asks for more than it may have, and sooner. */
  autoscaled: [
    ...scene(
      3,
      deployment('web', 1),
      service('web'),
      `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 4
  metrics:
    - type: External
      external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "30"}}
  behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}}`,
    ),
    { op: 'metric', metric: 'queue', value: '300' },
  ],
  /** Work that is shared out, work by index, work that takes too long, and work that is soon forgotten. */
  jobs: scene(
    3,
    job('many', '\n  completions: 40\n  parallelism: 3\n  backoffLimit: 100', 30),
    job(
      'indexed',
      '\n  completionMode: Indexed\n  completions: 12\n  parallelism: 3\n  backoffLimit: 100',
      40,
    ),
    job('late', '\n  activeDeadlineSeconds: 300\n  backoffLimit: 100', 3600, 'OnFailure'),
    job('soon-over', '\n  ttlSecondsAfterFinished: 120', 20),
    cron('replaced', '\n  schedule: "*/2 * * * *"\n  concurrencyPolicy: Replace', 300),
    cron('short', '\n  schedule: "* * * * *"', 5),
  ),
  /** Work by index, some of which always fails, and not more often than each index may. */
  indexes: scene(
    3,
    job(
      'shards',
      '\n  completionMode: Indexed\n  completions: 6\n  parallelism: 3\n  backoffLimitPerIndex: 1',
      5,
    ).replace('command: [sleep, "5"]', `command: [sh, -c, 'sleep 5; exit $((JOB_COMPLETION_INDEX % 2))']`),
    job(
      'policed',
      '\n  completionMode: Indexed\n  completions: 9\n  parallelism: 3\n  backoffLimitPerIndex: 2' +
        '\n  podFailurePolicy: {rules: [{action: FailIndex, onExitCodes: {operator: In, values: [42]}}]}',
      60,
    ),
  ),
  /** A ReplicationController, as before there were Deployments. */
  replicated: scene(
    3,
    deployment('web', 4)
      .replace('apiVersion: apps/v1\nkind: Deployment', 'apiVersion: v1\nkind: ReplicationController')
      .replace('selector: {matchLabels: {app: web}}', 'selector: {app: web}'),
    service('web'),
    budget('web', 'minAvailable: 2'),
  ),
  /** Work by the clock: what must not overlap, what is kept, and what is suspended. */
  cron: scene(
    2,
    cron('alone', '\n  schedule: "*/2 * * * *"\n  concurrencyPolicy: Forbid', 200),
    cron('often', '\n  schedule: "* * * * *"\n  successfulJobsHistoryLimit: 1', 5),
    cron('never', '\n  schedule: "* * * * *"\n  suspend: true', 5),
  ),
  /** Accounts, one with a token in a Secret. */
  accounts: scene(
    1,
    ...['default', 'robot'].map((name) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}}`),
    'apiVersion: v1\nkind: Secret\ntype: kubernetes.io/service-account-token\nmetadata: {name: robot, ' +
      'annotations: {kubernetes.io/service-account.name: robot}}',
  ),
  /** A script that clears the ConfigMaps of its namespace away, of which one comes back each time. */
  cleared: scene(
    1,
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: cleaner}',
    `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: cleaner}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{kind: ServiceAccount, name: cleaner}]`,
    `apiVersion: batch/v1
kind: Job
metadata: {name: clear}
spec:
  template:
    spec:
      serviceAccountName: cleaner
      restartPolicy: Never
      containers:
        - name: main
          image: bitnami/kubectl
          command: [sh, -c, 'for i in $(seq 40); do kubectl delete configmap --all; sleep 15; done']`,
  ),
  /** An API that a server in the cluster serves. */
  aggregated: scene(
    2,
    deployment('adapter', 2),
    service('adapter'),
    `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.custom.metrics.k8s.io}
spec:
  group: custom.metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: {name: adapter, namespace: default, port: 80}`,
  ),
  /** A controller whose rights are bound to it by hand. */
  bound: scene(
    2,
    `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: "system:controller:replicaset-controller"}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:controller:replicaset-controller"}
subjects: [{kind: ServiceAccount, name: replicaset-controller, namespace: kube-system}]`,
    deployment('web', 2),
    service('web'),
  ),
  /** Pods that a webhook and a policy are asked about, and a workload that its namespace does not let run. */
  guarded: scene(
    2,
    `apiVersion: v1
kind: Namespace
metadata: {name: default, labels: {pod-security.kubernetes.io/enforce: baseline}}`,
    `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: check}
webhooks:
  - name: pods.check.example.com
    clientConfig: {url: "https://check.example.com/pods"}
    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    failurePolicy: Fail
    sideEffects: None
    admissionReviewVersions: [v1]`,
    `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: images}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  validations:
    - expression: object.spec.containers.all(c, c.image != "nginx:1.27")`,
    `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: images}
spec: {policyName: images, validationActions: [Deny]}`,
    deployment('web', 2),
    service('web'),
    deployment('driver', 1).replace('image:', 'securityContext: {privileged: true}\n          image:'),
  ).slice(0, -1),
  /** Two Services before which is a load balancer. */
  balanced: [
    { op: 'setting', name: 'loadBalancerAddresses', value: '192.0.2.0/29' },
    ...scene(2, deployment('web', 2), balanced('web'), deployment('shop', 1), balanced('shop')),
  ],
  /** Services behind an ingress controller that the cluster came with. */
  routed: [
    { op: 'cluster', nodes: 2, ingressController: true },
    ...scene(2, deployment('web', 2), service('web')).slice(1),
    { op: 'manifest', text: ingress('web') },
  ],
  /** Pods of which a policy lets only some be reached by some. */
  policed: scene(
    2,
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: shop}}}]}]`,
    deployment('web', 2),
    service('web'),
    deployment('shop', 1),
    deployment('other', 1),
  ),
  /** A Service behind a Gateway, whose controller the cluster came with. */
  gated: [
    { op: 'cluster', nodes: 2, gatewayController: true },
    {
      op: 'manifest',
      text: [
        gatewayDefinition('GatewayClass'),
        gatewayDefinition('Gateway'),
        gatewayDefinition('HTTPRoute'),
        gatewayDefinition('ReferenceGrant'),
      ].join('\n---\n'),
    },
    { op: 'pass', durationMs: 2000 },
    ...scene(2, deployment('web', 2), service('web')).slice(1),
    { op: 'manifest', text: GATEWAY },
  ],
  /** A Pod that somebody looks at from a container which runs for an hour. */
  debugged: [
    ...scene(2, stateful('db', 2)),
    { op: 'kubectl', lines: ['kubectl debug db-0 --image=busybox -c debugger --target=main -- sleep 1h'] },
  ],
  /** Nodes that the cluster autoscaler asks for and gives back, two of them, no more and no less. */
  managed: [
    {
      op: 'setting',
      name: 'clusterAutoscaler',
      value: '--nodes=2:2:node --scale-down-unneeded-time=1m --scale-down-delay-after-add=1m',
    },
    { op: 'cluster', nodes: 2, clusterAutoscaler: true },
    ...scene(
      2,
      deployment('web', 3).replace('image:', 'resources: {requests: {cpu: 900m}}\n          image:'),
    ).slice(1),
  ],
  /** Custom resources, and a definition that wants a name which another has. */
  custom: scene(
    1,
    definition('widgets', 'Widget', '[w]'),
    definition('gadgets', 'Gadget', '[w]'),
    ...['a', 'b', 'c'].map(widget),
  ),
  /** Disks that are made on demand in the zone of their Pod, and disks that were there, some too small. */
  disks: scene(
    4,
    ...Array.from({ length: 10 }, (_, i) => volume(`large-${i}`, '10Gi')),
    volume('small-0', '1Gi'),
    volume('small-1', '1Gi'),
    stateful('db', 2, claims('standard', '\n  persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}')),
    stateful('ledger', 2, claims('manual')),
  ),
} as const;

export type SceneName = keyof typeof SCENES;
