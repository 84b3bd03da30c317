import { afterEach, describe, expect, it, vi } from 'vitest';
import { Scenario } from '../../../../dsl/scenario.ts';
import { Authorizer } from '../authorizer.ts';

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx, envFrom: [{configMapRef: {name: settings}}]}]}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {A: "1"}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: nginx, volumeMounts: [{name: d, mountPath: /d}]}]}}
  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec: {selector: {matchLabels: {app: agent}}, template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: c, image: nginx}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec: {schedule: "* * * * *", jobTemplate: {spec: {ttlSecondsAfterFinished: 30, template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: ["true"]}]}}}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: many}
spec: {hard: {pods: "100"}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot}
---
apiVersion: v1
kind: Secret
metadata: {name: robot-token, annotations: {kubernetes.io/service-account.name: robot}}
type: kubernetes.io/service-account-token
`;

const STATE = (scenario: Scenario): unknown =>
  (scenario.cluster as unknown as { server: { state: { defaultRoles?: string } } }).server.state.defaultRoles;

describe('the roles that every cluster has', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('give the components all that they do', () => {
    const asked = vi.spyOn(Authorizer.prototype, 'checkAction');
    const scenario = new Scenario({ seed: 1 }).say('Given a cluster with 3 nodes');
    // Components are asked about from here on.
    scenario.kubectl('delete clusterrolebinding system:monitoring');
    scenario.say('Given namespace "shop"').say('And the manifest:', MANIFEST);
    scenario.say('When 3 minutes pass').say('When node "node-2" loses power for 8 minutes');
    scenario.say('When 10 minutes pass').say('When node "node-1" is drained');
    scenario.kubectl('rollout restart deployment/web');
    scenario.say('When 3 minutes pass');
    scenario.kubectl('delete namespace shop');
    scenario.say('When 3 minutes pass');
    const { calls, results } = asked.mock;
    const refused = results.flatMap(({ type, value }, i) =>
      type === 'throw' ? [`${calls[i]![0].actor}: ${(value as Error).message}`] : [],
    );
    expect([...new Set(refused)]).toEqual([]);
    expect(new Set(calls.map(([by]) => by.user)).size).toBeGreaterThan(15);
  });

  it('are in no run that does not ask for them, and in every one that does', () => {
    const scenario = new Scenario({ seed: 1 }).say('Given a cluster with 1 node');
    scenario.say('Given namespace "shop"').say('And the manifest:', MANIFEST).say('When 2 minutes pass');
    scenario.kubectl('get pods');
    scenario.kubectl('delete namespace shop');
    scenario.say('When 1 minute passes');
    expect(STATE(scenario)).toBeUndefined();
    expect(scenario.kubectl('get clusterroles -o name').stdout.split('\n').length).toBeGreaterThan(60);
    expect(STATE(scenario)).toBe('there');
  });

  it('are aggregated anew when a role comes that belongs to them, and when it goes', () => {
    const scenario = new Scenario({ seed: 1 }).say('Given a cluster with 1 node');
    const may = (): string => scenario.kubectl('auth can-i get widgets.example.com --as=ann').stdout.trim();
    scenario.kubectl('create clusterrolebinding views --clusterrole=view --user=ann');
    scenario.say(
      'Given the manifest:',
      `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: widgets, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}
rules: [{apiGroups: [example.com], resources: [widgets], verbs: [get]}]
`,
    );
    expect(may()).toBe('no');
    scenario.say('When 5 seconds pass');
    expect(may()).toBe('yes');
    scenario.kubectl('delete clusterrole widgets');
    scenario.say('When 5 seconds pass');
    expect(may()).toBe('no');
  });
});
