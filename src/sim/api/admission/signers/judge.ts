/** Who may approve and sign certificates, and for whom. */
import { subjectOf } from '../../certificates/request.ts';
import { MASTERS } from '../../authentication/user.ts';
import { deepEqual } from '../../equal.ts';
import type { CertificateSigningRequest } from '../../resources/certificatesigningrequest.ts';
import { refused, type AdmissionRequest } from '../types.ts';

const CLIENT = 'kubernetes.io/kube-apiserver-client';

/**
 * IsAuthorizedForSignerName: by the signer's own name, or by all of its domain's. @throws ApiError Forbidden
 */
function checkSigner(verb: 'approve' | 'sign', request: AdmissionRequest): void {
  const { by, view, old } = request;
  const { signerName } = (old as CertificateSigningRequest).spec;
  const asked = { verb, group: 'certificates.k8s.io', resource: 'signers', subresource: '', namespace: '' };
  const domain = `${signerName.split('/')[0]}/*`;
  if (by === undefined) return;
  if ([signerName, domain].some((name) => view.decide(by, { ...asked, name }).allowed)) return;
  throw refused(
    request,
    `user not permitted to ${verb} requests with signerName ${JSON.stringify(signerName)}`,
  );
}

/** @throws ApiError Forbidden */
export const judgeApproval = (request: AdmissionRequest): void => checkSigner('approve', request);

/** @throws ApiError Forbidden */
export function judgeSigning(request: AdmissionRequest): void {
  const [csr, old] = [request.object as CertificateSigningRequest, request.old as CertificateSigningRequest];
  const isSame =
    csr.status.certificate === old.status.certificate &&
    deepEqual(csr.status.conditions ?? [], old.status.conditions ?? []);
  if (!isSame) checkSigner('sign', request);
}

/** Nobody gets the administrators' group this way. @throws ApiError Forbidden */
export function judgeSubject(request: AdmissionRequest): void {
  const { spec } = request.object as CertificateSigningRequest;
  if (spec.signerName !== CLIENT) return;
  const subject = subjectOf(spec.request);
  if (typeof subject === 'string') throw refused(request, `failed to parse CSR: ${subject}`);
  if (subject.organizations.includes(MASTERS))
    throw refused(request, `use of ${CLIENT} signer with ${MASTERS} group is not allowed`);
}
