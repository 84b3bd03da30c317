import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctName, fileName } from './filename.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

it('keeps letters and digits of any script', () => {
  expect(fileName('At every moment service "web" was available')).toBe(
    'at-every-moment-service-web-was-available',
  );
  expect(fileName('予算は守られる。')).toBe('予算は守られる');
});

it('cuts by bytes, and tells apart what differs beyond the cut', () => {
  const long = '可用性'.repeat(60);
  expect(bytes(fileName(long))).toBeLessThan(200);
  expect(fileName(`${long}一`)).not.toBe(fileName(`${long}二`));
  expect(fileName('a'.repeat(300))).not.toBe(fileName('a'.repeat(301)));
});

it('is a name that every file system takes, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const name = fileName(text);
      expect(name).toMatch(/^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u);
      expect(bytes(`${distinctName(name, text)}.feature.part`)).toBeLessThan(255);
    }),
  );
});
