/**
 * DefaultTolerationSeconds: a Pod stays five minutes on a node that is not ready or unreachable, unless it
 * says otherwise. Models plugin/pkg/admission/defaulttolerationseconds/admission.go.
 */
import { withMembers } from '../../kernel/members.ts';
import type { ClusterConfig } from '../../config.ts';
import type { KubeObject, Pod, Toleration } from '../types.ts';
import type { AdmissionPlugin } from './types.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

const covers = (t: Toleration, key: string): boolean =>
  (!t.key || t.key === key) && (!t.effect || t.effect === 'NoExecute');
const staying = (key: string, tolerationSeconds: number): Toleration => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds,
});

/**
 * Completed lists by the list they were made of, so that the Pods of a template share one. A memo, no state
 * of a run.
 */
interface Completed {
  readonly notReady: number;
  readonly unreachable: number;
  readonly list: Toleration[];
}
const completed = new WeakMap<readonly Toleration[], Completed>();
const NONE: readonly Toleration[] = [];

function complete(given: readonly Toleration[], config: ClusterConfig): readonly Toleration[] {
  const { defaultNotReadyTolerationSeconds: notReady, defaultUnreachableTolerationSeconds: unreachable } =
    config;
  const known = completed.get(given);
  if (known !== undefined && known.notReady === notReady && known.unreachable === unreachable)
    return known.list;
  const missing = (
    [
      [NOT_READY, notReady],
      [UNREACHABLE, unreachable],
    ] as const
  ).filter(([key]) => !given.some((t) => covers(t, key)));
  if (missing.length === 0) return given;
  const list = [...given, ...missing.map(([key, seconds]) => staying(key, seconds))];
  completed.set(given, { notReady, unreachable, list });
  return list;
}

export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  about: ['pods'],
  mutate: (object, { definition, subresource, config }) => {
    if (definition.resource !== 'pods' || subresource !== '') return object;
    const pod = object as unknown as Pod;
    const given = pod.spec.tolerations ?? NONE;
    const tolerations = complete(given, config);
    if (tolerations === given) return object;
    const next: Pod = { ...pod };
    next.spec = withMembers(pod.spec, { tolerations: tolerations as Toleration[] });
    return next as unknown as KubeObject;
  },
};
