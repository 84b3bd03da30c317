import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fc } from '@fast-check/vitest';
import { type OpenStreams, Served } from './served.ts';
import { ask, type Body, eventsOf, flowOf, requestOf, servedShop } from './testing.ts';

const PODS = '/api/v1/namespaces/default/pods';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const MAPS = '/api/v1/namespaces/default/configmaps';
const map = (
  name: string,
  data: Record<string, string> = {},
  labels: Record<string, string> = {},
): object => ({ metadata: { name, labels }, data });

const namesOf = (list: Body): string[] => list.items.map((o: Body) => o.metadata.name);

describe('objects', () => {
  it('are created, read, changed and deleted, with the codes of an API server', () => {
    const served = servedShop();
    expect(ask(served, 'POST', MAPS, map('a', { k: '1' }))).toMatchObject({
      status: 201,
      body: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { name: 'a', namespace: 'default' },
        data: { k: '1' },
      },
    });
    expect(ask(served, 'POST', MAPS, map('a'))).toMatchObject({
      status: 409,
      body: { kind: 'Status', reason: 'AlreadyExists', details: { name: 'a', kind: 'configmaps' } },
    });
    const { body: stored } = ask(served, 'GET', `${MAPS}/a`);
    expect(ask(served, 'PUT', `${MAPS}/a`, { ...stored, data: { k: '2' } })).toMatchObject({
      status: 200,
      body: { data: { k: '2' } },
    });
    expect(ask(served, 'PUT', `${MAPS}/a`, stored)).toMatchObject({
      status: 409,
      body: { reason: 'Conflict' },
    });
    const patch = { type: 'application/merge-patch+json' };
    expect(ask(served, 'PATCH', `${MAPS}/a`, { data: { k: null, l: '3' } }, patch).body.data).toEqual({
      l: '3',
    });
    expect(ask(served, 'DELETE', `${MAPS}/a`)).toMatchObject({ status: 200, body: { status: 'Success' } });
    expect(ask(served, 'GET', `${MAPS}/a`)).toMatchObject({
      status: 404,
      body: { reason: 'NotFound', code: 404 },
    });
  });

  it('are refused where they are wrong, with a cause for each field', () => {
    const served = servedShop();
    const { status, body } = ask(served, 'POST', MAPS, map('A_b'));
    expect(status).toBe(422);
    expect(body.details.causes[0]).toMatchObject({ reason: 'FieldValueInvalid', field: 'metadata.name' });
    expect(ask(served, 'POST', MAPS, '{"metadata": ')).toMatchObject({ status: 400 });
    expect(ask(served, 'POST', MAPS, { kind: 'Secret', apiVersion: 'v1' })).toMatchObject({ status: 400 });
    expect(ask(served, 'POST', MAPS, map('a'), { type: 'text/html' })).toMatchObject({ status: 415 });
    expect(ask(served, 'GET', PODS, undefined, { accept: 'application/xml' })).toMatchObject({ status: 406 });
    expect(ask(served, 'POST', `${MAPS}/a`, map('a'))).toMatchObject({ status: 405 });
    expect(ask(served, 'GET', '/api/v1/namespaces/default/nonsense')).toMatchObject({ status: 404 });
  });

  it('with a field whose name no header holds as it is are warned of in its bytes', () => {
    const served = servedShop();
    const { headers } = ask(served, 'POST', MAPS, { ...map('a'), 店: 'x' });
    const text = Buffer.from(String(headers['warning']), 'latin1').toString();
    expect(text).toBe('299 - "unknown field \\"店\\""');
  });

  it('by a JSON patch that names no place are refused', () => {
    const { status, body } = ask(
      servedShop(),
      'PATCH',
      '/apis/apps/v1/namespaces/default/deployments/web',
      [{ op: 'replace', value: 2 }],
      { type: 'application/json-patch+json' },
    );
    expect([status, JSON.stringify(body)]).toEqual([
      422,
      expect.stringContaining(
        'replace operation failed to decode path: operation missing path field: missing value',
      ),
    ]);
  });

  it('with fields that nobody knows are refused, or taken with a warning', () => {
    const served = servedShop();
    const odd = { ...map('a'), nonsense: 1 };
    const { status, body } = ask(served, 'POST', `${MAPS}?fieldValidation=Strict`, odd);
    expect([status, body.message]).toEqual([
      400,
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: ' +
        'strict decoding error: unknown field "nonsense"',
    ]);
    const warned = ask(served, 'POST', MAPS, odd);
    expect(warned.status).toBe(201);
    expect(warned.headers['warning']).toBe('299 - "unknown field \\"nonsense\\""');
    expect(warned.body).not.toHaveProperty('nonsense');
    expect(
      ask(served, 'POST', `${MAPS}?fieldValidation=Ignore`, { ...odd, ...map('b') }).headers,
    ).not.toHaveProperty('warning');
  });

  it('are not stored by a dry run', () => {
    const served = servedShop();
    expect(ask(served, 'POST', `${MAPS}?dryRun=All`, map('a')).status).toBe(201);
    expect(ask(served, 'GET', `${MAPS}/a`).status).toBe(404);
    expect(ask(served, 'DELETE', `${DEPLOYMENTS}/web?dryRun=All`).status).toBe(200);
    expect(ask(served, 'GET', `${DEPLOYMENTS}/web`).status).toBe(200);
  });

  it('are applied on the server, and conflict with who else has their fields', () => {
    const served = servedShop();
    const apply = (manager: string, k: string, force = false): { status: number; body: Body } =>
      ask(
        served,
        'PATCH',
        `${MAPS}/a?fieldManager=${manager}${force ? '&force=true' : ''}`,
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: "${k}"}\n`,
        { type: 'application/apply-patch+yaml' },
      );
    expect(apply('one', '1').status).toBe(201);
    expect(apply('two', '2')).toMatchObject({
      status: 409,
      body: {
        reason: 'Conflict',
        details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.k' }] },
      },
    });
    expect(apply('two', '2', true)).toMatchObject({ status: 200, body: { data: { k: '2' } } });
  });

  it('go all at once, as far as a selector chooses them', () => {
    const served = servedShop();
    for (const name of ['a', 'b', 'c'])
      ask(served, 'POST', MAPS, map(name, {}, { odd: String(name !== 'b') }));
    const gone = ask(served, 'DELETE', `${MAPS}?labelSelector=odd%3Dtrue`);
    expect(namesOf(gone.body)).toEqual(['a', 'c']);
    expect(namesOf(ask(served, 'GET', MAPS).body)).toContain('b');
  });

  it('have their subresources', () => {
    const served = servedShop();
    const scale = ask(served, 'GET', `${DEPLOYMENTS}/web/scale`).body;
    expect(scale).toMatchObject({ kind: 'Scale', spec: { replicas: 2 }, status: { selector: 'app=web' } });
    const patched = ask(
      served,
      'PATCH',
      `${DEPLOYMENTS}/web/scale`,
      { spec: { replicas: 3 } },
      { type: 'application/merge-patch+json' },
    );
    expect(patched.body.spec).toEqual({ replicas: 3 });
    while (served.hurry(60_000));
    const pods: Body[] = ask(served, 'GET', `${PODS}?labelSelector=app%3Dweb`).body.items;
    expect(pods).toHaveLength(3);
    const { name } = pods[0].metadata;
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
    expect(ask(served, 'POST', `${PODS}/${name}/eviction`, eviction).status).toBe(201);
    expect(ask(served, 'GET', `${PODS}/${name}`).body.metadata.deletionTimestamp).toBeDefined();
    const token = ask(served, 'POST', '/api/v1/namespaces/default/serviceaccounts/default/token', {
      spec: {},
    });
    expect(served.cluster.authenticate(token.body.status.token)?.username).toBe(
      'system:serviceaccount:default:default',
    );
  });
});

it('requests for certificates are approved by an update and by a patch', () => {
  const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
  const approved = { type: 'Approved', status: 'True', reason: 'Asked', message: 'by a test' };
  const served = servedShop();
  const spec = {
    request: /request: (\S+)/.exec(readFileSync('features/access/jane.yaml', 'utf8'))![1],
    signerName: 'kubernetes.io/kube-apiserver-client',
    usages: ['client auth'],
  };
  const conditionsOf = (name: string): Body =>
    ask(served, 'GET', `${requests}/${name}`).body.status.conditions;
  for (const name of ['one', 'two']) ask(served, 'POST', requests, { metadata: { name }, spec });
  const { body: one } = ask(served, 'GET', `${requests}/one`);
  const updated = { ...one, status: { conditions: [approved] } };
  expect(ask(served, 'PUT', `${requests}/one/approval`, updated).status).toBe(200);
  const patch = { status: { conditions: [approved] } };
  const merged = { type: 'application/merge-patch+json' };
  expect(ask(served, 'PATCH', `${requests}/two/approval`, patch, merged).status).toBe(200);
  for (const name of ['one', 'two'])
    expect(conditionsOf(name)).toMatchObject([{ ...approved, lastUpdateTime: expect.any(String) }]);
  // Its controllers go by these times.
  served.pass(7_200_000);
  expect(ask(served, 'GET', `${requests}/one`).status).toBe(404);
});

describe('lists', () => {
  it('go on by pages as of when they began, whatever is written meanwhile', () => {
    const served = servedShop();
    for (const name of ['a', 'b', 'c', 'd']) ask(served, 'POST', MAPS, map(name));
    const whole = namesOf(ask(served, 'GET', MAPS).body);
    const first = ask(served, 'GET', `${MAPS}?limit=2`).body;
    expect(first.metadata.remainingItemCount).toBe(whole.length - 2);
    ask(served, 'DELETE', `${MAPS}/d`);
    ask(served, 'POST', MAPS, map('bb'));
    const rest = ask(served, 'GET', `${MAPS}?limit=500&continue=${first.metadata.continue}`).body;
    expect([...namesOf(first), ...namesOf(rest)]).toEqual(whole);
    expect(rest.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  it('that are continued too late are refused with a token to go on from now', () => {
    const served = servedShop();
    for (const name of ['a', 'b', 'c']) ask(served, 'POST', MAPS, map(name));
    const first = ask(served, 'GET', `${MAPS}?limit=2`).body;
    served.pass(600_000);
    ask(served, 'DELETE', `${MAPS}/c`);
    const late = ask(served, 'GET', `${MAPS}?continue=${first.metadata.continue}`);
    expect(late).toMatchObject({ status: 410, body: { reason: 'Expired' } });
    const names = namesOf(ask(served, 'GET', `${MAPS}?continue=${late.body.metadata.continue}`).body);
    expect(names).not.toContain('c');
    expect(ask(served, 'GET', `${MAPS}?continue=nonsense`).status).toBe(400);
  });

  it('come as tables and as metadata alone for who takes them so', () => {
    const served = servedShop();
    const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { body } = ask(served, 'GET', DEPLOYMENTS, undefined, { accept: table });
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(body.columnDefinitions[0]).toMatchObject({ name: 'Name', format: 'name', priority: 0 });
    expect(body.rows[0].cells.slice(0, 4)).toEqual(['web', '2/2', 2, 2]);
    expect(body.rows[0].object).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'web' } });
    const metadata = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const partial = ask(served, 'GET', DEPLOYMENTS, undefined, { accept: metadata }).body;
    expect(partial.kind).toBe('PartialObjectMetadataList');
    expect(partial.items[0]).not.toHaveProperty('spec');
    const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const review = { spec: { resourceAttributes: { verb: 'get', resource: 'pods' } } };
    const only = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    expect(ask(served, 'POST', reviews, review, { accept: only }).status).toBe(406);
    expect(ask(served, 'POST', reviews, review, { accept: table }).body.status.allowed).toBe(true);
  });
});

describe('watches', () => {
  it('tell what an informer needs, and mark the end of what was there', () => {
    const served = servedShop();
    ask(served, 'POST', MAPS, map('before'));
    const flow = flowOf(
      served,
      'GET',
      `${MAPS}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    const events = eventsOf(flow);
    expect(events.at(-1)).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    });
    expect(events.at(-1)!.object.metadata).not.toHaveProperty('creationTimestamp');
    const told = events.slice(0, -1).map(({ type, object }) => `${type} ${object.metadata.name}`);
    expect(told).toEqual(['ADDED before', 'ADDED kube-root-ca.crt']);
    ask(served, 'POST', MAPS, map('a'));
    expect(eventsOf(flow)).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'a' } } }]);
  });

  it('see what enters and leaves a selector as added and deleted', () => {
    const served = servedShop();
    ask(served, 'POST', MAPS, map('a', {}, { tier: 'x' }));
    const { resourceVersion } = ask(served, 'GET', MAPS).body.metadata;
    const flow = flowOf(
      served,
      'GET',
      `${MAPS}?watch=true&labelSelector=tier%3Dx&resourceVersion=${resourceVersion}`,
    );
    const label = (tier: string): Body =>
      ask(
        served,
        'PATCH',
        `${MAPS}/a`,
        { metadata: { labels: { tier } } },
        { type: 'application/merge-patch+json' },
      );
    label('y');
    label('x');
    const { body: last } = ask(served, 'GET', `${MAPS}/a`);
    ask(served, 'DELETE', `${MAPS}/a`);
    const events = eventsOf(flow);
    expect(events.map((e) => e.type)).toEqual(['DELETED', 'ADDED', 'DELETED']);
    expect(Number(events[2]!.object.metadata.resourceVersion)).toBeGreaterThan(
      Number(last.metadata.resourceVersion),
    );
  });

  it('from a revision that is compacted are refused', () => {
    const served = servedShop();
    const { resourceVersion } = ask(served, 'POST', MAPS, map('a')).body.metadata;
    served.pass(600_000);
    ask(served, 'POST', MAPS, map('b'));
    served.pass(600_000);
    const flow = flowOf(served, 'GET', `${MAPS}?watch=true&resourceVersion=${resourceVersion}`);
    expect(eventsOf(flow)).toMatchObject([{ type: 'ERROR', object: { reason: 'Expired', code: 410 } }]);
    expect([flow.status, flow.ended, flow.take()]).toEqual([200, true, []]);
  });

  it('from any revision make of the list then the list now', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('create', 'label', 'delete'), fc.constantFrom('a', 'b', 'c')), {
          maxLength: 12,
        }),
        fc.nat(11),
        (acts, cut) => {
          const served = servedShop();
          let known = new Map<string, Body>();
          let flow = flowOf(served, 'GET', `${MAPS}?watch=true`);
          const listed = (): Body => ask(served, 'GET', MAPS).body;
          const start = (): void => {
            const { items, metadata } = listed();
            known = new Map(items.map((o: Body) => [o.metadata.name, o]));
            flow = flowOf(served, 'GET', `${MAPS}?watch=true&resourceVersion=${metadata.resourceVersion}`);
          };
          start();
          acts.forEach(([act, name], i) => {
            if (i === cut) start();
            if (act === 'create') ask(served, 'POST', MAPS, map(name));
            else if (act === 'delete') ask(served, 'DELETE', `${MAPS}/${name}`);
            else {
              const patch = { metadata: { labels: { i: String(i) } } };
              ask(served, 'PATCH', `${MAPS}/${name}`, patch, { type: 'application/merge-patch+json' });
            }
          });
          for (const { type, object } of eventsOf(flow)) {
            const { kind: _kind, apiVersion: _apiVersion, ...bare } = object;
            if (type === 'DELETED') known.delete(object.metadata.name);
            else known.set(object.metadata.name, bare);
          }
          const names = [...known.keys()].sort();
          expect(names.map((name) => known.get(name))).toEqual(listed().items);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of logs go on as lines come, and end with the container', () => {
    const served = servedShop();
    const pod = {
      metadata: { name: 'loop' },
      spec: {
        restartPolicy: 'Never',
        containers: [
          { name: 'c', image: 'busybox', command: ['sh', '-c', 'echo one; sleep 20; echo two; sleep 20'] },
        ],
      },
    };
    ask(served, 'POST', PODS, pod);
    served.pass(15_000);
    const flow = flowOf(served, 'GET', `${PODS}/loop/log?follow=true`);
    expect(flow.take()).toEqual(['one\n']);
    expect(flow.ended).toBe(false);
    served.pass(15_000);
    expect(flow.take()).toEqual(['two\n']);
    served.pass(30_000);
    expect([flow.take(), flow.ended]).toEqual([[], true]);
    expect(ask(served, 'GET', `${PODS}/loop/log?tailLines=1`).body).toBe('two\n');
  });
});

describe('users', () => {
  const bob = { username: 'bob', groups: ['system:authenticated'] };

  it('do what their roles let them', () => {
    const served = servedShop();
    expect(ask(served, 'GET', PODS, undefined, { user: bob })).toMatchObject({
      status: 403,
      body: {
        message:
          'pods is forbidden: User "bob" cannot list resource "pods" in API group "" ' +
          'in the namespace "default"',
      },
    });
    const watch = ask(served, 'GET', `${PODS}?watch=true`, undefined, { user: bob });
    expect(watch.body.message).toContain('cannot watch resource "pods"');
    ask(served, 'POST', '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings', {
      metadata: { name: 'bob' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'bob' }],
    });
    expect(ask(served, 'GET', PODS, undefined, { user: bob }).status).toBe(200);
    expect(ask(served, 'DELETE', PODS, undefined, { user: bob }).status).toBe(403);
  });

  it('that nobody knows see that the server is well, and no more', () => {
    const served = servedShop();
    expect(ask(served, 'GET', '/healthz', undefined, { user: 'nobody' })).toMatchObject({
      status: 200,
      body: 'ok',
    });
    for (const path of ['/apis', '/openapi/v3', PODS, '/metrics'])
      expect([path, ask(served, 'GET', path, undefined, { user: 'nobody' }).status]).toEqual([path, 403]);
    for (const path of ['/healthz', PODS])
      expect([path, ask(served, 'GET', path, undefined, { user: 'refused' }).status]).toEqual([path, 401]);
  });

  it('act as others where they may', () => {
    const served = servedShop();
    const as = (user: Parameters<typeof ask>[4], name: string): number =>
      ask(served, 'GET', PODS, undefined, { ...user, headers: { 'impersonate-user': name } }).status;
    expect(as({}, 'bob')).toBe(403);
    expect(as({ user: bob }, 'kubernetes-admin')).toBe(403);
  });
});

describe('the server itself', () => {
  it('says how it is, check by check, and what it counted', () => {
    const served = servedShop();
    expect(ask(served, 'GET', '/readyz?verbose').body).toMatch(/^\[\+\]ping ok\n[^]*readyz check passed\n$/);
    expect(ask(served, 'GET', '/livez/etcd')).toMatchObject({ status: 200, body: 'ok' });
    expect(ask(served, 'GET', '/livez/nonsense').status).toBe(404);
    expect(ask(served, 'GET', '/metrics').body).toContain('apiserver_request_total{');
    served.play('etcd loses quorum');
    const { status, body } = ask(served, 'GET', '/readyz');
    expect([status, body]).toEqual([500, expect.stringContaining('[-]etcd failed')]);
  });
});

describe('the inputs of a served cluster', () => {
  const act = fc.oneof(
    fc.constantFrom('a', 'b').map((name) => ({ kind: 'create' as const, name })),
    fc.constantFrom('a', 'b').map((name) => ({ kind: 'delete' as const, name })),
    fc.integer({ min: 0, max: 4 }).map((replicas) => ({ kind: 'scale' as const, replicas })),
    fc.integer({ min: 1, max: 40_000 }).map((ms) => ({ kind: 'pass' as const, ms })),
    fc.integer({ min: 1, max: 2000 }).map((ms) => ({ kind: 'hurry' as const, ms })),
    fc.constant({ kind: 'power' as const }),
    fc
      .constantFrom('command=sleep&command=3', 'command=sh&stdin=true')
      .map((query) => ({ kind: 'exec' as const, query })),
    fc
      .constantFrom('echo x >> /tmp/x; sleep 2\n', 'ca', 't /tmp/x\n', undefined)
      .map((text) => ({ kind: 'type' as const, text })),
    fc.constantFrom(80, 81).map((port) => ({ kind: 'forward' as const, port })),
  );

  const sessions = new WeakMap<Served, OpenStreams>();

  function doIt(served: Served, of: typeof act extends fc.Arbitrary<infer T> ? T : never): void {
    if (of.kind === 'create') ask(served, 'POST', MAPS, map(of.name));
    else if (of.kind === 'delete') ask(served, 'DELETE', `${MAPS}/${of.name}`);
    else if (of.kind === 'pass') served.pass(of.ms);
    else if (of.kind === 'hurry') served.hurry(of.ms);
    else if (of.kind === 'power') served.play('node "node-1" reboots');
    else if (of.kind === 'type') sessions.get(served)?.type(of.text);
    else if (of.kind === 'scale')
      ask(
        served,
        'PATCH',
        `${DEPLOYMENTS}/web/scale`,
        { spec: { replicas: of.replicas } },
        { type: 'application/merge-patch+json' },
      );
    else {
      const [pod] = ask(served, 'GET', `${PODS}?fieldSelector=status.phase%3DRunning`).body.items;
      if (pod === undefined) return;
      if (of.kind === 'forward') {
        const opened = served.handle(requestOf('GET', `${PODS}/${pod.metadata.name}/portforward`));
        if (opened.kind !== 'portForward') return;
        const headers = { 'user-agent': 'curl/8.14.1' };
        served.forwarded(opened.to, { port: of.port, method: 'GET', path: '/', headers });
        return;
      }
      const request = requestOf('GET', `${PODS}/${pod.metadata.name}/exec?${of.query}`);
      const reply = served.handle(request);
      if (reply.kind === 'exec') sessions.set(served, served.open(request, reply));
    }
  }

  it('make the same history again, and after the clock was set back', () => {
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 1, maxLength: 8 }),
        fc.array(act, { maxLength: 3 }),
        (acts, undone) => {
          const served = servedShop();
          for (const one of acts) doIt(served, one);
          const [hash, at] = [served.cluster.hash(), served.now];
          served.pass(1000);
          for (const one of undone) doIt(served, one);
          served.rewind(at);
          expect(served.cluster.hash()).toBe(hash);
          expect(Served.replay(JSON.parse(JSON.stringify(served.log))).cluster.hash()).toBe(hash);
        },
      ),
      { numRuns: 15 },
    );
  });
});
