import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../api/base64.ts';
import type { Deployment, Pod } from '../api/types.ts';
import { Cluster } from '../cluster.ts';
import { containerLogs } from './exec.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const CERTGEN = `registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.9@${DIGEST}`;
const CREATE = ['create', '--host=hook,hook.default.svc', '--namespace=default', '--secret-name=hook-cert'];
const PATCH = [
  'patch',
  '--webhook-name=hook',
  '--namespace=default',
  '--secret-name=hook-cert',
  '--patch-failure-policy=Fail',
];

const clusterOfOne = (): Cluster => Cluster.create({ seed: 1, nodes: 1 });

function run(
  cluster: Cluster,
  name: string,
  image: string,
  args: readonly string[],
  more: object = {},
): void {
  cluster
    .client()
    .create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, args }], ...more },
    } as never);
  cluster.pass(30_000);
}

const phaseOf = (cluster: Cluster, name: string): string | undefined =>
  (cluster.client().get('Pod', 'default', name) as Pod).status.phase;

const saidBy = (cluster: Cluster, pod: string): string =>
  containerLogs(
    cluster.world.machines.get('node-1')!,
    cluster.client().get('Pod', 'default', pod).metadata.uid,
    'main',
  )!
    .map(({ line }) => line)
    .join('\n');

function addWebhooks(cluster: Cluster, kinds: readonly string[]): void {
  for (const kind of kinds)
    cluster
      .client()
      .create({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind,
        metadata: { name: 'hook' },
        webhooks: ['a.example.com', 'b.example.com'].map((name) => ({
          name,
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          failurePolicy: 'Ignore',
          clientConfig: { service: { name: 'hook', namespace: 'default' } },
        })),
      } as never);
}

interface Hook {
  readonly failurePolicy: string;
  readonly clientConfig: { readonly caBundle?: string; readonly service: { readonly name: string } };
}
const hooksOf = (cluster: Cluster, kind: string): readonly Hook[] =>
  (cluster.client().get(kind, '', 'hook') as unknown as { webhooks: readonly Hook[] }).webhooks;

const BOTH = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];

describe('a program that works through the API', () => {
  it('makes a certificate, as its service account, and gives it to every webhook', () => {
    const cluster = clusterOfOne();
    addWebhooks(cluster, BOTH);
    run(cluster, 'create', CERTGEN, CREATE);
    const secret = cluster.client().get('Secret', 'default', 'hook-cert');
    expect(Object.keys(secret.data!).toSorted()).toEqual(['ca', 'cert', 'key']);
    expect(fromBase64(secret.data!['ca']!)).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    const made = cluster.history.find((e) => e.type === 'api' && e.resource === 'secrets');
    expect(made).toMatchObject({ by: 'pod default/create' });

    run(cluster, 'patch', CERTGEN, PATCH);
    for (const kind of BOTH)
      for (const { clientConfig, failurePolicy } of hooksOf(cluster, kind))
        expect([clientConfig.caBundle, clientConfig.service.name, failurePolicy]).toEqual([
          secret.data!['ca'],
          'hook',
          'Fail',
        ]);
    expect(['create', 'patch'].map((pod) => phaseOf(cluster, pod))).toEqual(['Succeeded', 'Succeeded']);
  });

  it('leaves a Secret as it is, and webhooks that it is told to leave', () => {
    const cluster = clusterOfOne();
    addWebhooks(cluster, BOTH);
    const data = { ca: 'b3du' };
    const metadata = { name: 'hook-cert', namespace: 'default' };
    cluster.client().create({ apiVersion: 'v1', kind: 'Secret', metadata, data } as never);
    run(cluster, 'create', CERTGEN, CREATE);
    run(cluster, 'patch', CERTGEN, [...PATCH, '--patch-mutating=false']);
    expect(cluster.client().get('Secret', 'default', 'hook-cert').data).toEqual(data);
    expect(BOTH.map((kind) => hooksOf(cluster, kind)[1]!.clientConfig.caBundle)).toEqual(['b3du', undefined]);
  });

  it.each<[string, readonly string[], object, string]>([
    ['there is nothing to copy', PATCH, {}, "no secret with 'hook-cert' in 'default'"],
    ['it has no token', CREATE, { automountServiceAccountToken: false }, 'token'],
    ['it is not told what to make', ['create', '--host=hook'], {}, '"namespace", "secret-name"'],
    [
      'its namespace is none',
      [...CREATE.slice(0, 2), '--namespace=gone', CREATE[3]!],
      {},
      'namespaces "gone"',
    ],
  ])('fails, and says so, where %s', (_, args, more, said) => {
    const cluster = clusterOfOne();
    addWebhooks(cluster, BOTH);
    run(cluster, 'main', CERTGEN, args, more);
    expect(phaseOf(cluster, 'main')).toBe('Failed');
    expect(saidBy(cluster, 'main')).toContain(said);
  });

  it('makes in an init container what the container after it needs', () => {
    const cluster = clusterOfOne();
    const password = { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'argocd-redis', key: 'auth' } } };
    run(cluster, 'redis', 'redis:8-alpine', [], {
      containers: [{ name: 'main', image: 'redis:8-alpine', env: [password] }],
      initContainers: [
        {
          name: 'secret-init',
          image: 'quay.io/argoproj/argocd:latest',
          command: ['argocd', 'admin', 'redis-initial-password'],
        },
      ],
    });
    expect(phaseOf(cluster, 'redis')).toBe('Running');
    expect(fromBase64(cluster.client().get('Secret', 'default', 'argocd-redis').data!['auth']!)).toMatch(
      /^[0-9A-Za-z-]{16}$/,
    );
  });

  it('makes at the start of a server what others wait for, and the server runs on', () => {
    const cluster = clusterOfOne();
    const keys = { name: 'keys', secret: { secretName: 'memberlist' } };
    run(cluster, 'speaker', 'quay.io/metallb/speaker:main', [], { volumes: [keys] });
    expect(phaseOf(cluster, 'speaker')).toBe('Pending');
    const selector = { app: 'controller' };
    cluster.client().create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'controller', namespace: 'default' },
      spec: {
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: selector },
          spec: {
            containers: [
              {
                name: 'controller',
                image: 'quay.io/metallb/controller:main',
                args: ['--port=9120'],
                env: [
                  { name: 'METALLB_ML_SECRET_NAME', value: 'memberlist' },
                  { name: 'METALLB_DEPLOYMENT', value: 'controller' },
                ],
              },
            ],
          },
        },
      },
    } as never);
    cluster.pass(180_000);
    const { metadata } = cluster.client().get('Secret', 'default', 'memberlist');
    expect(metadata.ownerReferences).toMatchObject([{ kind: 'Deployment', name: 'controller' }]);
    expect(phaseOf(cluster, 'speaker')).toBe('Running');
    const { status } = cluster.client().get('Deployment', 'default', 'controller') as Deployment;
    expect(status.availableReplicas).toBe(1);
  });

  it('leaves to users the first password of Argo CD', () => {
    const cluster = clusterOfOne();
    run(cluster, 'server', 'quay.io/argoproj/argocd:v3.0.0', ['/usr/local/bin/argocd-server']);
    expect(phaseOf(cluster, 'server')).toBe('Running');
    const { data } = cluster.client().get('Secret', 'default', 'argocd-initial-admin-secret');
    expect(fromBase64(data!['password']!)).toHaveLength(16);
  });
});
