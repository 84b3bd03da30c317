import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../sim/api/errors.ts';
import { decodeProtobuf } from './decode.ts';
import recorded from './recorded.json' with { type: 'json' };
import { anyObject, encodeProtobuf, envelope } from './testing.ts';

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

/** Without fields that are null: to Go, and so to the API server, they are absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, v]) => v !== null);
  return Object.fromEntries(kept.map(([name, v]) => [name, withoutNulls(v)]));
}

const refused = (body: Uint8Array): string => {
  try {
    decodeProtobuf(body);
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ reason: 'BadRequest', code: 400 });
    return (error as ApiError).message;
  }
  throw new Error('not refused');
};

describe('bodies that kubectl 1.33 sent', () => {
  // The objects are what the same command printed with `--dry-run=client --output=json`, where it can.
  it.each(recorded)('$command', ({ body, object }) => {
    expect(withoutNulls(decodeProtobuf(bytesOf(body)))).toEqual(object);
  });
});

it('decodes what is encoded', () => {
  fc.assert(
    fc.property(anyObject, (object) => {
      expect(decodeProtobuf(encodeProtobuf(object))).toEqual(object);
    }),
  );
});

it('takes JSON in place of a message, of any kind', () => {
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', spec: { size: 0, of: null } };
  const raw = [...new TextEncoder().encode(JSON.stringify(widget))];
  expect(decodeProtobuf(envelope('', '', raw, 'application/json'))).toEqual(widget);
});

describe('a body that is broken', () => {
  const pod = (...raw: number[]): Uint8Array => envelope('v1', 'Pod', raw);
  const asPod = (why: string): string => `Pod in version "v1" cannot be handled as a Pod: ${why}`;

  it.each([
    ['nothing', Uint8Array.of(), 'the object provided is unrecognized: empty data (<empty>)'],
    [
      'JSON',
      new TextEncoder().encode('{"apiVersion":"v1","kind":"Namespace","metadata":{}}'),
      'the object provided is unrecognized: provided data does not appear to be a protobuf message, ' +
        'expected prefix [107 56 115 0] ({"apiVersion":"v1","kind":"Nam ...)',
    ],
    [
      'nothing behind the magic',
      Uint8Array.of(0x6b, 0x38, 0x73, 0),
      'the object provided is unrecognized: empty body (6b387300)',
    ],
    [
      'no kind',
      envelope('v1', '', []),
      "the object provided is unrecognized: Object 'Kind' is missing in " +
        `'runtime.TypeMeta{APIVersion:"v1", Kind:""}' (6b3873000a060a027631120012001a002200)`,
    ],
    [
      'a kind that is not known',
      envelope('example.com/v1', 'Widget', []),
      'Widget in version "v1" cannot be handled as a Widget: no kind "Widget" is registered for version ' +
        '"example.com/v1"',
    ],
    ['a field cut short', pod(0x0a, 0x05, 0x0a), asPod('unexpected EOF')],
    ['a wrong wire type', pod(0x08, 0x01), asPod('proto: wrong wireType = 0 for field Metadata')],
    ['a tag of no field', pod(0x02, 0x00), asPod('proto: Pod: illegal tag 0 (wire type 2)')],
    ['the end of no group', pod(0x0c), asPod('proto: Pod: wiretype end group for non-group')],
    ['a wire type that is none', pod(0x0f), asPod('proto: illegal wireType 7')],
    ['a varint without end', pod(0x08, ...Array(10).fill(0xff)), asPod('proto: integer overflow')],
    [
      'a length below zero',
      pod(0x0a, ...Array(9).fill(0xff), 0x01),
      asPod('proto: negative length found during unmarshaling'),
    ],
  ])('%s', (_, body, message) => {
    expect(refused(body)).toBe(message);
  });

  it('passes over what it does not know, groups too', () => {
    const unknown = [0xa3, 0x06, 0x0a, 0x01, 0x41, 0x08, 0x05, 0xab, 0x06, 0xac, 0x06, 0xa4, 0x06];
    expect(decodeProtobuf(pod(...unknown))).toEqual({ apiVersion: 'v1', kind: 'Pod' });
  });

  it('gives an object or is refused, whatever was changed in it', () => {
    const bodies = fc.oneof(
      anyObject.map(encodeProtobuf),
      fc.constantFrom(...recorded.map(({ body }) => bytesOf(body))),
    );
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      removed: fc.nat(4),
      added: fc.uint8Array({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(bodies, fc.array(change, { minLength: 1, maxLength: 4 }), (body, changes) => {
        let bytes = [...body];
        // The magic stays, so that what stands behind it is read.
        for (const { at, removed, added } of changes)
          bytes = bytes.toSpliced(4 + Math.floor(at * (bytes.length - 4)), removed, ...added);
        try {
          const { apiVersion, kind } = decodeProtobuf(Uint8Array.from(bytes));
          expect([typeof apiVersion, typeof kind]).toEqual(['string', 'string']);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
          expect(error).toMatchObject({ reason: 'BadRequest' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
