/** Builders and runners for cases about what the API server does to an object before etcd. */
import { createCauses, createdFrom, defaulted, updateCauses, updatedFrom } from '../../sim/api/resources/testing.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { DEFAULT_CONFIG } from '../../sim/config.ts';
import { allocateService } from '../../sim/api/allocate/index.ts';

export type Fields = Record<string, unknown>;

export const object = (apiVersion: string, kind: string, spec: unknown, metadata: Fields = {}, namespaced = true): KubeObject =>
  ({ apiVersion, kind, metadata: { name: 'abc', ...(namespaced ? { namespace: 'default' } : {}), ...metadata }, spec }) as unknown as KubeObject;

export const container = (fields: Fields = {}): Fields => ({ name: 'ctr', image: 'image:1', ...fields });
const podSpec = (fields: Fields = {}): Fields => ({ containers: [container()], ...fields });
export const pod = (spec: Fields = {}, metadata: Fields = {}): KubeObject => object('v1', 'Pod', podSpec(spec), metadata);
export const podOf = (...containers: Fields[]): KubeObject => pod({ containers });

const LABELS = { app: 'abc' };
export const template = (spec: Fields = {}, labels: Fields = LABELS): Fields => ({ metadata: { labels }, spec: podSpec(spec) });
export const workload = (kind: string, spec: Fields = {}, metadata: Fields = {}): KubeObject =>
  object('apps/v1', kind, { selector: { matchLabels: LABELS }, template: template(), ...spec }, metadata);

export const service = (spec: Fields = {}, metadata: Fields = {}): KubeObject =>
  object('v1', 'Service', { ports: [{ name: 'p', port: 8675, protocol: 'TCP', targetPort: 8675 }], selector: { key: 'val' }, ...spec }, metadata);

/** The object as it is when it reaches validation. */
export function prepared(draft: KubeObject): KubeObject {
  const ready = createdFrom(draft);
  if (ready.kind !== 'Service') return ready;
  const allocated = allocateService(ready as never, () => false, () => false, () => 0, DEFAULT_CONFIG);
  return Array.isArray(allocated) ? ready : allocated;
}

/** `field: reason` of each cause, as upstream's tables check them. */
export const refusals = (draft: KubeObject): string[] => createCauses(prepared(draft)).map((c) => `${c.field}: ${c.reason}`);

/** `field: whole message` of each cause. */
export const messages = (draft: KubeObject): string[] => createCauses(prepared(draft)).map((c) => `${c.field}: ${c.message}`);

/** What is said of changing one object into another. */
export function updateRefusals(before: KubeObject, after: KubeObject): string[] {
  const old = prepared(before);
  const next = updatedFrom(defaulted(after), old);
  return updateCauses(next, old).map((c) => `${c.field}: ${c.reason}`);
}
