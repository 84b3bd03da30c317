/** What is admitted into a namespace: no more than its quotas leave, and nothing beyond its limit ranges. */
import { defaultsOf, podProblems } from '../sim/api/admission/limitranger.ts';
import { exceededBy } from '../sim/api/admission/resourcequota.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import { defineInvariant, named, told } from './define.ts';
import type { Message } from '../sim/kernel/types.ts';
import type { InvariantView, Violation } from './types.ts';

/** Those of a namespace. */
function* within<T extends { metadata: { namespace?: string } }>(
  objects: Iterable<T>,
  namespace: string,
): Iterable<T> {
  for (const object of objects) if (object.metadata.namespace === namespace) yield object;
}

const listing = (view: InvariantView): Parameters<typeof exceededBy>[2] => ({
  now: view.now,
  resources: view.resources,
  list: (resource, namespace) =>
    namespace === undefined ? view.list(resource) : (within(view.list(resource), namespace) as never),
});

export const quotaHonoured = defineInvariant<null>({
  name: 'quota-honoured',
  asks: 'api',
  about: 'Nothing is made in a namespace that its quotas leave no room for.',
  why: 'a quota is what keeps one team from using up what others count on',
  fails:
    'After an object was made, more of something it uses was in use than a quota allows. A quota that was ' +
    'lowered takes nothing away, so that what was there before is not held against it.',
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    if (entry.type !== 'api' || entry.before !== undefined) return undefined;
    const made = entry.after as KubeObject | undefined;
    if (made === undefined) return undefined;
    for (const quota of within(view.list('ResourceQuota'), entry.namespace)) {
      const resource = exceededBy(quota, made, listing(view));
      if (resource === undefined) continue;
      const object = `${entry.kind} ${entry.name}`;
      const message = told('brokenQuota', { object, quota: named(quota), resource });
      return { message, objects: [quota, made], entry: entry.id };
    }
    return undefined;
  },
});

export const limitsHonoured = defineInvariant<null>({
  name: 'limits-honoured',
  asks: 'api',
  about: 'A new Pod has what its namespace gives to containers by default, and keeps to its bounds.',
  why: 'quotas and the kernel count on every container saying what it takes',
  fails: "A Pod was made without a limit range's defaults, or beyond what one allows.",
  init: () => null,
  observe(entry, _state, view): Violation | undefined {
    if (entry.type !== 'api' || entry.kind !== 'Pod' || entry.before !== undefined) return undefined;
    const pod = entry.after as Pod | undefined;
    if (pod === undefined) return undefined;
    for (const range of within(view.list('LimitRange'), entry.namespace)) {
      const { requests } = defaultsOf(range);
      const lacking = pod.spec.containers.find((c) =>
        Object.keys(requests).some((name) => !Object.hasOwn(c.resources?.requests ?? {}, name)),
      );
      const broken = (message: Message): Violation => ({ message, objects: [range, pod], entry: entry.id });
      if (lacking !== undefined)
        return broken(
          told('brokenLimitsLacking', { pod: named(pod), container: lacking.name, range: named(range) }),
        );
      const [problem] = podProblems(range, pod);
      if (problem !== undefined) return broken(told('brokenLimits', { pod: named(pod), problem }));
    }
    return undefined;
  },
});
