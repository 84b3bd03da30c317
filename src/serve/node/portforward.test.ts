import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Served } from '../served.ts';
import { encode, FrameReader } from '../spdy/frames.ts';
import { HeaderWriter } from '../spdy/headers.ts';
import { ask, servedShop } from '../testing.ts';
import { Listener } from './server.ts';
import { TUNNELLED } from './portforward.ts';

const PODS = '/api/v1/namespaces/default/pods';
const DATABASE = {
  metadata: { name: 'db' },
  spec: { containers: [{ name: 'pg', image: 'postgres', env: [{ name: 'POSTGRES_PASSWORD', value: 'x' }] }] },
};

let listener: Listener;
let web: string;

beforeAll(async () => {
  const served = servedShop();
  ask(served, 'POST', PODS, DATABASE);
  served.pass(60_000);
  listener = await Listener.listen(served, { port: 0, pace: { kind: 'settle' } });
  web = ask(served, 'GET', `${PODS}?labelSelector=app%3Dweb`).body.items[0].metadata.name;
});
afterAll(() => listener.close());

const url = (pod: string): string => `${listener.url.replace('https', 'wss')}${PODS}/${pod}/portforward`;
const credentials = (): object => {
  const { authority, administrator } = listener.certificates;
  return { ca: authority, key: administrator.key, cert: administrator.certificate };
};

/** What comes back over the two streams of a port, once both have ended or data is taken back. */
function forwarded(pod: string, port: number, bytes: string): Promise<{ data: string; error: string }> {
  return new Promise((resolve, reject) => {
    // A name with a slash is none to ws: it neither asks for one, nor takes it.
    const headers = { 'Sec-WebSocket-Protocol': TUNNELLED };
    const socket = new WebSocket(url(pod), { ...credentials(), headers } as object);
    const [reader, writer] = [new FrameReader(), new HeaderWriter()];
    const got = { data: '', error: '' };
    const ended = new Set<number>();
    socket.on('error', reject);
    socket.on('upgrade', (response) => {
      if (response.headers['sec-websocket-protocol'] !== TUNNELLED) reject(new Error('not agreed'));
      delete response.headers['sec-websocket-protocol'];
    });
    socket.on('open', () => {
      const open = (id: number, streamtype: string): void =>
        socket.send(
          encode({
            kind: 'synStream',
            id,
            last: false,
            block: writer.write({ streamtype, port: String(port), requestid: '0' }),
          }),
        );
      open(1, 'error');
      socket.send(encode({ kind: 'data', id: 1, last: true, data: new Uint8Array() }));
      open(3, 'data');
      socket.send(encode({ kind: 'data', id: 3, last: false, data: Buffer.from(bytes) }));
    });
    socket.on('message', (message: Buffer) => {
      for (const frame of reader.push(message)) {
        if (frame.kind === 'data')
          got[frame.id === 1 ? 'error' : 'data'] += Buffer.from(frame.data).toString();
        if ((frame.kind === 'data' && frame.last) || frame.kind === 'rstStream') ended.add(frame.id);
      }
      if (ended.size < 2) return;
      socket.close();
      resolve(got);
    });
  });
}

describe('forwarded ports', () => {
  it('have the Pod answer, and say what else comes of it', async () => {
    const page = await forwarded(web, 80, 'GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8\r\n\r\n');
    expect(page.error).toBe('');
    expect(page.data).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close\r\ncontent-length: \d+\r\n\r\n/i);
    expect(page.data).toContain('Welcome to nginx');
    const posted = await forwarded(
      web,
      80,
      'POST /missing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    );
    expect(posted.data).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    const log = ask(listener.back.served, 'GET', `${PODS}/${web}/log`).body as string;
    expect(log).toContain('"GET / HTTP/1.1" 200');
    expect(await forwarded(web, 81, '')).toEqual({
      data: '',
      error: expect.stringContaining('dial tcp4 127.0.0.1:81: connect: connection refused'),
    });
    expect((await forwarded('db', 5432, 'startup')).error).toContain('speaks a protocol of its own');
    expect((await forwarded(web, 80, '\x00\x01nonsense\r\n\r\n')).error).toContain('what came is none');
  });

  it('are replayed from the log', async () => {
    await forwarded(web, 80, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const { served } = listener.back;
    const again = Served.replay(JSON.parse(JSON.stringify(served.log)));
    expect(again.cluster.hash()).toBe(served.cluster.hash());
    expect(served.log.inputs.some(({ kind }) => kind === 'forwarded')).toBe(true);
  });

  it('are refused where the Pod is none, and over what is not spoken', async () => {
    const refusal = (pod: string, protocol: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url(pod), protocol, credentials());
        socket.on('open', () => reject(new Error('it was opened')));
        socket.on('error', () => undefined);
        socket.on('unexpected-response', (_request, response) => {
          response.on('data', (body: Buffer) => resolve(`${response.statusCode} ${body.toString()}`));
        });
      });
    expect(await refusal('nobody', 'v4.channel.k8s.io')).toMatch(/^404 .*pods \\"nobody\\" not found/);
    expect(await refusal(web, 'v9.channel.k8s.io')).toMatch(/^400 .*not over v9\.channel\.k8s\.io/);
    expect(await refusal(web, 'v4.channel.k8s.io')).toMatch(/^400 .*\\"ports\\" is required/);
  });
});

const hasKubectl = ((): boolean => {
  try {
    const version = execFileSync('kubectl', ['version', '--client', '-o', 'json']).toString();
    return Number.parseInt(JSON.parse(version).clientVersion.minor, 10) >= 31;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasKubectl)('kubectl port-forward', () => {
  it('leads to the Pod behind a Deployment, request after request', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'seatrial-forward-'));
    writeFileSync(join(folder, 'kubeconfig'), listener.kubeconfig, { mode: 0o600 });
    const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder };
    const kubectl = spawn('kubectl', ['port-forward', 'deploy/web', ':80', ':81'], { env });
    let told = '';
    const until = (pattern: RegExp): Promise<RegExpExecArray> =>
      new Promise((resolve, reject) => {
        const look = (piece = ''): void => {
          told += piece;
          const found = pattern.exec(told);
          if (found !== null) resolve(found);
        };
        kubectl.stdout.on('data', look);
        kubectl.stderr.on('data', look);
        kubectl.on('close', () => reject(new Error(`kubectl ended: ${told}`)));
        look();
      });
    try {
      const port = Number((await until(/127\.0\.0\.1:(\d+) -> 80\n/))[1]);
      const closed = Number((await until(/127\.0\.0\.1:(\d+) -> 81\n/))[1]);
      const page = (path: string): Promise<string> =>
        new Promise((resolve, reject) => {
          get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
            let body = `${response.statusCode} `;
            response.on('data', (piece: Buffer) => (body += piece.toString()));
            response.on('end', () => resolve(body));
          }).on('error', reject);
        });
      for (let i = 0; i < 5; i++) expect(await page('/')).toMatch(/^200 [^]*Welcome to nginx/);
      expect(await page('/missing')).toMatch(/^404 <html>/);
      const pages = await Promise.all([page('/'), page('/missing'), page('/')]);
      expect(pages.map((text) => text.slice(0, 3))).toEqual(['200', '404', '200']);
      connect(closed, '127.0.0.1').on('error', () => undefined);
      await until(/an error occurred forwarding \d+ -> 81: .*connection refused/);
    } finally {
      kubectl.kill();
      rmSync(folder, { recursive: true });
    }
  });
});
