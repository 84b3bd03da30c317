/**
 * The process that knows which faults are on, goes on with those that act over time, and undoes them when
 * their time is over. Its state is what it has yet to undo, so that a cluster saved or forked in the middle
 * of a fault heals as it would have.
 */
import { withMembers } from '../sim/kernel/members.ts';
import { checkQuantities } from './fields.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { ApiClient, ApiComponent } from '../sim/api/client.ts';
import { ApiError } from '../sim/api/errors.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { ClusterConfig } from '../sim/config.ts';
import type { Task } from '../sim/kernel/types.ts';
import type { World } from '../sim/node/world.ts';
import type { ClusterParts } from '../sim/parts.ts';
import { SimulatedWorld } from '../sim/simulatedworld.ts';
import type { FaultCatalogue } from './catalogue.ts';
import { type ActiveFault, type ActiveFaults, takeOn, undo } from './active.ts';
import { standardFaults } from './index.ts';
import {
  FaultError,
  type Fault,
  type FaultCall,
  type FaultContext,
  type PhysicalContext,
  type Struck,
} from './types.ts';

const PROCESS = 'chaos';
/** Pause before a healing that the API server refused is tried again. */
const RETRY_MS = 1000;

type HealerTask = Task & { readonly id: number };

/** The component `chaos`, which knows how faults of this catalogue go on and heal. */
const healer = (faults: FaultCatalogue): ApiComponent<ActiveFaults, HealerTask, World> => ({
  component: PROCESS,
  watches: () => [],
  start: () => ({ nextId: 1, active: [] }),
  handle(task, state, ctx) {
    const fault = state.active.find((f) => f.id === task.id);
    if (fault === undefined) return;
    const context = contextFor(faults.named(fault.call.kind), ctx, fault.namespace);
    try {
      if (task.type === 'tick') {
        fault.struck = faults.named(fault.call.kind).tick!(fault.call, fault.struck, context);
        if (fault.struck.nextMs !== undefined)
          ctx.schedule(fault.struck.nextMs, { type: 'tick', id: fault.id } as HealerTask);
        else if (faults.named(fault.call.kind).heal === undefined)
          state.active = state.active.filter((f) => f !== fault);
      } else undo(state, fault, context, faults);
    } catch (error) {
      if (error instanceof ApiError) ctx.schedule(RETRY_MS, task);
      // What it was aimed at is gone: there is nothing left to go on with.
      else if (!(error instanceof FaultError)) throw error;
    }
  },
});

/** The parts with a process that heals the faults of this catalogue, in place of one that they may have. */
export const withFaults = (parts: ClusterParts, faults: FaultCatalogue): ClusterParts => ({
  ...parts,
  components: [...parts.components.filter((c) => c.component !== PROCESS), healer(faults)],
});

export interface StrikeOptions {
  /** Namespace of names that carry none. */
  readonly namespace: string;
  /** Runs a kubectl command, by its arguments, as the operator. @throws when it fails */
  readonly kubectl: (argv: readonly string[]) => void;
  /** Those that the cluster's parts were given; absent: the standard catalogue. */
  readonly faults?: FaultCatalogue;
}

/** Who acts: the healing process, or the operator with his cluster. */
type Acting = ConstructorParameters<typeof SimulatedWorld>[0] & {
  readonly config: ClusterConfig;
  readonly resources: ResourceRegistry;
  readonly api: ApiClient;
};

const operatorOf = (cluster: ClusterApi): Acting => {
  const { now, config, resources, world, control, by } = cluster;
  return { now, config, resources, world, control, by, api: cluster.client() };
};

/** What a fault is given: nothing below the API unless it says that it needs that. */
function contextFor(
  { needs }: Fault,
  { now, config, resources, api, world, control, by }: Acting,
  namespace: string,
  kubectl?: StrikeOptions['kubectl'],
): PhysicalContext {
  const context: FaultContext = {
    now,
    config,
    resources,
    api,
    namespace,
    random: () => control.random('chaos'),
    note: (key, args) => void control.note(key, args, by),
    ...(kubectl === undefined ? {} : { kubectl }),
  };
  // One that needs the API only is not written to look for more (`defineFault`).
  return needs === 'api'
    ? (context as PhysicalContext)
    : withMembers(context, { physical: new SimulatedWorld({ world, control, by, now }) });
}

function healerState(cluster: ClusterApi): ActiveFaults {
  if (!cluster.control.has(PROCESS)) cluster.control.spawn(PROCESS, PROCESS, {}, cluster.by);
  return cluster.processState(PROCESS) as ActiveFaults;
}

/**
 * A fault strikes; it heals by itself when its time is over. @returns what it met. @throws FaultError,
 * ApiError
 */
export function strikeFault(cluster: ClusterApi, call: FaultCall, options: StrikeOptions): Struck {
  const fault = (options.faults ?? standardFaults).named(call.kind);
  checkQuantities(call);
  const struck = fault.strike(
    call,
    contextFor(fault, operatorOf(cluster), options.namespace, options.kubectl),
  );
  if (fault.heal === undefined && struck.nextMs === undefined) return struck;
  const { id, untilMs } = takeOn(healerState(cluster), call, struck, options.namespace, cluster.now);
  if (struck.nextMs !== undefined)
    cluster.control.scheduleFor(PROCESS, struck.nextMs, { type: 'tick', id } as HealerTask, cluster.by);
  if (untilMs !== undefined && fault.heal !== undefined)
    cluster.control.scheduleFor(
      PROCESS,
      untilMs - cluster.now,
      { type: 'heal', id } as HealerTask,
      cluster.by,
    );
  return struck;
}

/** The faults that are on, in the order of their strikes. */
export const activeFaults = (cluster: ClusterApi): readonly ActiveFault[] =>
  cluster.control.has(PROCESS) ? healerState(cluster).active : [];

/**
 * Undoes at once all faults that are on, or those of a kind, the last first: what one needs to be undone (a
 * control plane that answers) is undone whatever the order. @returns the kinds healed. @throws ApiError when
 * something else keeps one from being undone
 */
export function healFaults(cluster: ClusterApi, kind?: string, faults = standardFaults): string[] {
  const state = healerState(cluster);
  const healed: string[] = [];
  let waiting = state.active.filter((f) => kind === undefined || f.call.kind === kind).reverse();
  for (;;) {
    let refused: ApiError | undefined;
    const left: ActiveFault[] = [];
    for (const fault of waiting) {
      try {
        const context = contextFor(faults.named(fault.call.kind), operatorOf(cluster), fault.namespace);
        undo(state, fault, context, faults);
        healed.push(fault.call.kind);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        refused = error;
        left.push(fault);
      }
    }
    if (refused === undefined) return healed;
    if (left.length === waiting.length) throw refused;
    waiting = left;
  }
}
