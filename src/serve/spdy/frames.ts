/**
 * Frames of SPDY/3.1 as bytes, without what their header blocks hold. Source: the SPDY protocol's draft 3.1,
 * sections 2.2 (framing) and 2.6 (control frames).
 */

/** Plain data. Priorities, slots and associated streams are written as 0 and not read. */
export type Frame =
  | { readonly kind: 'data'; readonly id: number; readonly last: boolean; readonly data: Uint8Array }
  | {
      readonly kind: 'synStream' | 'synReply' | 'headers';
      readonly id: number;
      /** Nothing comes behind it on this stream. */
      readonly last: boolean;
      /** Names and values, compressed. */
      readonly block: Uint8Array;
    }
  | { readonly kind: 'rstStream'; readonly id: number; readonly status: number }
  | { readonly kind: 'settings'; readonly settings: readonly Setting[] }
  | { readonly kind: 'ping'; readonly id: number }
  | { readonly kind: 'goAway'; readonly lastId: number; readonly status: number }
  | { readonly kind: 'windowUpdate'; readonly id: number; readonly delta: number };

interface Setting {
  readonly flags: number;
  readonly id: number;
  readonly value: number;
}

/** Bytes that are no SPDY/3.1: the connection cannot go on. */
export class SpdyError extends Error {}

const VERSION = 3;
const HEAD_BYTES = 8;
const CONTROL = 0x80_00_00_00;
const LAST = 1;
/** The longest frame that is read: peers send far shorter ones. */
const LONGEST = 4 * 1024 * 1024;

const TYPES = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
  windowUpdate: 9,
} as const;

function wordsOf(frame: Exclude<Frame, { kind: 'data' }>): readonly number[] {
  switch (frame.kind) {
    case 'synStream':
      return [frame.id, 0];
    case 'synReply':
    case 'headers':
    case 'ping':
      return [frame.id];
    case 'rstStream':
      return [frame.id, frame.status];
    case 'goAway':
      return [frame.lastId, frame.status];
    case 'windowUpdate':
      return [frame.id, frame.delta];
    case 'settings':
      return [
        frame.settings.length,
        ...frame.settings.flatMap(({ flags, id, value }) => [((flags << 24) | id) >>> 0, value]),
      ];
  }
}

/** @param rest what stands behind the words: SYN_STREAM has priority and slot, two bytes, before its block */
function bytesOf(head: readonly number[], rest: Uint8Array, gap = 0): Uint8Array {
  const bytes = new Uint8Array(head.length * 4 + gap + rest.length);
  const view = new DataView(bytes.buffer);
  head.forEach((word, i) => view.setUint32(i * 4, word));
  bytes.set(rest, head.length * 4 + gap);
  return bytes;
}

const NO_BYTES = new Uint8Array();

/** @example encode({ kind: 'ping', id: 1 }) */
export function encode(frame: Frame): Uint8Array {
  const flags = 'last' in frame && frame.last ? LAST : 0;
  if (frame.kind === 'data')
    return bytesOf([frame.id, ((flags << 24) | frame.data.length) >>> 0], frame.data);
  const words = wordsOf(frame);
  const block = 'block' in frame ? frame.block : NO_BYTES;
  const gap = frame.kind === 'synStream' ? 2 : 0;
  const length = words.length * 4 + gap + block.length;
  const first = (CONTROL | (VERSION << 16) | TYPES[frame.kind]) >>> 0;
  return bytesOf([first, ((flags << 24) | length) >>> 0, ...words], block, gap);
}

/** What a control frame holds; undefined for one of no known type, which is passed over. */
function controlFrame(type: number, flags: number, body: Uint8Array): Frame | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const need = (bytes: number): void => {
    if (body.length < bytes) throw new SpdyError(`a control frame of type ${type} ends too soon`);
  };
  const word = (i: number): number => view.getUint32(i * 4);
  const id = (): number => word(0) & 0x7f_ff_ff_ff;
  const last = (flags & LAST) !== 0;
  switch (type) {
    case TYPES.synStream:
      need(10);
      return { kind: 'synStream', id: id(), last, block: body.subarray(10) };
    case TYPES.synReply:
      need(4);
      return { kind: 'synReply', id: id(), last, block: body.subarray(4) };
    case TYPES.headers:
      need(4);
      return { kind: 'headers', id: id(), last, block: body.subarray(4) };
    case TYPES.rstStream:
      need(8);
      return { kind: 'rstStream', id: id(), status: word(1) };
    case TYPES.ping:
      need(4);
      return { kind: 'ping', id: word(0) };
    case TYPES.goAway:
      need(8);
      return { kind: 'goAway', lastId: id(), status: word(1) };
    case TYPES.windowUpdate:
      need(8);
      return { kind: 'windowUpdate', id: id(), delta: word(1) & 0x7f_ff_ff_ff };
    case TYPES.settings: {
      need(4);
      const count = word(0);
      need(4 + count * 8);
      const settings = Array.from({ length: count }, (_, i) => {
        const key = word(1 + 2 * i);
        return { flags: key >>> 24, id: key & 0xff_ff_ff, value: word(2 + 2 * i) };
      });
      return { kind: 'settings', settings };
    }
    default:
      return undefined;
  }
}

/** Reads frames out of bytes that come in pieces of any length. */
export class FrameReader {
  private pending: Uint8Array = NO_BYTES;

  /** @returns those that are whole by now @throws SpdyError */
  push(bytes: Uint8Array): Frame[] {
    const all = new Uint8Array(this.pending.length + bytes.length);
    all.set(this.pending);
    all.set(bytes, this.pending.length);
    const view = new DataView(all.buffer);
    const frames: Frame[] = [];
    let at = 0;
    while (all.length - at >= HEAD_BYTES) {
      const first = view.getUint32(at);
      const flags = all[at + 4]!;
      const length = view.getUint32(at + 4) & 0xff_ff_ff;
      if (length > LONGEST) throw new SpdyError(`a frame of ${length} bytes, ${LONGEST} at most are read`);
      const isControl = first >= CONTROL;
      const version = (first >>> 16) & 0x7f_ff;
      if (isControl && version !== VERSION)
        throw new SpdyError(`a frame of SPDY version ${version}, version ${VERSION} is spoken here`);
      const from = at + HEAD_BYTES;
      if (all.length - from < length) break;
      const body = all.slice(from, from + length);
      at = from + length;
      const frame: Frame | undefined = isControl
        ? controlFrame(first & 0xff_ff, flags, body)
        : { kind: 'data', id: first, last: (flags & LAST) !== 0, data: body };
      if (frame !== undefined) frames.push(frame);
    }
    this.pending = all.slice(at);
    return frames;
  }
}
