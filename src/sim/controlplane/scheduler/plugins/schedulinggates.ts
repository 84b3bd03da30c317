/**
 * Pods with scheduling gates do not enter the queue. Models
 * pkg/scheduler/framework/plugins/schedulinggates/scheduling_gates.go.
 */
import type { Pod } from '../../../api/types.ts';
import type { Plugin } from '../framework.ts';

export const schedulingGates: Plugin = {
  name: 'SchedulingGates',
  events: new Set(['podUpdate']),
  hint: (_pod, event) => event.type === 'podUpdate' && event.own && event.changed.gatesEliminated,
};

export const isGated = (pod: Pod): boolean => (pod.spec.schedulingGates?.length ?? 0) > 0;
