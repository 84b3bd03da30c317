/**
 * The sockets in front of a served cluster: TLS on this machine's own address, requests read whole, answers
 * that grow, streams over WebSockets; and the ticking of its clock.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { ADMINISTRATOR, AUTHENTICATED, MASTERS, type UserInfo } from '../../sim/api/authentication/user.ts';
import { ApiError } from '../../sim/api/errors.ts';
import {
  type Answer,
  type Exec,
  type Flow,
  type HttpRequest,
  JSON_TYPE,
  type PortForward,
  type Reply,
} from '../api/http.ts';
import { toKnown } from '../api/handler.ts';
import { expired } from '../api/past.ts';
import { refusalOf, statusOf } from '../api/status.ts';
import { type Back, REAL_TIME, Steered, type Timer } from '../back.ts';
import type { Pace } from '../clock.ts';
import { isControl } from '../control.ts';
import type { Served } from '../served.ts';
import { troubleText } from '../trouble.ts';
import { type Certificates, certificates } from './certificates.ts';
import { channelFrame, overChannels, PROTOCOLS } from './channels.ts';
import { FRAME_PROTOCOLS, intoBody, intoFrames, type Sink } from './frames.ts';
import { kubeconfigText } from './kubeconfig.ts';
import {
  CHANNEL_PROTOCOLS,
  forwardChannels,
  forwardPorts,
  PORT_FORWARD,
  type Streams,
  TUNNELLED,
} from './portforward.ts';
import type { StandardStreams } from './standardstreams.ts';
import { overStreams, STREAM_PROTOCOLS } from './streams.ts';

const HOST = '127.0.0.1';
/** As kube-apiserver's own limit of what etcd takes, and a little. */
const LARGEST_BODY = 3 * 1024 * 1024;
/** How often the clock is looked at, in real ms. */
const TICK_MS = 20;
/** A watcher that has so many bytes before it is sent no more until it has read them. */
const LARGEST_BACKLOG = 1024 * 1024;
/** How long it may take for that, in real ms. */
const PATIENCE_MS = 60_000;

export interface SocketOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** How long a watcher may read nothing before it is cut off, in real ms; a minute. */
  readonly patienceMs?: number;
  /** By which time passes; real time. */
  readonly timer?: Timer;
}

export interface ListenOptions extends SocketOptions {
  readonly pace: Pace;
}

/** A flow and where it goes. */
interface Flowing {
  readonly flow: Flow;
  readonly sink: Sink;
  readonly life: number;
  readonly endsAt: number;
  /** Since when it has read nothing of what it has before it. */
  stuckAt: number | undefined;
}

/** Whether it is what a container has printed. */
const isLog = ({ url = '' }: IncomingMessage, { status }: Answer): boolean =>
  status === 200 && /\/pods\/[^/?]+\/log(?:\?|$)/.test(url);

function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
    });
    request.on('end', () => resolve(size > LARGEST_BODY ? undefined : new Uint8Array(Buffer.concat(chunks))));
    request.on('error', reject);
  });
}

/** The groups of a certificate's subject. */
const listed = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

export class Listener<B extends Back = Steered> {
  readonly back: B;
  readonly certificates: Certificates;
  private readonly server: Server;
  private readonly flows = new Set<Flowing>();
  private readonly sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => PROTOCOLS.find((name) => offered.has(name)) ?? false,
  });
  private readonly framed = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => FRAME_PROTOCOLS.find((name) => offered.has(name)) ?? false,
  });
  private readonly tunnels = new WebSocketServer({ noServer: true });
  /** Commands and programs that somebody has before them, each of one life of the cluster. */
  private readonly streaming = new Map<StandardStreams, number>();
  /** Sockets that speak no HTTP any more: the server forgets them. */
  private readonly upgraded = new Set<Duplex>();
  private readonly timer: Timer;
  private readonly stopTicking: () => void;
  private readonly patienceMs: number;

  private constructor(
    back: B,
    { patienceMs = PATIENCE_MS, timer = REAL_TIME }: SocketOptions,
    made: Certificates,
  ) {
    this.back = back;
    this.timer = timer;
    this.patienceMs = patienceMs;
    this.certificates = made;
    const { authority, server } = made;
    this.server = createServer(
      {
        key: server.key,
        cert: server.certificate,
        ca: authority,
        requestCert: true,
        rejectUnauthorized: false,
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['http/1.1'],
      },
      (request, response) => void this.serve(request, response),
    );
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.tunnels.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${TUNNELLED}`));
    this.stopTicking = timer.every(TICK_MS, () => this.tick());
  }

  /** @returns when it listens @throws the socket's error where the port cannot be had */
  static async listen(served: Served, { pace, ...options }: ListenOptions): Promise<Listener> {
    return Listener.before(new Steered(served, pace, options.timer ?? REAL_TIME), options);
  }

  /** The same before whoever has the cluster. */
  static async before<B extends Back>(back: B, options: SocketOptions): Promise<Listener<B>> {
    const made = await certificates({ name: ADMINISTRATOR, groups: [MASTERS] });
    const listener = new Listener(back, options, made);
    await new Promise<void>((resolve, reject) => {
      listener.server.once('error', (error) => {
        listener.stopTicking();
        reject(error);
      });
      listener.server.listen(options.port, HOST, resolve);
    });
    return listener;
  }

  get url(): string {
    return `https://${HOST}:${(this.server.address() as AddressInfo).port}`;
  }

  get kubeconfig(): string {
    return kubeconfigText(this.url, this.certificates, ADMINISTRATOR);
  }

  async close(): Promise<void> {
    this.stopTicking();
    for (const { sink } of this.flows) sink.cut();
    for (const socket of [...this.sockets.clients, ...this.framed.clients, ...this.tunnels.clients])
      socket.terminate();
    for (const socket of this.upgraded) socket.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private tick(): void {
    this.back.tick();
    this.pump();
  }

  /**
   * Sends what came to those who wait for it.
   * @param marking watches also say where they have come to: who has moved the clock then knows that he has
   * seen all that came of it
   */
  private pump(marking = false): void {
    const now = this.timer.now();
    for (const [streams, life] of this.streaming) {
      if (life === this.back.life) streams.pump();
      else streams.abandon();
      if (streams.isOver) this.streaming.delete(streams);
    }
    for (const flowing of this.flows) {
      const { flow, sink, life, endsAt } = flowing;
      if (life !== this.back.life) {
        this.cutOff(flowing, 'the clock was set back');
        continue;
      }
      if (sink.waiting > LARGEST_BACKLOG) {
        // What it has missed is read from the history, as far as that goes back.
        flowing.stuckAt ??= now;
        if (now - flowing.stuckAt > this.patienceMs) this.cutOff(flowing, 'what came was not read');
        continue;
      }
      flowing.stuckAt = undefined;
      const lines = marking ? [...flow.take(), ...(flow.mark?.() ?? [])] : flow.take();
      if (lines.length > 0) sink.send(lines);
      if (flow.ended || now >= endsAt) this.end(flowing);
    }
  }

  /** Tells a watcher to list anew. */
  private cutOff(flowing: Flowing, why: string): void {
    const { flow, sink } = flowing;
    const gone = { type: 'ERROR', object: statusOf(expired(why)) };
    if (flow.headers['content-type'] === JSON_TYPE) sink.send([`${JSON.stringify(gone)}\n`]);
    this.end(flowing);
  }

  private end(flowing: Flowing): void {
    flowing.sink.end();
    this.flows.delete(flowing);
  }

  /** As whom somebody comes: by certificate, else by token. */
  private credentials(request: IncomingMessage): Pick<HttpRequest, 'user' | 'refused'> {
    const socket = request.socket as TLSSocket;
    const { authorization = '' } = request.headers;
    const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
    if (token !== undefined) {
      const user = this.back.authenticate(token);
      return user === undefined ? { refused: true } : { user };
    }
    if (authorization !== '') return { refused: true };
    if (!socket.authorized) return {};
    const subject = socket.getPeerCertificate().subject as unknown as
      | Record<string, string | string[]>
      | undefined;
    const [name] = listed(subject?.['CN']);
    if (name === undefined) return {};
    const user: UserInfo = { username: name, groups: [...listed(subject?.['O']), AUTHENTICATED] };
    return { user };
  }

  private requestOf(request: IncomingMessage, body: Uint8Array): HttpRequest {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    return {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers,
      body,
      ...this.credentials(request),
    };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.socket.setNoDelay(true);
    // By which audit logs tell requests apart; the client may have said one.
    response.setHeader('audit-id', request.headers['audit-id'] ?? randomUUID());
    try {
      const body = await bodyOf(request);
      if (body === undefined) {
        const message = `Request entity too large: limit is ${LARGEST_BODY}`;
        const tooLarge = new ApiError('RequestEntityTooLarge', message);
        return this.answer(response, refusalOf(toKnown(this.credentials(request), tooLarge)));
      }
      const asked = this.requestOf(request, body);
      const reply = this.back.handle(asked);
      if (reply.kind === 'answer') this.answer(response, reply, request.method === 'HEAD');
      else if (reply.kind === 'flow') this.flow(response, reply);
      else
        this.answer(
          response,
          refusalOf(
            new ApiError('BadRequest', 'Upgrade request required: the WebSocket protocol is spoken here'),
          ),
        );
      this.pump(isControl(asked) && asked.method !== 'GET');
    } catch (error) {
      if (response.headersSent) response.destroy();
      else this.answer(response, refusalOf(new ApiError('InternalError', troubleText(error))));
      if (process.env['SEATRIAL_DEBUG']) process.stderr.write(`${(error as Error).stack}\n`);
    }
  }

  private answer(response: ServerResponse, { status, headers, body }: Answer, bare = false): void {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(bare ? undefined : body);
  }

  private flow(response: ServerResponse, flow: Flow): void {
    response.writeHead(flow.status, flow.headers);
    // Clients wait for the head before they go on.
    response.flushHeaders();
    const flowing = this.follow(flow, intoBody(response));
    response.on('close', () => this.flows.delete(flowing));
  }

  /** Sends on what comes. */
  private follow(flow: Flow, sink: Sink): Flowing {
    const seconds = flow.timeoutSeconds;
    const endsAt = seconds === undefined ? Infinity : this.timer.now() + seconds * 1000;
    const flowing: Flowing = { flow, sink, life: this.back.life, endsAt, stuckAt: undefined };
    this.flows.add(flowing);
    return flowing;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refuse = ({ status, body }: Answer): void => {
      // What is not read never ends.
      socket.resume();
      socket.end(
        `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\nconnection: close\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body.toString()}`,
      );
    };
    socket.on('error', () => socket.destroy());
    this.upgraded.add(socket);
    socket.on('close', () => this.upgraded.delete(socket));
    let reply: Reply;
    const asked = this.requestOf(request, new Uint8Array());
    try {
      reply = this.back.handle(asked);
    } catch (error) {
      reply = refusalOf(new ApiError('InternalError', (error as Error).message));
    }
    const protocol = (request.headers.upgrade ?? '').toLowerCase();
    if (
      protocol === 'websocket' &&
      (reply.kind === 'flow' || (reply.kind === 'answer' && isLog(request, reply)))
    )
      return this.inFrames(request, socket, head, reply);
    if (reply.kind === 'answer') return refuse(reply);
    if (protocol !== 'websocket' && protocol !== 'spdy/3.1')
      return refuse(
        refusalOf(
          new ApiError('BadRequest', `streams are served over WebSockets and SPDY/3.1, not over ${protocol}`),
        ),
      );
    if (reply.kind === 'flow')
      return refuse(
        refusalOf(new ApiError('BadRequest', 'watches and logs are served over HTTP and WebSockets')),
      );
    if (protocol === 'spdy/3.1') return this.spdy(request, socket, head, { asked, reply }, refuse);
    if (reply.kind === 'portForward') return this.forward(request, socket, head, reply, refuse);
    const exec = reply;
    this.sockets.handleUpgrade(request, socket, head, (opened) => {
      this.began(overChannels(opened, exec, this.back.open(asked, exec)));
      this.pump();
    });
  }

  private began(streams: StandardStreams): void {
    this.streaming.set(streams, this.back.life);
  }

  /** A watch, or what a container prints. */
  private inFrames(request: IncomingMessage, socket: Duplex, head: Buffer, reply: Answer | Flow): void {
    this.framed.handleUpgrade(request, socket, head, (opened) => {
      const isText = reply.headers['content-type'] === JSON_TYPE;
      const sink = intoFrames(opened, isText);
      if (reply.kind === 'answer') {
        sink.send([reply.body.toString()]);
        return sink.end();
      }
      const flowing = this.follow(reply, sink);
      opened.on('close', () => this.flows.delete(flowing));
    });
  }

  /** As clients ask that know no WebSockets: kubectl up to 1.29. */
  private spdy(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { asked, reply }: { readonly asked: HttpRequest; readonly reply: Exec | PortForward },
    refuse: (answer: Answer) => void,
  ): void {
    const offered = listed(request.headers['x-stream-protocol-version']).flatMap((s) => s.split(/\s*,\s*/));
    const spoken = reply.kind === 'exec' ? STREAM_PROTOCOLS : [PORT_FORWARD];
    const agreed = spoken.find((name) => offered.includes(name));
    if (agreed === undefined)
      return refuse(
        refusalOf(new ApiError('Forbidden', `streams are ${spoken.join(' or ')}, not ${offered.join(', ')}`)),
      );
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n' +
        `X-Stream-Protocol-Version: ${agreed}\r\n\r\n`,
    );
    const ends = {
      send: (bytes: Uint8Array) => void (socket.writable && socket.write(bytes)),
      end: () => void socket.end(),
      answered: () => this.pump(),
    };
    const streams =
      reply.kind === 'exec'
        ? overStreams(
            reply,
            () => this.back.open(asked, reply),
            ends,
            (begun) => this.began(begun),
          )
        : forwardPorts(this.back, reply.to, ends);
    streams.receive(head);
    socket.on('data', (data: Buffer) => streams.receive(data));
    socket.on('end', () => socket.end());
    socket.on('close', () => streams.close());
  }

  private forward(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { to }: PortForward,
    refuse: (answer: Answer) => void,
  ): void {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
    if (!offered.includes(TUNNELLED)) {
      if (!offered.some((name) => CHANNEL_PROTOCOLS.includes(name)))
        return refuse(
          refusalOf(
            new ApiError(
              'BadRequest',
              `ports are forwarded over ${[TUNNELLED, ...CHANNEL_PROTOCOLS].join(', ')}, ` +
                `not over ${offered.join(', ')}`,
            ),
          ),
        );
      const ports = new URL(request.url ?? '/', this.url).searchParams
        .getAll('ports')
        .flatMap((text) => text.split(','))
        .map(Number);
      if (ports.length === 0 || ports.some((port) => !(Number.isInteger(port) && port > 0 && port < 65_536)))
        return refuse(refusalOf(new ApiError('BadRequest', 'query parameter "ports" is required')));
      return this.sockets.handleUpgrade(request, socket, head, (opened) =>
        carry(
          opened,
          forwardChannels(this.back, to, ports, {
            send: (channel, bytes) => opened.send(channelFrame(channel, bytes)),
            end: () => opened.close(1000),
            answered: () => this.pump(),
          }),
        ),
      );
    }
    // A name with a slash is none to ws: it is answered when the head is written.
    delete request.headers['sec-websocket-protocol'];
    this.tunnels.handleUpgrade(request, socket, head, (opened) =>
      carry(
        opened,
        forwardPorts(this.back, to, {
          send: (bytes) => opened.send(bytes),
          end: () => opened.close(1002),
          answered: () => this.pump(),
        }),
      ),
    );
  }
}

/** Passes on what comes over a WebSocket. */
function carry(socket: WebSocket, streams: Streams): void {
  socket.on('message', (data: Buffer) => streams.receive(data));
  socket.on('close', () => streams.close());
  // Frames that are none: ws closes the connection.
  socket.on('error', () => socket.terminate());
}
