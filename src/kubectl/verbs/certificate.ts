/** `kubectl certificate`. Source: staging/src/k8s.io/kubectl/pkg/cmd/certificates/certificates.go. */
import { ApiError } from '../../sim/api/errors.ts';
import { rfc3339 } from '../../sim/api/time.ts';
import type { CertificateSigningRequest } from '../../sim/api/resources/certificatesigningrequest.ts';
import { KubectlError } from '../errors.ts';
import { readFiles } from '../files.ts';
import { FILENAME, flag, PRINT } from '../flags.ts';
import { throwErrors } from '../resources.ts';
import type { Session, Verb } from '../session.ts';
import { report } from './apply.ts';

type Decision = 'Approved' | 'Denied';
const WORD = { Approved: 'approve', Denied: 'deny' } as const;

/** Says so of one request, which may be decided already. @throws KubectlError, ApiError */
function decide(session: Session, name: string, type: Decision): void {
  const isForced = session.flags.bool('force');
  const info = session.cluster.resources.get('CertificateSigningRequest');
  const found = session.api.get(info.resource, '', name) as unknown as CertificateSigningRequest;
  const conditions = found.status.conditions ?? [];
  const other = type === 'Approved' ? 'Denied' : 'Approved';
  if (conditions.some((c) => c.type === other))
    throw new KubectlError(`certificate signing request "${name}" is already ${other}`);
  const isDecided = conditions.some((c) => c.type === type);
  if (!isDecided || isForced) {
    const condition = {
      type,
      status: 'True' as const,
      reason: type === 'Approved' ? 'KubectlApprove' : 'KubectlDeny',
      message: `This CSR was ${type.toLowerCase()} by kubectl certificate ${WORD[type]}.`,
      lastUpdateTime: rfc3339(session.now),
    };
    session.api.updateApproval({
      ...found,
      status: { ...found.status, conditions: isDecided ? conditions : [...conditions, condition] },
    });
  }
  report(session, { info, object: found }, type.toLowerCase());
}

function deciding(type: Decision): Verb {
  return {
    name: `certificate ${WORD[type]}`,
    flags: [...FILENAME, ...PRINT, flag('force')],
    run(session) {
      const { flags } = session;
      if (session.args.length === 0 && !flags.has('filename') && !flags.has('kustomize'))
        throw new KubectlError('one or more CSRs must be specified as <name> or -f <filename>');
      const names = session.args.map((arg) => arg.replace(/^(csr|certificatesigningrequests?)\//, ''));
      const errors: unknown[] = [];
      if (flags.has('filename') || flags.has('kustomize')) {
        const read = readFiles(session);
        errors.push(...read.errors);
        for (const { info, draft } of read.items)
          if (info.kind === 'CertificateSigningRequest') names.push(draft.metadata.name);
          else
            errors.push(
              new KubectlError(
                'can only handle CertificateSigningRequest.certificates.k8s.io objects, got ' +
                  `${info.kind}${info.group === '' ? '' : `.${info.group}`}`,
              ),
            );
      }
      for (const name of names)
        try {
          decide(session, name, type);
        } catch (error) {
          if (!(error instanceof KubectlError || error instanceof ApiError)) throw error;
          errors.push(error);
        }
      throwErrors(errors);
      return 0;
    },
  };
}

export const certificateApprove: Verb = deciding('Approved');
export const certificateDeny: Verb = deciding('Denied');
