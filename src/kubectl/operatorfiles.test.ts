/** What goes between the operator's files and the cluster: diff, edit, cp, templates of files. */
import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';
import type { KubectlIO } from './session.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx }] }
`;
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { a: YQ==, b: Yg== }\n';

function operator() {
  const files = new Map([
    ['web.yaml', WEB],
    ['web2.yaml', WEB.replace('replicas: 1', 'replicas: 2')],
    ['secret.yaml', SECRET],
    ['secret2.yaml', SECRET.replace('YQ==', 'Yw==')],
    ['wrong.yaml', WEB.replace('replicas: 1', 'replicas: -1')],
    ['site/index.html', '<h1>new</h1>\n'],
    ['site/css/a.css', 'a {}\n'],
    ['columns', 'NAME   IMAGE\n.metadata.name  .spec.containers[*].image\n'],
    ['names.tmpl', '{{range .items}}{{.metadata.name}};{{end}}'],
  ]);
  const cluster = Cluster.create({ seed: 1, nodes: 1 });
  const io: KubectlIO = {
    readFile(path) {
      const text = files.get(path);
      if (text === undefined) throw new Error(path);
      return text;
    },
    list(path) {
      const below = [...files.keys()].filter((name) => name.startsWith(`${path}/`));
      if (below.length === 0) return undefined;
      return [...new Set(below.map((name) => name.slice(path.length + 1).split('/')[0]!))];
    },
    writeFile: (path, content) => void files.set(path, content),
  };
  return { files, cluster, run: (line: string) => runKubectlLine(cluster, line, io) };
}

describe('kubectl diff', () => {
  it('shows what applying would change, and changes nothing', () => {
    const { run, cluster } = operator();
    expect(run('kubectl diff -f web.yaml')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('@@ -0,0 +1,'),
    });
    expect(run('kubectl get deployments').stderr).toBe('No resources found in default namespace.\n');
    run('kubectl apply -f web.yaml');
    const before = cluster.hash();
    expect(run('kubectl diff -f web.yaml')).toMatchObject({ code: 0, output: '' });
    const { code, stdout } = run('kubectl diff -f web2.yaml');
    const changed = stdout.split('\n').filter((line) => /^[-+] /.test(line));
    expect([code, changed]).toEqual([
      1,
      ['-  generation: 1', '+  generation: 2', '-  replicas: 1', '+  replicas: 2'],
    ]);
    expect(stdout).toContain(
      'diff -u -N /tmp/LIVE-1/apps.v1.Deployment.default.web /tmp/MERGED-1/apps.v1.Deployment.default.web\n',
    );
    expect(cluster.hash()).toBe(before);
    expect(run('kubectl diff -f wrong.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('spec.replicas: Invalid value: -1'),
    });
  });

  it('tells that a Secret changes, and not what it holds', () => {
    const { run } = operator();
    run('kubectl apply -f secret.yaml');
    expect(run('kubectl diff -f secret2.yaml').stdout).toContain(
      "-  a: '*** (before)'\n+  a: '*** (after)'\n   b: '***'\n",
    );
    expect(run('kubectl diff -f secret2.yaml --show-secrets').stdout).toContain('-  a: YQ==\n+  a: Yw==\n');
  });
});

describe('--dry-run=server', () => {
  it('says what the server would, and keeps nothing', () => {
    const { run, cluster } = operator();
    run('kubectl apply -f web.yaml');
    const before = cluster.hash();
    expect(run('kubectl apply -f wrong.yaml --dry-run=server').stderr).toContain('Invalid value: -1');
    expect(run('kubectl apply -f web2.yaml --dry-run=server').stdout).toBe(
      'deployment.apps/web configured (server dry run)\n',
    );
    expect(run("kubectl run p --image=nginx --dry-run=server -o jsonpath='{.spec.dnsPolicy}'").stdout).toBe(
      'ClusterFirst',
    );
    expect(run('kubectl scale deployment web --replicas=9 --dry-run=server').code).toBe(0);
    expect(cluster.hash()).toBe(before);
  });
});

describe('kubectl edit', () => {
  it('has an editor without a keyboard change objects', () => {
    const { run } = operator();
    run('kubectl apply -f web.yaml');
    expect(run("KUBE_EDITOR='sed -i s/nginx/httpd/' kubectl edit deployment web").stdout).toBe(
      'deployment.apps/web edited\n',
    );
    expect(run("kubectl get deployment web -o jsonpath='{..image}'").stdout).toBe('httpd');
    expect(run('EDITOR=\'sed -i "s/replicas: 1/replicas: 3/"\' kubectl edit deployment web').code).toBe(0);
    expect(run("kubectl get deployment web -o jsonpath='{.spec.replicas}'").stdout).toBe('3');
  });

  it('changes nothing where the editor does not, or what comes is wrong', () => {
    const { run } = operator();
    run('kubectl apply -f web.yaml');
    expect(run('EDITOR=true kubectl edit deployment web')).toMatchObject({
      code: 0,
      stderr: 'Edit cancelled, no changes made.\n',
    });
    expect(run("EDITOR='sed -i d' kubectl edit deployment web").stderr).toBe(
      'Edit cancelled, saved file was empty.\n',
    );
    expect(run("EDITOR='sed -i s/web/other/' kubectl edit deployment web").stderr).toContain(
      'At least one of apiVersion, kind and name was changed',
    );
    const wrong = run('EDITOR=\'sed -i "s/replicas: 1/replicas: -1/"\' kubectl edit deployment web');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain(
      'error: deployments.apps "web" is invalid\n# * spec.replicas: Invalid value: -1',
    );
    expect(wrong.stderr).toContain('error: Edit cancelled, no valid changes were saved.\n');
    expect(run('kubectl edit deployment web').stderr).toContain('waits for somebody at a keyboard');
    expect(run('EDITOR=vim kubectl edit deployment web').stderr).toContain('the editor vim waits');
  });
});

describe('kubectl cp', () => {
  it('copies folders into a container and back', () => {
    const { run, files, cluster } = operator();
    run('kubectl run web --image=nginx');
    cluster.pass(30_000);
    expect(run('kubectl cp site web:/tmp/site')).toMatchObject({ code: 0, output: '' });
    expect(run('kubectl exec web -- cat /tmp/site/index.html /tmp/site/css/a.css').stdout).toBe(
      '<h1>new</h1>\na {}\n',
    );
    // Into a folder that is there.
    run('kubectl cp site/index.html default/web:/usr/share/nginx/html');
    expect(run('kubectl exec web -- cat /usr/share/nginx/html/index.html').stdout).toBe('<h1>new</h1>\n');
    expect(run('kubectl cp web:/tmp/site copy').stderr).toBe("tar: Removing leading `/' from member names\n");
    expect([files.get('copy/index.html'), files.get('copy/css/a.css')]).toEqual(['<h1>new</h1>\n', 'a {}\n']);
  });

  it.each([
    ['cp a', 'error: source and destination are required\n'],
    ['cp a b', 'error: one of src or dest must be a remote file specification\n'],
    ['cp web:a web:b', 'error: one of src or dest must be a local file specification\n'],
    ['cp web: b', 'error: filepath can not be empty\n'],
    ['cp :a b', 'error: filespec must match the canonical format: [[namespace/]pod:]file/path\n'],
    ['cp nothing web:/tmp', "error: nothing doesn't exist in local filesystem\n"],
    ['cp site nobody:/tmp', 'Error from server (NotFound): pods "nobody" not found\n'],
    [
      'cp site web:/no/such/folder',
      'tar: /no/such: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n' +
        'command terminated with exit code 2\n',
    ],
    [
      'cp web:nothing x',
      'tar: nothing: Cannot stat: No such file or directory\n' +
        'tar: Exiting with failure status due to previous errors\ncommand terminated with exit code 2\n',
    ],
  ])('%s is refused', (line, said) => {
    const { run, cluster } = operator();
    run('kubectl run web --image=nginx');
    cluster.pass(30_000);
    expect(run(`kubectl ${line}`).stderr).toBe(said);
  });
});

describe('formats with a template', () => {
  it('reads it of a flag or of a file', () => {
    const { run } = operator();
    run('kubectl run a --image=nginx');
    run('kubectl run b --image=redis');
    const outputs = [
      'go-template-file=names.tmpl',
      'go-template={{len .items}}',
      'custom-columns-file=columns',
      'jsonpath-as-json={.items[*].metadata.name}',
    ].map((output) => run(`kubectl get pods -o '${output}'`).stdout);
    expect(outputs).toEqual([
      'a;b;',
      '2',
      'NAME   IMAGE\na      nginx\nb      redis\n',
      '[\n    "a",\n    "b"\n]\n',
    ]);
    expect(run("kubectl get pod a --template='{{.kind}}'").stdout).toBe('Pod');
    expect(run("kubectl label pod a x=y -o go-template --template='{{.metadata.labels.x}}'").stdout).toBe(
      'y',
    );
  });

  it.each([
    ['-o go-template', 'error: template format specified but no template given\n'],
    ['-o custom-columns-file', 'error: custom-columns format specified but no custom columns given\n'],
    ['-o go-template-file=no', 'error: error reading --template no, open no: no such file or directory\n'],
    [
      "-o go-template='{{nope}}'",
      'error: error parsing template {{nope}}, template: output:1: function "nope" not defined\n\n',
    ],
    ['-o custom-columns-file=names.tmpl', 'error: invalid template, missing spec line. '],
  ])('%s is refused', (flags, said) => {
    expect(operator().run(`kubectl get namespaces ${flags}`).stderr).toContain(said);
  });
});
