/**
 * Client certificates of kubelets that expire: the API server verifies them at every request, and answers 401
 * Unauthorized (`x509: certificate has expired or is not yet valid`). Source: rotateCertificates of
 * pkg/kubelet/certificate/kubelet.go.
 */
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import type { Fault, PhysicalContext, Struck } from '../types.ts';

function expire(targets: readonly string[], { physical }: PhysicalContext): void {
  for (const node of targets)
    if (physical.machines.named(node) !== undefined) physical.network.expireCertificate(node);
}

function renew({ targets }: Struck, { physical }: PhysicalContext): void {
  for (const node of targets)
    if (physical.machines.named(node) !== undefined) physical.network.renewCertificate(node);
}

export const certificateExpired: Fault = defineFault({
  kind: 'NodeCertificateExpired',
  family: 'controlplane',
  needs: 'physical',
  target: 'node',
  about:
    "The kubelet's client certificate has expired: all its requests are answered 401 (`x509: certificate " +
    'has expired or is not yet valid`), heartbeats stop, its Pods run on. With a delay it is one that is ' +
    'not rotated (`rotateCertificates: false`, or nobody signs the requests) and runs out by the clock, ' +
    'with no sign of it before.',
  heals:
    'The kubelet gets a new certificate; healed before the certificate has run out, rotation works again ' +
    'and nothing happens.',
  parameters: [{ field: 'delayMs', about: 'how long the certificate is still good; without, it is not' }],
  phrases: [
    say('the certificate of [nodes] expires[forMs]', '[forMs][nodes]の証明書の有効期限が切れる'),
    say(
      'the certificate of [nodes] is not rotated and runs out in {duration:delayMs}[forMs]',
      '[forMs][nodes]の証明書が更新されず、{durationJa:delayMs}後に期限が切れる',
    ),
  ],
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    const { delayMs = 0 } = call;
    if (delayMs === 0) {
      expire(targets, ctx);
      return { targets };
    }
    for (const node of targets) ctx.physical.noting('certificateNotRotated', { node, leftMs: delayMs });
    return { targets, nextMs: delayMs };
  },
  tick(_call, struck, ctx) {
    const { nextMs: _, ...done } = struck;
    expire(struck.targets, ctx);
    return done;
  },
  heal: (_call, struck, ctx) => renew(struck, ctx),
});
