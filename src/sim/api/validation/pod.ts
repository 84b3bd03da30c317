/**
 * Pods: creation, and what an update may change. Models ValidatePodCreate and ValidatePodUpdate of
 * pkg/apis/core/validation/validation.go.
 */
import { deepEqual } from '../equal.ts';
import type { Container, Pod, PodSpec, Toleration } from '../types.ts';
import { forbidden, inclusiveRange, invalidValue, required, type Causes } from './field.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';
import { validatePodAnnotations, validatePodSpec } from './podspec.ts';
import { validateTolerations } from './scheduling.ts';
import { subdomainProblems } from './text.ts';

const MAX_INT32 = 2_147_483_647;
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

function validateImages(containers: readonly Container[] | undefined, field: string, out: Causes): void {
  if (containers === undefined) return;
  for (let i = 0; i < containers.length; i += 1) {
    const image = containers[i]!.image ?? '';
    if (image !== image.trim())
      out.push(invalidValue(`${field}[${i}].image`, image, 'must not have leading or trailing whitespace'));
  }
}

export function validatePod(pod: Pod, out: Causes): void {
  validateMeta(pod.metadata, true, subdomainProblems, out);
  validatePodAnnotations(pod.metadata.annotations, 'metadata.annotations', out);
  validatePodSpec(pod.spec, { pod: true }, 'spec', out);
  validateImages(pod.spec.containers, 'spec.containers', out);
  validateImages(pod.spec.initContainers as Container[] | undefined, 'spec.initContainers', out);
  validateImages(pod.spec.ephemeralContainers as Container[] | undefined, 'spec.ephemeralContainers', out);
}

export function validatePodCreate(pod: Pod, out: Causes): void {
  validatePod(pod, out);
  if ((pod.spec.ephemeralContainers ?? []).length > 0)
    out.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
  if (pod.spec.nodeName && (pod.spec.schedulingGates ?? []).length > 0) {
    out.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  }
}

/** False where containers come or go, after which nothing can be compared. */
function sameContainers(
  next: readonly Container[] | undefined,
  old: readonly Container[] | undefined,
  field: string,
  out: Causes,
): boolean {
  if ((next ?? []).length !== (old ?? []).length) {
    out.push(forbidden(field, 'pod updates may not add or remove containers'));
    return false;
  }
  (next ?? []).forEach((container, i) => {
    if (!container.image) out.push(required(`${field}[${i}].image`));
  });
  return true;
}

function validateDeadline(next: PodSpec, old: PodSpec, out: Causes): boolean {
  const field = 'spec.activeDeadlineSeconds';
  const [now, before] = [next.activeDeadlineSeconds ?? undefined, old.activeDeadlineSeconds ?? undefined];
  if (now === undefined) {
    if (before !== undefined)
      out.push(invalidValue(field, undefined, 'must not update from a positive integer to nil value'));
    return true;
  }
  if (now < 0 || now > MAX_INT32) out.push(invalidValue(field, now, inclusiveRange(0, MAX_INT32)));
  else if (before !== undefined && before < now)
    out.push(invalidValue(field, now, 'must be less than or equal to previous value'));
  else return true;
  return false;
}

function onlyAddedTolerations(next: readonly Toleration[], old: readonly Toleration[], out: Causes): void {
  for (const before of old) {
    const kept = next.some((t) => deepEqual({ ...before, tolerationSeconds: t.tolerationSeconds }, t));
    if (!kept) {
      out.push(
        forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'),
      );
      return;
    }
  }
  validateTolerations(next, 'spec.tolerations', out);
}

/** A gated Pod may be narrowed before it is scheduled. */
function narrowed(next: PodSpec, old: PodSpec, munged: PodSpec, out: Causes): PodSpec {
  if (deepEqual(next.nodeSelector ?? {}, old.nodeSelector ?? {})) return munged;
  const selector = (next.nodeSelector ?? {}) as Record<string, string>;
  for (const [key, value] of Object.entries((old.nodeSelector ?? {}) as Record<string, string>)) {
    if (selector[key] !== value) {
      out.push(
        invalidValue(
          'spec.nodeSelector',
          selector,
          'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
        ),
      );
      break;
    }
  }
  return { ...munged, nodeSelector: old.nodeSelector };
}

const withImages = (
  list: readonly Container[] | undefined,
  images: readonly Container[] | undefined,
): Container[] | undefined =>
  list?.map((c, i) => (c.image === images![i]!.image ? c : { ...c, image: images![i]!.image }));

export function validatePodUpdate(next: Pod, old: Pod, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  validatePod(next, out);
  const [spec, before] = [next.spec, old.spec];
  if (spec === before) return;
  if (!sameContainers(spec.containers, before.containers, 'spec.containers', out)) return;
  if (
    !sameContainers(
      spec.initContainers as Container[],
      before.initContainers as Container[],
      'spec.initContainers',
      out,
    )
  )
    return;
  if (!validateDeadline(spec, before, out)) return;
  onlyAddedTolerations(spec.tolerations ?? [], before.tolerations ?? [], out);
  const gates = (before.schedulingGates ?? []).map((g) => g.name);
  (spec.schedulingGates ?? []).forEach((gate, i) => {
    if (gates.includes(gate.name)) return;
    out.push(
      forbidden(
        `spec.schedulingGates[${i}].name`,
        `only deletion is allowed, but found new scheduling gate '${gate.name}'`,
      ),
    );
  });
  if (deepEqual(spec, before)) return;
  let munged: PodSpec = {
    ...spec,
    containers: withImages(spec.containers, before.containers)!,
    initContainers: withImages(
      spec.initContainers as Container[],
      before.initContainers as Container[],
    ) as PodSpec['initContainers'],
    activeDeadlineSeconds: before.activeDeadlineSeconds,
    schedulingGates: before.schedulingGates,
    tolerations: before.tolerations,
  };
  if ((before.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1) {
    munged = { ...munged, terminationGracePeriodSeconds: before.terminationGracePeriodSeconds };
  }
  if (gates.length > 0) munged = narrowed(spec, before, munged, out);
  if (!deepEqual(munged, before)) {
    out.push(
      forbidden(
        'spec',
        `pod updates may not change fields other than ${UPDATABLE}\n${specDiff(before, munged)}`,
      ),
    );
  }
}

/** The changed top-level fields, in place of upstream's dump of Go structures. */
function specDiff(old: PodSpec, next: PodSpec): string {
  const [a, b] = [old, next] as unknown as [Record<string, unknown>, Record<string, unknown>];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((k) => !deepEqual(a[k], b[k]))
    .sort();
  return keys
    .map((k) => `- ${k}: ${JSON.stringify(a[k]) ?? 'null'}\n+ ${k}: ${JSON.stringify(b[k]) ?? 'null'}\n`)
    .join('');
}
