/**
 * Forwarded ports over a SPDY connection: of each connection that the client has accepted, a stream for its
 * bytes and one for what goes wrong. Models
 * staging/src/k8s.io/kubelet/pkg/cri/streaming/portforward/httpstream.go.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import type { ForwardTarget } from '../api/http.ts';
import type { Back } from '../back.ts';
import { SpdyConnection, type SpdyStream, type StreamReader } from '../spdy/connection.ts';

/** What is spoken over the streams. */
export const PORT_FORWARD = 'portforward.k8s.io';
/** The same, when SPDY's frames go inside a WebSocket's. */
export const TUNNELLED = `SPDY/3.1+${PORT_FORWARD}`;

const NOT_READ: StreamReader = { data: () => undefined, end: () => undefined, reset: () => undefined };

/** Who answers behind a forwarded port. */
type Forwarding = Pick<Back, 'refusalToForward' | 'forwarded'>;

/** Where bytes go: a stream, a channel. */
interface Sink {
  write(bytes: Uint8Array): void;
  end(): void;
  reset(): void;
}

/** A forwarded connection, as an HTTP server has it for a socket. */
class ForwardedSocket extends Duplex {
  readonly port: number;
  private readonly stream: Sink;
  private readonly errors: Sink;
  readonly reader: StreamReader = {
    data: (data) => void (this.destroyed || this.push(data)),
    end: () => void (this.destroyed || this.push(null)),
    reset: () => void this.destroy(),
  };

  constructor(port: number, stream: Sink, errors: Sink) {
    super();
    this.port = port;
    this.stream = stream;
    this.errors = errors;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.stream.write(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.stream.end();
    this.errors.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.stream.reset();
    this.errors.end();
    done(error);
  }

  /** Says why nothing comes. */
  fail(why: string): void {
    this.errors.write(Buffer.from(why));
    this.destroy();
  }
}

/** The serving end of streams: whoever holds the socket passes bytes on. */
export interface Streams {
  receive(bytes: Uint8Array): void;
  /** The client is gone. */
  close(): void;
}

export interface Ends {
  send(bytes: Uint8Array): void;
  /** Ends the connection. */
  end(): void;
  /** Told whenever something came of what the client asked. */
  answered(): void;
}

/** @param to the Pod whose ports are asked */
export function forwardPorts(back: Forwarding, to: ForwardTarget, ends: Ends): Streams {
  const server = httpServer(back, to, () => ends.answered());
  /** Streams of errors whose stream of data has not come yet, by request. */
  const waiting = new Map<string, SpdyStream>();
  return new SpdyConnection({
    send: (bytes) => ends.send(bytes),
    failed: () => ends.end(),
    opened(stream) {
      const { streamtype: type, port: text = '', requestid = '' } = stream.headers;
      const port = Number(text);
      if (!/^\d+$/.test(text) || port < 1 || port > 65_535 || (type !== 'error' && type !== 'data')) {
        stream.reset();
        return NOT_READ;
      }
      // Clients that name no request open its two streams one behind the other.
      const request = requestid || String(type === 'error' ? stream.id : stream.id - 2);
      if (type === 'error') {
        waiting.set(request, stream);
        return { ...NOT_READ, reset: () => void waiting.delete(request) };
      }
      const errors = waiting.get(request);
      if (errors === undefined) {
        stream.reset();
        return NOT_READ;
      }
      waiting.delete(request);
      return connected(back, to, server, new ForwardedSocket(port, stream, errors));
    },
  });
}

/** A connection to a port, or why there is none. */
function connected(
  back: Forwarding,
  to: ForwardTarget,
  server: Server,
  socket: ForwardedSocket,
): StreamReader {
  const refused = back.refusalToForward(to, socket.port);
  if (refused === undefined) server.emit('connection', socket);
  else socket.fail(refused);
  return socket.reader;
}

/** Channels of a WebSocket without SPDY inside: a connection a port, of two channels. */
export const CHANNEL_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/**
 * The other way to forward ports, which knows one connection a port: channel 2n has the bytes of the nth port
 * and 2n + 1 what goes wrong, each with the port's number first. Models
 * staging/src/k8s.io/kubelet/pkg/cri/streaming/portforward/websocket.go.
 */
export function forwardChannels(
  back: Forwarding,
  to: ForwardTarget,
  ports: readonly number[],
  ends: Omit<Ends, 'send'> & { send(channel: number, bytes: Uint8Array): void },
): Streams {
  const server = httpServer(back, to, () => ends.answered());
  let open = ports.length;
  const readers = ports.map((port, i) => {
    const number = Uint8Array.of(port & 0xff, port >> 8);
    const sink = (channel: number, over: () => void): Sink => {
      ends.send(channel, number);
      return { write: (bytes) => ends.send(channel, bytes), end: over, reset: over };
    };
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      open -= 1;
      // What was written last goes first.
      if (open === 0) setImmediate(() => ends.end());
    };
    const errors = sink(2 * i + 1, () => undefined);
    return connected(back, to, server, new ForwardedSocket(port, sink(2 * i, over), errors));
  });
  return {
    receive: ([channel = 0, ...bytes]) => {
      if (channel % 2 === 0 && bytes.length > 0) readers[channel / 2]?.data(Uint8Array.from(bytes));
    },
    close: () => {
      for (const reader of readers) reader.reset();
    },
  };
}

/** Reads requests off forwarded connections, and has the Pod answer. */
function httpServer(back: Forwarding, to: ForwardTarget, answered: () => void): Server {
  const socketOf = ({ socket }: IncomingMessage): ForwardedSocket => socket as Duplex as ForwardedSocket;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = 'GET', url = '/', headers } = request;
    const said = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    const { port } = socketOf(request);
    const reply = back.forwarded(to, { port, method, path: url, headers: Object.fromEntries(said) });
    answered();
    if ('failed' in reply) return socketOf(request).fail(reply.failed);
    response.sendDate = false;
    response.writeHead(reply.status, {
      connection: 'close',
      'content-length': Buffer.byteLength(reply.body),
    });
    response.end(method === 'HEAD' ? undefined : reply.body);
  };
  const server = createServer((request, response) => {
    // Servers are simulated as far as they answer paths: what is sent to them is read, and left.
    request.resume();
    request.on('end', () => answer(request, response));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isForeign = error.code?.startsWith('HPE_') === true && error.code !== 'HPE_INVALID_EOF_STATE';
    if (isForeign)
      (socket as ForwardedSocket).fail(
        `seatrial serve passes on HTTP/1.1 alone, and what came is none: ${error.message}`,
      );
    else socket.destroy();
  });
  return server;
}
