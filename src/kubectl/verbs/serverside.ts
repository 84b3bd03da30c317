/**
 * `kubectl apply --server-side`. Source: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go (`applyOneObject`,
 * `migrateToSSAIfNecessary`, `saveLastApplyAnnotationIfNecessary`).
 */
import { ApiError } from '../../sim/api/errors.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import type { FileItem } from '../fileitem.ts';
import { goJson } from '../output/json.ts';
import type { Session } from '../session.ts';
import { applyPart, partOf } from '../subresource.ts';

const SERVER_SIDE_MANAGER = 'kubectl';
/** Whose updates become applies once somebody goes over to applying on the server's side. */
const CLIENT_SIDE_MANAGER = 'kubectl-client-side-apply';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Who keeps the annotation for those who go back. */
const ANNOTATION_MANAGER = 'kubectl-last-applied';

/** What is said below the conflicts. */
const ADVICE = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** What the flags say, as far as they agree. @throws KubectlError */
export function serverSide({ flags }: Session): { isAsked: boolean; force: boolean; manager: string } {
  const isAsked = flags.bool('server-side');
  const force = flags.bool('force-conflicts');
  if (flags.text('subresource') !== '' && !isAsked)
    throw new KubectlError('--subresource can only be specified for --server-side');
  if (force && !isAsked) throw new KubectlError('--force-conflicts only works with --server-side');
  if (isAsked && ['client', 'unchanged'].includes(flags.text('dry-run')))
    throw new KubectlError(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    );
  const manager = flags.text('field-manager') || (isAsked ? SERVER_SIDE_MANAGER : CLIENT_SIDE_MANAGER);
  return { isAsked, force, manager };
}

/**
 * Applies one object on the server's side. @throws ApiError, KubectlError where fields have other managers
 */
export function applyOnServer(session: Session, { info, draft }: FileItem): KubeObject {
  const { force, manager } = serverSide(session);
  const { name, namespace = '' } = draft.metadata;
  const place = { api: session.api, info, namespace, name };
  const apply = (config: KubeObject, options: Parameters<Session['api']['apply']>[4]): KubeObject =>
    applyPart(place, partOf(session, info, draft.apiVersion), config, options);
  let applied: KubeObject;
  try {
    applied = apply(draft, { manager, force });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason === 'Conflict') throw new KubectlError(`${error.message}\n${ADVICE}`);
    throw error;
  }
  if (applied.metadata.annotations?.[LAST_APPLIED] === undefined || session.flags.text('subresource') !== '')
    return applied;
  const said = goJson({ ...draft, metadata: { annotations: {}, ...draft.metadata } });
  const { apiVersion, kind } = draft;
  const kept = {
    apiVersion,
    kind,
    metadata: { name, namespace, annotations: { [LAST_APPLIED]: `${said}\n` } },
  };
  apply(kept as unknown as KubeObject, { manager: ANNOTATION_MANAGER, force: true });
  return apply(draft, { manager, force, takesOver: CLIENT_SIDE_MANAGER });
}
