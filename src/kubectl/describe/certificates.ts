/** Requests for certificates. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { subjectOf } from '../../sim/api/certificates/request.ts';
import {
  type CertificateSigningRequest,
  conditionText,
} from '../../sim/api/resources/certificatesigningrequest.ts';
import { humanDuration } from '../../sim/api/table/age.ts';
import { labelText } from '../../sim/api/table/column.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { rfc1123, type DescribeWriter } from './writer.ts';

export function describeRequest(object: KubeObject, w: DescribeWriter): void {
  const request = object as CertificateSigningRequest;
  const { metadata, spec } = request;
  w.write(0, `Name:\t${metadata.name}\n`);
  w.write(0, `Labels:\t${labelText(metadata.labels)}\n`);
  w.write(0, `Annotations:\t${labelText(metadata.annotations)}\n`);
  w.write(0, `CreationTimestamp:\t${rfc1123(metadata.creationTimestamp)}\n`);
  w.write(0, `Requesting User:\t${spec.username ?? ''}\n`);
  if (spec.signerName) w.write(0, `Signer:\t${spec.signerName}\n`);
  if (spec.expirationSeconds !== undefined)
    w.write(0, `Requested Duration:\t${humanDuration(spec.expirationSeconds * 1000)}\n`);
  w.write(0, `Status:\t${conditionText(request)}\n`);
  const subject = subjectOf(spec.request);
  if (typeof subject === 'string') return;
  w.write(0, 'Subject:\n');
  w.write(0, `\tCommon Name:\t${subject.commonName}\n`);
  w.write(0, '\tSerial Number:\t\n');
  const { organizations } = subject;
  if (organizations.length > 0) w.write(0, `\tOrganization:\t${organizations.join('\n\t\t')}\n`);
}
