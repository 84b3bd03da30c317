/**
 * The pod that `POD` or `TYPE/NAME` means. Sources: kubectl/pkg/polymorphichelpers/helpers.go
 * (`GetFirstPod`), attachablepodforobject.go.
 */
import { isPodReady } from '../../sim/api/conditions.ts';
import { matches, selectorFromLabels, selectorOf } from '../../sim/api/selector.ts';
import type { LabelSelector, Pod } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import { kindName, resolveType } from '../resources.ts';
import { writeErr } from '../session.ts';
import type { Session } from '../session.ts';

const ordered = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const readySince = ({ status }: Pod): string =>
  status.conditions?.find((c) => c.type === 'Ready' && c.status === 'True')?.lastTransitionTime ?? '';

const restarts = ({ status }: Pod): number =>
  Math.max(0, ...(status.containerStatuses ?? []).map((c) => c.restartCount ?? 0));

/** Those most worth looking at come first (`podutils.ByLogging`): placed, running, ready and long so. */
function byLogging(a: Pod, b: Pod): number {
  const rank = (p: Pod): number =>
    (p.spec.nodeName ? 0 : 4) + (p.status.phase === 'Running' ? 0 : 2) + (isPodReady(p) ? 0 : 1);
  return (
    rank(a) - rank(b) ||
    ordered(readySince(a), readySince(b)) ||
    restarts(b) - restarts(a) ||
    ordered(a.metadata.creationTimestamp, b.metadata.creationTimestamp)
  );
}

export function podBehind(session: Session, target: string): Pod {
  const [type, name] = target.includes('/') ? (target.split('/') as [string, string]) : ['pods', target];
  const info = resolveType(session.cluster.resources, type);
  const object = session.api.get(info.resource, info.namespaced ? session.namespace : '', name);
  if (object.kind === 'Pod') return object as Pod;
  const spec = (object as { spec?: { selector?: unknown } }).spec;
  if (spec?.selector === undefined)
    throw new KubectlError(`cannot attach to *${kindName(info)}: selector for ${info.kind} not implemented`);
  const selector =
    object.kind === 'Service'
      ? selectorFromLabels(spec.selector as Record<string, string>)
      : selectorOf(spec.selector as LabelSelector);
  const pods = session.api
    .list('Pod', { namespace: session.namespace })
    .filter((p) => matches(selector, p.metadata.labels ?? {}));
  if (pods.length === 0) throw new KubectlError('timed out waiting for the condition');
  const first = [...pods].sort(byLogging)[0]!;
  if (pods.length > 1 && session.command === 'logs')
    writeErr(session, `Found ${pods.length} pods, using pod/${first.metadata.name}\n`);
  return first;
}
