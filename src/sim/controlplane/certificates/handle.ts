/** What becomes of a CertificateSigningRequest: approved by itself, signed, or forgotten. */
import { certificateIn, issuedCertificate } from '../../api/certificates/certificate.ts';
import { subjectOf, type Subject } from '../../api/certificates/request.ts';
import {
  hasCondition,
  LASTS_SECONDS,
  SHORTEST_SECONDS,
  type CertificateSigningRequest,
} from '../../api/resources/certificatesigningrequest.ts';
import { isNotFound } from '../../api/errors.ts';
import { parseTime, rfc3339 } from '../../api/time.ts';
import type { KubeObject } from '../../api/types.ts';
import type { Millis } from '../../kernel/types.ts';
import type { ControllerContext } from '../controller.ts';

const CSRS = 'certificatesigningrequests.certificates.k8s.io';
const CLIENT = 'kubernetes.io/kube-apiserver-client';
const KUBELET_CLIENT = 'kubernetes.io/kube-apiserver-client-kubelet';
const KUBELET_SERVING = 'kubernetes.io/kubelet-serving';
const LEGACY = 'kubernetes.io/legacy-unknown';
const HOUR_MS = 3_600_000;

/** A node's own subject (validateKubeletClientCSR and its kin); undefined: it is one. */
function notOfNode({ commonName, organizations }: Subject): string | undefined {
  if (organizations.join() !== 'system:nodes') return 'subject organization is not system:nodes';
  if (!commonName.startsWith('system:node:')) return 'subject common name does not begin with system:node:';
  return undefined;
}

function wrongUsage(usages: readonly string[], wanted: 'client auth' | 'server auth'): string | undefined {
  const of = wanted.split(' ')[0];
  for (const usage of usages)
    if (!['digital signature', 'key encipherment', wanted].includes(usage))
      return `invalid usage for ${of} certificate: ${usage}`;
  return usages.includes(wanted) ? undefined : `missing required usage for ${of} certificate: ${wanted}`;
}

/** Why a signer does not sign what it was asked for; undefined: it does; null: it is nobody's here. */
export function refusalOf({ spec }: CertificateSigningRequest, subject: Subject): string | undefined | null {
  const { signerName, usages = [] } = spec;
  switch (signerName) {
    case CLIENT:
      return wrongUsage(usages, 'client auth');
    case KUBELET_CLIENT:
      return notOfNode(subject) ?? wrongUsage(usages, 'client auth');
    case KUBELET_SERVING:
      return notOfNode(subject) ?? wrongUsage(usages, 'server auth');
    case LEGACY:
      return undefined;
    default:
      return null;
  }
}

function withCondition(
  csr: CertificateSigningRequest,
  type: 'Approved' | 'Failed',
  reason: string,
  message: string,
  now: Millis,
): CertificateSigningRequest {
  const condition = { type, status: 'True' as const, reason, message, lastUpdateTime: rfc3339(now) };
  const { status } = csr;
  return { ...csr, status: { ...status, conditions: [...(status.conditions ?? []), condition] } };
}

/** Kubelets get their client certificates without anybody's word, where they may (sarapprove.go). */
function approve(csr: CertificateSigningRequest, subject: Subject, { api, now }: ControllerContext): void {
  const { signerName, usages = [], username = '', groups = [] } = csr.spec;
  if (signerName !== KUBELET_CLIENT || notOfNode(subject) || wrongUsage(usages, 'client auth')) return;
  const may = (subresource: string): boolean => {
    const review: unknown = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      metadata: {},
      spec: {
        user: username,
        groups,
        resourceAttributes: {
          group: 'certificates.k8s.io',
          resource: 'certificatesigningrequests',
          verb: 'create',
          subresource,
        },
      },
    };
    const { status } = api.create(review as KubeObject);
    return (status as { allowed?: boolean }).allowed === true;
  };
  const isOwn = username === subject.commonName;
  const message = isOwn && may('selfnodeclient') ? 'self kubelet client certificate' : undefined;
  const words = message ?? (may('nodeclient') ? 'kubelet client certificate' : undefined);
  if (words === undefined) return;
  const said = `Auto approving ${words} after SubjectAccessReview.`;
  api.updateApproval(withCondition(csr, 'Approved', 'AutoApproved', said, now));
}

/**
 * How long a request is kept still; undefined: for ever, as one that is approved and was never signed
 * (pkg/controller/certificates/cleaner, which looks once an hour).
 */
export function keptForMs({ metadata, status }: CertificateSigningRequest, now: Millis): Millis | undefined {
  const { conditions = [], certificate } = status;
  if (conditions.length === 0) return parseTime(metadata.creationTimestamp) + 24 * HOUR_MS - now;
  const counts = conditions.filter((c) => c.type !== 'Approved' || certificate);
  const ends = counts.map((c) => parseTime(String(c.lastUpdateTime ?? '')) + HOUR_MS - now);
  const expires = certificate ? certificateIn(certificate)?.until : undefined;
  if (expires !== undefined) ends.push(expires - now);
  const known = ends.filter((ms) => !Number.isNaN(ms));
  return known.length === 0 ? undefined : Math.min(...known);
}

/** For how many seconds a certificate is issued (duration in signer.go). */
export const durationSeconds = (wanted = LASTS_SECONDS): number =>
  Math.max(SHORTEST_SECONDS, Math.min(wanted, LASTS_SECONDS));

/** @param key the name of the request */
export function syncRequest(key: string, ctx: ControllerContext): void {
  const { api, cache, now, queue } = ctx;
  const csr = cache.get(CSRS, '', key) as CertificateSigningRequest | undefined;
  if (csr === undefined) return;
  const left = keptForMs(csr, now);
  if (left !== undefined && left <= 0) {
    try {
      api.delete(CSRS, '', key);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return;
  }
  if (left !== undefined) queue.addAfter(key, left);
  const subject = subjectOf(csr.spec.request);
  if (typeof subject === 'string' || hasCondition(csr, 'Denied') || hasCondition(csr, 'Failed')) return;
  if (!hasCondition(csr, 'Approved')) return approve(csr, subject, ctx);
  if (csr.status.certificate) return;
  const refusal = refusalOf(csr, subject);
  if (refusal === null) return;
  if (refusal !== undefined) {
    api.updateStatus(withCondition(csr, 'Failed', 'SignerValidationFailure', refusal, now));
    return;
  }
  const seconds = durationSeconds(csr.spec.expirationSeconds);
  const certificate = issuedCertificate(subject, now + seconds * 1000);
  api.updateStatus({ ...csr, status: { ...csr.status, certificate } });
}
