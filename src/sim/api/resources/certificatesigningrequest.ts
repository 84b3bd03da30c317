/**
 * CertificateSigningRequests. Models pkg/registry/certificates/certificates and
 * pkg/apis/certificates/validation.
 */
import type { ICertificateSigningRequest } from 'kubernetes-models/certificates.k8s.io/v1';
import { subjectOf } from '../certificates/request.ts';
import type { By, Millis } from '../../kernel/types.ts';
import { userInfoOf } from '../authentication/user.ts';
import { ageOf, humanDuration } from '../table/age.ts';
import { AGE, column, created, NAME, NONE } from '../table/column.ts';
import { rfc3339 } from '../time.ts';
import type { Modelled } from '../types.ts';
import { validateDomainPath } from '../validation/domains.ts';
import { duplicate, invalidValue, required } from '../validation/field.ts';
import { eachAt, ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

export type CertificateSigningRequest = Modelled<ICertificateSigningRequest>;
type Request = CertificateSigningRequest;

export const SHORTEST_SECONDS = 600;
/** A year: --cluster-signing-duration. */
export const LASTS_SECONDS = 31_536_000;

export const hasCondition = ({ status }: Request, type: string): boolean =>
  status.conditions?.some((c) => c.type === type) === true;

type Conditions = NonNullable<Request['status']['conditions']>;

const conditionsOf = ({ status }: Request): Conditions => status?.conditions ?? [];

const isDecision = ({ type }: Conditions[number]): boolean => type === 'Approved' || type === 'Denied';

/** With the times that their author left out (populateConditionTimestamps of its strategy). */
function dated(conditions: Conditions, old: Request, now: Millis): Conditions {
  const written = rfc3339(now);
  return conditions.map((condition) => {
    const { type, status, lastUpdateTime = written } = condition;
    const before = conditionsOf(old).find((c) => c.type === type && c.status === status);
    const { lastTransitionTime = before?.lastTransitionTime ?? written } = condition;
    return { ...condition, lastUpdateTime, lastTransitionTime };
  });
}

/** Who asks is who makes it, whatever it says (csrStrategy). */
function asked(draft: Request, by: By): Request {
  const { username, uid, groups, extra } = userInfoOf(by);
  const { username: _, uid: __, groups: ___, extra: ____, ...spec } = draft.spec ?? {};
  return {
    ...draft,
    spec: {
      ...spec,
      ...(extra === undefined ? {} : { extra: extra as NonNullable<Request['spec']['extra']> }),
      groups: [...groups],
      ...(uid === undefined ? {} : { uid }),
      username,
    },
    status: {},
  };
}

/** `Approved,Issued`. */
export function conditionText(request: Request): string {
  const { status } = request;
  const has = (type: string): boolean => hasCondition(request, type);
  const decided = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decided}${has('Failed') ? ',Failed' : ''}${status.certificate ? ',Issued' : ''}`;
}

export const certificateSigningRequests = defineResource<Request>({
  group: 'certificates.k8s.io',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  shortNames: ['csr'],
  namespaced: false,
  subresources: { status: true },
  strategy: {
    create: (draft, _now, _uid, by) => asked(draft, by),
    update: (next, old) => ({ ...next, spec: old.spec, status: old.status }),
    // Whether it is approved is not for those who sign to say.
    status: (next, old, now) => ({
      ...next,
      spec: old.spec,
      status: {
        ...next.status,
        conditions: dated(
          [...conditionsOf(old).filter(isDecision), ...conditionsOf(next).filter((c) => !isDecision(c))],
          old,
          now,
        ),
      },
    }),
    approval: (next, old, now) => ({
      ...next,
      spec: old.spec,
      status: { ...old.status, conditions: dated(conditionsOf(next), old, now) },
    }),
  },
  validation: ruled<Request>(
    ({ spec }, out) => {
      const { usages = [], expirationSeconds: seconds } = spec;
      const subject = subjectOf(spec.request ?? '');
      if (typeof subject === 'string') out.push(invalidValue('spec.request', spec.request ?? '', subject));
      if (usages.length === 0) out.push(required('spec.usages', 'usages must be specified'));
      eachAt(usages, 'spec.usages', (usage, at) => {
        if (usages.indexOf(usage) < Number(/\d+/.exec(at)![0])) out.push(duplicate(at, usage));
      });
      validateDomainPath(spec.signerName, 'spec.signerName', out);
      if (spec.signerName === 'kubernetes.io/legacy-unknown')
        out.push(
          invalidValue(
            'spec.signerName',
            spec.signerName,
            'the legacy signerName is not allowed via this API version',
          ),
        );
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
