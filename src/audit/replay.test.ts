import { describe, expect, it } from 'vitest';
import { networkOf } from '../dsl/capabilities.ts';
import { ClaimError } from '../dsl/errors.ts';
import { readFeature } from '../dsl/feature.ts';
import { play } from '../dsl/interpreter.ts';
import { standardKit } from '../dsl/kit.ts';
import { createSession, driverOf } from '../dsl/session.ts';
import { simulate } from '../drivers/simulated.ts';
import { manifestsOf } from '../edits/manifests.ts';
import { freshBeginnings } from '../explore/freshbeginnings.ts';
import { auditFrom, planOf, tryOne } from './audit.ts';
import { replayOf } from './replay.ts';
import { Stage } from './stage.ts';
import { TRIALS } from './trials/index.ts';

/** A shop to which every kind of trial can happen: two zones, a database that it names, a webhook. */
const SHOP = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {password: secret}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: shop
        ports: [{containerPort: 80}]
        resources: {requests: {cpu: 100m}}
        envFrom: [{secretRef: {name: login}}]
        env:
        - {name: COLOUR, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}
        - {name: DATABASE, value: "http://db:80/"}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: db, ports: [{containerPort: 80}], resources: {requests: {cpu: 500m}}}]
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 80}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 4
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: migrate, image: shop/migrate, env: [{name: DATABASE, value: "http://db:80/"}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "*/20 * * * *"
  startingDeadlineSeconds: 60
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers: [{name: report, image: shop/report, resources: {requests: {cpu: 100m}}}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: check}
webhooks:
- name: pods.check.example.com
  clientConfig: {url: "https://check.example.com/pods"}
  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  sideEffects: None
  admissionReviewVersions: [v1]
`;

describe('trials', () => {
  const stage = new Stage(manifestsOf([SHOP], ['shop.yaml']), {
    shape: { nodes: 3, zones: 2 },
    seed: '1',
    beginnings: freshBeginnings(),
  });
  const plan = planOf(stage);
  const results = plan.trials.map((trial) => [trial, tryOne(stage, plan.services, trial)] as const);

  it('are of every kind where there is something for each, and can be played', () => {
    expect([...new Set(plan.trials.map((t) => t.kind))].sort()).toEqual(TRIALS.map((t) => t.kind).sort());
    expect(new Set(plan.trials.map((t) => t.name)).size).toBe(plan.trials.length);
    for (const [trial, { why }] of results) expect([trial.name, why]).toEqual([trial.name, undefined]);
    for (const { ja } of TRIALS) expect(ja).toMatch(/[ぁ-んァ-ン]/);
  });

  const { findings } = auditFrom(plan, results, {}, false);
  const worst = [...new Map([...findings].reverse().map((f) => [f.trial.kind, f])).values()];

  it('find something of most kinds', () => expect(worst.length).toBeGreaterThan(10));

  it.each(worst.map((finding) => [finding.trial.kind, finding] as const))(
    'are played again by a feature, to the same end: %s',
    (_, finding) => {
      const text = replayOf(stage, plan, finding);
      const [scenario] = readFeature(text, 'finding.feature', standardKit);
      const files = { readFile: () => '', list: () => undefined };
      const session = createSession({ kit: standardKit, seed: '1', createDriver: simulate, files });
      const operations = scenario!.operations.map((o) => o.operation);
      const claim = operations.pop()!;
      for (const operation of operations) play(session, operation);
      if (finding.effect.done !== undefined) {
        expect(() => play(session, claim)).toThrow(ClaimError);
        return;
      }
      const clients = networkOf(driverOf(session)).clients();
      const { sent, failed } = clients.find((c) => c.url === finding.service.url)!;
      expect({ sent, failed }).toEqual({ sent: finding.effect.sent, failed: finding.effect.failed });
      expect(() => play(session, claim)).toThrow(ClaimError);
    },
  );
});
