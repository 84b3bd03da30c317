import { expect, test } from 'vitest';
import { claimsOf, type TokenClaims } from '../../api/authentication/tokens.ts';
import { asRead } from './asread.ts';
import { tokenFile } from './tokenfile.ts';
import { bytesOf, nodeBytes } from './tree.ts';

test.each(['', 'n', 'na', 'nam', 'ñ'])(
  'a token is as long unsigned as it is when somebody reads it: %j',
  (name) => {
    const claims = {
      iss: 'i',
      sub: name,
      'kubernetes.io': { namespace: name, serviceaccount: { name, uid: '1' } },
    };
    const file = tokenFile(JSON.stringify(claims satisfies TokenClaims), 0o600);
    const found = asRead(file);
    if (found.kind !== 'file') throw new Error('no file');
    expect(claimsOf(found.content)).toEqual(claims);
    expect(found.mode).toBe(0o600);
    expect(nodeBytes(file)).toBe(bytesOf(found.content));
  },
);
