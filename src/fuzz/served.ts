/**
 * Hostile clients of a served cluster, over its sockets: requests whose paths, headers and bodies were
 * changed (protobuf among them), requests that are no HTTP, and frames of SPDY and WebSockets that are none.
 * The rule: each is answered, or its connection is closed, within seconds; no answer tells of a defect; and
 * who is not known is told nothing but that, beside the health of the server.
 */
import { connect, type TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { Listener } from '../serve/node/server.ts';
import { RECORDED } from '../serve/protobuf/testing.ts';
import { encode, type Frame } from '../serve/spdy/frames.ts';
import { HeaderWriter } from '../serve/spdy/headers.ts';
import { ask, servedShop } from '../serve/testing.ts';
import { count, emptyTally, LONGEST_MS, type Outcome, type Tally } from './outcome.ts';
import { EDGES, samples } from './values.ts';

/** Plain data. */
interface Sent {
  readonly head: string;
  readonly body: Uint8Array;
  /** What follows once the server has switched protocols. */
  readonly frames: readonly Uint8Array[];
  /** Whether it comes with the administrator's certificate. */
  readonly known: boolean;
}

/** A request before it is changed. */
interface Template {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly speaks?: 'spdy' | 'websocket';
}

const NAMESPACE = '/api/v1/namespaces/default';
const MAPS = `${NAMESPACE}/configmaps`;
const WEB = '/apis/apps/v1/namespaces/default/deployments/web';
const MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', labels: { a: 'b' } },
  data: { k: 'v' },
};
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

const typed = (type: string): Record<string, string> => ({ 'content-type': type });
const JSON_BODY = typed('application/json');
const STREAMS = 'stdin=true&stdout=true&stderr=true';

function templates(pod: string): Template[] {
  const patch = (type: string, body: object): Template => ({
    method: 'PATCH',
    path: WEB,
    headers: typed(type),
    body: JSON.stringify(body),
  });
  const post = (path: string, body: object): Template => ({
    method: 'POST',
    path,
    headers: JSON_BODY,
    body: JSON.stringify(body),
  });
  const get = (path: string, headers: Record<string, string> = {}): Template => ({
    method: 'GET',
    path,
    headers,
  });
  const spdy = (path: string, protocol: string): Template => ({
    method: 'POST',
    path,
    headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': protocol },
    speaks: 'spdy',
  });
  const webSocket = (path: string, protocol: string): Template => ({
    method: 'GET',
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'c2VhdHJpYWwtc2VhdHJpYQ==',
      'sec-websocket-protocol': protocol,
    },
    speaks: 'websocket',
  });
  const [exec, forward] = [
    `${NAMESPACE}/pods/${pod}/exec?command=sh&${STREAMS}`,
    `${NAMESPACE}/pods/${pod}/portforward`,
  ];
  return [
    get(`${NAMESPACE}/pods?limit=1&labelSelector=app%3Dweb`, { accept: TABLE }),
    get(`${NAMESPACE}/pods?watch=true&resourceVersion=1&allowWatchBookmarks=true`),
    get('/api/v1/events?fieldSelector=involvedObject.kind%3DPod'),
    get('/apis', { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' }),
    get('/openapi/v3/apis/apps/v1'),
    get('/openapi/v2', { accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf' }),
    get(`${NAMESPACE}/pods/${pod}/log?follow=true&tailLines=3`),
    get(`${NAMESPACE}/services/web:80/proxy/`),
    get('/apis/metrics.k8s.io/v1beta1/pods', { 'impersonate-user': 'bob', 'impersonate-group': 'devs' }),
    get('/seatrial/v1/clock'),
    get('/readyz?verbose'),
    post(MAPS, MAP),
    post(`${NAMESPACE}/pods/${pod}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: pod },
    }),
    post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
    }),
    post('/seatrial/v1/play', { step: 'node "node-2" loses power for 1 minute' }),
    { ...post(`${WEB}/scale`, { spec: { replicas: 3 } }), method: 'PUT' },
    { method: 'DELETE', path: `${MAPS}?labelSelector=a%3Db`, headers: {} },
    patch('application/merge-patch+json', { metadata: { labels: { a: null } } }),
    patch('application/strategic-merge-patch+json', {
      spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'A', value: 'b' }] }] } } },
    }),
    {
      ...patch('application/json-patch+json', {}),
      body: '[{"op":"replace","path":"/spec/replicas","value":2}]',
    },
    {
      method: 'PATCH',
      path: `${MAPS}/a?fieldManager=me&force=true`,
      headers: typed('application/apply-patch+yaml'),
      body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: w}\n',
    },
    ...RECORDED.map(({ body, object }) => ({
      method: 'POST',
      path: object.kind === 'ConfigMap' ? MAPS : `${NAMESPACE}/${object.kind.toLowerCase()}s`,
      headers: typed('application/vnd.kubernetes.protobuf'),
      body,
    })),
    spdy(exec, 'v4.channel.k8s.io'),
    spdy(forward, 'portforward.k8s.io'),
    webSocket(exec, 'v5.channel.k8s.io'),
    webSocket(exec.replace('/exec', '/attach'), 'v4.channel.k8s.io'),
    webSocket(`${forward}?ports=80`, 'v4.channel.k8s.io'),
    webSocket(forward, 'SPDY/3.1+portforward.k8s.io'),
    webSocket(`${NAMESPACE}/pods?watch=true`, 'base64.binary.k8s.io'),
  ];
}

/** What stands in the place of a word, or behind it. */
const WORDS: readonly string[] = [
  ...['', '..', '%00', '%zz', '%2f', '%', '*', 'status', 'proxy', 'log', 'exec', 'pods', 'namespaces', 'v2'],
  ...[
    '-1',
    '0',
    '1e9',
    'NaN',
    'true',
    'a=b',
    '!',
    'x in (',
    'All',
    'apps',
    'watch',
    '__proto__',
    'constructor',
  ],
  ...['日本語', '\u0000', '\r\n', 'a'.repeat(5000), '"', '{}', 'application/json', ';;,', 'Bearer x'],
];
const word = fc.constantFrom(...WORDS);

/** A text with one of its words in another's place, cut, or said twice. */
const changedText = (text: string): fc.Arbitrary<string> =>
  fc
    .record({ at: fc.nat(1000), by: word, how: fc.constantFrom('replace', 'insert', 'cut', 'twice') })
    .map(({ at, by, how }) => {
      const words = text.split(/(?<=[/?&=,;. ])|(?=[/?&=,;. ])/);
      const i = at % words.length;
      if (how === 'cut') words.splice(i);
      else if (how === 'twice') words.splice(i, 0, words[i]!);
      else words.splice(i, how === 'replace' ? 1 : 0, by);
      return words.join('');
    });

/** Bytes with a few of them changed, left out or put in. */
const changedBytes = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.tuple(fc.nat(100_000), fc.nat(255), fc.constantFrom('set', 'drop', 'add', 'end')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) => {
      const list = [...bytes];
      for (const [place, byte, how] of changes) {
        const at = place % (list.length + 1);
        if (how === 'set') list[at] = byte;
        else if (how === 'end') list.length = at;
        else list.splice(at, how === 'drop' ? 1 : 0, ...(how === 'add' ? [byte] : []));
      }
      return Uint8Array.from(list);
    });

/** A body of JSON with a value at one of its places changed. */
const changedJson = (text: string): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(50), fc.constantFrom(...EDGES)).map(([at, edge]) => {
    let left = at;
    return (
      JSON.stringify(JSON.parse(text), (_key, value: unknown) => (left-- === 0 ? edge : value)) ?? 'null'
    );
  });

function changedBody({ body = '', headers }: Template): fc.Arbitrary<Uint8Array | string> {
  if (typeof body !== 'string') return changedBytes(body);
  const whole = fc.constant<Uint8Array | string>(body);
  if (body === '') return fc.oneof(whole, fc.json(), fc.uint8Array());
  const bytes = changedBytes(Buffer.from(body));
  return headers['content-type']!.includes('json') ? fc.oneof(changedJson(body), bytes) : bytes;
}

const asBytes = (body: Uint8Array | string): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body) : body;

/** As a client masks them (RFC 6455, 5.3), with a mask of zeros. */
function webSocketFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const long = payload.length > 125;
  const length = long ? [0x80 | 126, payload.length >> 8, payload.length & 0xff] : [0x80 | payload.length];
  return Buffer.concat([Uint8Array.from([0x80 | opcode, ...length, 0, 0, 0, 0]), payload]);
}

const spdyFrame = fc.oneof(
  fc.constantFrom('error', 'stdin', 'stdout', 'stderr', 'data', 'x').map((streamtype) => ({ streamtype })),
  fc.record({ data: fc.string() }),
  fc.constantFrom<Frame>(
    { kind: 'ping', id: 1 },
    { kind: 'rstStream', id: 1, status: 5 },
    { kind: 'goAway', lastId: 0, status: 0 },
    { kind: 'windowUpdate', id: 1, delta: 0x7f_ff_ff_ff },
  ),
);

/** Streams that are opened one after the other, what goes over them, and its bytes changed at times. */
const spdyFrames: fc.Arbitrary<Uint8Array[]> = fc
  .array(spdyFrame, { minLength: 1, maxLength: 8 })
  .chain((frames) => {
    const writer = new HeaderWriter();
    let id = -1;
    const written = frames.map((frame): Uint8Array => {
      if ('kind' in frame) return encode(frame);
      if ('data' in frame)
        return encode({ kind: 'data', id: Math.max(1, id), last: false, data: Buffer.from(frame.data) });
      id += 2;
      const block = writer.write({ ...frame, port: '80', requestid: String(id >> 2) });
      return encode({ kind: 'synStream', id, last: false, block });
    });
    return fc.oneof(fc.constant(written), changedOne(written));
  });

/** One of several pieces of bytes changed. */
const changedOne = (pieces: readonly Uint8Array[]): fc.Arbitrary<Uint8Array[]> =>
  fc
    .nat(pieces.length - 1)
    .chain((at) =>
      changedBytes(pieces[at]!).map((bytes) => pieces.map((piece, i) => (i === at ? bytes : piece))),
    );

const webSocketFrames: fc.Arbitrary<Uint8Array[]> = fc
  .array(fc.tuple(fc.constantFrom(0, 1, 2, 2, 2, 8, 9, 10, 11), fc.uint8Array({ maxLength: 200 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((frames) => frames.map(([opcode, payload]) => webSocketFrame(opcode, payload)))
  .chain((frames) => fc.oneof(fc.constant(frames), changedOne(frames)));

function framesOf({ speaks, path }: Template): fc.Arbitrary<Uint8Array[]> {
  if (speaks === undefined) return fc.constant([]);
  if (speaks === 'spdy') return spdyFrames;
  const tunnelled = spdyFrames.map((frames) => frames.map((bytes) => webSocketFrame(2, bytes)));
  return path.endsWith('/portforward') ? fc.oneof(webSocketFrames, tunnelled) : webSocketFrames;
}

/** As bytes that no header may have: they would end it. */
const inLine = (text: string): string =>
  text
    .split(/[\r\n]/)
    .join('')
    .replaceAll('\u0000', '');

function headText(method: string, path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${inLine(value)}\r\n`);
  const target = inLine(path).replaceAll(' ', '%20');
  return `${method} ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n`;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];

function sentOf(template: Template): fc.Arbitrary<Sent> {
  const { method, path, headers, body = '' } = template;
  const sent = (changed: fc.Arbitrary<Omit<Template, 'speaks'>>): fc.Arbitrary<Sent> =>
    fc.tuple(changed, framesOf(template), fc.nat(3)).map(([request, frames, whose]) => {
      const bytes = asBytes(request.body ?? '');
      const all = { connection: 'close', ...request.headers };
      const length: Record<string, string> =
        bytes.length === 0 ? {} : { 'content-length': String(bytes.length) };
      const head = headText(request.method, request.path, { ...all, ...length });
      return { head, body: bytes, frames, known: whose > 0 };
    });
  const named = Object.keys({ ...headers, accept: '', authorization: '', 'impersonate-user': '', range: '' });
  const header = fc
    .tuple(fc.constantFrom(...named), word)
    .map(([name, value]) => ({ method, path, body, headers: { ...headers, [name]: value } }));
  const noHttp = fc
    .tuple(
      changedBytes(Buffer.from(headText(method, path, { connection: 'close', ...headers }))),
      fc.boolean(),
    )
    .map(([bytes, known]) => ({ head: '', body: bytes, frames: [], known }));
  return fc.oneof(
    { weight: 3, arbitrary: sent(changedText(path).map((to) => ({ method, path: to, headers, body }))) },
    { weight: 2, arbitrary: sent(header) },
    { weight: 3, arbitrary: sent(changedBody(template).map((to) => ({ method, path, headers, body: to }))) },
    {
      weight: 1,
      arbitrary: sent(fc.constantFrom(...METHODS).map((to) => ({ method: to, path, headers, body }))),
    },
    { weight: 1, arbitrary: noHttp },
    // Frames are what is changed of what switches protocols.
    {
      weight: template.speaks === undefined ? 0 : 5,
      arbitrary: sent(fc.constant({ method, path, headers, body })),
    },
  );
}

/** What came of it: the head and the body, as far as somebody waits for them. */
interface Seen {
  /** 0: the connection was closed without a word. */
  readonly status: number;
  readonly text: string;
  readonly late: boolean;
}

/** How long what was switched is listened to, in real ms, when nothing more is sent. */
const LISTEN_MS = 20;

/** Whether an answer has come as far as it is read: a watch or a followed log goes on without end. */
function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /^content-length: (\d+)\r?$/im.exec(text.slice(0, end))?.[1];
  return length === undefined || text.length - end - 4 >= Number(length);
}

function exchange({ certificates, url }: Listener, { head, body, frames, known }: Sent): Promise<Seen> {
  return new Promise((resolve) => {
    const { authority: ca, administrator } = certificates;
    const credentials = known ? { key: administrator.key, cert: administrator.certificate } : {};
    let text = '';
    const socket: TLSSocket = connect({
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      ca,
      ...credentials,
    });
    const end = (late: boolean): void => {
      clearTimeout(deadline);
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text, late });
    };
    const deadline = setTimeout(() => end(true), LONGEST_MS);
    let switched = false;
    socket.on('secureConnect', () => {
      socket.write(head, 'latin1');
      socket.write(body);
      // Nothing follows: what lacks its end need not be waited for.
      if (frames.length === 0) socket.end();
    });
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
      if (switched || !isWhole(text)) return;
      if (!text.startsWith('HTTP/1.1 101')) return end(false);
      switched = true;
      for (const frame of frames) socket.write(frame);
      setTimeout(() => end(false), LISTEN_MS);
    });
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
  });
}

/** Paths of which everybody may know. */
const PUBLIC = /^(?:GET|HEAD) \/(?:healthz|livez|readyz|version)(?:[/?%]|\s)/;

/** As Node answers what is no HTTP, or names no host. */
const EMPTY_REFUSAL =
  /^HTTP\/1\.1 4\d\d [^\n]*\r\n(?:(?:Connection|Date|Transfer-Encoding): [^\r]*\r\n)+\r\n(?:0\r\n\r\n)?$/;

function judged({ head, body, known }: Sent, { status, text, late }: Seen, tookMs: number): Outcome {
  const outcome = (of: Outcome['of'], message: string): Outcome => ({ of, message, tookMs });
  if (late) return outcome('late', text);
  if (text.includes('defect of Seatrial') || (status >= 500 && ![500, 501, 503, 504].includes(status)))
    return outcome('defect', text);
  // What is no HTTP is refused before anybody asks who sent it.
  const toldNothing = status === 0 || status === 401 || status === 403 || EMPTY_REFUSAL.test(text);
  const asked = head + Buffer.from(body).toString('latin1');
  if (!known && !toldNothing && !PUBLIC.test(asked)) return outcome('defect', `told to nobody: ${text}`);
  return status > 0 && status < 400 ? outcome('accepted', '') : outcome('refused', text || 'closed');
}

const LONGEST_SHOWN = 4000;

/** As it can be read, and sent again. */
function shown({ known, head, body, frames }: Sent): string {
  const who = known ? 'the administrator' : 'nobody';
  const after = frames.map((bytes) => Buffer.from(bytes).toString('base64')).join(' ');
  const text = `${who}: ${head}${Buffer.from(body).toString('latin1')} ${after}`;
  return JSON.stringify(text.slice(0, LONGEST_SHOWN));
}

/** So many at a time. */
const CLIENTS = 8;

/** Sends what is drawn, and looks after the server between. */
export async function fuzzServed(seed: number, runs: number): Promise<Tally> {
  const served = servedShop(String(seed));
  const listener = await Listener.listen(served, { port: 0, pace: { kind: 'rate', rate: 1 } });
  const tally = emptyTally();
  try {
    const { name } = ask(served, 'GET', `${NAMESPACE}/pods`).body.items[0].metadata;
    const all = samples(fc.constantFrom(...templates(name)).chain(sentOf), seed, runs);
    const client = async (share: readonly Sent[]): Promise<void> => {
      for (const sent of share) {
        const began = performance.now();
        const seen = await exchange(listener, sent);
        count(tally, shown(sent), judged(sent, seen, performance.now() - began));
      }
    };
    await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) => client(all.filter((__, at) => at % CLIENTS === i))),
    );
    const after = await exchange(listener, {
      head: headText('GET', '/api/v1/nodes', { connection: 'close' }),
      body: new Uint8Array(),
      frames: [],
      known: true,
    });
    if (after.status !== 200)
      count(tally, 'GET /api/v1/nodes, after all', { of: 'defect', message: after.text, tookMs: 0 });
  } finally {
    await listener.close();
  }
  return tally;
}
