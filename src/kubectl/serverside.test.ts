import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx, ports: [{ containerPort: 80 }] }] }
`;
const FILES: Readonly<Record<string, string>> = {
  'web.yaml': WEB,
  'three.yaml': WEB.replace('replicas: 1', 'replicas: 3'),
  'none.yaml': WEB.replace('  replicas: 1\n', ''),
  'wrong.yaml': WEB.replace('replicas: 1', 'nosuch: 1'),
  'bare.yaml': WEB.replace(', ports: [{ containerPort: 80 }]', ''),
  'sidecar.yaml': WEB.replace('  replicas: 1\n', '').replace(
    '[{ name: web, image: nginx, ports: [{ containerPort: 80 }] }]',
    '[{ name: log, image: busybox }]',
  ),
};

function operator() {
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const run = (line: string) =>
    runKubectlLine(cluster, `kubectl ${line}`, { readFile: (path) => FILES[path]! });
  const value = (path: string): string => run(`get deployment web -o jsonpath='{${path}}'`).stdout;
  const managers = (): string[] =>
    run(
      "get deployment web -o go-template='{{range .metadata.managedFields}}{{.manager}}/{{.operation}}" +
        "{{with .subresource}}/{{.}}{{end}};{{end}}'",
    )
      .stdout.split(';')
      .slice(0, -1);
  return { cluster, run, value, managers };
}

describe('kubectl apply --server-side', () => {
  it('creates, and says nothing changed where nothing does', () => {
    const { cluster, run, managers } = operator();
    expect(run('apply --server-side -f web.yaml').stdout).toBe('deployment.apps/web serverside-applied\n');
    expect(managers()).toEqual(['kubectl/Apply']);
    const before = cluster.hash();
    run('apply --server-side -f web.yaml');
    expect(cluster.hash()).toBe(before);
    expect(run('get deployment web -o yaml').stdout).not.toContain('managedFields');
    expect(run('get deployment web -o yaml --show-managed-fields').stdout).toContain(
      '              k:{"name":"web"}:\n                .: {}\n                f:image: {}\n',
    );
  });

  it('keeps account of everybody who writes from then on', () => {
    const { cluster, run, managers } = operator();
    run('apply --server-side -f web.yaml');
    run('scale deployment web --replicas=2');
    run('label deployment web tier=front');
    cluster.pass(30_000);
    expect(managers()).toEqual([
      'kubectl/Apply',
      'kubectl/Update/scale',
      'kubectl-label/Update',
      'kube-controller-manager/Update/status',
    ]);
  });

  it('refuses to take a field, unless it is forced or left alone', () => {
    const { run, value, managers } = operator();
    run('apply --server-side -f web.yaml');
    run('scale deployment web --replicas=2');
    const refused = run('apply --server-side -f three.yaml');
    expect([refused.code, refused.stderr.split('\n')[0]]).toEqual([
      1,
      'error: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using ' +
        'apps/v1: .spec.replicas',
    ]);
    expect(refused.stderr).toContain('--force-conflicts');
    expect(run('apply --server-side -f none.yaml').code).toBe(0);
    expect(value('.spec.replicas')).toBe('2');
    run('apply --server-side --force-conflicts -f three.yaml');
    expect([value('.spec.replicas'), managers()]).toEqual(['3', ['kubectl/Apply']]);
  });

  it('takes away what only the applier had, and leaves what others apply beside it', () => {
    const { run, value } = operator();
    run('apply --server-side -f web.yaml');
    run('apply --server-side -f sidecar.yaml --field-manager=sidecars');
    expect(value('.spec.template.spec.containers[*].name')).toBe('web log');
    run('apply --server-side -f bare.yaml');
    expect(value('.spec.template.spec.containers[*].name')).toBe('web log');
    expect(value('.spec.template.spec.containers[0].ports')).toBe('');
  });

  it('goes over from applying on the client’s side', () => {
    const { run, value, managers } = operator();
    run('apply -f web.yaml');
    expect(run('apply --server-side -f three.yaml').stderr).toContain(
      'conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas\n',
    );
    run('apply --server-side -f web.yaml');
    expect(managers()).toEqual(['kubectl/Apply', 'kubectl-last-applied/Apply']);
    run('apply --server-side -f bare.yaml');
    expect(value('.spec.template.spec.containers[0].ports')).toBe('');
    expect(value('.metadata.annotations')).toContain('last-applied-configuration');
  });

  it('leaves objects alone that nobody applies so', () => {
    const { cluster, run, managers } = operator();
    run('apply -f web.yaml');
    run('scale deployment web --replicas=2');
    cluster.pass(10_000);
    expect(managers()).toEqual([]);
  });

  it('survives being saved, and tries without keeping', () => {
    const { cluster, run } = operator();
    run('apply --server-side -f web.yaml');
    const before = cluster.hash();
    expect(run('apply --server-side -f three.yaml --dry-run=server').stdout).toBe(
      'deployment.apps/web serverside-applied (server dry run)\n',
    );
    expect(run('diff --server-side -f three.yaml').stdout).toContain('-  replicas: 1\n+  replicas: 3\n');
    expect(cluster.hash()).toBe(before);
    const restored = Cluster.restore(cluster.snapshot());
    const line = 'kubectl get deployment web -o yaml --show-managed-fields';
    const [a, b] = [cluster, restored].map((c) => runKubectlLine(c, line, { readFile: () => '' }).stdout);
    expect(a).toBe(b);
  });

  it.each([
    [
      'apply --server-side -f wrong.yaml',
      'Error from server: failed to create typed patch object (default/web; apps/v1, Kind=Deployment): ' +
        '.spec.nosuch: field not declared in schema\n',
    ],
    ['apply --force-conflicts -f web.yaml', 'error: --force-conflicts only works with --server-side\n'],
    [
      'apply --server-side --dry-run=client -f web.yaml',
      "error: --dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)\n",
    ],
  ])('%s is refused', (line, said) => {
    expect(operator().run(line).stderr).toBe(said);
  });
});
