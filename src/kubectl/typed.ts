/**
 * Objects as kubectl prints those that it makes itself: of structs that nobody set Go's encoder writes what
 * is in them, which is nothing. Source: staging/src/k8s.io/api (types.go), members without omitempty.
 */
import type { KubeObject } from '../sim/api/types.ts';

type Json = Readonly<Record<string, unknown>>;

/** What stands in the status of a new object, by kind. */
const STATUS: Readonly<Record<string, object>> = {
  CronJob: {},
  Deployment: {},
  Ingress: { loadBalancer: {} },
  Job: {},
  Namespace: {},
  Pod: {},
  PodDisruptionBudget: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  ResourceQuota: {},
  Service: { loadBalancer: {} },
};

/** Where the specification of Pods stands, by kind. */
const POD_SPECS: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  Pod: [],
};

function changed(object: Json, path: readonly string[], change: (at: Json) => Json): Json {
  const [step, ...rest] = path;
  return step === undefined
    ? change(object)
    : { ...object, [step]: changed((object[step] ?? {}) as Json, rest, change) };
}

const withResources = (template: Json): Json => {
  const spec = template['spec'] as { containers: readonly Json[] };
  const containers = spec.containers.map((container) => ({ resources: {}, ...container }));
  return { metadata: {}, ...template, spec: { ...spec, containers } };
};

/** @param isPlaced whether its namespace was asked for */
export function asTyped(object: KubeObject, isPlaced: boolean): KubeObject {
  const { kind } = object;
  const path = POD_SPECS[kind];
  let typed = object as unknown as Json;
  if (path !== undefined) typed = changed(typed, path, withResources);
  if (kind === 'Deployment') typed = changed(typed, ['spec'], (spec) => ({ strategy: {}, ...spec }));
  if (Array.isArray(typed['subjects']) && typed['subjects'].length === 0) {
    const { subjects: _none, ...rest } = typed;
    typed = rest;
  }
  if (kind === 'Namespace') typed = { spec: {}, ...typed };
  if (STATUS[kind] !== undefined) typed = { ...typed, status: STATUS[kind] };
  const { namespace: _, ...metadata } = object.metadata;
  return { ...typed, metadata: isPlaced ? object.metadata : metadata } as unknown as KubeObject;
}
