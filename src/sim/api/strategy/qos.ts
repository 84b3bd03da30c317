/** A Pod's quality of service class. Models pkg/apis/core/v1/helper/qos/qos.go. */
import { isNil } from '../defaults/fill.ts';
import { asQuantity, type Quantity } from '../quantity.ts';
import type { PodSpec } from '../types.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';
type Requirements = { requests?: object; limits?: object } | undefined;

const COUNTED = ['cpu', 'memory'] as const;

function positive(list: object | undefined, name: string): Quantity | undefined {
  const text = (list as Record<string, string | number> | undefined)?.[name];
  if (text === undefined || text === null) return undefined;
  const q = asQuantity(text);
  return q.nano > 0n ? q : undefined;
}

function classify(all: readonly Requirements[]): QosClass {
  const requests = new Map<string, bigint>();
  const limits = new Map<string, bigint>();
  let everyLimit = true;
  for (const resources of all) {
    for (const name of COUNTED) {
      const request = positive(resources?.requests, name);
      if (request !== undefined) requests.set(name, (requests.get(name) ?? 0n) + request.nano);
      const limit = positive(resources?.limits, name);
      if (limit !== undefined) limits.set(name, (limits.get(name) ?? 0n) + limit.nano);
      else everyLimit = false;
    }
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const equal =
    everyLimit &&
    requests.size === limits.size &&
    [...requests].every(([name, nano]) => limits.get(name) === nano);
  return equal ? 'Guaranteed' : 'Burstable';
}

/** By identity of the containers, which the Pods of a template share. */
const known = new WeakMap<object, QosClass>();

export function qosClass(spec: PodSpec): QosClass {
  // Pod-level resources, where given, decide alone (1.34).
  if (!isNil(spec.resources) && !isNil(spec.resources.requests ?? spec.resources.limits))
    return classify([spec.resources]);
  const init = spec.initContainers ?? [];
  const memo = init.length === 0 ? known.get(spec.containers) : undefined;
  if (memo !== undefined) return memo;
  const result = classify([...spec.containers, ...init].map((c) => c.resources));
  if (init.length === 0) known.set(spec.containers, result);
  return result;
}
