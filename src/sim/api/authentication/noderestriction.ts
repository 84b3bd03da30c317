/** What a kubelet is refused beyond its rights. Models plugin/pkg/admission/noderestriction/admission.go. */
import { forbidden, notFound, type ApiError } from '../errors.ts';
import type { TokenRequest, TokenView } from './tokens.ts';

/**
 * A kubelet is given tokens of the Pods on its node only (admitServiceAccount).
 * @throws ApiError Forbidden, NotFound
 */
export function restrictToken(
  view: TokenView,
  node: string,
  namespace: string,
  { boundObjectRef: bound }: TokenRequest,
): void {
  const refused = (why: string): ApiError => forbidden('serviceaccounts', '', '', why);
  if (bound === undefined) throw refused('node requested token not bound to a pod');
  if (bound.kind !== 'Pod') throw refused(`node requested token bound to an object of kind ${bound.kind}`);
  const pod = view.find('Pod', namespace, bound.name);
  if (pod === undefined) throw notFound('pods', '', bound.name);
  if (bound.uid !== pod.metadata.uid)
    throw refused(
      `the UID in the bound object reference (${bound.uid}) does not match the UID in record ` +
        `(${pod.metadata.uid}). The object might have been deleted and then recreated`,
    );
  if (pod.spec.nodeName !== node)
    throw refused('node requested token bound to a pod scheduled on a different node');
}
