/** What real clients ask, over the sockets of a served cluster. */
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORDED } from '../protobuf/testing.ts';
import { ask, servedShop } from '../testing.ts';
import { Listener } from '../node/server.ts';
import { CLIENT_REQUESTS } from './index.ts';
import type { ClientRequest } from './request.ts';

/** Of a machine that is busy with much else. */
const PATIENCE_MS = 20_000;

let listener: Listener;
/** What stands for the words in braces. */
const words = new Map<string, string>();

beforeAll(async () => {
  listener = await Listener.listen(servedShop('1', { changes: 20 }), { port: 0, pace: { kind: 'frozen' } });
  const { body } = ask(listener.back.served, 'GET', '/api/v1/namespaces/default/pods');
  const [pod, other] = body.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name).sort();
  words.set('pod', pod).set('other', other).set('revision', body.metadata.resourceVersion);
});
afterAll(() => listener.close());

const filled = (text: string): string =>
  text.replace(/\{(\w+)\}/g, (whole, word: string) => words.get(word) ?? whole);

function bytesOf({ body, sends }: ClientRequest): Uint8Array | undefined {
  if (sends !== undefined) return RECORDED.find(({ command }) => command.startsWith(sends))!.body;
  if (body === undefined) return undefined;
  return Buffer.from(typeof body === 'string' ? body : filled(JSON.stringify(body)));
}

interface Answered {
  readonly response: IncomingMessage;
  /** To what the connection was upgraded. */
  readonly upgraded?: readonly [string, string];
  readonly text: string;
}

/** The types of a watch's events, with what they are of. */
function told(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { type, object } = JSON.parse(line) as { type: string; object: any };
      const [mark] = Object.keys(type === 'BOOKMARK' ? (object.metadata.annotations ?? {}) : {});
      return `${type} ${mark ?? object.metadata.name ?? object.kind}`;
    });
}

function answered(row: ClientRequest): Promise<Answered> {
  const [method = '', path = ''] = filled(row.asks).split(' ');
  const { authority: ca, administrator } = listener.certificates;
  const body = bytesOf(row);
  const type =
    row.sends === undefined ? (row.type ?? 'application/json') : 'application/vnd.kubernetes.protobuf';
  const headers = {
    accept: row.accept ?? 'application/json',
    ...(body === undefined ? {} : { 'content-type': type, 'content-length': String(body.length) }),
    ...Object.fromEntries(Object.entries(row.headers ?? {}).map(([name, value]) => [name, filled(value)])),
  };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(`${listener.url}${path}`, {
      method,
      headers,
      ca,
      key: administrator.key,
      cert: administrator.certificate,
      agent: false,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    request.on('error', reject);
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      const { upgrade = '', 'sec-websocket-protocol': spoken } = response.headers;
      const agreed = spoken ?? (response.headers['x-stream-protocol-version'] as string | undefined) ?? '';
      resolve({ response, upgraded: [upgrade, agreed], text: '' });
    });
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        // A watch goes on: what it began with is enough.
        if (row.events === undefined || !text.endsWith('\n') || told(text).length < row.events.length) return;
        response.destroy();
        resolve({ response, text });
      });
      response.on('end', () => resolve({ response, text }));
      response.on('error', reject);
    });
    request.end(body);
  });
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);

/** What of a value is not as a shape says: lists by their length and by items that must be among them. */
function unlike(value: unknown, shape: unknown, where: string): string[] {
  const is = (fits: boolean, wanted: unknown): string[] =>
    fits ? [] : [`${where} is ${shown(value)}, not ${String(wanted)}`];
  if (shape instanceof RegExp) return is(typeof value === 'string' && shape.test(value), shape);
  if (typeof shape === 'string') return is(value === filled(shape), filled(shape));
  if (Array.isArray(value) && !Array.isArray(shape)) {
    const { length = value.length, some = [] } = shape as { length?: number; some?: readonly unknown[] };
    const missing = some.filter((item) => !value.some((one) => unlike(one, item, '').length === 0));
    return [
      ...is(value.length === length, `${length} items`),
      ...missing.map((item) => `${where} is ${shown(value)}, without ${shown(item)}`),
    ];
  }
  if (Array.isArray(shape) || typeof shape !== 'object' || shape === null)
    return is(isDeepStrictEqual(value, shape), shown(shape));
  if (typeof value !== 'object' || value === null)
    return is(typeof value === 'number' && Object.keys(shape).length === 0, shown(shape));
  return Object.entries(shape).flatMap(([name, part]) =>
    unlike((value as Record<string, unknown>)[name], part, `${where}.${name}`),
  );
}

/** What came back that the client could not have gone on with. */
function wrongOf(row: ClientRequest, { response, upgraded, text }: Answered): string[] {
  const { statusCode, headers } = response;
  if (statusCode !== row.status) return [`status ${statusCode}, not ${row.status}: ${text.slice(0, 300)}`];
  if (headers.etag !== undefined) words.set('etag', headers.etag);
  const wrong = Object.entries(row.answers ?? {}).flatMap(([name, is]) => unlike(headers[name], is, name));
  if (row.upgraded !== undefined) return [...wrong, ...unlike(upgraded, row.upgraded, 'the connection')];
  wrong.push(...unlike(headers['content-type'] ?? '', row.gives ?? 'application/json', 'content-type'));
  if (row.events !== undefined)
    return [...wrong, ...unlike(told(text), row.events.map(filled), 'the events')];
  if (row.shape === undefined) return wrong;
  if (row.shape instanceof RegExp) return [...wrong, ...unlike(text, row.shape, 'the text')];
  const body = JSON.parse(text);
  if (String(body.kind).endsWith('List')) words.set('revision', body.metadata?.resourceVersion);
  if (typeof body.metadata?.continue === 'string') words.set('continue', body.metadata.continue);
  return [...wrong, ...unlike(body, row.shape, 'the body')];
}

async function check(row: ClientRequest): Promise<string[]> {
  const wrong = await answered(row).then(
    (answer) => wrongOf(row, answer),
    (error: Error) => [error.message],
  );
  return wrong.map((what) => `${row.client} (${row.asks}): ${what}`);
}

describe('what clients ask is answered as they read it', () => {
  for (const [what, rows] of Object.entries(CLIENT_REQUESTS))
    it(what, async () => {
      const wrong: string[] = [];
      for (const row of rows) {
        // Who asks the next waits for what came of the last.
        listener.back.served.pass(1000);
        wrong.push(...(await check(row)));
      }
      expect(wrong).toEqual([]);
    });
});
