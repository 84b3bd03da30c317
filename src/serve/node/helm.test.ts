/** Upstream's helm against a served cluster: what it asks, waits for, and is refused. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runKubectl } from '../../kubectl/index.ts';
import { servedShop } from '../testing.ts';
import { Listener } from './server.ts';

/** Those before do not apply server-side. */
const OLDEST_MAJOR = 4;

const hasHelm = ((): boolean => {
  try {
    const text = execFileSync('helm', ['version', '--short'], { stdio: 'pipe' }).toString();
    return Number(/^v(\d+)\./.exec(text)?.[1]) >= OLDEST_MAJOR;
  } catch {
    return false;
  }
})();

const CHART: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\nappVersion: "1"\n',
  'values.yaml': 'replicas: 2\nimage: nginx\nsize: 2\nmigrate: "true"\n',
  'crds/widgets.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {size: {type: integer, minimum: 1}}}}
`,
  'templates/widget.yaml': `apiVersion: example.org/v1
kind: Widget
metadata: {name: "{{ .Release.Name }}"}
spec: {size: {{ .Values.size }}}
`,
  'templates/shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}", labels: {app: shop}}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: web, image: "{{ .Values.image }}", ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: "{{ .Release.Name }}"}
spec: {selector: {app: shop}, ports: [{port: 80}]}
`,
  'templates/migrate.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations: {helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-delete-policy: before-hook-creation}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: busybox, command: [sh, -c, "{{ .Values.migrate }}"]}]
`,
  'templates/test.yaml': `apiVersion: v1
kind: Pod
metadata: {name: asks, annotations: {helm.sh/hook: test}}
spec:
  restartPolicy: Never
  containers: [{name: asks, image: busybox, command: [wget, -qO-, "{{ .Release.Name }}"]}]
`,
};

describe.skipIf(!hasHelm)('helm of 4 or later', () => {
  let listener: Listener;
  let folder: string;

  beforeAll(async () => {
    listener = await Listener.listen(servedShop(), { port: 0, pace: { kind: 'rate', rate: 100 } });
    folder = mkdtempSync(join(tmpdir(), 'seatrial-helm-'));
    for (const [name, text] of Object.entries({ kubeconfig: listener.kubeconfig, ...CHART })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { mode: 0o600 });
    }
  });
  afterAll(async () => {
    await listener.close();
    rmSync(folder, { recursive: true });
  });

  const helm = (line: string): Promise<{ code: number; out: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder };
      execFile('helm', line.split(' '), { env, cwd: folder }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: stdout + stderr }),
      );
    });
  const done = async (line: string): Promise<string> => {
    const { code, out } = await helm(line);
    expect([line, code, out]).toEqual([line, 0, out]);
    return out;
  };
  const refused = async (line: string): Promise<string> => {
    const { code, out } = await helm(line);
    expect([line, code, out]).toEqual([line, 1, out]);
    return out;
  };
  const NO_FILES = {
    readFile: (path: string): string => {
      throw new Error(path);
    },
  };
  const kubectl = (line: string): string => {
    const { stdout, stderr } = runKubectl(listener.back.served.cluster, line.split(' '), NO_FILES);
    return stdout + stderr;
  };

  it('installs, upgrades, goes back, tests, and leaves nothing behind', async () => {
    expect(await done('install one . --wait --timeout 60s')).toContain('STATUS: deployed');
    expect(kubectl('get deploy/one widget/one job/migrate -o name')).toBe(
      'deployment.apps/one\nwidget.example.org/one\njob.batch/migrate\n',
    );
    expect(await done('list')).toMatch(/^one\s+default\s+1\s.*deployed\s+shop-0\.1\.0\s+1\s*$/m);
    expect(await done('status one')).toMatch(/^one +2\/2 +2 +2 /m);
    expect(await done('upgrade one . --set replicas=3,size=5 --wait --timeout 60s')).toContain('REVISION: 2');
    expect(
      kubectl('get deploy/one widget/one -o jsonpath={.items[*].spec.replicas}{.items[*].spec.size}'),
    ).toBe('35');
    expect(await done('test one')).toContain('Phase:          Succeeded');
    await done('rollback one 1 --wait --timeout 60s');
    expect(await done('history one')).toMatch(/superseded[^]*superseded[^]*deployed .*Rollback to 1/);
    expect(await done('get manifest one')).toContain('replicas: 2');
    expect(await done('upgrade one . --set size=9 --dry-run=server')).toContain('spec: {size: 9}');
    expect(kubectl('get widget one -o jsonpath={.spec.size}')).toBe('2');
    expect(await done('uninstall one --wait')).toBe('release "one" uninstalled\n');
    expect(kubectl('get deploy,svc,widget,secret -l app=shop')).toBe(
      'No resources found in default namespace.\n',
    );
  }, 120_000);

  it('is refused what the cluster refuses, and goes back from what does not come up', async () => {
    await done('install two . --wait --timeout 60s');
    expect(await refused('upgrade two . --set size=0')).toContain(
      'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
    );
    kubectl('scale deploy two --replicas=4');
    expect(await refused('upgrade two . --set replicas=3')).toContain(
      'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    );
    await done('upgrade two . --set replicas=3 --force-conflicts --wait --timeout 60s');
    expect(await refused('upgrade two . --set migrate=false --timeout 20s')).toContain(
      'resource Job/default/migrate not ready. status: Failed, message: Job Failed. failed: 1/1',
    );
    expect(await refused('upgrade two . --set image=foo --wait --timeout 4s --rollback-on-failure')).toMatch(
      /rolled back due to rollback-on-failure being set/,
    );
    expect(kubectl('get deploy two -o jsonpath={.spec.template.spec.containers[0].image}')).toBe('nginx');
    await done('uninstall two --keep-history');
    expect(await done('history two')).toMatch(/uninstalled/);
  }, 120_000);
});
