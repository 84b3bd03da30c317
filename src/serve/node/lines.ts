/** What the real kubectl and ours are asked over the same cluster, and what is in it. */

/** Steps that set the scene, each with its doc string. */
export const SCENE: readonly (readonly [step: string, text?: string])[] = [
  ['Given a cluster with 3 nodes'],
  [
    'Given the manifest:',
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}, annotations: {note: a note}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
        - name: nginx
          image: nginx:1.25
          ports: [{containerPort: 80, name: http}]
          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
          readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}
          env: [{name: A, value: b}, {name: C, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}]
          volumeMounts: [{name: cfg, mountPath: /etc/cfg}]
        - {name: side, image: busybox, command: [sh, -c, "echo hello; sleep 3600"]}
      volumes: [{name: cfg, configMap: {name: settings}}, {name: tmp, emptyDir: {}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {password: hunter2}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http, name: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: redis}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: busybox, command: [sleep, "100000"]}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [sh, -c, "echo done"]}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: often}
spec:
  schedule: "*/5 * * * *"
  jobTemplate:
    spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: ["true"]}]}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {pods: "20"}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}, {kind: ServiceAccount, name: default, namespace: default}]
---
apiVersion: v1
kind: Pod
metadata: {name: broken}
spec: {containers: [{name: c, image: "busybox", command: [sh, -c, "exit 3"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: huge}
spec: {containers: [{name: c, image: nginx, resources: {requests: {cpu: "64"}}}]}`,
  ],
  ['When 3 minutes pass'],
];

/** What stands in the folder in which the lines are run. */
export const FILES: Readonly<Record<string, string>> = {
  'pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: filed}
spec: {containers: [{name: c, image: nginx}]}
`,
  'pod2.yaml': `apiVersion: v1
kind: Pod
metadata: {name: filed2}
spec: {containers: [{name: c, image: nginx}]}
`,
  'two.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: two}
spec:
  replicas: 1
  selector: {matchLabels: {app: two}}
  template:
    metadata: {labels: {app: two}}
    spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: two}
spec: {selector: {app: two}, ports: [{port: 80}]}
`,
  'conflict.yaml': `apiVersion: v1
kind: Service
metadata: {name: two}
spec: {selector: {app: three}, ports: [{port: 80}]}
`,
  'broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: x\n',
  'bad.yaml': `apiVersion: v1
kind: Pod
metadata: {name: bad}
spec: {containers: []}
`,
  'unknown.yaml': `apiVersion: v1
kind: Pod
metadata: {name: unknown}
spec: {containers: [{name: c, image: nginx, imagine: x}], nodes: 3}
`,
  'missing.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: not-there}\n',
  'patch.yaml': 'spec: {replicas: 5}\n',
  'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, watch]}]
`,
  'conf/a.txt': 'alpha\n',
  'conf/b.txt': 'beta\n',
  'conf/env': '# comment\nA=1\nB=two words\n',
};

const KINDS = [
  'pods',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'services',
  'endpoints',
  'endpointslices',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'nodes',
  'namespaces',
  'poddisruptionbudgets',
  'hpa',
  'networkpolicies',
  'resourcequotas',
  'roles',
  'rolebindings',
  'storageclasses',
  'leases',
  'limitranges',
  'ingresses',
  'priorityclasses',
  'persistentvolumes',
  'persistentvolumeclaims',
  'clusterroles',
  'clusterrolebindings',
  'events',
  'controllerrevisions',
  'csinodes',
  'crds',
];

const OBJECTS = [
  'deployment/web',
  'statefulset/db',
  'daemonset/agent',
  'job/once',
  'cronjob/often',
  'service/web',
  'service/outside',
  'configmap/settings',
  'secret/keys',
  'serviceaccount/default',
  'node/node-1',
  'namespace/default',
  'pdb/web',
  'hpa/web',
  'networkpolicy/closed',
  'quota/quota',
  'role/reader',
  'rolebinding/reader',
  'pod/broken',
  'pod/huge',
  'pod/db-0',
  'storageclass/standard',
  'priorityclass/system-node-critical',
];

export const LINES: readonly string[] = [
  ...KINDS.flatMap((kind) => [`get ${kind}`, `get ${kind} -o wide`, `get ${kind} -o name`]),
  ...KINDS.flatMap((kind) => [
    `get ${kind} --show-labels`,
    `get ${kind} -n kube-system`,
    `get ${kind} -o yaml`,
  ]),
  ...OBJECTS.flatMap((object) => [`get ${object} -o yaml`, `get ${object} -o json`, `describe ${object}`]),
  'get all',
  'get all -A',
  'get pods -A',
  'get pods -A -o wide',
  'get pods -l app=web',
  'get pods -l app!=web',
  'get pods -l tier',
  'get pods -L app,tier',
  'get pods --sort-by=.metadata.name',
  'get pods --no-headers',
  'get pods --field-selector status.phase=Running',
  'get pods --field-selector spec.nodeName=node-1',
  'get pods -o jsonpath={.items[*].metadata.name}',
  'get pods -o jsonpath={.items[*].status.podIP}',
  'get deploy web -o jsonpath={.spec.template.spec.containers[0].image}',
  'get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName',
  'get pods,svc',
  'get deploy/web svc/web',
  'get pod nonsense',
  'get nonsense',
  'get deploy -n kube-system',
  'get pods -n nowhere',
  'get cm settings -o go-template={{.data.colour}}',
  'get nodes -o jsonpath={range.items[*]}{.metadata.name}{"\\n"}{end}',
  'rollout history deployment/web',
  'rollout status deployment/web',
  'rollout history statefulset/db',
  'logs job/once',
  'logs broken',
  'logs huge',
  'logs deployment/web -c side',
  'logs db-0 --tail=1',
  'logs nonsense',
  'describe pods',
  'describe nonsense x',
  'top nodes',
  'top pods',
  'top pods --containers',
  'auth can-i get pods',
  'auth can-i delete nodes --as jane',
  'auth can-i list pods --as jane',
  'auth whoami',
  'auth whoami --as jane',
  'get pods --as jane',
  'get secrets --as jane',

  'exec db-0 -- hostname',
  'exec db-0 -- ls /nowhere',
  'exec nonsense -- ls',
  'events --for pod/huge',

  'apply -f pod.yaml --dry-run=client',
  'apply -f pod.yaml --dry-run=server',
  'apply -f pod.yaml',
  'apply -f pod.yaml',
  'apply -f pod.yaml -f pod2.yaml -o name',
  'apply -f two.yaml',
  'apply -f two.yaml --server-side',
  'apply -f conflict.yaml --server-side --field-manager other',
  'apply -f conflict.yaml --server-side --field-manager other --force-conflicts',
  'apply -f broken.yaml',
  'apply -f bad.yaml',
  'apply -f unknown.yaml',
  'apply -f unknown.yaml --validate=false',
  'apply -f nowhere.yaml',
  'create -f pod.yaml',
  'create -f role.yaml --dry-run=client',
  'create configmap conf --from-file=conf',
  'create configmap conf --from-literal=a=b',
  'create configmap envs --from-env-file=conf/env -o yaml --dry-run=client',
  'create secret generic pass --from-literal=p=x',
  'create namespace team -o name',
  'create deployment made --image=nginx --replicas=2',
  'get -f two.yaml -o name',
  'auth reconcile -f role.yaml',
  'patch deployment two --patch-file patch.yaml',
  'patch deployment two -p {"spec":{"replicas":5}}',
  'patch deployment two -p {"spec":{"replicas":5}} --dry-run=client',
  `patch deployment two -p '{"spec":{"replicas":5}}'`,
  'patch deployment nonsense -p {"spec":{"replicas":5}}',
  'scale deployment two --replicas=3',
  'scale deployment two --replicas=3 --current-replicas=9',
  'label pod filed tier=web',
  'label pod filed tier=db',
  'label pod filed tier=db --overwrite',
  'label pod filed tier-',
  'annotate pod filed note=hello',
  'annotate pod filed note-',
  'set image deployment/two c=nginx:1.25',
  'set image deployment/two other=nginx:1.25',
  'set env deployment/two LEVEL=debug',
  'set env deployment/two --list',
  'set resources deployment two --limits=cpu=200m',
  'expose deployment made --port=80',
  'autoscale deployment made --max=5',
  'rollout history deployment/two',
  'rollout restart deployment/two',
  'rollout pause deployment/two',
  'rollout pause deployment/two',
  'rollout resume deployment/two',
  'cordon node-3',
  'cordon node-3',
  'uncordon node-3',
  'taint node node-3 key=value:NoSchedule',
  'taint node node-3 key-',
  'delete -f missing.yaml',
  'delete -f missing.yaml --ignore-not-found',
  'delete configmap conf',
  'delete configmap conf',
  'get configmap -o name',
];

/** Of lines that no kubectl answers as ours does. */
const NEVER = Number.POSITIVE_INFINITY;

interface Otherwise {
  /** The first minor version, of those that were compared, that answers as ours does. */
  readonly since: number;
  readonly why: string;
  readonly lines: readonly string[];
}

/** Lines that kubectls, most of them older than 1.36, answer in another way than ours. */
const OTHERWISE: readonly Otherwise[] = [
  {
    since: 33,
    why: 'it asks for a version of the API that is served no longer',
    lines: ['describe cronjob/often', 'describe pdb/web'],
  },
  {
    since: 33,
    why: 'it reads autoscaling/v1, in which metrics are an annotation',
    lines: ['describe hpa/web'],
  },
  {
    since: 33,
    why: 'it reads Endpoints, of which it is warned, and does not know internalTrafficPolicy',
    lines: ['describe service/web', 'describe service/outside'],
  },
  { since: 33, why: 'it has no empty line behind a warning', lines: ['auth can-i delete nodes --as jane'] },
  { since: 33, why: 'it looks for Events of a node by its name', lines: ['describe node/node-1'] },
  { since: 33, why: 'it sets quotas in otherwise', lines: ['describe namespace/default'] },
  {
    since: 33,
    why: 'it does not tell completion modes, suspension and ready Pods of a Job',
    lines: ['describe job/once'],
  },
  { since: 33, why: 'it does not tell the namespace of a DaemonSet', lines: ['describe daemonset/agent'] },
  { since: 36, why: 'it tells Events of each of several objects', lines: ['describe pods'] },
  { since: 33, why: 'it words what is not found as the server does', lines: ['logs nonsense'] },
  { since: 33, why: 'it looks for fields that it does not know itself', lines: ['apply -f unknown.yaml'] },
  {
    since: 33,
    why: 'servers did not warn of fields when it was made, and it shows their warnings where none is wanted',
    lines: ['apply -f unknown.yaml --validate=false'],
  },
  {
    since: 33,
    why: 'it fills a namespace in that the file does not say',
    lines: ['auth reconcile -f role.yaml'],
  },
  {
    since: 33,
    why: 'it words conflicts as the server does',
    lines: ['create configmap conf --from-literal=a=b'],
  },
  { since: 33, why: 'it says labeled of a label that is taken away', lines: ['label pod filed tier-'] },
  { since: NEVER, why: 'the words of a parser of YAML are its own', lines: ['apply -f broken.yaml'] },
  {
    since: 33,
    why: 'it has no such command',
    lines: ['auth whoami', 'auth whoami --as jane', 'events --for pod/huge'],
  },
];

/** Why a line's answer is another in a version; undefined: it is the same. */
export const differentIn = (minor: number, line: string): string | undefined =>
  OTHERWISE.find(({ since, lines }) => since > minor && lines.includes(line))?.why;
