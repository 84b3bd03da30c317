/**
 * CertificateSigningRequests. Models pkg/registry/certificates/certificates and
 * pkg/apis/certificates/validation.
 */
import type { ICertificateSigningRequest } from 'kubernetes-models/certificates.k8s.io/v1';
import { serversStatus } from '../strategy/generation.ts';
import { ageOf, humanDuration } from '../table/age.ts';
import { AGE, column, created, NAME, NONE } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { validateDomainPath } from '../validation/domains.ts';
import { duplicate, invalidValue, required } from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type Request = Modelled<ICertificateSigningRequest>;

const SHORTEST_SECONDS = 600;

/** `Approved,Issued`. */
function conditionText({ status }: Request): string {
  const has = (type: string): boolean => status.conditions?.some((c) => c.type === type) === true;
  const decided = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decided}${has('Failed') ? ',Failed' : ''}${status.certificate ? ',Issued' : ''}`;
}

export const certificateSigningRequests = defineResource<Request>({
  group: 'certificates.k8s.io',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  shortNames: ['csr'],
  namespaced: false,
  simulated: 'stored',
  subresources: { status: true },
  strategy: serversStatus({}),
  validation: ruled<Request>(
    ({ spec }, out) => {
      const { usages = [], expirationSeconds: seconds } = spec;
      if (usages.length === 0) out.push(required('spec.usages', 'usages must be specified'));
      eachAt(usages, 'spec.usages', (usage, at) => {
        if (usages.indexOf(usage) < Number(/\d+/.exec(at)![0])) out.push(duplicate(at, usage));
      });
      validateDomainPath(spec.signerName, 'spec.signerName', out);
      if (seconds !== undefined && seconds < SHORTEST_SECONDS)
        out.push(
          invalidValue(
            'spec.expirationSeconds',
            seconds,
            'may not specify a duration less than 600 seconds (10 minutes)',
          ),
        );
    },
    { namespaced: false, immutable: { spec: (r) => r.spec } },
  ),
  selectableFields: { 'spec.signerName': (r) => r.spec.signerName },
  columns: [
    NAME,
    AGE,
    column('SignerName'),
    column('Requestor'),
    column('RequestedDuration'),
    column('Condition'),
  ],
  row: (r, { now }) => [
    r.metadata.name,
    ageOf(created(r), now),
    r.spec.signerName || NONE,
    r.spec.username ?? '',
    r.spec.expirationSeconds === undefined ? NONE : humanDuration(r.spec.expirationSeconds * 1000),
    conditionText(r),
  ],
});
