import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fc } from '@fast-check/vitest';
import { LimitError } from '../../sim/limits.ts';
import { servedShop } from '../testing.ts';
import { Listener } from './server.ts';

let listener: Listener;
let folder: string;

beforeAll(async () => {
  listener = await Listener.listen(servedShop(), { port: 0, pace: { kind: 'settle' } });
  folder = mkdtempSync(join(tmpdir(), 'seatrial-serve-'));
  writeFileSync(join(folder, 'kubeconfig'), listener.kubeconfig, { mode: 0o600 });
});
afterAll(async () => {
  await listener.close();
  rmSync(folder, { recursive: true });
});

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array | string;
  /** Comes with no certificate. */
  readonly bare?: boolean;
}

/** What a path answers, or what became of the connection. */
const send = (
  path: string,
  { method = 'GET', headers = {}, body, bare = false }: Sent = {},
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { authority, administrator } = listener.certificates;
    const credentials = bare ? {} : { key: administrator.key, cert: administrator.certificate };
    const { port } = new URL(listener.url);
    const request = httpsRequest(
      { host: '127.0.0.1', port, path, method, headers, ca: authority, ...credentials, agent: false },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });

describe('the listener', () => {
  it('knows its administrator by certificate, and nobody else', async () => {
    expect((await send('/api/v1/nodes')).status).toBe(200);
    expect(await send('/healthz', { bare: true })).toEqual({ status: 200, body: 'ok' });
    expect((await send('/api/v1/nodes', { bare: true })).status).toBe(403);
    const asGroup = { 'impersonate-group': 'devs' };
    expect((await send('/api/v1/nodes', { bare: true, headers: asGroup })).status).toBe(403);
    expect((await send('/api/v1/nodes', { headers: asGroup })).status).toBe(500);
    const headers = { authorization: 'Bearer nonsense' };
    expect((await send('/healthz', { bare: true, headers })).status).toBe(401);
    const { token } = listener.back.served.cluster.client().requestToken('default', 'default', {});
    const account = { bare: true, headers: { authorization: `Bearer ${token}` } };
    expect((await send('/api', account)).status).toBe(200);
    expect((await send('/api/v1/nodes', account)).status).toBe(403);
    for (const path of ['clock', 'log', 'play']) {
      expect((await send(`/seatrial/v1/${path}`, { bare: true })).status).toBe(401);
      expect((await send(`/seatrial/v1/${path}`, account)).status).toBe(403);
    }
  });

  it('steers the clock, plays sentences, and says what is wrong with them', async () => {
    const steer = async (path: string, body: object): Promise<{ status: number; body: any }> => {
      const headers = { 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      const { status, body: text } = await send(`/seatrial/v1/${path}`, sent);
      return { status, body: JSON.parse(text) };
    };
    const before = JSON.parse((await send('/seatrial/v1/clock')).body);
    const after = await steer('clock', { advance: '5m' });
    expect(after.body.now - before.now).toBeGreaterThanOrEqual(300_000);
    const lost = await steer('play', { step: 'node "node-2" loses power' });
    expect(lost.status).toBe(200);
    await steer('clock', { advance: '1m' });
    const ready = async (): Promise<string> => {
      const { status } = JSON.parse((await send('/api/v1/nodes/node-2')).body);
      return status.conditions.find((c: { type: string }) => c.type === 'Ready').status;
    };
    expect(await ready()).toBe('Unknown');
    // Who asks meanwhile is waited for, which lets time pass.
    const { now } = (await steer('clock', { pace: 'frozen' })).body;
    await steer('clock', { rewind: `${now - lost.body.now + 1000}ms` });
    expect(await ready()).toBe('True');
    await steer('clock', { pace: 'settle' });
    for (const [path, body] of [
      ['play', { step: 'nonsense happens' }],
      ['play', {}],
      ['clock', { advance: 'soon' }],
      ['clock', { rewind: '9h' }],
      ['clock', { pace: 'x0' }],
      ['clock', { advance: '1m', rewind: '1m' }],
    ] as const)
      expect([body, (await steer(path, body)).status]).toEqual([body, 400]);
  });

  it('never falls over what is sent to it, and tells who is not known nothing', async () => {
    const path = fc.oneof(
      fc.webPath(),
      fc
        .array(
          fc.constantFrom(
            'api',
            'apis',
            'v1',
            'apps',
            'namespaces',
            'default',
            'pods',
            'deployments',
            'web',
            'status',
            'scale',
            'log',
            'exec',
            'watch',
            '..',
            '%',
            '%00',
            '%zz',
            'openapi',
            'v3',
            'seatrial',
            'proxy',
            'bindings',
          ),
          { maxLength: 8 },
        )
        .map((steps) => `/${steps.join('/')}`),
    );
    const query = fc
      .array(
        fc.tuple(
          fc.constantFrom(
            'limit',
            'continue',
            'labelSelector',
            'fieldSelector',
            'resourceVersion',
            'dryRun',
            'x',
          ),
          fc.oneof(fc.string(), fc.constantFrom('1', '-1', 'a=b', 'true', 'All', 'status.phase=Running')),
        ),
        { maxLength: 3 },
      )
      .map((pairs) => (pairs.length === 0 ? '' : `?${new URLSearchParams(pairs as [string, string][])}`));
    const sent = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
      bare: fc.boolean(),
      body: fc.oneof(
        fc.uint8Array(),
        fc.json(),
        fc.constant('{"apiVersion":"v1","kind":"Pod","metadata":null,"spec":{"containers":[null]}}'),
      ),
      headers: fc.record({
        accept: fc.constantFrom(
          '*/*',
          'application/json',
          'application/json;as=Table;v=v1;g=meta.k8s.io',
          ';;,',
        ),
        'content-type': fc.constantFrom(
          'application/json',
          'application/yaml',
          'application/merge-patch+json',
          'application/strategic-merge-patch+json',
          'application/json-patch+json',
          'application/apply-patch+yaml',
          'application/vnd.kubernetes.protobuf',
          'text/plain',
        ),
      }),
    });
    await fc.assert(
      fc.asyncProperty(path, query, sent, async (at, behind, { method, bare, body, headers }) => {
        const hasBody = method !== 'GET' && method !== 'HEAD';
        const { status, body: text } = await send(encodeURI(at).replaceAll('%25', '%') + behind, {
          method,
          headers,
          bare,
          ...(hasBody ? { body } : {}),
        });
        expect(text).not.toContain('defect of Seatrial');
        if (bare && !/^\/(?:healthz|livez|readyz|version)/.test(at))
          expect([401, 403, 400, 405]).toContain(status);
        else expect(status).toBeLessThan(504);
      }),
      { numRuns: 150 },
    );
    expect((await send('/api/v1/nodes')).status).toBe(200);
  });
});

it('a listener whose cluster can go no further stands still, and says why once', async () => {
  const served = servedShop();
  served.hurry = () => {
    throw new LimitError({ used: { count: 1000, of: 'years' }, at: '9:59:59', busiest: undefined });
  };
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const stuck = await Listener.listen(served, { port: 0, pace: { kind: 'settle' } });
  while (stuck.back.clock.text !== 'frozen') await new Promise((resolve) => setImmediate(resolve));
  expect(said.mock.calls).toEqual([
    [
      'seatrial: the clock stands still from here: ' +
        'the run was ended after 1000 years, which is the limit, at 9:59:59 of virtual time\n',
    ],
  ]);
  said.mockRestore();
  await stuck.close();
});

/** Those before look into containers by another protocol, which is not spoken here. */
const OLDEST_MINOR = 31;

const hasKubectl = ((): boolean => {
  try {
    const text = execFileSync('kubectl', ['version', '--client', '-o', 'json'], { stdio: 'pipe' }).toString();
    const { clientVersion } = JSON.parse(text) as { clientVersion: { minor: string } };
    return Number.parseInt(clientVersion.minor, 10) >= OLDEST_MINOR;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasKubectl)('kubectl of 1.31 or later', () => {
  const kubectl = (...args: string[]): Promise<{ code: number; out: string }> =>
    new Promise((resolve) => {
      execFile(
        'kubectl',
        args,
        { env: { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder } },
        (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: stdout + stderr }),
      );
    });

  it('applies, follows a rollout, looks into containers, drains and deletes', async () => {
    const manifest = join(folder, 'api.yaml');
    writeFileSync(
      manifest,
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  replicas: 2\n' +
        '  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n' +
        '    spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]}\n',
    );
    expect((await kubectl('apply', '-f', manifest)).out).toContain('deployment.apps/api created');
    expect((await kubectl('rollout', 'status', 'deploy/api', '--timeout=60s')).out).toContain(
      'deployment "api" successfully rolled out',
    );
    expect((await kubectl('apply', '-f', manifest)).out).toContain('deployment.apps/api unchanged');
    const pods = (await kubectl('get', 'pods', '-l', 'app=api', '-o', 'name')).out.trim().split('\n');
    expect(pods).toHaveLength(2);
    expect((await kubectl('exec', pods[0]!, '--', 'cat', '/usr/share/nginx/html/index.html')).out).toContain(
      'Welcome to nginx',
    );
    const failed = await kubectl('exec', pods[0]!, '--', 'sh', '-c', 'exit 3');
    expect([failed.code, failed.out]).toEqual([3, 'command terminated with exit code 3\n']);
    expect((await kubectl('get', 'pods', '--as', 'bob')).out).toContain(
      'Error from server (Forbidden): pods is forbidden: User "bob" cannot list resource "pods"',
    );
    expect((await kubectl('drain', 'node-1', '--ignore-daemonsets', '--timeout=60s')).out).toContain(
      'node/node-1 drained',
    );
    expect((await kubectl('uncordon', 'node-1')).out).toBe('node/node-1 uncordoned\n');
    expect((await kubectl('delete', '-f', manifest)).out).toMatch(
      /^deployment\.apps "api" deleted(?: from default namespace)?\n$/,
    );
    expect((await kubectl('get', 'deploy', 'api')).out).toContain('deployments.apps "api" not found');
  }, 240_000);
});
