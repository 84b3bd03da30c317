import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { servedShop } from '../testing.ts';
import { Listener } from './server.ts';

let listener: Listener;
let pod: string;

beforeAll(async () => {
  listener = await Listener.listen(servedShop(), { port: 0, pace: { kind: 'settle' } });
  pod = listener.back.served.cluster.client().list('Pod')[0]!.metadata.name;
});
afterAll(() => listener.close());

/** The first frames that come, until there are so many or the connection is closed. */
function frames(path: string, protocols: string[], many = Infinity): Promise<(string | Buffer)[]> {
  return new Promise((resolve, reject) => {
    const { authority, administrator } = listener.certificates;
    const socket = new WebSocket(listener.url.replace('https', 'wss') + path, protocols, {
      ca: authority,
      key: administrator.key,
      cert: administrator.certificate,
    });
    const come: (string | Buffer)[] = [];
    socket.on('message', (data: Buffer, isBinary) => {
      come.push(isBinary ? data : data.toString());
      if (come.length === many) socket.close();
    });
    socket.on('close', () => resolve(come));
    socket.on('error', reject);
  });
}

const logPath = (query = ''): string => `/api/v1/namespaces/default/pods/${pod}/log${query}`;
const textOf = (all: readonly (string | Buffer)[]): string => all.map(String).join('');

describe('over a WebSocket', () => {
  it.each([[[]], [['binary.k8s.io']]])('what a container prints comes in bytes: %j', async (protocols) => {
    const come = await frames(logPath(), protocols);
    expect(come.every((frame) => frame instanceof Buffer)).toBe(true);
    expect(textOf(come)).toContain('Configuration complete');
  });

  it('or in base64', async () => {
    const come = await frames(logPath('?tailLines=1'), ['base64.binary.k8s.io']);
    const plain = await frames(logPath('?tailLines=1'), []);
    expect(Buffer.from(textOf(come), 'base64').toString()).toBe(textOf(plain));
  });

  it('a log that is followed comes too', async () => {
    const [first] = await frames(logPath('?follow=true'), [], 1);
    expect(String(first)).toContain('\n');
  });

  it('each event of a watch is a text', async () => {
    const come = await frames('/api/v1/namespaces/default/pods?watch=true', [], 2);
    expect(come.map((frame) => JSON.parse(frame as string).type)).toEqual(['ADDED', 'ADDED']);
  });

  it('what is not there is refused before it is opened', async () => {
    await expect(frames('/api/v1/namespaces/default/pods/none/log', [])).rejects.toThrow('404');
  });
});
