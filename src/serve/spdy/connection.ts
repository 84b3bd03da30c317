/**
 * The serving end of a SPDY/3.1 connection: streams that its client opens. As moby/spdystream, which every
 * Kubernetes client has at the other end, it neither keeps windows nor asks for them.
 */
import { encode, type Frame, FrameReader, SpdyError } from './frames.ts';
import { HeaderReader, type SpdyHeaders, HeaderWriter } from './headers.ts';

/** Why a stream is reset, and why a connection is given up. */
const INVALID_STREAM = 2;
const CANCEL = 5;
const PROTOCOL_ERROR = 1;

/** What becomes of what comes over a stream. */
export interface StreamReader {
  data(data: Uint8Array): void;
  /** Nothing more comes; what is written still goes. */
  end(): void;
  /** The client has taken the stream back. */
  reset(): void;
}

/** Where the bytes of a connection go, and its streams. */
export interface Ends {
  send(bytes: Uint8Array): void;
  /** Told of each stream that the client opens; who reads it. */
  opened(stream: SpdyStream): StreamReader;
  /** The client spoke no SPDY, and has been told so: the connection is at its end. */
  failed(error: SpdyError): void;
}

/** A stream that the client has opened. */
export interface SpdyStream {
  readonly id: number;
  readonly headers: SpdyHeaders;
  write(data: Uint8Array): void;
  /** Says that nothing more is written. */
  end(): void;
  reset(): void;
}

interface Open {
  reader: StreamReader | undefined;
  /** Whether the client has said its last; whether we have. */
  theirs: boolean;
  ours: boolean;
}

export class SpdyConnection {
  private readonly ends: Ends;
  private readonly frames = new FrameReader();
  private readonly blocks = new HeaderReader();
  private readonly written = new HeaderWriter();
  private readonly streams = new Map<number, Open>();
  private lastId = 0;
  private isOver = false;

  constructor(ends: Ends) {
    this.ends = ends;
  }

  /** Bytes of the client's, in pieces of any length. */
  receive(bytes: Uint8Array): void {
    if (this.isOver) return;
    try {
      for (const frame of this.frames.push(bytes)) this.take(frame);
    } catch (error) {
      if (!(error instanceof SpdyError)) throw error;
      this.send({ kind: 'goAway', lastId: this.lastId, status: PROTOCOL_ERROR });
      this.close();
      this.ends.failed(error);
    }
  }

  /** The client is gone: so are its streams. */
  close(): void {
    this.isOver = true;
    const readers = [...this.streams.values()].map(({ reader }) => reader);
    this.streams.clear();
    for (const reader of readers) reader?.reset();
  }

  private send(frame: Frame): void {
    if (!this.isOver) this.ends.send(encode(frame));
  }

  private take(frame: Frame): void {
    switch (frame.kind) {
      case 'synStream':
        return this.open(frame.id, frame.last, this.blocks.read(frame.block));
      case 'synReply':
      case 'headers':
        // Every block is part of the one stream of compressed headers.
        return void this.blocks.read(frame.block);
      case 'data': {
        const stream = this.streams.get(frame.id);
        if (stream === undefined || stream.theirs) return this.refuse(frame.id);
        if (frame.data.length > 0) stream.reader?.data(frame.data);
        return frame.last ? this.heardLast(frame.id) : undefined;
      }
      case 'rstStream': {
        const stream = this.streams.get(frame.id);
        this.streams.delete(frame.id);
        return stream?.reader?.reset();
      }
      case 'ping':
        // Those of even numbers answer ours, and we send none.
        return frame.id % 2 === 1 ? this.send(frame) : undefined;
      case 'goAway':
      case 'settings':
      case 'windowUpdate':
        return undefined;
    }
  }

  private open(id: number, last: boolean, headers: SpdyHeaders): void {
    if (id % 2 === 0 || id <= this.lastId)
      throw new SpdyError(
        `stream ${id} is opened behind stream ${this.lastId}: clients count by odd numbers`,
      );
    this.lastId = id;
    this.send({ kind: 'synReply', id, last: false, block: this.written.write({}) });
    const stream: Open = { reader: undefined, theirs: false, ours: false };
    this.streams.set(id, stream);
    stream.reader = this.ends.opened({
      id,
      headers,
      write: (data) => {
        if (this.streams.get(id)?.ours === false) this.send({ kind: 'data', id, last: false, data });
      },
      end: () => this.saidLast(id),
      reset: () => {
        if (this.streams.delete(id)) this.send({ kind: 'rstStream', id, status: CANCEL });
      },
    });
    if (last) this.heardLast(id);
  }

  private refuse(id: number): void {
    // Data may be under way to a stream that has been reset.
    if (id > this.lastId) this.send({ kind: 'rstStream', id, status: INVALID_STREAM });
  }

  private heardLast(id: number): void {
    const stream = this.streams.get(id);
    if (stream === undefined) return;
    stream.theirs = true;
    if (stream.ours) this.streams.delete(id);
    stream.reader?.end();
  }

  private saidLast(id: number): void {
    const stream = this.streams.get(id);
    if (stream === undefined || stream.ours) return;
    stream.ours = true;
    if (stream.theirs) this.streams.delete(id);
    this.send({ kind: 'data', id, last: true, data: new Uint8Array() });
  }
}
