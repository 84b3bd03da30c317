import { expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectl, runKubectlLine } from './run.ts';
import { startKubectlLine } from './component.ts';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx }] }
`;
const io = {
  readFile: (path: string): string => {
    if (path !== 'web.yaml') throw new Error(`no ${path}`);
    return WEB;
  },
  list: (path: string) => (path === '.' ? ['web.yaml'] : undefined),
};
const scene = Cluster.create({ seed: 1, nodes: 2 });
runKubectl(scene, ['apply', '-f', 'web.yaml'], io);
scene.pass(60_000);

const run = (line: string, cluster = scene.fork()) => runKubectlLine(cluster, line, io);

it.each<[string, string]>([
  ['kubectl get pods --no-headers | wc -l', '3\n'],
  ['kubectl get pods | grep -c web', '3\n'],
  ['get pods | grep -c web', '3\n'],
  ["$ k get pods | head -1 | awk '{print $1}'", 'NAME\n'],
  ['kubectl get nodes -o name | sort -r | head -n 1', 'node/node-2\n'],
  ['kubectl get nodes -o name | tail -1 | sed s,node/,,', 'node-2\n'],
  ['kubectl get deploy web -o name; kubectl get node node-1 -o name', 'deployment.apps/web\nnode/node-1\n'],
  ['kubectl get deploy none -o name 2>/dev/null || echo gone', 'gone\n'],
  ['kubectl get deploy web -o name >/dev/null && echo there', 'there\n'],
  ['kubectl get nodes -o name | xargs kubectl cordon', 'node/node-1 cordoned\nnode/node-2 cordoned\n'],
  ['for n in node-1 node-2; do kubectl cordon $n; done', 'node/node-1 cordoned\nnode/node-2 cordoned\n'],
  [
    'NODE=$(kubectl get nodes -o jsonpath="{.items[1].metadata.name}"); kubectl cordon "$NODE"',
    'node/node-2 cordoned\n',
  ],
  [
    'cat web.yaml | sed "s/replicas: 3/replicas: 4/" | kubectl apply -f -',
    'deployment.apps/web configured\n',
  ],
  ['watch -n 1 kubectl get deploy web -o name', 'deployment.apps/web\n'],
  ['kubectl create ns a -o name && kubectl create ns b -o name', 'namespace/a\nnamespace/b\n'],
])('%s', (line, stdout) => {
  expect(run(line)).toEqual({ code: 0, stdout, stderr: '', output: stdout });
});

it.each<[string, string]>([
  [
    'kubectl port-forward deployment/web 8080:80 & sleep 1; ' +
      'curl -s localhost:8080/ | grep -o "<title>.*</title>"',
    'Forwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n' +
      '<title>Welcome to nginx!</title>\n',
  ],
])('%s', (line, stdout) => {
  expect(run(line)).toMatchObject({ code: 0, stdout });
});

it.each([
  ['curl -sS localhost:8080 || echo refused', 'refused\n'],
  [
    'kubectl port-forward deployment/web 8080:80 & sleep 1; curl -s localhost:8081 || echo refused',
    'refused\n',
  ],
])('%s reaches nothing', (line, last) => {
  expect(run(line).stdout.slice(-last.length)).toBe(last);
});

it('tells how a port can be forwarded, and what is wrong with one', () => {
  expect(run('kubectl port-forward deployment/web 8080:80').stderr).toContain(
    'kubectl port-forward deployment/web 8080:80 & curl localhost:PORT',
  );
  expect(run('kubectl port-forward deployment/web').stderr).toBe(
    'error: TYPE/NAME and list of ports are required for port-forward\n' +
      "See 'kubectl port-forward -h' for help and examples\n",
  );
  expect(run('kubectl port-forward deployment/web 8080:http & wait').stderr).toMatch(
    /^error: Pod 'web-\S+' does not have a named port 'http'\n$/,
  );
});

it('lets time pass while a command waits and while the line sleeps', () => {
  const cluster = scene.fork();
  const from = cluster.now;
  const { stdout } = run(
    'kubectl scale deployment web --replicas=5; kubectl rollout status deployment web | tail -1; sleep 60',
    cluster,
  );
  expect(stdout).toBe('deployment.apps/web scaled\ndeployment "web" successfully rolled out\n');
  expect(cluster.now - from).toBeGreaterThanOrEqual(60_000);
});

it.each<[string, number, string]>([
  ['kubectl get pods > pods.txt', 1, 'pods.txt: Read-only file system\n'],
  ['kubectl get pods | helm', 127, 'bash: line 1: helm: command not found\n'],
  ['kubectl get pod none | wc -l', 0, 'Error from server (NotFound): pods "none" not found\n'],
  ["kubectl get pods 'x", 1, "error: unterminated ' quote: kubectl get pods 'x\n"],
  [
    'while true; do kubectl get nodes -o name >/dev/null; sleep 600; done',
    1,
    'gave up on what does not end\n',
  ],
])('%s fails as a shell fails', (line, code, stderr) => {
  const result = run(line);
  expect([result.code, result.stderr.slice(-stderr.length)]).toEqual([code, stderr]);
});

it('goes on in the background with one command only', () => {
  const job = startKubectlLine(scene.fork(), 'kubectl get pods | head -1', io);
  expect(job.pieces.map(({ text }) => text).join('')).toBe(
    'error: one kubectl command a line goes on in the background, without a shell: kubectl get pods ' +
      '| head -1\n',
  );
});
