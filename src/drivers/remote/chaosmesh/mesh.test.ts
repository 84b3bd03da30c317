/** Faults below the API, by experiments that a stand-in for Chaos Mesh brings about on a served cluster. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { planned } from '../../../cli/realcluster.ts';
import { play } from '../../../dsl/interpreter.ts';
import { standardKit } from '../../../dsl/kit.ts';
import { filesOf } from '../../../dsl/filesof.ts';
import { parseStep } from '../../../dsl/phrases/parse.ts';
import type { Keyword } from '../../../dsl/phrases/phrase.ts';
import { createSession } from '../../../dsl/session.ts';
import { RemoteDriver } from '../driver.ts';
import { accessOf } from '../kubeconfig.ts';
import { Line } from '../line.ts';

const SHOP = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: unwell}
---
apiVersion: v1
kind: Pod
metadata: {name: lonely, namespace: unwell, labels: {app: lonely}}
spec: {containers: [{name: lonely, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx
          ports: [{containerPort: 80}]
          readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 2, failureThreshold: 1}
          resources: {limits: {memory: 100Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: notes, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: desk, namespace: shop, labels: {app: desk}}
spec:
  nodeSelector: {kubernetes.io/hostname: node-3}
  volumes: [{name: notes, persistentVolumeClaim: {claimName: notes}}]
  containers:
    - name: desk
      image: curlimages/curl
      command: [sleep, '100000']
      volumeMounts: [{name: notes, mountPath: /notes}]
`;

let folder: string;
let kubeconfig: string;
let server: ChildProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-mesh-'));
  kubeconfig = join(folder, 'kubeconfig');
  const file = fileURLToPath(new URL('./testing.ts', import.meta.url));
  server = spawn(process.execPath, ['--import', 'tsx', file, kubeconfig, SHOP], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout!.once('data', () => resolve());
    server.once('exit', () => reject(new Error('the served cluster ended')));
  });
}, 60_000);
afterAll(() => {
  server.removeAllListeners('exit');
  server.kill();
  rmSync(folder, { recursive: true });
});

interface Played {
  say(...steps: readonly string[]): void;
  /** What a line prints. */
  output(line: string): string;
  /** What a request from the desk is answered. */
  curl(url?: string): string;
}

/** Of all kinds, in all namespaces. */
function experiments(): Record<string, any>[] {
  const line = new Line(accessOf(kubeconfig));
  const kinds = ['podchaos', 'networkchaos', 'stresschaos', 'httpchaos', 'iochaos', 'dnschaos'];
  const found = kinds.flatMap((plural) => {
    const { body } = line.call({ method: 'GET', path: `/apis/chaos-mesh.org/v1alpha1/${plural}` });
    return (JSON.parse(body) as { items: Record<string, any>[] }).items;
  });
  line.close();
  return found;
}

function scenario(
  test: (played: Played) => void,
  scope = { namespaces: ['shop'], nodes: ['node-1', 'node-2', 'node-3'] },
): void {
  let driver: RemoteDriver | undefined;
  const session = createSession({
    seed: 1,
    kit: standardKit,
    namespace: scope.namespaces[0]!,
    files: filesOf({}),
    createDriver: (asked) => (driver = new RemoteDriver({ access: accessOf(kubeconfig), scope }, asked)),
  });
  const say = (...steps: readonly string[]): void => {
    for (const step of steps) {
      const [, keyword, text] = /^(\w+) (.*)$/.exec(step)!;
      play(session, parseStep(keyword as Keyword, text!)!, { text: text!, action: keyword === 'When' });
    }
  };
  const output = (line: string): string => {
    say(`When I run "${line}"`);
    return session.output!.stdout;
  };
  const curl = (url = 'http://web/'): string => {
    const asked = `curl -s -o /dev/null -m 5 -w %{http_code} ${url}`;
    return output(`kubectl exec desk -- sh -c '${asked} || true'`);
  };
  say('Given a cluster with 3 nodes', 'Given every pod is ready');
  try {
    test({ say, output, curl });
  } finally {
    expect(driver!.close()).toEqual([]);
  }
  expect(experiments()).toEqual([]);
}

const FEATURE = `Feature: A shop
  Scenario: Containers die
    Given a cluster with 3 nodes
    When a container of a pod matching "app=web" is killed
    And these faults strike:
      | at | fault       | target | for |
      | 0s | PacketDelay | node-1 | 10s |
      | 5s | DnsFailure  |        | 5s  |
`;

describe('faults below the API, by Chaos Mesh', () => {
  it('lists the experiments that would be made, and makes none', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const feature = join(folder, 'dies.feature');
    writeFileSync(feature, FEATURE);
    const options = { cluster: kubeconfig, namespace: ['shop'] };
    expect(await planned([feature], { ...options, node: ['node-1'] })).toBe(0);
    expect(await planned([feature], options)).toBe(2);
    const text = said.mock.calls.map(([line]) => String(line)).join('\n');
    vi.restoreAllMocks();
    expect(text).toContain(
      'does     a container of a pod matching "app=web" is killed\n' +
        '               PodChaos shop/seatrial-* (container-kill)',
    );
    expect(text).toContain(
      'NetworkChaos shop/seatrial-* (delay), DNSChaos shop/seatrial-* (error or random)',
    );
    expect(text).toContain('node "node-1" is none of those that may be touched');
    expect(experiments()).toEqual([]);
  });

  it('kills a container, once', () => {
    scenario(({ say, output }) => {
      say(
        'When a container of a pod matching "app=web" is killed',
        'Then within 1 minute 2 pods matching "app=web" are ready',
      );
      expect(output('kubectl get pods -l app=web --no-headers')).toMatch(/ 1 \(/);
      expect(output('kubectl get pods -l app=web -o yaml')).toContain('exitCode: 137');
      say(
        'When I run "kubectl create job count --image=busybox -- sleep 1000"',
        'Given every pod is ready',
        'When a pod of job "count" fails with exit code 137',
        'Then within 1 minute 1 pod matching "job-name=count" is failed',
      );
      expect(experiments()).toEqual([]);
    });
  });

  it('has containers answer with errors and late for as long as it is said', () => {
    scenario(({ say, curl }) => {
      say(
        'When a container of every pod matching "app=web" answers with errors for 1 minute',
        'Then within 20 seconds 0 pods matching "app=web" are ready',
      );
      const [{ metadata, spec }] = experiments() as [Record<string, any>];
      expect(metadata.namespace).toBe('shop');
      expect(spec).toMatchObject({
        target: 'Response',
        port: 80,
        replace: { code: 500 },
        duration: '60000ms',
      });
      say('Then within 2 minutes 2 pods matching "app=web" are ready');
      expect(curl()).toBe('200');
      expect(experiments()).toEqual([]);
      say('When a container of every pod matching "app=web" answers 10 seconds late');
      say('Then within 20 seconds 0 pods matching "app=web" are ready');
    });
  });

  it('parts Pods, and the Pods of nodes, until it is healed', () => {
    scenario(({ say, curl }) => {
      say('When pods matching "app=web" and pods matching "app=desk" are partitioned for 1 hour');
      expect(curl()).toBe('000');
      say('When every fault is healed');
      expect(curl()).toBe('200');
      say(
        'When nodes "node-1" and "node-3" are partitioned',
        'When node "node-3" cannot send to node "node-1"',
      );
      const [both, oneWay] = experiments().map(({ spec }) => spec as Record<string, any>);
      expect(both).toMatchObject({ action: 'partition', direction: 'both', mode: 'all' });
      expect(both!['target'].selector.pods.shop).toContain('desk');
      expect(oneWay).toMatchObject({ direction: 'to', selector: { pods: { shop: ['desk'] } } });
    });
  });

  it('loses and delays packets of the Pods on a node, so that a round trip is as late', () => {
    scenario(({ say, output }) => {
      const took = (): number =>
        Number(output('kubectl exec desk -- curl -s -o /dev/null -w %{time_total} http://web/'));
      expect(took()).toBeLessThan(0.2);
      say('When packets of node "node-3" take 300ms longer');
      expect(experiments()[0]!['spec']).toMatchObject({
        action: 'delay',
        delay: { latency: '600ms', jitter: '0ms' },
        selector: { pods: { shop: expect.arrayContaining(['desk']) } },
      });
      expect(took()).toBeGreaterThan(0.5);
      say('When fault "PacketDelay" is healed', 'When node "node-3" loses 50% of its packets');
      expect(experiments()[0]!['spec'].loss).toEqual({ loss: '75.00' });
    });
  });

  it('fills a volume, and has DNS fail, for the Pods of the namespaces alone', () => {
    scenario(({ say, output, curl }) => {
      say('When the volume of persistent volume claim "notes" is full');
      expect(() => output("kubectl exec desk -- sh -c 'echo hello > /notes/a'")).toThrow(/No space left/);
      expect(experiments()[0]!['spec']).toMatchObject({ errno: 28, volumePath: '/notes' });
      say('When every fault is healed');
      expect(output("kubectl exec desk -- sh -c 'echo hello > /notes/a && cat /notes/a'")).toBe('hello\n');
      say('When DNS fails');
      expect(curl()).toBe('000');
      for (const { metadata } of experiments()) expect(metadata.namespace).toBe('shop');
    });
  });

  it('leaks up to the limit, burns CPU, and has a Pod fail', () => {
    scenario(({ say, output }) => {
      say('When a container of a pod matching "app=web" leaks "5Mi" of memory per second');
      expect(experiments()[0]!['spec'].stressors).toEqual({
        memory: { workers: 1, size: '104857600B', oomScoreAdj: -1000, options: ['--time 20s'] },
      });
      say('When 1 minute passes');
      expect(output('kubectl get pods -l app=web -o yaml')).toContain('OOMKilled');
      say('When every fault is healed', 'Then within 1 minute 2 pods matching "app=web" are ready');
      say('When a container of a pod matching "app=web" burns "1500m" CPUs');
      expect(experiments()[0]!['spec'].stressors).toEqual({ cpu: { workers: 2, load: 75 } });
      say('When every fault is healed');
      say('When a container of every pod matching "app=web" refuses connections for 1 minute');
      say('Then within 30 seconds 0 pods matching "app=web" are ready');
      say('Then within 3 minutes 2 pods matching "app=web" are ready');
    });
  });

  it('refuses by name what it would do otherwise, and tells what was not injected', () => {
    const refuses = (say: Played['say'], step: string, why: string): void =>
      expect(() => say(step)).toThrow(why);
    scenario(
      ({ say }) => {
        refuses(say, 'When node "node-1" loses power', 'Chaos Mesh has no experiment that does the same');
        refuses(say, 'When a container of a pod matching "app=web" crashes', 'by SIGKILL alone');
        refuses(say, 'When container "none" of pod "desk" is killed', 'it has desk');
        refuses(say, 'When DNS is slow', 'it does not make it slow');
        refuses(say, 'When a container of pod "desk" hangs', 'no experiment');
        refuses(say, 'When a container of pod "desk" answers with errors', 'declares no TCP port');
        refuses(say, 'When packets of node "node-1" take 1s longer', 'node "node-1" is none of those');
        refuses(say, 'When a container of pod "unwell/lonely" is killed', 'namespace "unwell" is none of');
      },
      { namespaces: ['shop'], nodes: [] },
    );
    scenario(
      ({ say }) => {
        refuses(say, 'When a container of pod "lonely" is killed', 'not injected within 1 minute');
        refuses(say, 'When a container of pod "lonely" is killed', 'unwell/lonely: no daemon on the node');
      },
      { namespaces: ['unwell'], nodes: [] },
    );
  });
});
