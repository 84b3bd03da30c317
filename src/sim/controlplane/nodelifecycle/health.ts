/**
 * What the controller holds of a node's health, and when it gives a silent node up.
 * Models pkg/controller/nodelifecycle/node_lifecycle_controller.go (tryUpdateNodeHealth).
 */
import type { Heartbeat } from '../../api/client.ts';
import { parseTime, rfc3339 } from '../../api/time.ts';
import type { Node, NodeCondition } from '../../api/types.ts';
import type { ClusterConfig } from '../../config.ts';
import type { Millis } from '../../kernel/types.ts';
import { readyCondition } from './conditions.ts';

export interface NodeHealth {
  /** The monitor tick at which the node was last seen to be alive. */
  probeAt: Millis;
  /** The Ready condition as last seen; '' when there was none. */
  heartbeat: string;
  ready: string;
  /** The last renewal of the Lease that was taken into account; NEVER for none. */
  renewedAt: Millis;
}

/** Earlier than any time: a cluster is switched on before time 0, so that -1 is a time like any other. */
export const NEVER = Number.MIN_SAFE_INTEGER;

/** The grid on which the monitor ticks. */
export interface Phase {
  readonly offsetMs: Millis;
  readonly periodMs: Millis;
}

/** The first tick at or after a time. */
export function tickAtOrAfter(phase: Phase, at: Millis): Millis {
  return phase.offsetMs + Math.ceil((at - phase.offsetMs) / phase.periodMs) * phase.periodMs;
}

/** The kubelet's four conditions; NetworkUnavailable belongs to the control plane and stays as it is. */
const KUBELET_CONDITIONS = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** The last tick at or before a time. */
export function tickAtOrBefore(phase: Phase, at: Millis): Millis {
  return phase.offsetMs + Math.floor((at - phase.offsetMs) / phase.periodMs) * phase.periodMs;
}

/**
 * Takes in what a tick sees of a node. The monitor looks only when something can have changed, so signs of
 * life that came in between (a Lease renewed, a status posted at `postedAt`) count from the tick at which an
 * ever-ticking monitor would have seen them.
 */
export function look(
  old: NodeHealth | undefined,
  node: Node,
  lease: Heartbeat | undefined,
  postedAt: Millis | undefined,
  phase: Phase,
  tick: Millis,
): NodeHealth {
  const condition = readyCondition(node);
  const heartbeat = condition?.lastHeartbeatTime ?? '';
  const seen = (at: Millis): Millis => Math.min(tick, tickAtOrAfter(phase, at));
  let probeAt: Millis;
  if (old === undefined) {
    // Nobody knows how long it has been silent: it gets the whole grace period from now on, or from its
    // creation when it never reported.
    probeAt = condition === undefined ? parseTime(node.metadata.creationTimestamp) : tick;
  } else if (old.heartbeat !== heartbeat || (old.ready === '') !== (condition === undefined)) {
    probeAt = postedAt === undefined ? tick : seen(postedAt);
  } else {
    probeAt = old.probeAt;
  }
  const before = old?.renewedAt ?? NEVER;
  const renewedAt = lease?.last ?? NEVER;
  if (renewedAt > before) probeAt = Math.max(probeAt, old === undefined ? tick : seen(renewedAt));
  return { probeAt, heartbeat, ready: condition?.status ?? '', renewedAt: Math.max(renewedAt, before) };
}

/** How long the node may be silent. */
export const graceMs = (node: Node, config: ClusterConfig): Millis =>
  readyCondition(node) === undefined ? config.nodeStartupGracePeriodMs : config.nodeMonitorGracePeriodMs;

/** The conditions of a node whose kubelet is silent; undefined when it has them already. */
export function unknownConditions(node: Node, now: Millis): NodeCondition[] | undefined {
  const at = rfc3339(now);
  const conditions = (node.status.conditions ?? []).map(
    (c): NodeCondition =>
      !KUBELET_CONDITIONS.includes(c.type) || c.status === 'Unknown'
        ? c
        : {
            ...c,
            status: 'Unknown',
            lastTransitionTime: at,
            reason: 'NodeStatusUnknown',
            message: 'Kubelet stopped posting node status.',
          },
  );
  for (const type of KUBELET_CONDITIONS) {
    if (conditions.some((c) => c.type === type)) continue;
    conditions.push({
      type,
      status: 'Unknown',
      lastHeartbeatTime: node.metadata.creationTimestamp,
      lastTransitionTime: at,
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
    });
  }
  const before = readyCondition(node);
  return before !== undefined && before.status === 'Unknown' ? undefined : conditions;
}
