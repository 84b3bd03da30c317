/**
 * PodSecurity where a namespace asks for it. Models k8s.io/pod-security-admission/admission/admission.go.
 * Nothing comes of what is audited: there is no audit log.
 */
import type { IContainer } from 'kubernetes-models/v1';
import { invalid } from '../../errors.ts';
import type { KubeObject, Namespace, Pod, PodTemplateSpec } from '../../types.ts';
import type { StatusCause } from '../../errors.ts';
import { refused, type AdmissionRequest } from '../types.ts';
import { detailsText, findingsOf, reasonsText } from './evaluate.ts';
import type { Checked } from './findings.ts';
import {
  compareLevels,
  ignoredText,
  isSame,
  policyOf,
  policyText,
  type LevelVersion,
  type Policy,
} from './policy.ts';

/** As many Pods are looked at when a namespace enforces something else. */
const MOST_PODS = 3000;

/** The names of a list with commas between. */
const listed = (text: string): string[] => text.split(',').map((name) => name.trim());

const isExemptNamespace = (name: string, { config }: AdmissionRequest): boolean =>
  name !== '' && listed(config.podSecurityExemptNamespaces).includes(name);
const isExemptUser = ({ user, config }: AdmissionRequest): boolean =>
  user !== '' && listed(config.podSecurityExemptUsernames).includes(user);
const isExemptClass = (name: string | undefined, { config }: AdmissionRequest): boolean =>
  !!name && listed(config.podSecurityExemptRuntimeClasses).includes(name);

const checkedOf = ({ metadata, spec }: { metadata?: unknown; spec?: unknown }): Checked => ({
  annotations: (metadata as { annotations?: Record<string, string> } | undefined)?.annotations ?? {},
  spec: spec as Checked['spec'],
});

/** Where a Pod, or a workload, stands to the policy of its namespace. @throws ApiError Forbidden */
function judge(checked: Checked, policy: Policy, isPod: boolean, request: AdmissionRequest): void {
  if (isExemptClass(checked.spec.runtimeClassName, request)) return;
  const { enforce, warn } = policy;
  if (isPod) {
    const found = findingsOf(checked, enforce);
    if (found.length > 0)
      throw refused(
        request,
        `violates PodSecurity ${JSON.stringify(policyText(enforce))}: ${detailsText(found)}`,
      );
  }
  const found = findingsOf(checked, warn);
  if (found.length > 0)
    request.warn?.(`would violate PodSecurity ${JSON.stringify(policyText(warn))}: ${detailsText(found)}`);
}

/** A Pod's containers and their images are all that an update can make worse. */
function isSignificant(pod: Pod, old: Pod): boolean {
  const parts = ({ spec }: Pod): IContainer[][] =>
    [spec.containers, spec.initContainers ?? []] as unknown as IContainer[][];
  const ephemeral = ({ spec }: Pod): { name: string; image?: string }[] =>
    (spec.ephemeralContainers ?? []) as never;
  const before = parts(old);
  return (
    parts(pod).some(
      (list, i) => list.length !== before[i]!.length || list.some((c, k) => c.image !== before[i]![k]!.image),
    ) ||
    ephemeral(pod).some(
      (c) => !ephemeral(old).some((other) => other.name === c.name && other.image === c.image),
    )
  );
}

/** The first Pod of each controller before others of it, as many as are looked at. */
function sample(pods: readonly Pod[], request: AdmissionRequest): Pod[] {
  const seen = new Set<string>();
  const [first, others]: [Pod[], Pod[]] = [[], []];
  for (const pod of pods) {
    if (isExemptClass(pod.spec.runtimeClassName, request)) continue;
    const owner = pod.metadata.ownerReferences?.find((ref) => ref.controller === true)?.uid;
    (owner !== undefined && seen.has(owner) ? others : first).push(pod);
    if (owner !== undefined) seen.add(owner);
  }
  return [...first, ...others];
}

/** What is said of the Pods that are in a namespace when it enforces another policy. */
function warnOfPods(namespace: string, enforce: LevelVersion, request: AdmissionRequest): void {
  const pods = sample([...request.view.list('Pod', namespace)], request);
  const namesByReason = new Map<string, string[]>();
  for (const pod of pods.slice(0, MOST_PODS)) {
    const found = findingsOf(checkedOf(pod), enforce);
    if (found.length === 0) continue;
    const reasons = reasonsText(found);
    namesByReason.set(reasons, [...(namesByReason.get(reasons) ?? []), pod.metadata.name]);
  }
  if (pods.length > MOST_PODS)
    request.warn?.(
      `new PodSecurity enforce level only checked against the first ${MOST_PODS} of ${pods.length} ` +
        'existing pods',
    );
  if (namesByReason.size === 0) return;
  request.warn?.(
    `existing pods in namespace ${JSON.stringify(namespace)} violate the new PodSecurity enforce level ` +
      JSON.stringify(policyText(enforce)),
  );
  const told = [...namesByReason].map(([reasons, names]) => {
    const others = names.length - 1;
    const more = others === 0 ? '' : ` (and ${others} other ${others === 1 ? 'pod' : 'pods'})`;
    return `${names.toSorted()[0]}${more}: ${reasons}`;
  });
  for (const line of told.sort()) request.warn?.(line);
}

/** The labels of a namespace that is created or changed. @throws ApiError Invalid */
export function judgeNamespace(object: KubeObject, request: AdmissionRequest): void {
  const { name, labels = {} } = object.metadata;
  const problems: StatusCause[] = [];
  const policy = policyOf(labels, problems);
  const { operation, old } = request;
  const before: StatusCause[] = [];
  const oldPolicy = operation === 'UPDATE' ? policyOf(old?.metadata.labels ?? {}, before) : undefined;
  const isOld = (problem: StatusCause): boolean =>
    before.some(({ field, message }) => field === problem.field && message === problem.message);
  if (
    problems.length > 0 &&
    (oldPolicy === undefined || problems.length !== before.length || !problems.every(isOld))
  )
    throw invalid('Namespace', '', name, problems);
  const { enforce } = policy;
  if (oldPolicy !== undefined) {
    if (isSame(enforce, oldPolicy.enforce) || enforce.level === 'privileged') return;
    const isRelaxed = compareLevels(enforce.level, oldPolicy.enforce.level) <= 0;
    if (enforce.minor === oldPolicy.enforce.minor && isRelaxed) return;
  }
  if (isExemptNamespace(name, request)) {
    const ignored = ignoredText(policy, labels);
    if (ignored !== '')
      request.warn?.(
        `namespace ${JSON.stringify(name)} is exempt from Pod Security, and the policy (${ignored}) will ` +
          'be ignored',
      );
  } else if (oldPolicy !== undefined) warnOfPods(name, enforce, request);
}

/** A Pod that is created or changed in a namespace with labels of Pod security. @throws ApiError Forbidden */
export function judgePod(object: KubeObject, namespace: Namespace, request: AdmissionRequest): void {
  if (isExemptNamespace(namespace.metadata.name, request) || isExemptUser(request)) return;
  if (request.config.planted === 'pod-security-misses-controllers' && request.by?.actor !== 'user') return;
  if (request.operation === 'UPDATE' && !isSignificant(object as Pod, request.old as Pod)) return;
  judge(checkedOf(object), policyOf(namespace.metadata.labels ?? {}), true, request);
}

/** A workload, of which is only warned. */
export function judgeTemplate(
  template: PodTemplateSpec | undefined,
  namespace: Namespace,
  request: AdmissionRequest,
): void {
  if (template === undefined || isExemptNamespace(namespace.metadata.name, request)) return;
  if (isExemptUser(request)) return;
  judge(checkedOf(template), policyOf(namespace.metadata.labels ?? {}), false, request);
}
