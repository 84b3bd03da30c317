/**
 * CertificateApproval, CertificateSigning and CertificateSubjectRestriction: who may approve and sign for a
 * signer, and for whom. Models plugin/pkg/admission/certificates/{approval,signing,subjectrestriction}.
 */
import { judgeApproval, judgeSigning, judgeSubject } from './signers/judge.ts';
import type { AdmissionPlugin, AdmissionRequest } from './types.ts';

const CSRS = 'certificatesigningrequests.certificates.k8s.io';

const isOf = ({ definition, subresource }: AdmissionRequest, part: string): boolean =>
  definition.resource === CSRS && subresource === part;

export const certificateApproval: AdmissionPlugin = {
  name: 'CertificateApproval',
  ofParts: true,
  validate(_object, request) {
    if (isOf(request, 'approval')) judgeApproval(request);
  },
};

export const certificateSigning: AdmissionPlugin = {
  name: 'CertificateSigning',
  ofParts: true,
  validate(object, request) {
    if (isOf(request, 'status')) judgeSigning({ ...request, object });
  },
};

export const certificateSubjectRestriction: AdmissionPlugin = {
  name: 'CertificateSubjectRestriction',
  validate(object, request) {
    if (isOf(request, '') && request.operation === 'CREATE') judgeSubject({ ...request, object });
  },
};
