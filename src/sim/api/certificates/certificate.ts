/**
 * Certificates that were issued: as PEM, of a text that says whose it is and for how long. It stands for the
 * real thing, which needs keys; whoever comes with it is the user that it names.
 */
import type { Millis } from '../../kernel/types.ts';
import { base64, fromBase64 } from '../base64.ts';
import { parseTime, rfc3339 } from '../time.ts';
import type { Subject } from './request.ts';

const WIDTH = 64;

/** As `status.certificate` has it. @param until when it expires */
export function issuedCertificate({ commonName, organizations }: Subject, until: Millis): string {
  const said = base64(
    JSON.stringify({ subject: { CN: commonName, O: organizations }, notAfter: rfc3339(until) }),
  );
  const lines = said.match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [];
  return base64(['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'));
}

/** What a certificate of ours says; undefined: it is somebody else's, which says nothing here. */
export function certificateIn(certificate: string): { subject: Subject; until: Millis } | undefined {
  try {
    const [, said = ''] = /CERTIFICATE-----([\s\S]*?)-----END/.exec(fromBase64(certificate)) ?? [];
    const { subject, notAfter } = JSON.parse(fromBase64(said.replaceAll('\n', ''))) as {
      subject: { CN: string; O: readonly string[] };
      notAfter: string;
    };
    return { subject: { commonName: subject.CN, organizations: subject.O }, until: parseTime(notAfter) };
  } catch {
    return undefined;
  }
}
