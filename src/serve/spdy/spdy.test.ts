import { createHash } from 'node:crypto';
import { constants, createDeflate, createInflate } from 'node:zlib';
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { SpdyConnection, type SpdyStream } from './connection.ts';
import { DICTIONARY } from './dictionary.ts';
import { encode, type Frame, FrameReader, SpdyError } from './frames.ts';
import { HeaderReader, HeaderWriter } from './headers.ts';

const id = fc.integer({ min: 0, max: 0x7f_ff_ff_ff });
const uint32 = fc.integer({ min: 0, max: 0xff_ff_ff_ff });
const bytes = fc.uint8Array({ maxLength: 200 });
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ kind: fc.constant('data' as const), id, last: fc.boolean(), data: bytes }),
  fc.record({
    kind: fc.constantFrom('synStream' as const, 'synReply' as const, 'headers' as const),
    id,
    last: fc.boolean(),
    block: bytes,
  }),
  fc.record({ kind: fc.constant('rstStream' as const), id, status: uint32 }),
  fc.record({ kind: fc.constant('ping' as const), id: uint32 }),
  fc.record({ kind: fc.constant('goAway' as const), lastId: id, status: uint32 }),
  fc.record({ kind: fc.constant('windowUpdate' as const), id, delta: id }),
  fc.record({
    kind: fc.constant('settings' as const),
    settings: fc.array(
      fc.record({
        flags: fc.integer({ min: 0, max: 255 }),
        id: fc.integer({ min: 0, max: 0xff_ff_ff }),
        value: uint32,
      }),
      { maxLength: 5 },
    ),
  }),
);
const headers = fc.dictionary(
  fc.constantFrom('streamtype', 'port', 'requestid', 'x-other', ':path'),
  fc.string({ unit: 'binary', maxLength: 60 }),
  { maxKeys: 5 },
);

/** Cut into pieces at these places. */
function pieces(whole: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
  return at.slice(1).map((end, i) => whole.subarray(at[i], end));
}

const cuts = fc.array(fc.nat(100_000), { maxLength: 20 });

/** Bytes of which some have been changed, and the rest cut off. */
const mutated = (
  whole: Uint8Array,
  changes: readonly (readonly [number, number])[],
  cut: number,
): Uint8Array => {
  const copy = whole.slice(0, whole.length - (cut % (whole.length + 1)));
  for (const [at, to] of changes) if (copy.length > 0) copy[at % copy.length] = to;
  return copy;
};
const changes = fc.array(fc.tuple(fc.nat(100_000), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });

describe('frames', () => {
  it('are read as they were written, in any pieces', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), cuts, (all, at) => {
        const reader = new FrameReader();
        const read = pieces(Buffer.concat(all.map(encode)), at).flatMap((piece) => reader.push(piece));
        expect(read).toEqual(all);
      }),
    );
  });

  it('stand as the draft has them', () => {
    expect(encode({ kind: 'ping', id: 1 })).toEqual(Uint8Array.from([0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1]));
    expect(encode({ kind: 'data', id: 3, last: true, data: Uint8Array.from([7]) })).toEqual(
      Uint8Array.from([0, 0, 0, 3, 1, 0, 0, 1, 7]),
    );
    expect(encode({ kind: 'synStream', id: 1, last: false, block: Uint8Array.from([9]) })).toEqual(
      Uint8Array.from([0x80, 3, 0, 1, 0, 0, 0, 11, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 9]),
    );
  });
});

/** What a zlib stream that goes on makes of pieces, each flushed. */
const streamed = async (
  zlib: ReturnType<typeof createDeflate> | ReturnType<typeof createInflate>,
  all: readonly Uint8Array[],
): Promise<Buffer[]> => {
  const made: Buffer[] = [];
  for (const one of all) {
    const parts: Buffer[] = [];
    const onData = (part: Buffer): void => void parts.push(part);
    zlib.on('data', onData);
    zlib.write(one);
    await new Promise<void>((resolve) => zlib.flush(constants.Z_SYNC_FLUSH, () => resolve()));
    zlib.off('data', onData);
    made.push(Buffer.concat(parts));
  }
  return made;
};

describe('header blocks', () => {
  it('have the dictionary of the draft', () => {
    expect(createHash('sha256').update(DICTIONARY).digest('hex')).toBe(
      '51d27341373f923f3cd88e1eb7162aeaa3723d7585ff2399201dc06498407f02',
    );
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(headers, { maxLength: 30 }), (all) => {
        const [writer, reader] = [new HeaderWriter(), new HeaderReader()];
        expect(all.map((one) => reader.read(writer.write(one)))).toEqual(all);
      }),
    );
  });

  it('are what one zlib stream reads and writes that is flushed behind each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(headers, { minLength: 1, maxLength: 30 }), async (all) => {
        const writer = new HeaderWriter();
        const packed = all.map((one) => writer.write(one));
        const plain = await streamed(createInflate({ dictionary: DICTIONARY }), packed);
        const reader = new HeaderReader();
        const again = await streamed(createDeflate({ dictionary: DICTIONARY }), plain);
        expect(again.map((block) => reader.read(block))).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });

  it('are refused with a reason where they are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (block) => {
        expect(() => new HeaderReader().read(block)).toThrow(SpdyError);
      }),
    );
  });
});

/** A served connection: what came of it. */
function served(): { connection: SpdyConnection; opened: SpdyStream[]; told: string[]; answers(): Frame[] } {
  const sent: Uint8Array[] = [];
  const opened: SpdyStream[] = [];
  const told: string[] = [];
  const connection = new SpdyConnection({
    send: (piece) => void sent.push(piece),
    failed: (error) => void told.push(`failed: ${error.message}`),
    opened(stream) {
      opened.push(stream);
      return {
        data: (data) => {
          told.push(`${stream.id} ${Buffer.from(data).toString()}`);
          stream.write(data);
        },
        end: () => {
          told.push(`${stream.id} ended`);
          stream.end();
        },
        reset: () => void told.push(`${stream.id} reset`),
      };
    },
  });
  return { connection, opened, told, answers: () => new FrameReader().push(Buffer.concat(sent)) };
}

const text = (of: string): Uint8Array => new Uint8Array(Buffer.from(of));
const NOTHING = text('');

describe('a connection', () => {
  it('replies to streams, gives what comes on, and ends when both have', () => {
    const { connection, opened, told, answers } = served();
    const writer = new HeaderWriter();
    const frames: Frame[] = [
      { kind: 'settings', settings: [] },
      { kind: 'synStream', id: 1, last: false, block: writer.write({ streamtype: 'error' }) },
      { kind: 'synStream', id: 3, last: true, block: writer.write({ streamtype: 'data' }) },
      { kind: 'data', id: 1, last: false, data: text('hello') },
      { kind: 'ping', id: 5 },
      { kind: 'data', id: 1, last: true, data: NOTHING },
      { kind: 'data', id: 9, last: false, data: text('to nobody') },
    ];
    for (const one of frames) connection.receive(encode(one));
    expect(opened.map((stream) => stream.headers['streamtype'])).toEqual(['error', 'data']);
    expect(told).toEqual(['3 ended', '1 hello', '1 ended']);
    const [first, ended, second, ...rest] = answers();
    expect(first).toMatchObject({ kind: 'synReply', id: 1 });
    expect([ended, second].map((f) => f?.kind)).toEqual(['synReply', 'data']);
    expect(rest).toEqual([
      { kind: 'data', id: 1, last: false, data: text('hello') },
      { kind: 'ping', id: 5 },
      { kind: 'data', id: 1, last: true, data: NOTHING },
      { kind: 'rstStream', id: 9, status: 2 },
    ]);
  });

  it('takes its streams back with the client, once', () => {
    const { connection, told } = served();
    const writer = new HeaderWriter();
    connection.receive(encode({ kind: 'synStream', id: 1, last: false, block: writer.write({}) }));
    connection.receive(encode({ kind: 'synStream', id: 3, last: false, block: writer.write({}) }));
    connection.receive(encode({ kind: 'rstStream', id: 1, status: 5 }));
    connection.close();
    connection.close();
    connection.receive(encode({ kind: 'data', id: 3, last: false, data: text('late') }));
    expect(told).toEqual(['1 reset', '3 reset']);
  });

  it('tells a client who counts his streams backwards', () => {
    const { connection, told, answers } = served();
    const writer = new HeaderWriter();
    connection.receive(encode({ kind: 'synStream', id: 3, last: false, block: writer.write({}) }));
    connection.receive(encode({ kind: 'synStream', id: 1, last: false, block: writer.write({}) }));
    expect(told).toEqual(['3 reset', expect.stringContaining('failed: stream 1 is opened behind')]);
    expect(answers().at(-1)).toEqual({ kind: 'goAway', lastId: 3, status: 1 });
  });

  it('never falls over bytes that are changed, cut off or none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(frame, headers), { maxLength: 8 }),
        changes,
        fc.nat(20),
        cuts,
        (all, changed, cut, at) => {
          const { connection, told } = served();
          const writer = new HeaderWriter();
          let next = -1;
          const opening = ([one, own]: [Frame, Record<string, string>]): Frame =>
            one.kind === 'synStream' ? { ...one, id: (next += 2), block: writer.write(own) } : one;
          const whole = Buffer.concat(all.map((one) => encode(opening(one))));
          for (const piece of pieces(mutated(whole, changed, cut), at)) connection.receive(piece);
          connection.close();
          expect(told.filter((line) => line.startsWith('failed')).length).toBeLessThan(2);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
