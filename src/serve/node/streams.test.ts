import { request as httpsRequest } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Served } from '../served.ts';
import { encode, FrameReader } from '../spdy/frames.ts';
import { HeaderWriter } from '../spdy/headers.ts';
import { ask, servedShop } from '../testing.ts';
import { Listener } from './server.ts';

const PODS = '/api/v1/namespaces/default/pods';

let listener: Listener;
let web: string;

beforeAll(async () => {
  listener = await Listener.listen(servedShop(), { port: 0, pace: { kind: 'settle' } });
  web = ask(listener.back.served, 'GET', PODS).body.items[0].metadata.name;
});
afterAll(() => listener.close());

interface Asked {
  readonly protocol: string;
  /** The headers of each stream, and what is sent over it. */
  readonly streams: readonly (readonly [Readonly<Record<string, string>>, string])[];
}

/** What came over each stream by its type until the connection's end; or the status of a refusal. */
function streamed(path: string, { protocol, streams }: Asked): Promise<Record<string, string> | number> {
  return new Promise((resolve, reject) => {
    const { authority: ca, administrator } = listener.certificates;
    const { port } = new URL(listener.url);
    const request = httpsRequest({
      host: '127.0.0.1',
      port,
      path: `${PODS}/${web}/${path}`,
      method: 'POST',
      ca,
      key: administrator.key,
      cert: administrator.certificate,
      headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': protocol },
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => resolve(response.resume().statusCode ?? 0));
    request.on('upgrade', (_response, socket) => {
      const [reader, writer] = [new FrameReader(), new HeaderWriter()];
      const got: Record<string, string> = {};
      const ended = new Set<number>();
      socket.on('error', reject);
      socket.on('data', (piece: Buffer) => {
        for (const frame of reader.push(piece)) {
          if (frame.kind !== 'data') continue;
          const type = streams[(frame.id - 1) / 2]![0]['streamtype']!;
          got[type] = (got[type] ?? '') + Buffer.from(frame.data).toString();
          if (frame.last) ended.add(frame.id);
        }
        if (ended.size < streams.length) return;
        socket.destroy();
        resolve(got);
      });
      streams.forEach(([headers, text], i) => {
        const id = 2 * i + 1;
        socket.write(encode({ kind: 'synStream', id, last: false, block: writer.write(headers) }));
        if (text !== '') socket.write(encode({ kind: 'data', id, last: false, data: Buffer.from(text) }));
      });
    });
    request.end();
  });
}

describe('streams over SPDY alone', () => {
  it('carry what a command writes and how it ends, and are replayed', async () => {
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 3'].map(
      (word) => `command=${encodeURIComponent(word)}`,
    );
    const got = await streamed(`exec?${command.join('&')}&stdout=true&stderr=true`, {
      protocol: 'v4.channel.k8s.io, channel.k8s.io',
      streams: ['error', 'stdout', 'stderr'].map((streamtype) => [{ streamtype }, '']),
    });
    expect(got).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
    const { error } = got as Record<string, string>;
    expect(JSON.parse(error!)).toMatchObject({
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
    const { served } = listener.back;
    expect(served.log.inputs.map(({ kind }) => kind)).toEqual(['exec']);
    const again = Served.replay(JSON.parse(JSON.stringify(served.log)));
    expect(again.cluster.hash()).toBe(served.cluster.hash());
  });

  it('lead to the ports of a Pod', async () => {
    const port = { port: '80', requestid: '7' };
    const got = await streamed('portforward', {
      protocol: 'portforward.k8s.io',
      streams: [
        [{ streamtype: 'error', ...port }, ''],
        [{ streamtype: 'data', ...port }, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
      ],
    });
    expect(got).toEqual({ error: '', data: expect.stringMatching(/^HTTP\/1\.1 200 OK[^]*Welcome to nginx/) });
  });

  it('end with the listener', async () => {
    const other = await Listener.listen(servedShop(), { port: 0, pace: { kind: 'settle' } });
    const { authority: ca, administrator } = other.certificates;
    const pod = ask(other.back.served, 'GET', PODS).body.items[0].metadata.name;
    const closed = new Promise<void>((resolve, reject) => {
      const request = httpsRequest(`${other.url}${PODS}/${pod}/portforward`, {
        method: 'POST',
        ca,
        key: administrator.key,
        cert: administrator.certificate,
        headers: {
          connection: 'Upgrade',
          upgrade: 'SPDY/3.1',
          'x-stream-protocol-version': 'portforward.k8s.io',
        },
        agent: false,
      });
      request.on('error', reject);
      request.on('upgrade', (_response, socket) => {
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
        void other.close();
      });
      request.end();
    });
    await expect(closed).resolves.toBeUndefined();
  });

  it('are refused where no protocol is agreed upon', async () => {
    expect(await streamed('portforward', { protocol: 'v9', streams: [] })).toBe(403);
    expect(await streamed('exec?command=ls&stdout=true', { protocol: 'channel.k8s.io', streams: [] })).toBe(
      403,
    );
  });
});
