/** Servers of the agnhost image, as Pods and the API server meet them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubeObject, Pod } from '../api/types.ts';
import { Cluster } from '../cluster.ts';
import { execInContainer } from '../node/exec.ts';
import { killContainer } from '../node/machine.ts';
import { latestContainer } from '../node/world.ts';
import { podNetwork } from './reach.ts';

const image = 'registry.k8s.io/e2e-test-images/agnhost:2.21';

const pod = (name: string, args: readonly string[], more: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: { containers: [{ name: 'c', image, args, ...more }] },
  }) as never;

const cluster = Cluster.create({ seed: 1, nodes: 1 });
const ipOf = (c: Cluster, name: string): string =>
  (c.client().get('Pod', 'default', name) as Pod).status.podIP!;

beforeAll(() => {
  for (const one of [pod('one', ['netexec']), pod('two', ['netexec', '--http-port=8090']), pod('shell', [])])
    cluster.client().create(one);
  cluster.pass(30_000);
});

function run(c: Cluster, text: string): string {
  const machine = c.world.machines.get('node-1')!;
  const { uid } = (c.client().get('Pod', 'default', 'shell') as Pod).metadata;
  const container = latestContainer(machine, uid, 'c')!;
  return execInContainer(c, machine, container, ['sh', '-c', text], podNetwork).stdout;
}

const logOf = (c: Cluster, name: string): string[] => {
  const { uid } = (c.client().get('Pod', 'default', name) as Pod).metadata;
  return latestContainer(c.world.machines.get('node-1')!, uid, 'c')!.logs.map(({ line }) => line);
};

describe('netexec', () => {
  it.each<[string, (one: string, two: string) => string, string | RegExp]>([
    ['its name', (one) => `curl -s ${one}:8080/hostname`, 'one'],
    ['what it is told to say', (one) => `curl -s '${one}:8080/echo?msg=hello'`, 'hello'],
    [
      'with a status',
      (one) => `curl -s -o /dev/null -w '%{http_code}' '${one}:8080/echo?msg=x&code=503'`,
      '503',
    ],
    ['who asks', (one) => `curl -s ${one}:8080/clientip`, /^10\.244\.\d+\.\d+:\d+$/],
    [
      'what others say',
      (one, two) => `curl -s '${one}:8080/dial?host=${two}&port=8090&request=hostname&tries=2'`,
      '{"responses":["two","two"]}',
    ],
    [
      'what others say to datagrams',
      (one, two) => `curl -s '${one}:8080/dial?host=${two}&port=8081&request=hostName&protocol=udp'`,
      '{"responses":["two"]}',
    ],
    [
      'that nobody listens',
      (one, two) => `curl -s '${one}:8080/dial?host=${two}&port=1&request=hostname'`,
      /^\{"errors":\["Get \\"http:\/\/[\d.]+:1\/hostname\\": dial tcp: connect: connection refused"\]\}$/,
    ],
    ['to a datagram its name', (one) => `echo hostName | nc -w 1 -u ${one} 8081`, 'one'],
    ['to a datagram what it holds', (one) => `echo echo hi there | nc -w 1 -u ${one} 8081`, 'hi there'],
    ['nothing on another port', (one) => `echo hostname | nc -w 1 -u ${one} 8082`, ''],
  ])('answers %s', (_, text, wanted) => {
    const c = cluster.fork();
    const said = run(c, text(ipOf(c, 'one'), ipOf(c, 'two')));
    if (typeof wanted === 'string') expect(said).toBe(wanted);
    else expect(said).toMatch(wanted);
  });

  it('writes down what it was asked, by hooks too', () => {
    const c = cluster.fork();
    run(c, `curl -s '${ipOf(c, 'one')}:8080/echo?msg=a'`);
    const httpGet = { host: ipOf(c, 'one'), port: 8080, path: '/echo?msg=poststart' };
    c.client().create(pod('hooked', ['pause'], { lifecycle: { postStart: { httpGet } } }));
    c.pass(30_000);
    expect(logOf(c, 'one').map((line) => line.replace(/^[\d/]+ [\d:]+ /, ''))).toEqual([
      'GET /echo?msg=a&code=',
      'GET /echo?msg=poststart&code=',
    ]);
  });
});

describe('ports of the node', () => {
  const [PORT, HERE] = [54_321, '127.0.0.1'];
  const at = (name: string, hostIP: string, protocol = 'TCP'): KubeObject =>
    pod(name, ['netexec', '--http-port=80', '--udp-port=80'], {
      ports: [{ containerPort: 80, hostPort: PORT, hostIP, protocol }],
    });
  const begun = (...hostIPs: readonly (readonly [string, string?])[]): { c: Cluster; ip: string } => {
    const c = cluster.fork();
    const { ip } = c.world.machines.get('node-1')!;
    hostIPs.forEach(([hostIP, protocol], i) =>
      c.client().create(at(`host-${i}`, hostIP === 'node' ? ip : hostIP, protocol)),
    );
    const host = pod('host', []) as Pod;
    c.client().create({ ...host, spec: { ...host.spec, hostNetwork: true } } as never);
    c.pass(30_000);
    return { c, ip };
  };
  const fromHost = (c: Cluster, text: string): string => {
    const { uid } = (c.client().get('Pod', 'default', 'host') as Pod).metadata;
    const machine = c.world.machines.get('node-1')!;
    return execInContainer(c, machine, latestContainer(machine, uid, 'c')!, ['sh', '-c', text], podNetwork)
      .stdout;
  };

  it('lead to Pods, each address of it to another', () => {
    const { c, ip } = begun([HERE], ['node'], ['node', 'UDP']);
    expect(fromHost(c, `curl -s ${HERE}:${PORT}/hostname`)).toBe('host-0');
    expect(fromHost(c, `curl -s ${ip}:${PORT}/hostname`)).toBe('host-1');
    expect(run(c, `curl -s ${ip}:${PORT}/hostname`)).toBe('host-1');
    expect(run(c, `echo hostName | nc -w 1 -u ${ip} ${PORT}`)).toBe('host-2');
    expect(run(c, `curl -s ${HERE}:${PORT}/hostname`)).toBe('');
  });

  it('are had by one Pod alone at an address', () => {
    const { c, ip } = begun([''], ['node']);
    expect((c.client().get('Pod', 'default', 'host-1') as Pod).spec.nodeName).toBeUndefined();
    expect([HERE, ip].map((to) => fromHost(c, `curl -s ${to}:${PORT}/hostname`))).toEqual([
      'host-0',
      'host-0',
    ]);
    c.client().delete('Pod', 'default', 'host-0');
    c.pass(120_000);
    expect([HERE, ip].map((to) => fromHost(c, `curl -s ${to}:${PORT}/hostname`))).toEqual(['', 'host-1']);
  });
});

describe('nettest', () => {
  const begun = (): Cluster => {
    const c = cluster.fork();
    c.client().create(pod('net', ['nettest']));
    c.pass(30_000);
    return c;
  };
  const read = (c: Cluster): unknown => JSON.parse(run(c, `curl -s ${ipOf(c, 'net')}:8080/read`));
  const post = (c: Cluster, body: string): string =>
    run(c, `wget -qO- --post-data='${body}' http://${ipOf(c, 'net')}:8080/write`);

  it('remembers who wrote to it, how often', () => {
    const c = begun();
    expect(read(c)).toMatchObject({ Hostname: 'net', Received: null, Errors: null });
    expect(post(c, '{"Source": "prestop"}')).toBe('{"Hostname":"net"}\n');
    for (const source of ['b', 'b', 'a']) post(c, JSON.stringify({ Source: source }));
    expect(read(c)).toMatchObject({ Received: { a: 1, b: 2, prestop: 1 }, Errors: null });
    expect(read(c.fork())).toEqual(read(c));
  });

  it('and what was wrong with it', () => {
    const c = begun();
    post(c, '');
    post(c, '{}');
    const errors = ['EOF', 'net: Got request with no source', 'net: Got request with no source'];
    expect(read(c)).toMatchObject({ Received: null, Errors: errors });
  });

  it('until its process ends', () => {
    const c = begun();
    post(c, '{"Source": "a"}');
    const before = c.fork();
    const { uid } = (c.client().get('Pod', 'default', 'net') as Pod).metadata;
    killContainer(c, { podUid: uid, container: 'c' }, 1);
    c.pass(30_000);
    expect(read(c)).toMatchObject({ Received: null });
    expect(read(before)).toMatchObject({ Received: { a: 1 } });
  });
});

describe('guestbook', () => {
  const service = (name: string, port: number): KubeObject =>
    ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: { selector: { role: name }, ports: [{ port }] },
    }) as never;
  const member = (name: string, role: string, ...flags: string[]): KubeObject => {
    const made = pod(name, ['guestbook', ...flags]);
    return { ...made, metadata: { ...made.metadata, labels: { role } } };
  };
  const replica = ['--replicaof', 'agnhost-primary', '--http-port', '6379'];
  const begun = (): Cluster => {
    const c = cluster.fork();
    for (const one of [
      service('agnhost-primary', 6379),
      service('agnhost-replica', 6379),
      member('primary', 'agnhost-primary', '--http-port', '6379'),
      member('replica-1', 'agnhost-replica', ...replica),
      member('replica-2', 'agnhost-replica', ...replica),
      member('front', 'front'),
    ])
      c.client().create(one);
    c.pass(30_000);
    return c;
  };
  const ask = (c: Cluster, query: string): string =>
    run(c, `curl -s '${ipOf(c, 'front')}/guestbook?${query}'`);

  it('keeps what is set, and gives it to its replicas', () => {
    const c = begun();
    expect(ask(c, 'cmd=get&key=messages')).toBe('{"data":""}');
    expect(ask(c, 'cmd=set&key=messages&value=hello')).toBe('{"message":"Updated"}');
    for (const name of ['primary', 'replica-1', 'replica-2'])
      expect(run(c, `curl -s ${ipOf(c, name)}:6379/get?key=messages`)).toBe('{"data":"hello"}');
    expect(ask(c, 'cmd=get&key=messages')).toBe('{"data":"hello"}');
    expect(run(c, `curl -s ${ipOf(c, 'replica-2')}:6379/get`)).toBe('{"data":{"messages":"hello"}}');
  });

  it('gives a replica that comes later what there is', () => {
    const c = begun();
    ask(c, 'cmd=set&key=a&value=1');
    c.client().create(member('replica-3', 'agnhost-replica', ...replica));
    c.pass(30_000);
    ask(c, 'cmd=set&key=b&value=2');
    expect(run(c, `curl -s ${ipOf(c, 'replica-3')}:6379/get`)).toBe('{"data":{"a":"1","b":"2"}}');
  });

  it('loses its replicas where the primary begins anew', () => {
    const c = begun();
    ask(c, 'cmd=set&key=a&value=1');
    c.pass(30_000);
    const { uid } = (c.client().get('Pod', 'default', 'primary') as Pod).metadata;
    killContainer(c, { podUid: uid, container: 'c' }, 1);
    c.pass(30_000);
    expect(ask(c, 'cmd=set&key=a&value=2')).toBe('{"message":"Updated"}');
    expect(ask(c, 'cmd=get&key=a')).toBe('{"data":"1"}');
  });

  it.each([
    ['cmd=set&value=x', 'cannot set with empty key.'],
    ['cmd=drop&key=x', "unsupported cmd: 'drop'"],
  ])('refuses %s', (query, why) => expect(ask(begun(), query)).toBe(`${why}\n`));

  it('says that nobody is behind it', () => {
    const c = cluster.fork();
    c.client().create(member('front', 'front'));
    c.pass(30_000);
    expect(ask(c, 'cmd=get&key=a')).toBe('encountered error: no such host\n');
  });
});

describe('names', () => {
  const named = (): Cluster => {
    const c = cluster.fork();
    const [ports, metadata] = [[{ name: 'http', port: 80 }], { name: 'web', namespace: 'default' }];
    c.client().create({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports } } as never);
    const spec = { type: 'ExternalName', externalName: 'foo.example.com' };
    const away = { name: 'away', namespace: 'default' };
    c.client().create({ apiVersion: 'v1', kind: 'Service', metadata: away, spec } as never);
    c.pass(5000);
    return c;
  };

  it.each([
    ['dig +noall +answer +search web A', /^web\.\t30\tIN\tA\t10\.96\.\d+\.\d+$/],
    ['dig +noall +answer nothing.default.svc.cluster.local A', /^$/],
    [
      'dig +short _http._tcp.web.default.svc.cluster.local SRV',
      /^0 100 80 web\.default\.svc\.cluster\.local\.$/,
    ],
    ['dig +short away.default.svc.cluster.local CNAME', /^foo\.example\.com\.$/],
    ['dig +short 10-244-1-7.default.pod.cluster.local A', /^10\.244\.1\.7$/],
    ['getent hosts shell | wc -l', /^1$/],
  ])('%s', (text, wanted) => expect(run(named(), text).trim()).toMatch(wanted));

  it('of addresses are found', () => {
    const c = named();
    const ip = (c.client().get('Service', 'default', 'web') as { spec: { clusterIP: string } }).spec
      .clusterIP;
    expect(run(c, `dig +short -x ${ip}`)).toBe('web.default.svc.cluster.local.\n');
  });
});

describe('test-webserver', () => {
  it('lists directories and serves files', () => {
    const c = cluster.fork();
    c.client().create(pod('web', ['test-webserver']));
    c.pass(30_000);
    const ip = ipOf(c, 'web');
    expect(run(c, `curl -s ${ip}/`)).toMatch(/^<pre>\n[^]*<a href="etc\/">etc\/<\/a>\n/);
    expect(run(c, `curl -s ${ip}/etc/group`)).toMatch(/^root:x:0:/);
  });
});

describe('webhook', () => {
  const registered = (
    path: string,
    resource: string,
    kind: 'Validating' | 'Mutating',
    caBundle: string,
  ): KubeObject =>
    ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: `${kind}WebhookConfiguration`,
      metadata: { name: 'w' },
      webhooks: [
        {
          name: 'w.example.com',
          clientConfig: { caBundle, service: { name: 'hook', namespace: 'default', path } },
          rules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'DELETE'], resources: [resource] },
          ],
          namespaceSelector: {},
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          timeoutSeconds: 3,
          ...(kind === 'Mutating' ? { reinvocationPolicy: 'IfNeeded' } : {}),
        },
      ],
    }) as never;

  const hooked = (
    path: string,
    resource: string,
    kind: 'Validating' | 'Mutating' = 'Validating',
    caBundle = btoa('authority'),
  ): Cluster => {
    const c = cluster.fork();
    c.client().create(pod('hook', ['webhook', '--port=8444']));
    c.client().create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'hook', namespace: 'default' },
      spec: { selector: { app: 'hook' }, ports: [{ port: 443, targetPort: 8444 }] },
    } as never);
    c.pass(30_000);
    c.client().create(registered(path, resource, kind, caBundle));
    c.pass(5000);
    return c;
  };

  const configMap = (data: object): KubeObject =>
    ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'default' }, data }) as never;

  it.each<[string, string, KubeObject, RegExp]>([
    ['/always-deny', 'configmaps', configMap({}), /denied the request: this webhook denies all requests/],
    [
      '/configmaps',
      'configmaps',
      configMap({ 'webhook-e2e-test': 'webhook-disallow' }),
      /the configmap contains unwanted key and value/,
    ],
    [
      '/pods',
      'pods',
      pod('webhook-disallow', ['pause'], { name: 'webhook-disallow' }),
      /the pod contains unwanted container name/,
    ],
    ['/always-allow-delay-5s', 'configmaps', configMap({}), /context deadline exceeded/],
  ])('%s refuses %s', (path, resource, object, why) =>
    expect(() => hooked(path, resource).client().create(object)).toThrow(why),
  );

  it('is not trusted by who does not know its authority', () =>
    expect(() => hooked('/crd', 'configmaps', 'Validating', '').client().create(configMap({}))).toThrow(
      /signed by unknown authority/,
    ));

  it('/pods never answers what is to wait', () => {
    const waiting = pod('p', ['pause']) as Pod;
    const labels = { 'webhook-e2e-test': 'wait-forever' };
    const object = { ...waiting, metadata: { ...waiting.metadata, labels } };
    expect(() =>
      hooked('/pods', 'pods')
        .client()
        .create(object as never),
    ).toThrow(/deadline exceeded/);
  });

  it('/configmaps keeps what must not be deleted', () => {
    const c = hooked('/configmaps', 'configmaps');
    c.client().create(configMap({ 'webhook-e2e-test': 'webhook-nondeletable' }));
    expect(() => c.client().delete('ConfigMap', 'default', 'm')).toThrow(/cannot be deleted/);
  });

  it('/mutating-configmaps goes on a stage each time it is asked', () => {
    const c = hooked('/mutating-configmaps', 'configmaps', 'Mutating');
    const made = c.client().create(configMap({ 'mutation-start': 'yes' })) as { data?: object };
    expect(made.data).toEqual({ 'mutation-start': 'yes', 'mutation-stage-1': 'yes' });
    c.client().delete('ConfigMap', 'default', 'm');
    const next = c.client().create(configMap({ 'mutation-stage-1': 'yes' })) as { data?: object };
    expect(next.data).toEqual({ 'mutation-stage-1': 'yes', 'mutation-stage-2': 'yes' });
  });

  it.each([undefined, {}, { a: 'b' }, { 'added-label': 'no' }])('/add-label labels what has %j', (labels) => {
    const c = hooked('/add-label', 'configmaps', 'Mutating');
    const object = { ...configMap({}), metadata: { name: 'm', namespace: 'default', labels } };
    expect(c.client().create(object as never).metadata.labels).toEqual({ ...labels, 'added-label': 'yes' });
  });
});
