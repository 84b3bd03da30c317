/** What happens to Jobs and CronJobs beside the trials of serving workloads. */
import { describe, expect, it } from 'vitest';
import { manifestsOf } from '../../edits/manifests.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { audit, groupOf, type Audit, type Finding } from '../audit.ts';
import { baselineOf, regressionsOf } from '../baseline.ts';

const auditOf = (kinds: readonly string[], ...texts: string[]): Audit =>
  audit(manifestsOf(texts, texts.map(String)), {
    shape: { nodes: 3, zones: 1 },
    seed: '1',
    beginnings: freshBeginnings(),
    kinds,
    more: () => true,
  });

const job = (spec: string, container: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  ${spec}
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: migrate, ${container}}
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
        spec: {restartPolicy: Never, containers: [{name: report, image: shop/report}]}
`;
const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: "it's full"}
`;
const WEBHOOK = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
- name: policy.example.com
  sideEffects: None
  admissionReviewVersions: [v1]
  failurePolicy: Fail
  rules: [{apiGroups: ["", batch], apiVersions: [v1], operations: [CREATE], resources: [pods, jobs]}]
  clientConfig: {url: "https://policy.example.com/"}
`;
const READS = 'env: [{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: MODE}}}]';

const only = ({ findings, unplayed }: Audit): Finding | undefined => {
  expect(unplayed).toEqual([]);
  expect(new Set(findings.map(groupOf)).size).toBeLessThan(2);
  return findings[0];
};
const advised = (finding: Finding | undefined): string[] =>
  [...(finding?.advice ?? finding?.helps?.changes ?? [])].map((c) => c.edit);

describe('work that ends', () => {
  it('is met while it runs, however short', () => {
    const CRASH = 'a container crashes';
    const brief = job('backoffLimit: 0', 'image: busybox, command: [sleep, "1"]');
    const crashed = only(auditOf([CRASH], brief));
    expect(crashed?.effect).toMatchObject({ state: 'down', done: { end: 'failed' } });
    expect(advised(crashed)).toContain('BackoffLimitRaised');
    // It is over before anybody sees it run.
    const over = auditOf([CRASH], job('backoffLimit: 0', 'image: hello-world'));
    expect([over.trials, over.services.map((s) => s.as)]).toEqual([0, ['Job']]);
  });

  it('waits for a key that it reads, and fails for good on a value that it cannot use', () => {
    const [LACKS, BROKEN] = ['its configuration lacks a key', 'its configuration is broken'];
    const command = `command: [sh, -c, 'test "$MODE" = "it''s full" && sleep 2']`;
    const texts = [SETTINGS, job('backoffLimit: 1', `image: busybox, ${command}, ${READS}`)];
    const lacking = only(auditOf([LACKS], ...texts));
    expect(lacking?.trial.name).toContain('MODE of configmap/settings, for 5 minutes');
    expect(lacking?.effect).toMatchObject({ state: 'degrades', done: { end: 'complete', failedPods: 0 } });
    expect(lacking?.effect.disturbedMs).toBeGreaterThan(290_000);
    const broken = only(auditOf([BROKEN], ...texts));
    expect(broken?.effect).toMatchObject({ state: 'down', done: { reason: 'BackoffLimitExceeded' } });
    expect(advised(broken)).toEqual(['BackoffLimitRaised']);
    expect(auditOf([BROKEN], `${SETTINGS}immutable: true\n`, texts[1]!).trials).toBe(0);
  });

  it('is made late, or not at all, while nothing lets its Pods in', () => {
    const DOWN = 'admission webhooks are down';
    const late = only(auditOf([DOWN], WEBHOOK, job('backoffLimit: 6', 'image: shop/migrate')));
    expect(late?.effect.disturbedMs).toBeGreaterThan(590_000);
    expect(advised(late)).toEqual(['WebhookFailureIgnored']);
    const missed = auditOf([DOWN], WEBHOOK, cron('startingDeadlineSeconds: 60')).findings.find(
      (f) => f.trial.due !== undefined,
    );
    expect(missed?.effect).toMatchObject({ state: 'down', done: { missed: 1, due: 1 } });
    expect(advised(missed)).toHaveLength(1);
  });

  it('holds all later runs back by one whose image does not exist', () => {
    const MISTYPED = 'an image that does not exist is rolled out';
    const held = only(auditOf([MISTYPED], cron('concurrencyPolicy: Forbid')));
    expect(held?.effect).toMatchObject({ state: 'down', done: { missed: 3, due: 4 } });
    expect(advised(held)).toEqual(['ConcurrencyReplaced']);
    expect(auditOf([MISTYPED], cron('concurrencyPolicy: Replace'))).toMatchObject({
      trials: 1,
      findings: [],
    });
  });

  it('is a regression where it fails that was only late', () => {
    const CRASH = 'a container crashes';
    const lenient = auditOf([CRASH], job('backoffLimit: 6', 'image: shop/migrate'));
    const strict = auditOf([CRASH], job('backoffLimit: 0', 'image: shop/migrate'));
    expect([lenient, strict].map((a) => a.findings[0]?.effect.state)).toEqual(['degrades', 'down']);
    const names = ({ findings }: Audit, { findings: known }: Audit): string[] =>
      regressionsOf(findings, baselineOf(known)).map(groupOf);
    expect(names(strict, lenient)).toEqual([`${CRASH} default/job/migrate`]);
    expect([names(lenient, strict), names(strict, strict)]).toEqual([[], []]);
  });
});
