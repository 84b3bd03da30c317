/** Against a cluster that `seatrial serve` serves in a process of its own, whose clock is moved. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClaimError, InputError } from '../../dsl/errors.ts';
import { warningsAtEnd } from '../../dsl/ending.ts';
import { inWords } from '../../dsl/warnings.ts';
import { play } from '../../dsl/interpreter.ts';
import { standardKit } from '../../dsl/kit.ts';
import { parseStep } from '../../dsl/phrases/parse.ts';
import type { Keyword } from '../../dsl/phrases/phrase.ts';
import { createSession } from '../../dsl/session.ts';
import type { Session } from '../../dsl/types.ts';
import { PACKAGE } from '../../cli/place.ts';
import { RemoteDriver, RemoteError } from './driver.ts';
import { accessOf } from './kubeconfig.ts';
import { Line } from './line.ts';

const SHOP = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
`;

let folder: string;
let kubeconfig: string;
let server: ChildProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seatrial-remote-'));
  kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(join(folder, 'shop.yaml'), SHOP);
  const bin = new URL('bin/seatrial.mjs', PACKAGE).pathname;
  const args = [
    ...[bin, 'serve', 'shop.yaml', '--nodes', '3', '--clock', 'frozen', '--kubeconfig', kubeconfig],
    ...['--setting', 'loadBalancerAddresses=203.0.113.10-203.0.113.20'],
    // Its Pod is on node-1, of a namespace that nobody may touch.
    ...['--setting', 'ingressController=true'],
  ];
  server = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stdout!.on('data', (piece: Buffer) => {
      said += piece.toString();
      if (said.includes('KUBECONFIG=')) resolve();
    });
    server.on('exit', () => reject(new Error(`the served cluster ended: ${said}`)));
  });
});
afterAll(() => {
  server.removeAllListeners('exit');
  server.kill();
  rmSync(folder, { recursive: true });
});

interface Played {
  readonly session: Session;
  readonly driver: RemoteDriver;
  say(...steps: readonly string[]): void;
}

/** A scenario on the served cluster; it lets go of it in the end. */
function scenario(
  test: (played: Played) => void,
  scope = { namespaces: ['shop'], nodes: ['node-3'] },
  clientImage?: string,
): void {
  let driver: RemoteDriver | undefined;
  const session = createSession({
    seed: 1,
    kit: standardKit,
    namespace: scope.namespaces[0]!,
    files: { readFile: () => SHOP },
    createDriver: (asked) =>
      (driver = new RemoteDriver(
        { access: accessOf(kubeconfig), scope, ...(clientImage === undefined ? {} : { clientImage }) },
        asked,
      )),
  });
  const say = (...steps: readonly string[]): void => {
    for (const step of steps) {
      const [, keyword, text] = /^(\w+) (.*)$/.exec(step)!;
      play(session, parseStep(keyword as Keyword, text!)!, { text: text!, action: keyword === 'When' });
    }
  };
  say('Given a cluster with 3 nodes', 'Given every pod is ready');
  try {
    test({ session, driver: driver!, say });
  } finally {
    expect(driver!.close()).toEqual([]);
  }
}

/** What the cluster says of itself, by another line. */
function seen(path: string): Record<string, any> {
  const line = new Line(accessOf(kubeconfig));
  try {
    return JSON.parse(line.call({ method: 'GET', path }).body) as Record<string, any>;
  } finally {
    line.close();
  }
}

const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/web';

describe('a real cluster as a driver', () => {
  it('plays what the API can do, claims over what its watches told, and puts everything back', () => {
    scenario(({ session, say }) => {
      say(
        'When deployment "web" is scaled to 5',
        'Then within 1 minute deployment "web" has 5 of 5 replicas available',
        'When I run "kubectl label deployment web owner=us"',
        'When I run "kubectl create configmap flags --from-literal=a=1"',
        'When "hostname" is executed in a pod matching "app=web"',
      );
      expect(session.output!.stdout).toMatch(/^web-/);
      say(
        'When node "node-3" is drained',
        'Then node "node-3" is cordoned',
        'Then at every moment at least 2 pods matching "app=web" were ready',
      );
    });
    const { spec, metadata } = seen(DEPLOYMENT);
    expect(spec.replicas).toBe(3);
    expect(metadata.labels?.owner).toBeUndefined();
    expect(seen('/api/v1/nodes/node-3').spec.unschedulable).toBeUndefined();
    expect(seen('/api/v1/namespaces/shop/configmaps/flags').reason).toBe('NotFound');
  });

  it('tells a claim that broke by the step that broke it, on a clock that begins with the scenario', () => {
    scenario(({ say }) => {
      let broke: unknown;
      try {
        say('When deployment "web" is scaled to 0', 'When 1 minute passes');
        say('Then at every moment at least 1 pod matching "app=web" was ready');
      } catch (error) {
        broke = error;
      }
      expect(broke).toBeInstanceOf(ClaimError);
      expect((broke as ClaimError).message).toMatch(/was first broken at \[0:00:\d\d|at \[0:00:\d\d/);
    });
    expect(seen(DEPLOYMENT).spec.replicas).toBe(3);
  });

  it('heals a fault when its time is over, and those that are on when it lets go', () => {
    scenario(({ say }) => {
      say(
        'When deployment "web" is scaled to 1 for 20 seconds',
        'Then within 10 seconds deployment "web" has 1 of 1 replicas available',
        'Then within 1 minute deployment "web" has 3 of 3 replicas available',
        'When deployment "web" is scaled to 2 for 1 hour',
        'When node "node-3" is cordoned',
        'When every fault is healed',
      );
      expect(seen(DEPLOYMENT).spec.replicas).toBe(3);
      expect(seen('/api/v1/nodes/node-3').spec.unschedulable).toBeUndefined();
      say('When deployment "web" is scaled to 2 for 1 hour');
      expect(seen(DEPLOYMENT).spec.replicas).toBe(2);
    });
    expect(seen(DEPLOYMENT).spec.replicas).toBe(3);
  });

  it('asks containers what they printed, how much they use, and for files both ways', () => {
    scenario(({ session, say }) => {
      const output = (line: string): string => {
        say(`When I run "${line}"`);
        return session.output!.stdout;
      };
      say('When 2 minutes pass');
      const [, pod] = /pod\/(\S+)/.exec(output('kubectl get pods -l app=web -o name'))!;
      expect(output('kubectl logs deploy/web --tail=1')).toBe(
        '/docker-entrypoint.sh: Configuration complete; ready for start up\n',
      );
      expect(output(`kubectl logs ${pod} --timestamps --limit-bytes=20 | wc -c`).trim()).toBe('20');
      expect(output('kubectl top pods --no-headers')).toMatch(/^(web-\S+ +\d+m +\d+Mi *\n){3}$/);
      expect(output('kubectl top nodes')).toMatch(/node-3 +\d+m +\d+% +\d+Mi +\d+%/);
      say(`When I run "kubectl cp shop.yaml ${pod}:/tmp/ä.yaml"`);
      expect(output(`kubectl exec ${pod} -- cat /tmp/ä.yaml`)).toBe(SHOP);
      say(`When I run "kubectl cp ${pod}:/tmp back && cat back/ä.yaml"`);
      expect(session.output!.stdout).toBe(SHOP);
      expect(() => say(`When I run "kubectl cp ${pod}:/none back"`)).toThrow(/Cannot stat/);
      expect(output('echo hello | kubectl exec -i deploy/web -- tr a-z A-Z')).toBe('HELLO\n');
    });
  });

  it('drains in the background while the scenario goes on', () => {
    scenario(({ say }) => {
      say(
        'When every pod matching "app=web" is deleted',
        'Given every pod is ready',
        'When I run "kubectl delete pdb web"',
        'When I run "kubectl create pdb strict --selector=app=web --min-available=100%"',
        'When 10 seconds pass',
        'When node "node-3" is drained without waiting',
        'When 30 seconds pass',
        'Then the drain of node "node-3" is not finished',
        'When I run "kubectl delete pdb strict"',
        'Then within 1 minute the drain of node "node-3" is finished',
      );
    });
    expect(seen('/api/v1/nodes/node-3').spec.unschedulable).toBeUndefined();
  });

  it('sends requests by Pods of its own, and tells what became of each', () => {
    scenario(({ session, say }) => {
      say(
        'When I run "kubectl expose deployment web --port=80"',
        'Then within 30 seconds a request to "http://web/" answers 200',
        'Then a request to "http://web/none" answers 404',
        'Then a request to "http://web/" answers 200 in under 1 second',
        'Then a request to "http://nobody/" is not resolved',
        'When I run "kubectl get pods -l app=web -o name"',
      );
      const [, pod] = /pod\/(\S+)/.exec(session.output!.stdout)!;
      say(`Then a request to "http://${pod}/" answers 200`);
      say(`Then a request to "http://web/" from pod "${pod}" answers 200`);
      say('Given a client sends 5 requests per second to "http://web/"', 'When 20 seconds pass');
      say('Then no request failed', 'Then at least 99% of requests succeeded');
      const [sent] = session.driver!.network!.clients();
      expect(sent!.sent).toBeGreaterThan(90);
      expect(sent!.perSecond).toBeCloseTo(5, 0);
      say('When deployment "web" is scaled to 0 for 15 seconds', 'When 25 seconds pass');
      const claim = (step: string): unknown => {
        try {
          say(step);
          return undefined;
        } catch (error) {
          return error;
        }
      };
      expect(claim('Then no request failed')).toBeInstanceOf(ClaimError);
      expect((claim('Then no request failed') as ClaimError).message).toMatch(
        /\d\d of \d\d\d requests failed.*(refused|timed out)/,
      );
      expect(claim('Then the longest outage was under 5 seconds')).toBeInstanceOf(ClaimError);
      expect(claim('Then the longest outage was under 30 seconds')).toBeUndefined();
      expect(claim('Then at every moment a request to "http://web/" answered 200')).toBeInstanceOf(
        InputError,
      );
      expect(
        claim('Given a client with keep-alive sends 1 request per second to "http://web/"'),
      ).toBeInstanceOf(InputError);
    });
    const names = (seen('/api/v1/namespaces/shop/pods').items as { metadata: { name: string } }[]).map(
      ({ metadata }) => metadata.name,
    );
    expect(names.filter((name) => !name.startsWith('web-'))).toEqual([]);
  });

  it('makes a Pod again that it has deleted, once that is gone', () => {
    const line = new Line(accessOf(kubeconfig));
    const pods = '/api/v1/namespaces/shop/pods';
    const spec = { nodeSelector: {}, containers: [{ name: 'c', image: 'nginx' }] };
    line.call({
      method: 'POST',
      path: pods,
      body: JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'lone' }, spec }),
    });
    line.close();
    let uid = '';
    scenario(({ say }) => {
      ({ uid } = seen(`${pods}/lone`).metadata);
      say('When I run "kubectl delete pod lone --wait=false"');
      expect(seen(`${pods}/lone`).metadata.deletionTimestamp).toBeDefined();
    });
    const { metadata } = seen(`${pods}/lone`);
    expect(metadata.deletionTimestamp).toBeUndefined();
    expect(metadata.uid).not.toBe(uid);
  });

  it('leads requests to the hosts of Ingresses, to nodes and to addresses of load balancers', () => {
    scenario(({ session, say }) => {
      say('When I run "kubectl expose deployment web --port=80 --type=LoadBalancer --name=front"');
      say('When I run "kubectl create ingress shop --class=nginx --rule=shop.example/*=front:80"');
      say('When 30 seconds pass');
      const output = (line: string): string => {
        say(`When I run "${line}"`);
        return session.output!.stdout.trim();
      };
      const address = output("kubectl get svc front -o jsonpath='{.status.loadBalancer.ingress[0].ip}'");
      const port = output("kubectl get svc front -o jsonpath='{.spec.ports[0].nodePort}'");
      expect(address).toMatch(/^[\d.]+$/);
      for (const [url, answer] of [
        ['http://shop.example/', '200'],
        ['http://shop.example/none', '404'],
        [`http://${address}/`, '200'],
        [`http://node-1:${port}/`, '200'],
        [`http://node-2:${port}/none`, '404'],
      ])
        say(`Then a request to "${url}" answers ${answer}`);
      say('Then a request to "http://other.example/" is not resolved');
    });
  });

  it('sends by the image that is named, and says which one does not come to run', () => {
    const pods = (): string[] =>
      seen('/api/v1/namespaces/shop/pods').items.map(
        ({ spec }: { spec: { containers: { image: string }[] } }) => spec.containers[0]!.image,
      );
    scenario(
      ({ say }) => {
        say('When I run "kubectl expose deployment web --port=80"');
        say('Then within 30 seconds a request to "http://web/" answers 200');
        expect(pods()).toContain('example.com/tools/curl:1');
      },
      undefined,
      'example.com/tools/curl:1',
    );
    expect(pods()).not.toContain('example.com/tools/curl:1');
    scenario(
      ({ say }) => {
        say('When I run "kubectl expose deployment web --port=80"');
        expect(() => say('Then a request to "http://web/" answers 200')).toThrow(
          /pod "seatrial-requests-\w+" \(registry\.k8s\.io\/pause:3\.9\), which sends requests, does not come to run/,
        );
      },
      undefined,
      'registry.k8s.io/pause:3.9',
    );
  });

  it('says of which time its watches were not told what came and went', () => {
    const line = new Line(accessOf(kubeconfig));
    scenario(({ session, say }) => {
      say('When 10 seconds pass');
      expect(warningsAtEnd(session)).toEqual([]);
      const back = line.call({ method: 'POST', path: '/seatrial/v1/clock', body: '{"rewind":"1s"}' });
      expect(back.status).toBe(200);
      say('When 30 seconds pass');
      const [warning] = warningsAtEnd(session);
      expect(warning).toMatchObject({ key: 'changesUnseen', weight: 'warning' });
      expect(inWords(warning!, [], 'en')).toMatch(
        /^from \[0:00:\d\d[.\d]*\] to \[0:00:\d\d[.\d]*\] nobody was told what changed: .*\(.*and \d+ more\)$/,
      );
    });
    line.close();
  });

  it('touches nothing outside of what was named', () => {
    scenario(({ say }) => {
      for (const [step, why] of [
        ['When node "node-2" is cordoned', 'node "node-2" is none of those'],
        ['When I run "kubectl create ns other"', 'namespace "other" is none of those'],
        ['When node "node-3" loses power', 'acts below the API'],
        ['When I run "kubectl attach deploy/web"', 'simulated cluster only'],
      ] as const) {
        expect(() => say(step)).toThrow(InputError);
        expect(() => say(step)).toThrow(why);
      }
    });
    expect(seen('/api/v1/nodes/node-2').spec.unschedulable).toBeUndefined();
  });

  it('refuses a cluster of which it may not see what claims ask for', () => {
    const { certificate: _, key: __, ...access } = accessOf(kubeconfig);
    const line = new Line(accessOf(kubeconfig));
    const { body } = line.call({
      method: 'POST',
      path: '/api/v1/namespaces/default/serviceaccounts/default/token',
      body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} }),
    });
    line.close();
    const { token } = (JSON.parse(body) as { status: { token: string } }).status;
    const scope = { namespaces: ['shop'], nodes: [] };
    expect(() => new RemoteDriver({ access: { ...access, token }, scope }, { seed: 1, nodes: 3 })).toThrow(
      /cannot be watched, and claims could not be trusted: .*forbidden/,
    );
  });

  it('refuses a cluster that is too small, or that does not answer', () => {
    const scope = { namespaces: ['shop'], nodes: [] };
    const access = accessOf(kubeconfig);
    expect(() => new RemoteDriver({ access, scope }, { seed: 1, nodes: 4 })).toThrow(RemoteError);
    const nobody = { ...access, server: 'https://127.0.0.1:1' };
    expect(() => new RemoteDriver({ access: nobody, scope }, { seed: 1, nodes: 1 })).toThrow(
      /could not be reached/,
    );
  });
});
