/**
 * Structs that are never absent: where a manifest leaves out `spec` or a template, Go's decoding still makes
 * an empty one, and validation then says what is missing in it. Kinds as in
 * staging/src/k8s.io/api/{core,apps}/v1/types.go: fields that are no pointers.
 */
import type { KubeObject } from '../types.ts';

/** Of the kinds without a template: those whose rules ask for something in their spec. */
const WITH_SPEC = new Set(['Pod', 'Service']);

interface Spec {
  containers?: unknown;
}
interface Template {
  metadata?: unknown;
  spec?: Spec;
}

const withContainers = (spec: Spec | undefined): Spec =>
  spec?.containers === undefined ? { ...spec, containers: [] } : spec;

/**
 * The object with its structs, and with a list where Pods must have containers; itself when it has them all.
 * @param isWorkload whether its spec holds a Pod template
 */
export function withStructs(object: KubeObject, isWorkload: boolean): KubeObject {
  if (!isWorkload && !WITH_SPEC.has(object.kind)) return object;
  const spec = (object.spec ?? {}) as Spec & { template?: Template };
  if (!isWorkload) {
    const complete = object.kind === 'Pod' ? withContainers(spec) : spec;
    return complete === object.spec ? object : { ...object, spec: complete };
  }
  const { template } = spec;
  const inner = withContainers(template?.spec);
  if (template?.metadata !== undefined && inner === template.spec) return object;
  return { ...object, spec: { ...spec, template: { metadata: {}, ...template, spec: inner } } };
}
