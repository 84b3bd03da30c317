import { describe, expect, it } from 'vitest';
import { STORED } from '../fuzz/stored.ts';
import { Cluster } from '../sim/cluster.ts';
import { isExpected } from './errors.ts';
import { commandFlags, everyCommandsFlags } from './flagtable.ts';
import { GLOBAL_FLAGS, parseFlags, WITHOUT_EFFECT, type FlagSpec } from './flags.ts';
import { runKubectl, runKubectlLine, sessionOf } from './run.ts';
import type { Flags, Verb } from './session.ts';
import { shellWords } from './shell.ts';
import { VERBS } from './verbs/index.ts';

const SCENE = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx }] }
---
apiVersion: v1
kind: Pod
metadata: { name: one, labels: { app: one } }
spec: { containers: [{ name: one, image: nginx }] }
`;
const RIGHTS = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: default }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers, namespace: default }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: User, name: bob }]
`;
const io = {
  readFile: (path: string): string => {
    if (path.endsWith('new.yaml')) return SCENE.replaceAll('name: ', 'name: new-');
    if (path === 'rights.yaml') return RIGHTS;
    if (path.endsWith('.yaml')) return SCENE;
    return path.endsWith('.pem') ? '-----BEGIN CERTIFICATE-----\n' : 'A=1\n';
  },
  editor: 'sed -i s/nginx/httpd/',
  list: (path: string) => (path === 'dir' ? ['scene.yaml', 'below'] : path === 'dir/below' ? [] : undefined),
};

const scene = Cluster.create({ seed: 1, nodes: 2 });
runKubectl(scene, ['apply', '-f', 'scene.yaml'], io);
scene.client().create(STORED.find(({ kind }) => kind === 'CertificateSigningRequest') as never);
runKubectlLine(scene, 'kubectl create cronjob tick --image=busybox --schedule="0 0 * * *" -- true', io);
scene.pass(60_000);
runKubectlLine(scene, 'kubectl set image deployment/web web=nginx:1', io);
runKubectlLine(scene, 'kubectl cordon node-2', io);
scene.pass(60_000);

/** Lines on which a flag may make a difference, by verb: what stands behind the verb. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  annotate: ['pod one a=b', 'pods a=b', 'pod one', '-f scene.yaml a=b'],
  'api-resources': [''],
  apply: ['-f scene.yaml'],
  attach: ['one', 'one -i'],
  'auth can-i': ['get pods', '--list', 'get /healthz'],
  'auth reconcile': ['-f rights.yaml', ''],
  'auth whoami': [''],
  autoscale: ['deployment web --max=3', '-f scene.yaml --max=3'],
  'certificate approve': ['a', '-f scene.yaml'],
  'certificate deny': ['a', '-f scene.yaml'],
  'cluster-info': [''],
  'cluster-info dump': [''],
  'config current-context': [''],
  'config delete-context': ['x'],
  'config get-clusters': [''],
  'config get-contexts': [''],
  'config get-users': [''],
  'config rename-context': ['x y'],
  'config set-context': ['x'],
  'config use-context': ['x'],
  'config view': [''],
  cordon: ['node-1', ''],
  cp: ['scene.yaml one:/tmp/scene.yaml', 'one:/etc/hostname hostname', 'dir one:/tmp'],
  create: ['-f new.yaml', ''],
  'create clusterrole': ['r --verb=get --resource=pods', 'r --verb=get', 'r'],
  'create clusterrolebinding': ['b --clusterrole=view', 'b'],
  'create configmap': ['c'],
  'create cronjob': ['c --image=x --schedule="* * * * *"', 'c'],
  'create deployment': ['d --image=nginx', 'd'],
  'create ingress': ['i --rule=a.com/*=s:80', 'i --default-backend=s:80', 'i'],
  'create job': ['j --image=x', 'j'],
  'create namespace': ['n'],
  'create poddisruptionbudget': [
    'b --selector=a=b --min-available=1',
    'b --selector=a=b',
    'b --min-available=1',
  ],
  'create priorityclass': ['c --value=1'],
  'create quota': ['q --hard=pods=1'],
  'create role': ['r --verb=get --resource=pods', 'r --verb=get', 'r'],
  'create rolebinding': ['b --role=view', 'b'],
  'create secret': [''],
  'create secret docker-registry': ['s --docker-username=u --docker-password=p', 's'],
  'create secret generic': ['s'],
  'create secret tls': ['s --cert=a.pem --key=b.pem', 's --cert=a.pem', 's --key=b.pem'],
  'create service clusterip': ['s --tcp=80', 's'],
  'create service externalname': ['s --external-name=a.b', 's'],
  'create service loadbalancer': ['s --tcp=80'],
  'create service nodeport': ['s --tcp=80'],
  'create serviceaccount': ['s'],
  'create token': ['default'],
  debug: ['one --image=busybox', 'one --image=busybox --copy-to=two', 'node/node-1 --image=busybox', 'one'],
  delete: ['pod one', 'pods', '-f scene.yaml', ''],
  describe: ['pod one', 'pods', ''],
  diff: ['-f scene.yaml', '-f secret.yaml'],
  drain: ['node-1', ''],
  edit: ['deployment web', '-f scene.yaml'],
  events: ['', '-o yaml', '--for=pod/one'],
  exec: ['one -- true', '-- true'],
  explain: ['pods', 'deployments.spec'],
  expose: ['deployment web --port=80', 'deployment web', '-f scene.yaml --port=80'],
  get: [
    'pods',
    'pod one',
    '',
    'pods -w',
    'pods -o json',
    'pods -o custom-columns=A:.a',
    'pods -o jsonpath={.x}',
    '--raw=/api',
  ],
  kustomize: [''],
  label: ['pod one a=b', 'pods a=b', 'pod one', '-f scene.yaml a=b'],
  logs: ['one', 'one -f', '', 'deployment/web', '-l app=one'],
  'port-forward': ['one 80'],
  patch: [`pod one -p '{"metadata":{}}'`, `-f scene.yaml -p '{"metadata":{}}'`, 'pod one'],
  replace: ['-f scene.yaml', '--force -f scene.yaml', ''],
  'rollout history': ['deployment web', 'deployments'],
  'rollout pause': ['deployment web', 'deployments'],
  'rollout restart': ['deployment web', 'deployments'],
  'rollout resume': ['deployment web', 'deployments'],
  'rollout status': ['deployment web', 'deployments'],
  'rollout undo': ['deployment web', 'deployments'],
  run: [
    'r --image=nginx',
    'r --image=nginx -- true',
    'r --image=nginx --overrides={}',
    'r',
    'r --image=nginx --expose --port=80',
    'r --image=nginx -i',
  ],
  scale: ['deployment web --replicas=2', 'deployments --replicas=2', 'deployment web'],
  'set env': ['deployment web A=1', 'deployments A=1', 'deployment web', 'deployment web --list'],
  'set selector': ['service kubernetes a=b'],
  'set serviceaccount': ['deployment web builder'],
  'set subject': ['clusterrolebinding cluster-admin --user=bob'],
  'set image': ['deployment web web=nginx:2', 'deployments web=nginx:2'],
  'set resources': ['deployment web --limits=cpu=1', 'deployments --limits=cpu=1', 'deployment web'],
  taint: ['node node-1 a=b:NoSchedule', 'nodes a=b:NoSchedule'],
  'top node': [''],
  'top pod': ['', '--containers'],
  uncordon: ['node-2', ''],
  version: [''],
  wait: ['pod one --for=condition=Ready', '--for=condition=Ready', 'pods --for=condition=Ready', 'pod one'],
};
const VALUES: Readonly<Record<string, string>> = {
  bool: 'true',
  int: '1',
  duration: '1s',
  string: 'x',
  strings: 'a=b',
  'dry-run': 'client',
  filename: 'scene.yaml',
  output: 'yaml',
  selector: 'app=one',
  'field-selector': 'metadata.name=one',
};

/** Whether a verb looks at a flag on some of its lines. */
function looksAt(verb: Verb, { name, type, alias }: FlagSpec): boolean {
  return [
    ...LINES[verb.name]!,
    ...(verb.flags.some((flag) => flag.name === 'filename') ? LINES[verb.name]! : []).map(
      (line) => `-f dir ${line}`,
    ),
  ].some((line) => {
    const given = `--${name}=${VALUES[name] ?? VALUES[type]!}`;
    const words = [given, ...shellWords(line)];
    const parsed = parseFlags([...verb.flags, ...GLOBAL_FLAGS], words, verb.name);
    const seen = new Set<string>();
    const session = sessionOf(scene.fork(), verb, parsed, io, { pieces: [] });
    const flags = Object.fromEntries(
      Object.entries(session.flags).map(([method, read]) => [
        method,
        (flag: string, otherwise: number) => {
          seen.add(flag);
          return (read as (flag: string, otherwise: number) => unknown)(flag, otherwise);
        },
      ]),
    ) as unknown as Flags;
    try {
      verb.run({ ...session, flags });
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
    return seen.has(alias ?? name);
  });
}

describe('the flags of every command', () => {
  it.each(VERBS.map((verb) => [verb.name, verb] as const))('%s looks at each it takes', (_, verb) => {
    expect(verb.flags.filter((flag) => !looksAt(verb, flag)).map(({ name }) => name)).toEqual([]);
  });

  it.each(VERBS.map((verb) => [verb.name, verb] as const))(
    '%s takes none that kubectl lacks',
    (name, verb) => {
      const shape = ({ name, short, type, bare }: FlagSpec): unknown => [name, short, type, bare];
      const known = commandFlags(name);
      expect(verb.flags.map(shape)).toEqual(
        verb.flags.map((flag) =>
          shape(known.find((k) => k.name === flag.name) ?? { name: 'no flag', type: 'bool' }),
        ),
      );
    },
  );

  it.each(VERBS.map((verb) => [verb.name, verb] as const))(
    '%s refuses those that are not played',
    (name, verb) => {
      const unplayed = [...commandFlags(name), ...everyCommandsFlags()].filter(
        (flag) =>
          !WITHOUT_EFFECT.has(flag.name) &&
          ![...verb.flags, ...GLOBAL_FLAGS].some((f) => f.name === flag.name),
      );
      const answers = unplayed.map((flag) => {
        const value = flag.default === 'true' ? 'false' : VALUES[flag.type]!;
        const { code, stdout, stderr } = runKubectl(
          scene,
          [...name.split(' '), `--${flag.name}=${value}`],
          io,
        );
        return [code, stdout, /^error: (--\S+ is not simulated): /m.exec(stderr)?.[1]];
      });
      expect(answers).toEqual(unplayed.map((flag) => [1, '', `--${flag.name} is not simulated`]));
    },
  );

  it.each(['get pods', 'apply -f x.yaml', 'drain node-1'])(
    '%s refuses what kubectl does not know',
    (line) => {
      expect(runKubectlLine(scene, `kubectl ${line} --no-such-flag`, io).stderr).toBe(
        `error: unknown flag: --no-such-flag\nSee 'kubectl ${line.split(' ')[0]} --help' for usage.\n`,
      );
    },
  );
});
