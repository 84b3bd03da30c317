import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { isOwn, isSigned, publicKey, signatureOf } from './signature.ts';

const { n, e, kid } = publicKey();
const KEY = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });

it('signs as others check it', () => {
  const signature = signatureOf('header.claims');
  expect(verify('sha256', Buffer.from('header.claims'), KEY, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(kid).toBe(
    createHash('sha256')
      .update(KEY.export({ type: 'spki', format: 'der' }))
      .digest('base64url'),
  );
});

it('knows its own from what somebody changed', () => {
  const signature = signatureOf('header.claims');
  expect(isOwn(`header.claims.${signature}`)).toBe(true);
  expect(isOwn(`header.Claims.${signature}`)).toBe(false);
  expect(isOwn(`header.claims.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`)).toBe(false);
  for (const none of ['', '.', '!', '=', 'ü']) expect(isSigned('header.claims', none, { n, e })).toBe(false);
  expect(isSigned('header.claims', signature, { n: '', e })).toBe(false);
});
