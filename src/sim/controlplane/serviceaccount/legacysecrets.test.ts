import { describe, expect, it } from 'vitest';
import type { Secret, ServiceAccount } from '../../api/types.ts';
import { Cluster } from '../../cluster.ts';
import { claimsOf } from '../../api/authentication/tokens.ts';
import { fromBase64 } from '../../api/base64.ts';

const begun = (legacyAccountSecrets: boolean): Cluster => {
  const c = Cluster.create({ seed: 1, nodes: 1, config: { legacyAccountSecrets } });
  c.client().create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } as never);
  c.pass(10_000);
  return c;
};

const accountIn = (c: Cluster): ServiceAccount => c.client().get('ServiceAccount', 'shop', 'default');
const named = (c: Cluster): (string | undefined)[] => (accountIn(c).secrets ?? []).map(({ name }) => name);

describe('Secrets of accounts', () => {
  it('are there where it is asked for them alone', () => {
    expect(named(begun(false))).toEqual([]);
    const c = begun(true);
    const [name, ...others] = named(c);
    expect([name, others]).toEqual([expect.stringMatching(/^default-token-\w{5}$/), []]);
    const secret: Secret = c.client().get('Secret', 'shop', name!);
    expect(secret.type).toBe('kubernetes.io/service-account-token');
    const { serviceaccount } = claimsOf(fromBase64(secret.data!['token']!))!['kubernetes.io']!;
    expect(serviceaccount).toMatchObject({ name: 'default', uid: accountIn(c).metadata.uid });
  });

  it('come again where they are deleted, and where they are named no more', () => {
    const c = begun(true);
    const [first] = named(c);
    c.client().delete('Secret', 'shop', first!);
    c.pass(10_000);
    const [second] = named(c);
    expect(named(c)).toHaveLength(1);
    expect(second).not.toBe(first);
    const { secrets: _, ...rest } = accountIn(c);
    c.client().update(rest as never);
    c.pass(10_000);
    expect(named(c)).toHaveLength(1);
  });

  it('do not keep a namespace from going', () => {
    const c = begun(true);
    c.client().delete('Namespace', '', 'shop');
    c.pass(60_000);
    expect(
      c
        .client()
        .list('Namespace')
        .map(({ metadata }) => metadata.name),
    ).not.toContain('shop');
  });
});
