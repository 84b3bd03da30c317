/**
 * CertificateApproval, CertificateSigning and CertificateSubjectRestriction: who may approve and sign for a
 * signer, and that nobody gets the administrators' group this way. Models
 * plugin/pkg/admission/certificates/{approval,signing,subjectrestriction}.
 */
import { subjectOf } from '../certificates/request.ts';
import { MASTERS } from '../authentication/user.ts';
import type { CertificateSigningRequest } from '../resources/certificatesigningrequest.ts';
import { deepEqual } from '../equal.ts';
import { refused, type AdmissionPlugin, type AdmissionRequest } from './types.ts';

const CSRS = 'certificatesigningrequests.certificates.k8s.io';
const CLIENT = 'kubernetes.io/kube-apiserver-client';

/** IsAuthorizedForSignerName: by the signer's own name, or by all of its domain's. */
function checkSigner(
  verb: 'approve' | 'sign',
  { spec }: CertificateSigningRequest,
  request: AdmissionRequest,
) {
  const { signerName } = spec;
  const { by, view } = request;
  const asked = { verb, group: 'certificates.k8s.io', resource: 'signers', subresource: '', namespace: '' };
  const domain = `${signerName.split('/')[0]}/*`;
  if (by === undefined || [signerName, domain].some((name) => view.decide(by, { ...asked, name }).allowed))
    return;
  throw refused(
    request,
    `user not permitted to ${verb} requests with signerName ${JSON.stringify(signerName)}`,
  );
}

export const certificateApproval: AdmissionPlugin = {
  name: 'CertificateApproval',
  ofParts: true,
  validate(_object, request) {
    if (request.definition.resource !== CSRS || request.subresource !== 'approval') return;
    checkSigner('approve', request.old as CertificateSigningRequest, request);
  },
};

export const certificateSigning: AdmissionPlugin = {
  name: 'CertificateSigning',
  ofParts: true,
  validate(object, request) {
    if (request.definition.resource !== CSRS || request.subresource !== 'status') return;
    const [csr, old] = [object as CertificateSigningRequest, request.old as CertificateSigningRequest];
    const isSame =
      csr.status.certificate === old.status.certificate &&
      deepEqual(csr.status.conditions ?? [], old.status.conditions ?? []);
    if (!isSame) checkSigner('sign', old, request);
  },
};

export const certificateSubjectRestriction: AdmissionPlugin = {
  name: 'CertificateSubjectRestriction',
  validate(object, request) {
    const { definition, operation, subresource } = request;
    if (definition.resource !== CSRS || operation !== 'CREATE' || subresource !== '') return;
    const { spec } = object as CertificateSigningRequest;
    if (spec.signerName !== CLIENT) return;
    const subject = subjectOf(spec.request);
    if (typeof subject === 'string') throw refused(request, `failed to parse CSR: ${subject}`);
    if (subject.organizations.includes(MASTERS))
      throw refused(request, `use of ${CLIENT} signer with ${MASTERS} group is not allowed`);
  },
};
