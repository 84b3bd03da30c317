/** One run of a descheduler. Models pkg/descheduler/descheduler.go (runProfiles, runDeschedulerLoop). */
import type { Context } from '../api/client.ts';
import { matches, parseLabelSelector } from '../api/selector.ts';
import type { Node } from '../api/types.ts';
import { removeDuplicates, removePodsViolatingTopologySpreadConstraint } from './balance.ts';
import {
  podLifeTime,
  removeFailedPods,
  removePodsHavingTooManyRestarts,
  removePodsViolatingInterPodAntiAffinity,
  removePodsViolatingNodeAffinity,
  removePodsViolatingNodeTaints,
  type Run,
} from './deschedule.ts';
import { Evictor } from './evictor.ts';
import type { PluginArgs, Policy } from './policy.ts';
import { highNodeUtilization, lowNodeUtilization } from './utilization.ts';

const PLUGINS: Readonly<Record<string, (run: Run) => void>> = {
  PodLifeTime: podLifeTime,
  RemoveFailedPods: removeFailedPods,
  RemovePodsHavingTooManyRestarts: removePodsHavingTooManyRestarts,
  RemovePodsViolatingInterPodAntiAffinity: removePodsViolatingInterPodAntiAffinity,
  RemovePodsViolatingNodeAffinity: removePodsViolatingNodeAffinity,
  RemovePodsViolatingNodeTaints: removePodsViolatingNodeTaints,
  HighNodeUtilization: highNodeUtilization,
  LowNodeUtilization: lowNodeUtilization,
  RemoveDuplicates: removeDuplicates,
  RemovePodsViolatingTopologySpreadConstraint: removePodsViolatingTopologySpreadConstraint,
};

const NO_ARGS: PluginArgs = {};

const isReady = ({ status }: Node): boolean =>
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;

/** Every plugin of every profile, in the policy's order; with fewer than two nodes there is nothing to do. */
export function runProfiles(policy: Policy, ctx: Context): void {
  const selector = policy.nodeSelector === undefined ? undefined : parseLabelSelector(policy.nodeSelector);
  const nodes = ctx.cache
    .list('Node')
    .filter((node) => isReady(node) && (selector === undefined || matches(selector, node.metadata.labels)));
  if (nodes.length < 2) return;
  const evictor = new Evictor(policy, nodes, ctx);
  for (const { plugins, args } of policy.profiles)
    for (const plugin of plugins)
      PLUGINS[plugin]!({
        evictor,
        args: args[plugin] ?? NO_ARGS,
        evictorArgs: args['DefaultEvictor'] ?? NO_ARGS,
        ctx,
      });
}

/** Whether time alone makes a difference to a policy: Pods grow old. */
export const countsTime = ({ profiles }: Policy): boolean =>
  profiles.some(
    ({ plugins, args }) =>
      plugins.includes('PodLifeTime') ||
      args['DefaultEvictor']?.['minPodAge'] !== undefined ||
      args['RemoveFailedPods']?.['minPodLifetimeSeconds'] !== undefined,
  );
