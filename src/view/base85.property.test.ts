import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase85, toBase85 } from './base85.ts';

it('brings back what it was given', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase85(bytes);
      expect([...fromBase85(text)]).toEqual([...bytes]);
      expect(text).toMatch(/^[^<>&"'`\\\s]*$/);
      expect(text.length).toBe(Math.ceil((bytes.length * 5) / 4));
    }),
  );
});
