/**
 * What the autoscaler tells of itself in the ConfigMap `cluster-autoscaler-status`. Models
 * cluster-autoscaler/clusterstate/api/types.go and utils/status.go of github.com/kubernetes/autoscaler, with
 * one difference: it is written where it says something else than before, not at every scan, so that a
 * cluster in which nothing happens stays still.
 */
import { ApiError } from '../api/errors.ts';
import { rfc3339 } from '../api/time.ts';
import type { Context, Draft } from '../api/client.ts';
import type { ConfigMap } from '../api/types.ts';
import type { World } from '../node/world.ts';
import { groupOf, isNodeReady, machinesOf } from './cloud.ts';
import { backoffOf, upcoming } from './groups.ts';
import { STATUS } from './names.ts';
import type { AutoscalerOptions } from './options.ts';
import type { AutoscalerState, Tell } from './state.ts';

type Ctx = Context<World>;

const NAMESPACE = 'kube-system';
const UPDATED = 'cluster-autoscaler.kubernetes.io/last-updated';

function groupText(name: string, options: AutoscalerOptions, state: AutoscalerState, ctx: Ctx): string {
  const { min, max } = options.groups.find((group) => group.name === name)!;
  const nodes = machinesOf(ctx.world, name).flatMap((m) => ctx.cache.get('Node', '', m.name) ?? []);
  const ready = nodes.filter(isNodeReady).length;
  const backoff = backoffOf(name, state, ctx.now);
  const scaleUp = backoff !== undefined ? 'Backoff' : state.requests.has(name) ? 'InProgress' : 'NoActivity';
  const candidates = nodes.filter(({ metadata }) => state.unneeded.has(metadata.name)).length;
  return `- name: ${name}
  health:
    status: Healthy
    nodeCounts:
      registered:
        total: ${nodes.length}
        ready: ${ready}
        notStarted: 0
        unready:
          total: ${nodes.length - ready}
          resourceUnready: 0
      longUnregistered: 0
      unregistered: ${upcoming(name, ctx)}
    cloudProviderTarget: ${groupOf(ctx.world, name).target}
    minSize: ${min}
    maxSize: ${max}
  scaleUp:
    status: ${scaleUp}
${
  backoff === undefined
    ? ''
    : `    backoffInfo:
      errorCode: ${backoff.code}
      errorMessage: ${backoff.message}
`
}  scaleDown:
    status: ${candidates > 0 ? 'CandidatesPresent' : 'NoCandidates'}
${candidates > 0 ? `    candidates: ${candidates}\n` : ''}`;
}

function statusText(isNeeded: boolean, options: AutoscalerOptions, state: AutoscalerState, ctx: Ctx): string {
  const nodes = ctx.cache.list('Node');
  const ready = nodes.filter(isNodeReady).length;
  const scaleUp = state.requests.size > 0 ? 'InProgress' : isNeeded ? 'Needed' : 'NoActivity';
  const candidates = state.unneeded.size;
  return `autoscalerStatus: Running
clusterWide:
  health:
    status: Healthy
    nodeCounts:
      registered:
        total: ${nodes.length}
        ready: ${ready}
        notStarted: 0
        unready:
          total: ${nodes.length - ready}
          resourceUnready: 0
      longUnregistered: 0
      unregistered: ${options.groups.reduce((sum, { name }) => sum + upcoming(name, ctx), 0)}
  scaleUp:
    status: ${scaleUp}
  scaleDown:
    status: ${candidates > 0 ? 'CandidatesPresent' : 'NoCandidates'}
${candidates > 0 ? `    candidates: ${candidates}\n` : ''}nodeGroups:
${options.groups.map(({ name }) => groupText(name, options, state, ctx)).join('')}`;
}

/** Tells how things stand, where they stand otherwise than it was told last. */
export function tellStatus(
  isNeeded: boolean,
  options: AutoscalerOptions,
  state: AutoscalerState,
  ctx: Ctx,
): void {
  const text = statusText(isNeeded, options, state, ctx);
  if (text === state.told) return;
  const updated = `${rfc3339(ctx.now).replace('T', ' ').replace('Z', '')} +0000 UTC`;
  const data = { status: `time: ${updated}\n${text}` };
  const annotations = { [UPDATED]: updated };
  try {
    const before = ctx.api.find('ConfigMap', NAMESPACE, STATUS);
    if (before === undefined)
      ctx.api.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: STATUS, namespace: NAMESPACE, annotations },
        data,
      } as Draft<ConfigMap>);
    else
      ctx.api.update({
        ...before,
        metadata: { ...before.metadata, annotations: { ...before.metadata.annotations, ...annotations } },
        data: { ...before.data, ...data },
      });
    state.told = text;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    state.changed = true;
  }
}

/** Events about the autoscaler as a whole are about that ConfigMap. */
export const teller =
  (ctx: Ctx): Tell =>
  (type, reason, message) => {
    const about = ctx.api.find('ConfigMap', NAMESPACE, STATUS);
    if (about !== undefined) ctx.event(about, type, reason, message);
  };
