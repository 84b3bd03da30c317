import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../config.ts';
import { defaulted } from '../resources/testing.ts';
import type { Service } from '../types.ts';
import { allocateService } from './index.ts';

const service = (spec: object, metadata: object = {}): Service =>
  defaulted({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace: 'default', ...metadata },
    spec: { selector: { a: 'b' }, ...spec },
  } as never) as never;

describe('allocation', () => {
  it('never gives an address or node port twice, and nothing new to what is allocated', () => {
    const kinds = fc.array(
      fc.tuple(fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'), fc.integer({ min: 1, max: 3 })),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        kinds,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
        (list, draws) => {
          const ips = new Set<string>();
          const ports = new Set<number>();
          let draw = 0;
          const random = (): number => draws[draw++ % draws.length]!;
          for (const [type, count] of list) {
            const draft = service({
              type,
              ports: Array.from({ length: count }, (_, i) => ({ name: `p${i}`, port: 80 + i })),
            });
            const done = allocateService(
              draft,
              (ip) => ips.has(ip),
              (p) => ports.has(p),
              random,
              DEFAULT_CONFIG,
            ) as unknown as Service;
            expect(ips.has(done.spec.clusterIP!)).toBe(false);
            ips.add(done.spec.clusterIP!);
            for (const { nodePort } of done.spec.ports!) {
              expect(nodePort === undefined).toBe(type === 'ClusterIP');
              if (nodePort === undefined) continue;
              expect(ports.has(nodePort)).toBe(false);
              expect(nodePort).toBeGreaterThanOrEqual(30_000);
              expect(nodePort).toBeLessThanOrEqual(32_767);
              ports.add(nodePort);
            }
            expect(
              allocateService(
                done,
                () => false,
                () => false,
                random,
                DEFAULT_CONFIG,
              ),
            ).toBe(done);
          }
        },
      ),
    );
  });

  it('knows the addresses that are agreed upon', () => {
    const ip = (name: string, namespace: string): unknown =>
      (
        allocateService(
          service({ ports: [{ port: 53 }] }, { name, namespace }),
          () => false,
          () => false,
          () => 0,
          DEFAULT_CONFIG,
        ) as unknown as Service
      ).spec.clusterIP;
    expect([ip('kubernetes', 'default'), ip('kube-dns', 'kube-system')]).toEqual(['10.96.0.1', '10.96.0.10']);
  });

  it('says when the range is full', () => {
    const config = { ...DEFAULT_CONFIG, nodePortMin: 30_000, nodePortMax: 30_001 };
    expect(
      allocateService(
        service({ type: 'NodePort', ports: [{ port: 1 }] }),
        () => false,
        () => true,
        () => 0,
        config,
      ),
    ).toEqual([
      {
        field: 'spec.ports[0].nodePort',
        reason: 'Invalid value',
        message: 'Invalid value: 0: failed to allocate a nodePort: range is full',
      },
    ]);
  });
});
