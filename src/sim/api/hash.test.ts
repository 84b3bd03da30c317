import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, controllerRevisionHash, fnv1a32, safeEncode, templateHash } from './hash.ts';

describe('hashes', () => {
  it('are FNV-1a over UTF-8', () => {
    expect(fnv1a32('')).toBe(0x811c9dc5);
    expect(fnv1a32('a')).toBe(0xe40c292c);
    expect(fnv1a32('foobar')).toBe(0xbf9cf968);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let hash = 0x811c9dc5n;
        for (const byte of new TextEncoder().encode(text))
          hash = ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn;
        expect(fnv1a32(text)).toBe(Number(hash));
      }),
    );
  });

  it('are written in a safe alphabet', () => {
    expect(safeEncode('0123456789')).toBe('456789bcdf');
    expect(templateHash({ spec: { containers: [] } })).toMatch(/^[bcdf4-9]{1,10}$/);
  });

  it('do not depend on the order of keys and change with the collision count', () => {
    const a = { metadata: { labels: { x: '1', y: '2' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
    const b = { spec: { containers: [{ image: 'i', name: 'c' }] }, metadata: { labels: { y: '2', x: '1' } } };
    expect(templateHash(a)).toBe(templateHash(b));
    expect(templateHash(a, 1)).toBe(templateHash(b, 1));
    expect(new Set([templateHash(a), templateHash(a, 0), templateHash(a, 1), templateHash(a, 2)]).size).toBe(
      4,
    );
    expect(controllerRevisionHash(a)).not.toBe(controllerRevisionHash(a, 0));
  });

  it('tell different values apart by their text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalText(JSON.parse(JSON.stringify(value)))).toBe(canonicalText(value));
      }),
    );
    expect(canonicalText({ a: undefined, b: 1 })).toBe('{"b":1}');
  });
});
