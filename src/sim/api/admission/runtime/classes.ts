/** What a RuntimeClass makes of its Pods. Models plugin/pkg/admission/runtimeclass/admission.go. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import { deepEqual } from '../../equal.ts';
import { compareQuantities } from '../../quantity.ts';
import type { Modelled, Pod, Toleration } from '../../types.ts';
import { refused, type AdmissionRequest } from '../types.ts';

type RuntimeClass = Modelled<IRuntimeClass>;
type Amounts = Readonly<Record<string, string | number>>;

/** The class that a Pod names; undefined: it names none. @throws ApiError Forbidden where there is none */
function classOf({ spec }: Pod, request: AdmissionRequest): RuntimeClass | undefined {
  const { runtimeClassName: name } = spec;
  if (!name) return undefined;
  const found = request.view.find('RuntimeClass', '', name) as RuntimeClass | undefined;
  if (found === undefined)
    throw refused(request, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
  return found;
}

const isSame = (a: Amounts = {}, b: Amounts = {}): boolean => {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => b[name] !== undefined && compareQuantities(a[name]!, b[name]) === 0)
  );
};

const MISMATCH = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

/** Tolerations of both, each once. */
function merged(own: readonly Toleration[] = [], added: readonly Toleration[] = []): Toleration[] {
  const all = [...own];
  for (const one of added) if (!all.some((known) => deepEqual(known, one))) all.push(one);
  return all;
}

function scheduled(spec: Pod['spec'], of: RuntimeClass, request: AdmissionRequest): Pod['spec'] {
  const { nodeSelector: wanted = {}, tolerations } = of.scheduling ?? {};
  const { nodeSelector: own = {} } = spec;
  for (const [key, value] of Object.entries(wanted))
    if (own[key] !== undefined && own[key] !== value)
      throw refused(
        request,
        `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; ` +
          `pod.spec.nodeSelector[${key}] = ${own[key]}`,
      );
  const next = { ...spec };
  if (Object.keys(wanted).length > 0) next.nodeSelector = { ...own, ...wanted };
  if (tolerations) next.tolerations = merged(spec.tolerations, tolerations as Toleration[]);
  return next;
}

/** The Pod as its class has it. @throws ApiError Forbidden */
export function ofClass(pod: Pod, request: AdmissionRequest): Pod {
  const of = classOf(pod, request);
  if (of === undefined) return pod;
  const overhead = of.overhead?.podFixed as Amounts | undefined;
  const own = pod.spec.overhead as Amounts | undefined;
  if (overhead !== undefined && own !== undefined && !isSame(overhead, own)) throw refused(request, MISMATCH);
  const next: Pod = { ...pod };
  next.spec = scheduled(pod.spec, of, request);
  if (overhead !== undefined) next.spec.overhead = overhead as NonNullable<Pod['spec']['overhead']>;
  return next;
}

/** @throws ApiError Forbidden for an overhead that is not the class's */
export function checkOverhead(pod: Pod, request: AdmissionRequest): void {
  const own = pod.spec.overhead as Amounts | undefined;
  const overhead = classOf(pod, request)?.overhead?.podFixed as Amounts | undefined;
  if (overhead !== undefined && !isSame(overhead, own)) throw refused(request, MISMATCH);
  if (overhead === undefined && own !== undefined)
    throw refused(
      request,
      'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    );
}
