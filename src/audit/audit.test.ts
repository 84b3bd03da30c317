import { describe, expect, it } from 'vitest';
import { manifestsOf } from '../edits/manifests.ts';
import { freshBeginnings } from '../explore/freshbeginnings.ts';
import type { Advice } from './advise.ts';
import { adviseOn, audit, hitBy, planOf, type Audit, type Finding, type Plan } from './audit.ts';
import type { ClusterShape } from '../explore/scene.ts';
import { Stage } from './stage.ts';
import { askedOf } from './served.ts';
import { adviceInWords, effectInWords } from './words.ts';

const workload = (replicas: number, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: shop
        ports: [{containerPort: 80}]
${more.replace(/^(?=.)/gm, '        ')}`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
`;
const READY = 'readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 2}\n';

const auditOf = (kinds: readonly string[], ...texts: string[]): Audit =>
  audit(manifestsOf(texts, texts.map(String)), {
    shape: { nodes: 3, zones: 1 },
    seed: '1',
    beginnings: freshBeginnings(),
    kinds,
    more: () => true,
  });

const of = ({ findings }: Audit, kind: string): Finding | undefined =>
  findings.find((f) => f.trial.kind === kind);

describe('an audit', () => {
  const KINDS = ['it is rolled out anew', 'a pod is deleted', 'cluster DNS fails'];
  const plain = auditOf(KINDS, workload(2), SERVICE);

  it('finds what fails requests, and proves what mends it', () => {
    const rollout = of(plain, 'it is rolled out anew');
    expect(rollout?.service.name).toBe('default/web');
    expect(rollout?.effect.failed).toBeGreaterThan(0);
    expect(rollout?.advice?.map((c) => c.edit)).toContain('ReadinessProbeAdded');
  });

  it('mends nothing that another trial pays for', () => {
    for (const { advice } of plain.findings)
      for (const change of advice ?? []) expect(change.edit).not.toBe('RecreateMadeRolling');
    expect(of(plain, 'cluster DNS fails')).toMatchObject({ effect: { state: 'down', recovers: true } });
    expect(of(plain, 'cluster DNS fails')?.advice).toBeUndefined();
  });

  it('finds what a lone replica is missed for', () => {
    const lone = auditOf(['a pod is deleted'], workload(1, READY), SERVICE);
    const deleted = of(lone, 'a pod is deleted');
    expect(deleted?.effect.failed).toBeGreaterThan(0);
    expect(deleted?.advice).toHaveLength(1);
  });

  const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: web}}
`;

  it('finds who holds a drain up for ever, and mends it by what lets the node be emptied', () => {
    const kind = 'nodes are rebooted in turn';
    const stuck = auditOf([kind], workload(1, READY), SERVICE, BUDGET);
    expect(stuck.unplayed).toEqual([]);
    const held = of(stuck, kind);
    expect(held?.effect).toMatchObject({
      state: 'degrades',
      failed: 0,
      held: expect.stringMatching(/^node-/),
    });
    expect(effectInWords(held!.effect)).toMatch(/^degrades: the drain of node-\d never ends$/);
    expect(effectInWords(held!.effect, 'ja')).toMatch(/^低下: node-\dのdrainがいつまでも終わらない$/);
    expect(held?.advice?.map((c) => c.edit)).toContain('ReplicasRaised');
    expect(of(auditOf([kind], workload(2, READY), SERVICE, BUDGET), kind)?.effect.held).toBeUndefined();
  });

  it('mends a container that hangs by a probe that asks, and one that starts it anew', () => {
    const hung = of(auditOf(['a container hangs'], workload(2), SERVICE), 'a container hangs');
    expect(hung?.effect).toMatchObject({ state: 'down', missing: 1 });
    expect(hung?.helps?.effect).toMatchObject({ state: 'degrades', missing: 0 });
    expect(hung?.helps?.changes.map((c) => [c.edit, c.args['probe']])).toEqual([
      ['ReadinessProbeAdded', 'GET :80/'],
      ['LivenessProbeAdded', undefined],
    ]);
  });

  it('holds a change against no node that others were as bad as', () => {
    const alone = of(auditOf(['a node loses power'], workload(1, READY), SERVICE), 'a node loses power');
    expect(alone?.effect.state).toBe('down');
    expect(alone?.helps?.changes.map((c) => c.edit)).toEqual(['ReplicasRaised']);
    expect(alone?.helps?.effect).toMatchObject({ state: 'degrades', missing: 0 });
  });

  it('counts the ready replicas of what speaks no HTTP behind its Service', () => {
    const database = workload(1, READY)
      .replace('image: shop', 'image: redis:7')
      .replace(/readinessProbe: .*/, 'readinessProbe: {tcpSocket: {port: 6379}, periodSeconds: 2}')
      .replace('containerPort: 80', 'containerPort: 6379');
    const both = auditOf(['a pod is deleted'], database, SERVICE.replace('port: 80', 'port: 6379'));
    expect(both.silent.map((s) => s.name)).toEqual(['default/web']);
    expect(both.services.map((s) => s.name)).toEqual(['default/deployment/web']);
    expect(of(both, 'a pod is deleted')?.effect).toMatchObject({ state: 'down', sent: 0, recovers: true });
  });

  it('asks an Ingress over a controller that the cluster comes with', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, annotations: {nginx.ingress.kubernetes.io/use-regex: "true"}}
spec:
  rules:
  - host: "*.example.com"
    http:
      paths:
      - {path: "/api(/|$)(.*)", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}
`;
    const both = auditOf(['a pod is deleted'], workload(1, READY), SERVICE, ingress);
    expect(both.silent).toEqual([]);
    expect(both.services.map((s) => [s.as, s.name, s.url])).toEqual([
      ['Service', 'default/web', 'http://web.default:80/'],
      ['Ingress', 'default/front (Ingress)', 'http://www.example.com/api'],
    ]);
    expect(both.findings.map((f) => f.service.as).sort()).toEqual(['Ingress', 'Service']);
    for (const { effect } of both.findings) expect(effect.failed).toBeGreaterThan(0);
  });

  const ROUTED = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec:
  gatewayClassName: theirs
  listeners: [{name: http, port: 80, protocol: HTTP, hostname: "*.example.com"}]
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: HTTPRoute
metadata: {name: shop}
spec:
  parentRefs: [{name: front}]
  hostnames: [elsewhere.org, shop.example.com]
  rules:
  - matches: [{path: {value: /old}}]
    filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]
  - matches: [{path: {value: /new}, headers: [{name: X-Canary, value: always}]}, {path: {value: /api}}]
    backendRefs: [{name: web, port: 80}]
`;

  const planned = (nodes: ClusterShape['nodes'], ...texts: string[]): Plan => {
    const options = { shape: { nodes, zones: 1 }, seed: '1', beginnings: freshBeginnings() };
    return planOf(new Stage(manifestsOf(texts, texts.map(String)), options), ['a pod is deleted']);
  };

  it('asks an HTTPRoute over a controller that the cluster comes with', () => {
    const both = auditOf(['a pod is deleted'], workload(1, READY), SERVICE, ROUTED);
    expect(both.silent).toEqual([]);
    expect(both.services.map((s) => [s.as, s.name, s.url])).toEqual([
      ['Service', 'default/web', 'http://web.default:80/'],
      ['HTTPRoute', 'default/shop (HTTPRoute)', 'http://shop.example.com/api'],
    ]);
    expect(both.findings.map((f) => f.service.as).sort()).toEqual(['HTTPRoute', 'Service']);
    for (const { effect } of both.findings) expect(effect.failed).toBeGreaterThan(0);
  });

  it('has nodes of a table come with a controller of Gateways', () => {
    const plan = planned([{ name: 'a' }, { name: 'b', cpu: '4' }], workload(1, READY), SERVICE, ROUTED);
    expect([plan.silent, plan.services.map((s) => s.as)]).toEqual([[], ['Service', 'HTTPRoute']]);
  });

  it('has a cluster come with both controllers where the manifests want both', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec:
  ingressClassName: nginx
  rules:
  - host: web.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`;
    const { silent, services } = planned(2, workload(1, READY), SERVICE, ROUTED, ingress);
    expect([silent, services.map((s) => s.as)]).toEqual([[], ['Service', 'Ingress', 'HTTPRoute']]);
  });

  it('counts the ready replicas of what no Service leads to, and proves what mends it', () => {
    const worker = workload(1, READY).replaceAll('name: web', 'name: worker');
    const alone = auditOf(['a pod is deleted', 'a node loses power'], worker);
    expect(alone.services.map((s) => [s.as, s.name])).toEqual([['workload', 'default/deployment/worker']]);
    const lost = of(alone, 'a node loses power');
    expect(lost?.effect).toMatchObject({ state: 'down', sent: 0, recovers: true, replicas: 1 });
    // The node is given up after 40 seconds, its Pods after five minutes more.
    expect(lost?.effect.outageMs).toBeGreaterThan(290_000);
    expect(effectInWords(lost!.effect)).toMatch(/^down for \dm\d+s \(its replica was not ready\)/);
    expect((lost?.advice ?? lost?.helps?.changes)?.map((c) => c.edit)).toContain('ReplicasRaised');
    const none = auditOf(['a pod is deleted'], worker.replace('replicas: 1', 'replicas: 0'));
    expect([none.services, none.silent.map((s) => s.name)]).toEqual([[], ['default/deployment/worker']]);
  });

  it('has the namespaces made that manifests are in and do not hold', () => {
    const inProd = (text: string): string =>
      text.replace('metadata: {name: web}', 'metadata: {name: web, namespace: prod}');
    const { services, silent } = planned(2, inProd(workload(1, READY)), inProd(SERVICE));
    expect([services.map((s) => s.name), silent]).toEqual([['prod/web'], []]);
    const own = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: prod, labels: {team: a}}\n';
    const held = planned(2, own, inProd(workload(1, READY)), inProd(SERVICE));
    expect(held.services.map((s) => s.name)).toEqual(['prod/web']);
  });

  it('raises the least that an autoscaler keeps, where that decides on the replicas', () => {
    const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 3
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
`;
    const READ = `${READY}resources: {requests: {cpu: 100m}}\n`;
    const lost = of(
      auditOf(['a node loses power'], workload(1, READ).replace('  replicas: 1\n', ''), SERVICE, autoscaler),
      'a node loses power',
    );
    expect(lost?.effect.state).toBe('down');
    expect((lost?.advice ?? lost?.helps?.changes)?.map((c) => c.edit)).toEqual(['MinReplicasRaised']);
  });

  it('leaves out what no cluster serves, where that is asked for', () => {
    const monitor =
      'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: web}\nspec: {}\n';
    const texts = [workload(1, READY), SERVICE, monitor];
    const shape = { nodes: 2, zones: 1 };
    const stageOf = (more: Partial<ClusterShape>): Stage =>
      new Stage(manifestsOf(texts, texts.map(String)), {
        shape: { ...shape, ...more },
        seed: '1',
        beginnings: freshBeginnings(),
      });
    expect(() => planOf(stageOf({}))).toThrow('no matches for kind "ServiceMonitor"');
    expect(planOf(stageOf({ skipUnsupported: true })).services.map((s) => s.name)).toEqual(['default/web']);
  });

  it('looks at what selects its Pods otherwise than by labels to be matched', () => {
    const controller = `apiVersion: v1
kind: ReplicationController
metadata: {name: old}
spec:
  selector: {app: old}
  template:
    metadata: {labels: {app: old}}
    spec: {containers: [{name: old, image: shop}]}
`;
    const expressed = workload(1, READY).replace(
      'matchLabels: {app: web}',
      'matchExpressions: [{key: app, operator: In, values: [web]}]',
    );
    const all = auditOf(['it is rolled out anew', 'a pod is deleted'], controller, expressed);
    // Of a ReplicationController nothing is rolled out.
    expect([all.trials, all.unplayed]).toEqual([3, []]);
    expect(all.services.map((s) => s.name)).toEqual([
      'default/replicationcontroller/old',
      'default/deployment/web',
    ]);
  });

  const job = (spec: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ${spec}
  template:
    spec: {restartPolicy: Never, containers: [{name: migrate, image: shop/migrate}]}
`;
  const cron = (spec: string): string => `apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "*/20 * * * *"
  ${spec}
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: report, image: shop/report, resources: {requests: {cpu: 100m}}}]
`;
  const advised = (finding: Finding | undefined): string[] =>
    [...(finding?.advice ?? finding?.helps?.changes ?? [])].map((c) => c.edit);

  it('runs a Job anew in each trial, and proves what has it completed', () => {
    const CRASH = 'a container crashes';
    const strict = auditOf([CRASH], job('backoffLimit: 0'));
    expect(strict.services.map((s) => [s.as, s.name])).toEqual([['Job', 'default/job/migrate']]);
    const crashed = of(strict, CRASH);
    expect(crashed?.effect).toMatchObject({
      state: 'down',
      recovers: false,
      done: { end: 'failed', reason: 'BackoffLimitExceeded', failedPods: 1 },
    });
    expect(effectInWords(crashed!.effect)).toBe('fails for good (BackoffLimitExceeded, 1 pod failed)');
    expect(effectInWords(crashed!.effect, 'ja')).toBe('失敗に終わる (BackoffLimitExceeded、1個のPodが失敗)');
    expect(advised(crashed)).toEqual(['BackoffLimitRaised']);
    expect(crashed?.helps?.effect).toMatchObject({ state: 'degrades', done: { end: 'complete', twice: 0 } });
    const drained = of(
      auditOf(['nodes are rebooted in turn'], job('backoffLimit: 0')),
      'nodes are rebooted in turn',
    );
    expect(advised(drained)).toEqual(['DisruptionsIgnored']);
    const lenient = of(auditOf([CRASH], job('backoffLimit: 3')), CRASH);
    expect(lenient).toMatchObject({ noticing: true, effect: { done: { failedPods: 1 } } });
  });

  it('sees work that is done twice, and work that never ends', () => {
    const both = auditOf(['a node is cut off from the network', 'its work hangs'], job('backoffLimit: 6'));
    const twice = of(both, 'a node is cut off from the network');
    expect(twice?.effect).toMatchObject({ state: 'degrades', done: { end: 'complete', twice: 1 } });
    expect(twice?.helps?.effect.done).toMatchObject({ end: 'complete', twice: 0 });
    const hung = of(both, 'its work hangs');
    expect(hung?.effect).toMatchObject({ state: 'down', done: { end: 'unfinished' } });
    expect(advised(hung)).toEqual(['PodDeadlineSet']);
  });

  it('sees runs of a CronJob that are missed, and such that pile up', () => {
    const AWAY = 'the controller manager is down when a run is due';
    const PILED = 'no node has CPU left when runs are due';
    const punctual = of(auditOf([AWAY], cron('startingDeadlineSeconds: 60')), AWAY);
    expect(punctual?.effect).toMatchObject({ state: 'down', done: { missed: 1, due: 1 } });
    expect(advised(punctual)).toEqual(['StartingDeadlineLengthened']);
    const piled = of(auditOf([PILED], cron('suspend: false')), PILED);
    expect(piled?.effect).toMatchObject({ state: 'degrades', done: { atOnce: 4 } });
    expect(effectInWords(piled!.effect)).toBe('piles up: 4 jobs at once');
    expect(advised(piled)[0]).toMatch(/^Concurrency/);
    const apart = auditOf([AWAY, PILED], cron('concurrencyPolicy: Forbid'));
    expect(apart.findings).toEqual([]);
  });

  const twins = (text: string): string => `${text}---\n${text.replaceAll('web', 'shop')}`;

  it('tries first on a Service that is alike what mended the other', () => {
    const kind = 'half of the nodes are upgraded at once';
    const both = auditOf([kind], twins(`${workload(1, READY)}---\n${SERVICE}`));
    const [one, other] = ['default/web', 'default/shop'].map(
      (name) => both.findings.find((f) => f.service.name === name)!,
    );
    expect(one!.advice?.map((c) => c.edit)).toEqual(['ReplicasRaised', 'BudgetAdded']);
    expect(other!.advice?.map((c) => c.edit)).toEqual(one!.advice!.map((c) => c.edit));
    expect([one!.tried, other!.tried].sort((a, b) => a - b)).toEqual([
      1,
      expect.toSatisfy((tried: number) => tried > 1),
    ]);
  });

  it('looks for nothing where nothing helped one that is alike, and goes as badly', () => {
    const kind = 'a container crashes';
    const texts = [workload(1, READY), SERVICE];
    const alone = auditOf([kind], ...texts);
    const { trial, service, effect } = of(alone, kind)!;
    const precedent = { service, found: [{ trial, effect, advice: { tried: 7 } }] };
    const stage = new Stage(manifestsOf(texts, ['a', 'b']), {
      shape: { nodes: 3, zones: 1 },
      seed: '1',
      beginnings: freshBeginnings(),
    });
    const adviceFor = (met: typeof effect): Advice => {
      const results = [[trial, { effects: { [service.url]: met }, watchedMs: 0 }]] as const;
      return adviseOn(stage, [service], service, results, () => true, precedent)[trial.name]!;
    };
    const known = adviceFor(effect);
    expect(known).toEqual({ tried: 7, triedOn: 'default/web' });
    expect(adviceInWords(known)).toEqual(['nothing of 7 tried on default/web, which is alike, mends it']);
    expect(adviceFor({ ...effect, failed: effect.failed * 3 }).triedOn).toBeUndefined();
  });

  it('takes Services for alike where the same could be changed, and begins with the others', () => {
    const probed = workload(2, READY).replaceAll('web', 'probed');
    const texts = [twins(`${workload(2)}---\n${SERVICE}`), probed, SERVICE.replaceAll('web', 'probed')];
    const manifests = manifestsOf(texts, texts.map(String));
    const services = askedOf(manifests);
    const { trial, effect } = plain.findings[0]!;
    const effects = Object.fromEntries(services.map(({ url }) => [url, effect]));
    const hit = hitBy(manifests, services, [[trial, { effects, watchedMs: 0 }]]);
    expect(hit.map(({ service, alikeTo }) => [service.name, alikeTo?.name])).toEqual([
      ['default/web', undefined],
      ['default/probed', undefined],
      ['default/shop', 'default/web'],
    ]);
  });

  it('is the same twice', () => {
    const again = auditOf(KINDS, workload(2), SERVICE);
    expect(JSON.stringify(again)).toBe(JSON.stringify(plain));
  });
});
