/**
 * pods/ephemeralcontainers: containers for looking at a Pod that runs may be added to it, and nothing else.
 * Models podEphemeralContainersStrategy of pkg/registry/core/pod/strategy.go and
 * ValidatePodEphemeralContainersUpdate of pkg/apis/core/validation/validation.go.
 */
import { deepEqual } from '../equal.ts';
import type { EphemeralContainer, Pod } from '../types.ts';
import { forbidden, type Causes } from '../validation/field.ts';
import { validatePod } from '../validation/pod.ts';
import { validateMetaUpdate } from '../validation/meta.ts';

/** The stored Pod with the ephemeral containers of the new one, and nothing else of it. */
export function withEphemeralContainers(next: Pod, old: Pod): Pod {
  const { ephemeralContainers, ...spec } = old.spec;
  const wanted = next.spec.ephemeralContainers ?? ephemeralContainers;
  return { ...old, spec: wanted === undefined ? spec : { ...spec, ephemeralContainers: wanted } };
}

/** A Pod of a manifest's file: the kubelet's own, which the API server only mirrors. */
const MIRROR = 'kubernetes.io/config.mirror';

export function validateEphemeralContainersUpdate(next: Pod, old: Pod, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  validatePod(next, out);
  if (old.metadata.annotations?.[MIRROR] !== undefined)
    out.push(forbidden('', 'static pods do not support ephemeral containers'));
  const added: readonly EphemeralContainer[] = next.spec.ephemeralContainers ?? [];
  for (const before of old.spec.ephemeralContainers ?? []) {
    const kept = added.find((c) => c.name === before.name);
    const what = `existing ephemeral containers "${before.name}" may not be`;
    if (kept === undefined) out.push(forbidden('spec.ephemeralContainers', `${what} removed\n`));
    else if (!deepEqual(kept, before))
      out.push(forbidden('spec.ephemeralContainers', `${what} changed\n${changesOf(before, kept)}`));
  }
}

/** The changed fields, in place of upstream's dump of Go structures. */
function changesOf(old: EphemeralContainer, next: EphemeralContainer): string {
  const [a, b] = [old, next] as unknown as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => !deepEqual(a[field], b[field]))
    .sort()
    .map((field) => `- ${field}: ${JSON.stringify(a[field])}\n+ ${field}: ${JSON.stringify(b[field])}\n`)
    .join('');
}
