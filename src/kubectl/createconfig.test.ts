import { beforeEach, describe, expect, it } from 'vitest';
import { fromBase64 } from '../sim/api/base64.ts';
import type { ConfigMap, Secret } from '../sim/api/types.ts';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './index.ts';

const FILES: Readonly<Record<string, string>> = {
  'game.properties': 'lives=3\n',
  'dir/ui.properties': 'color=red\n',
  'dir/bad key': 'x',
  'dir/.hidden': 'h',
  'app.env': '# settings\n\nLEVEL=debug\nURL=http://x/?a=b\nEMPTY\n',
  'bad.env': 'A=1\n9B=2\n',
  'tls.crt': '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n',
  'tls.key': '-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n',
};
const io = {
  readFile: (path: string): string => {
    if (FILES[path] === undefined) throw new Error(`no file ${path}`);
    return FILES[path];
  },
  list: (path: string) =>
    path.replace(/\/$/, '') === 'dir' ? ['ui.properties', 'bad key', '.hidden'] : undefined,
};

let cluster: Cluster;
beforeEach(() => {
  cluster = Cluster.create({ seed: 1, nodes: 1 });
});
const kubectl = (line: string) => runKubectlLine(cluster, `kubectl create ${line}`, io);
const config = (line: string): unknown => {
  const result = kubectl(`configmap c ${line}`);
  return result.code === 0
    ? cluster.client().get<'ConfigMap'>('ConfigMap', 'default', 'c').data
    : result.stderr;
};
const secret = (kind: string, line: string): unknown => {
  const result = kubectl(`secret ${kind} s ${line}`);
  if (result.code !== 0) return result.stderr;
  const { data = {}, type }: Secret = cluster.client().get('Secret', 'default', 's');
  return [type, Object.fromEntries(Object.entries(data).map(([k, v]) => [k, fromBase64(String(v))]))];
};

describe('kubectl create configmap', () => {
  it.each<[string, unknown]>([
    ['', undefined],
    ['--from-literal=a=1 --from-literal=b=x=y', { a: '1', b: 'x=y' }],
    ['--from-file=game.properties', { 'game.properties': 'lives=3\n' }],
    ['--from-file=special=game.properties', { special: 'lives=3\n' }],
    ['--from-file=dir', { 'ui.properties': 'color=red\n', '.hidden': 'h' }],
    ['--from-file=dir/', { 'ui.properties': 'color=red\n', '.hidden': 'h' }],
    ['--from-env-file=app.env', { LEVEL: 'debug', URL: 'http://x/?a=b', EMPTY: '' }],
    ['--from-file=none', 'error: error reading none: no such file or directory\n'],
    ['--from-literal=a', 'error: invalid literal source a, expected key=value\n'],
    ['--from-file==x', 'error: key name for file path x missing\n'],
    ['--from-file=k=', 'error: file path for key name k missing\n'],
    ['--from-file=k=dir', 'error: cannot give a key name for a directory path\n'],
    [
      '--from-literal=a=1 --from-literal=a=2',
      'error: cannot add key "a", another key by that name already exists in Data for ConfigMap "c"\n',
    ],
    [
      '--from-env-file=app.env --from-literal=a=1',
      'error: from-env-file cannot be combined with from-file or from-literal\n',
    ],
  ])('%s', (line, expected) => expect(config(line)).toEqual(expected));

  it('refuses keys and lines that are none, and says where', () => {
    expect(config("--from-literal='a b=1'")).toMatch(
      /^error: "a b" is not a valid key name for a ConfigMap: /,
    );
    expect(config('--from-env-file=bad.env')).toMatch(
      /^error: "9B" is not a valid key name: .*line 2 of bad\.env/,
    );
  });

  it('prints the object where asked', () => {
    const { stdout } = kubectl('cm c --from-literal=a=1 --dry-run=client -o yaml');
    expect(stdout).toContain('data:\n  a: "1"\nkind: ConfigMap\n');
    expect(
      cluster.client().find<'ConfigMap'>('ConfigMap', 'default', 'c') as ConfigMap | undefined,
    ).toBeUndefined();
  });
});

describe('kubectl create secret', () => {
  it.each<[string, string, unknown]>([
    ['generic', '--from-literal=pw=s3cr', ['Opaque', { pw: 's3cr' }]],
    ['generic', '--from-literal=pw=é --type=example.com/t', ['example.com/t', { pw: 'é' }]],
    ['generic', '--from-file=pw=game.properties', ['Opaque', { pw: 'lives=3\n' }]],
    ['generic', '--from-env-file=app.env', ['Opaque', { LEVEL: 'debug', URL: 'http://x/?a=b', EMPTY: '' }]],
    [
      'tls',
      '--cert=tls.crt --key=tls.key',
      ['kubernetes.io/tls', { 'tls.crt': FILES['tls.crt'], 'tls.key': FILES['tls.key'] }],
    ],
    ['tls', '--cert=tls.crt', 'error: key and cert must be specified\n'],
    [
      'tls',
      '--cert=game.properties --key=tls.key',
      'error: tls: failed to find any PEM data in certificate input\n',
    ],
    [
      'docker-registry',
      '--docker-server=r.example.com --docker-username=u --docker-password=p --docker-email=e@x',
      [
        'kubernetes.io/dockerconfigjson',
        {
          '.dockerconfigjson':
            '{"auths":{"r.example.com":{"username":"u","password":"p","email":"e@x","auth":"dTpw"}}}',
        },
      ],
    ],
  ])('%s %s', (kind, line, expected) => expect(secret(kind, line)).toEqual(expected));

  it('wants to know which, and what for', () => {
    expect(kubectl('secret').stderr).toContain('must specify one of these types of secrets');
    expect(secret('docker-registry', '--docker-username=u')).toContain(
      'either --from-file or the combination',
    );
  });
});

describe('create quota', () => {
  it('tracks what all of its scopes fit', () => {
    expect(kubectl('quota q --hard=pods=2 --scopes=BestEffort,NotTerminating').code).toBe(0);
    const { spec } = cluster.client().get<'ResourceQuota'>('ResourceQuota', 'default', 'q');
    expect(spec).toEqual({ hard: { pods: '2' }, scopes: ['BestEffort', 'NotTerminating'] });
  });

  it('is refused without a scope where one is said, and by the server where there is no such', () => {
    expect(kubectl('quota q --hard=pods=2 --scopes=BestEffort,').stderr).toBe(
      'error: invalid resource quota scope ""\n',
    );
    expect(kubectl('quota q --hard=pods=2 --scopes=Some').stderr).toContain('Some');
  });
});
