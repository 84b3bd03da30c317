/** Whose certificates were issued: they go on counting until they expire, whatever becomes of the request. */
import type { Millis } from '../../kernel/types.ts';
import type { CertificateSigningRequest } from '../resources/certificatesigningrequest.ts';
import { certificateIn } from './certificate.ts';
import type { KubeObject } from '../types.ts';

/** Plain data. */
export interface Certified {
  readonly groups: readonly string[];
  readonly until: Millis;
}

interface Holder {
  users?: Map<string, readonly string[]>;
  certificates?: Map<string, Certified>;
}

const CLIENTS = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/kube-apiserver-client-kubelet'];

/** Remembers whom a certificate that has just been issued lets in. */
export function takeCertificate(state: Holder, object: KubeObject, before: KubeObject): void {
  const [csr, old] = [object as CertificateSigningRequest, before as CertificateSigningRequest];
  const { certificate } = csr.status;
  if (!certificate || certificate === old.status.certificate || !CLIENTS.includes(csr.spec.signerName))
    return;
  const issued = certificateIn(certificate);
  if (issued === undefined) return;
  const { subject, until } = issued;
  (state.certificates ??= new Map()).set(subject.commonName, { groups: subject.organizations, until });
}

/** Whether somebody has a certificate that counts no more, and no other. */
export const hasExpired = ({ users, certificates }: Holder, name: string, now: Millis): boolean =>
  users?.has(name) !== true && now >= (certificates?.get(name)?.until ?? Number.POSITIVE_INFINITY);

/** Who has a certificate that counts; undefined: nobody but those who were there from the beginning. */
export function usersOf(
  { users, certificates }: Holder,
  now: Millis,
): ReadonlyMap<string, readonly string[]> | undefined {
  if (certificates === undefined) return users;
  const all = new Map<string, readonly string[]>();
  for (const [name, { groups, until }] of certificates) if (now < until) all.set(name, groups);
  for (const [name, groups] of users ?? []) all.set(name, groups);
  return all;
}
