/** Scenes of drawn levels: a small shop on a few nodes, and what may be added to it. */
import fc from 'fast-check';
import type { AssertOperation, Operation } from '../../dsl/operations/operation.ts';
import { readStep } from '../../dsl/scenario.ts';

export interface Scene {
  readonly nodes: number;
  /** Of the Deployment, its Service and its Pods. */
  readonly app: string;
  readonly replicas: number;
  /** What each Pod asks for, of nodes with 2 CPUs; `''`: nothing. */
  readonly cpu: string;
  readonly probed: boolean;
  /** A budget that lets one Pod be away. */
  readonly budget: boolean;
  /** A quota of Pods with room for two more. */
  readonly quota: boolean;
  /** Pods read their settings from a ConfigMap. */
  readonly settings: boolean;
  /** Whether starting all Pods anew is a solution: it is one of too much. */
  readonly restart: boolean;
}

export const scenes: fc.Arbitrary<Scene> = fc.record({
  nodes: fc.integer({ min: 2, max: 4 }),
  app: fc.constantFrom('web', 'shop', 'cart', 'catalogue', 'search', 'blog'),
  replicas: fc.integer({ min: 2, max: 4 }),
  cpu: fc.constantFrom('', '500m', '900m', '900m'),
  probed: fc.boolean(),
  budget: fc.boolean(),
  quota: fc.boolean(),
  settings: fc.boolean(),
  restart: fc.boolean(),
});

/** The name of its settings. */
export const settingsOf = ({ app }: Scene): string => `${app}-settings`;

function manifestOf(scene: Scene): string {
  const { app, replicas, cpu, probed, budget, quota, settings } = scene;
  const container = [
    '        - name: server',
    '          image: nginx:1.25',
    '          ports:',
    '            - containerPort: 80',
    ...(cpu === '' ? [] : ['          resources:', `            requests: {cpu: ${cpu}}`]),
    ...(probed
      ? [
          '          readinessProbe:',
          '            httpGet: {path: /, port: 80}',
          '            periodSeconds: 5',
        ]
      : []),
    ...(settings ? ['          envFrom:', `            - configMapRef: {name: ${settingsOf(scene)}}`] : []),
  ];
  const documents = [
    ...(settings
      ? [`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${settingsOf(scene)}\ndata:\n  GREETING: hello`]
      : []),
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${app}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {app: ${app}}
  template:
    metadata:
      labels: {app: ${app}}
    spec:
      containers:
${container.join('\n')}`,
    `apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector: {app: ${app}}
  ports:
    - port: 80`,
    ...(budget
      ? [
          `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${app}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: ${app}}`,
        ]
      : []),
    ...(quota
      ? [
          `apiVersion: v1
kind: ResourceQuota
metadata:
  name: pods
spec:
  hard: {pods: "${replicas + 2}"}`,
        ]
      : []),
  ];
  return documents.join('\n---\n');
}

const said = (text: string, attachment?: string): Operation => readStep(text, attachment).operation;

/** The scene as it stands before anything happens to it. */
export const openingOf = (scene: Scene): readonly Operation[] => [
  { op: 'cluster', nodes: scene.nodes },
  { op: 'manifest', text: manifestOf(scene) },
  said('Given every pod is ready'),
  said(`Given a client sends 5 requests per second to "http://${scene.app}/"`),
  { op: 'pass', durationMs: 5000 },
];

/** What holds of it then, and is to hold again. */
export const goalsOf = ({ app, replicas }: Scene): readonly AssertOperation[] =>
  [
    `Then within 10 minutes the rollout of deployment "${app}" is complete`,
    `Then within 10 minutes deployment "${app}" has ${replicas} of ${replicas} replicas available`,
    `Then within 10 minutes at least ${replicas} pods matching "app=${app}" are serving`,
    `Then within 10 minutes a request to "http://${app}/" answers 200`,
  ].map((text) => said(text) as AssertOperation);
