/**
 * ServiceAccount: a Pod runs as `default` unless it says otherwise, and only as an account that exists. It
 * takes over the account's imagePullSecrets where it has none, and is given a volume with the account's token
 * unless it or the account does not want one. Models
 * plugin/pkg/admission/serviceaccount/admission.go. Where upstream waits a second and a half for an account
 * `default` that its controller is about to make, a Pod of so young a namespace is let in without. A Pod that
 * runs as `default` and says nothing of a token is given none, unless `tokensInEveryPod` is set.
 */
import { withMembers } from '../../kernel/members.ts';
import { parseTime } from '../time.ts';
import type { KubeObject, Pod, ServiceAccount } from '../types.ts';
import { withTokenVolume } from './tokenvolume.ts';
import { refused, type AdmissionPlugin, type AdmissionRequest } from './types.ts';

const DEFAULT_ACCOUNT = 'default';
const MIRROR = 'kubernetes.io/config.mirror';
/** How long upstream looks for an account `default` at most: ten times 100 to 200 ms. */
const PATIENCE_MS = 1500;

const isNewPod = ({ definition, operation, subresource }: AdmissionRequest): boolean =>
  definition.resource === 'pods' && operation === 'CREATE' && subresource === '';

const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.[MIRROR] !== undefined;

const accountFor = ({ namespace, view }: AdmissionRequest, name: string): ServiceAccount | undefined =>
  view.find('ServiceAccount', namespace, name);

/** Whether the controller of accounts has not had the time yet to make a namespace's own. */
function isYoung({ namespace, view }: AdmissionRequest): boolean {
  const found = view.find('Namespace', '', namespace);
  const ageMs = found === undefined ? 0 : view.now - parseTime(found.metadata.creationTimestamp);
  return !(ageMs >= PATIENCE_MS);
}

/** Whether the Pod is to have a token (shouldAutomount): as it says, or as its account does. */
function wantsToken(
  { spec }: Pod,
  account: ServiceAccount | undefined,
  { config }: AdmissionRequest,
): boolean {
  if (account === undefined || config.formerly !== undefined) return false;
  const said = spec.automountServiceAccountToken ?? account.automountServiceAccountToken;
  return said ?? (config.tokensInEveryPod || account.metadata.name !== DEFAULT_ACCOUNT);
}

const BY_DEFAULT = { serviceAccountName: DEFAULT_ACCOUNT, serviceAccount: DEFAULT_ACCOUNT };

export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  about: ['pods'],
  mutate: (object, request) => {
    const pod = object as unknown as Pod;
    if (!isNewPod(request) || isMirror(pod)) return object;
    const { serviceAccountName: given, imagePullSecrets: own = [] } = pod.spec;
    const account = accountFor(request, given || DEFAULT_ACCOUNT);
    const { imagePullSecrets = [] } = account ?? {};
    const takesOver = own.length === 0 && imagePullSecrets.length > 0;
    const isGivenToken = wantsToken(pod, account, request);
    if (given && !takesOver && !isGivenToken) return object;
    const next: Pod = { ...pod };
    next.spec = given ? pod.spec : withMembers(pod.spec, BY_DEFAULT);
    if (takesOver) next.spec = withMembers(next.spec, { imagePullSecrets });
    if (isGivenToken) next.spec = withTokenVolume(next.spec, () => request.view.random());
    return next as unknown as KubeObject;
  },
  validate: (object, request) => {
    if (!isNewPod(request)) return;
    const account = (object as unknown as Pod).spec.serviceAccountName;
    if (!account || accountFor(request, account) !== undefined) return;
    if (account === DEFAULT_ACCOUNT && isYoung(request)) return;
    const { namespace } = request;
    throw refused(
      request,
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    );
  },
};
