import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../sim/api/errors.ts';
import { QUANTITY_FORMAT_ERROR } from '../../sim/api/quantity.ts';
import { decodeProtobuf, type TypeMeta } from './decode.ts';
import { anyObject, encodeProtobuf, envelope, RECORDED } from './testing.ts';
import { type Bytes, bytesField, utf8, varintField } from './write.ts';
import { readFields } from './wire.ts';

/** A body that holds a Pod. */
const pod = (...raw: Bytes): Uint8Array => envelope('v1', 'Pod', raw);

const refused = (body: Uint8Array, expected?: TypeMeta): string => {
  try {
    decodeProtobuf(body, expected);
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ reason: 'BadRequest', code: 400 });
    return (error as ApiError).message;
  }
  throw new Error('not refused');
};

it('decodes what is encoded', () => {
  fc.assert(
    fc.property(anyObject, (object) => {
      expect(decodeProtobuf(encodeProtobuf(object))).toEqual(object);
    }),
  );
});

it('takes JSON in place of a message, of any kind', () => {
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', spec: { size: 0, of: null } };
  expect(decodeProtobuf(envelope('', '', utf8(JSON.stringify(widget)), 'application/json'))).toEqual(widget);
});

it('merges messages that stand twice, and takes the last of texts that do', () => {
  const metadata = (...fields: Bytes): Bytes => bytesField(1, fields);
  const [name, other] = [bytesField(1, utf8('a')), bytesField(1, utf8('b'))];
  const namespace = bytesField(3, utf8('team'));
  expect(decodeProtobuf(pod(...metadata(...name, ...namespace), ...metadata(...other)))).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'b', namespace: 'team' },
  });
});

it('reads integers of a list packed and one after another', () => {
  const groups = [...varintField(4, 7), ...bytesField(4, [0, 1, 0x80, 0x01]), ...varintField(4, -1)];
  expect(decodeProtobuf(pod(...bytesField(2, bytesField(14, groups))))).toMatchObject({
    spec: { securityContext: { supplementalGroups: [7, 0, 1, 128, -1] } },
  });
});

it('makes an entry of a map that lacks its key or its value', () => {
  const entry = (...fields: Bytes): Bytes => bytesField(1, bytesField(11, fields));
  const body = pod(...entry(...bytesField(1, utf8('__proto__'))), ...entry(...bytesField(2, utf8('v'))));
  const { labels } = decodeProtobuf(body).metadata as { labels: object };
  expect(Object.entries(labels)).toEqual([
    ['__proto__', ''],
    ['', 'v'],
  ]);
});

describe('a body that does not say what it is', () => {
  const body = envelope('', '', bytesField(1, bytesField(1, utf8('a'))));

  it('is of the type that the path takes', () => {
    const expected = { apiVersion: 'v1', kind: 'Pod' };
    expect(decodeProtobuf(body, expected)).toEqual({ ...expected, metadata: { name: 'a' } });
  });

  it('is refused where the path takes any', () => {
    expect(refused(body)).toMatch(/^the object provided is unrecognized: Object 'Kind' is missing in /);
  });
});

it('names the type that the path takes when it refuses', () => {
  const expected = { apiVersion: 'v1', kind: 'Pod' };
  expect(refused(Uint8Array.of(), expected)).toBe(
    'the object provided is unrecognized (must be of type Pod): empty data (<empty>)',
  );
  expect(refused(envelope('v1', 'Secret', [0x0c]), expected)).toBe(
    'Secret in version "v1" cannot be handled as a Pod: proto: Secret: wiretype end group for non-group',
  );
});

/** The message that a body holds. */
const rawOf = (body: Uint8Array): Uint8Array =>
  [...readFields(body.subarray(4), 'Unknown')].find(({ number }) => number === 2)!.bytes;

describe('a body that is broken', () => {
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
    ['a wrong wire type', pod(0x08, 0x01), asPod('proto: wrong wireType = 0 for field ObjectMeta')],
    ['a tag of no field', pod(0x02, 0x00), asPod('proto: Pod: illegal tag 0 (wire type 2)')],
    ['the end of no group', pod(0x0c), asPod('proto: Pod: wiretype end group for non-group')],
    ['a wire type that is none', pod(0x0f), asPod('proto: illegal wireType 7')],
    ['a varint without end', pod(0x08, ...Array(10).fill(0xff)), asPod('proto: integer overflow')],
    [
      'a length below zero',
      pod(0x0a, ...Array(9).fill(0xff), 0x01),
      asPod('proto: negative length found during unmarshaling'),
    ],
    [
      'a quantity that is none',
      pod(
        ...bytesField(
          2,
          bytesField(32, [...bytesField(1, utf8('cpu')), ...bytesField(2, bytesField(1, []))]),
        ),
      ),
      asPod(QUANTITY_FORMAT_ERROR),
    ],
    [
      'a time of no year',
      pod(...bytesField(1, bytesField(8, varintField(1, 2 ** 52)))),
      asPod('Time.MarshalJSON: year outside of range [0,9999]'),
    ],
    [
      'neither an integer nor a string',
      envelope('policy/v1', 'PodDisruptionBudget', bytesField(2, bytesField(1, varintField(1, 2)))),
      'PodDisruptionBudget in version "v1" cannot be handled as a PodDisruptionBudget: impossible ' +
        'IntOrString.Type',
    ],
    [
      'data that is no JSON',
      envelope('apps/v1', 'ControllerRevision', bytesField(2, bytesField(1, utf8('{')))),
      'ControllerRevision in version "v1" cannot be handled as a ControllerRevision: failed to parse ' +
        'RawExtension bytes as JSON',
    ],
  ])('%s', (_, body, message) => {
    expect(refused(body)).toBe(message);
  });

  it('nests deeper than the stack', () => {
    // A schema's `not`, of which each holds the next. Lengths are of five bytes, so that all are alike.
    const levels = 100_000;
    const raw = new Uint8Array(levels * 7);
    for (let level = 0; level < levels; level++) {
      const rest = raw.length - (level + 1) * 7;
      const length = [0, 7, 14, 21].map((shift) => ((rest >> shift) & 0x7f) | 0x80);
      raw.set([0xe2, 0x01, ...length, (rest >> 28) & 0x7f], level * 7);
    }
    const path = [1, 4, 7, 2].reduce((inner, number) => bytesField(number, inner), [...raw] as Bytes);
    expect(refused(envelope('apiextensions.k8s.io/v1', 'CustomResourceDefinition', path))).toBe(
      'CustomResourceDefinition in version "v1" cannot be handled as a CustomResourceDefinition: proto: ' +
        'exceeded maximum recursion depth',
    );
  });

  it('passes over what it does not know, groups too', () => {
    const unknown = [0xa3, 0x06, 0x0a, 0x01, 0x41, 0x08, 0x05, 0xab, 0x06, 0xac, 0x06, 0xa4, 0x06];
    expect(decodeProtobuf(pod(...unknown))).toEqual({ apiVersion: 'v1', kind: 'Pod' });
  });

  it('gives an object or is refused, whatever was changed in it', () => {
    const bodies = fc.oneof(
      anyObject.map(encodeProtobuf),
      fc.constantFrom(...RECORDED.map(({ body }) => body)),
    );
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      bytes: fc.uint8Array({ maxLength: 4 }),
      // Bytes in the place of as many others leave the lengths of messages around them as they are.
      inPlace: fc.boolean(),
      removed: fc.nat(4),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(bodies, changes, fc.boolean(), (body, made, insideRaw) => {
        const { apiVersion, kind } = decodeProtobuf(body);
        let bytes = insideRaw ? [...rawOf(body)] : [...body];
        for (const { at, bytes: added, inPlace, removed } of made)
          bytes = bytes.toSpliced(Math.floor(at * bytes.length), inPlace ? added.length : removed, ...added);
        try {
          const decoded = decodeProtobuf(
            insideRaw ? envelope(apiVersion, kind, bytes) : Uint8Array.from(bytes),
          );
          expect([typeof decoded.apiVersion, typeof decoded.kind]).toEqual(['string', 'string']);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
          expect(error).toMatchObject({ reason: 'BadRequest' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
