/**
 * A cluster whose every event is seen: between any two events of `pass`, `runUntil` and `settle` the observer
 * is called. Behaviour is unchanged.
 */
import type { ClusterApi } from '../sim/cluster.ts';

export function observed(cluster: ClusterApi, observe: () => void): ClusterApi {
  const overrides: Partial<ClusterApi> = {
    pass: (ms) => void cluster.runUntil(() => (observe(), false), ms),
    runUntil: (done, limitMs) => cluster.runUntil(() => (observe(), done()), limitMs),
    settle: (limitMs) => cluster.runUntil(() => (observe(), cluster.pending().length === 0), limitMs),
  };
  return new Proxy(cluster, {
    get(target, key): unknown {
      const own = overrides[key as keyof ClusterApi];
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
