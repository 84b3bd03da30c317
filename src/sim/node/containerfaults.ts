/**
 * Faults in the processes of containers. One of a process is gone with it, as a restart brings the program
 * back to its senses; one that lasts is in every process that the container begins with until it is ended, as
 * a defect of the program or of what it depends on.
 */
import { matches, parseLabelSelector } from '../api/selector.ts';
import type { Millis } from '../kernel/types.ts';
import { containerAt, findContainer, placeOf, type ContainerTarget } from './containertarget.ts';
import { machineProcess, type NodeEnv, noted } from './env.ts';
import { armLeak } from './memory.ts';
import { answersChange, physicalChange, resourcesChange, type MachineTask } from './notices.ts';
import type { FaultDetail, LastingFault, Machine, RuntimeContainer } from './world.ts';

/**
 * What a fault does besides being there; without an entry, the container may answer otherwise than before.
 */
interface Effect {
  /** @returns the detail as it is kept: `timer` is cancelled when the fault ends */
  begin(env: NodeEnv, machine: Machine, container: RuntimeContainer, detail: FaultDetail): FaultDetail;
  end(env: NodeEnv, machine: Machine, container: RuntimeContainer): void;
}

const EFFECTS: Readonly<Record<string, Effect>> = {
  /** The process ends of itself {afterMs, code}. */
  crash: {
    begin: (env, machine, container, detail) => ({
      ...detail,
      timer: exitAfter(env, machine, container, Number(detail['afterMs']), Number(detail['code'])),
    }),
    end: () => undefined,
  },
  /** Its memory grows {bytesPerSecond}. */
  leak: {
    begin(env, machine, container, detail) {
      const begun = { ...detail, since: env.control.now };
      container.faults.set('leak', begun);
      resourcesChange(env, machine);
      return { ...begun, timer: armLeak(env, machine, container) };
    },
    end: (env, machine) => resourcesChange(env, machine),
  },
  /** It writes into its layer {bytes} at once and {bytesPerSecond} from now on. */
  fill: {
    begin(env, machine, container, detail) {
      container.faults.set('fill', detail);
      resourcesChange(env, machine);
      return { ...detail, since: env.control.now };
    },
    end: (env, machine) => resourcesChange(env, machine),
  },
  /** It takes as much CPU as it gets {milli}, from all on the machine. */
  cpu: {
    begin(env, machine, _container, detail) {
      answersChange(env, machine);
      return detail;
    },
    end: answersChange,
  },
};

function exitAfter(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  afterMs: Millis,
  code: number,
): number {
  const task: MachineTask = {
    type: 'exit',
    container: container.id,
    code,
    reason: code === 0 ? 'Completed' : 'Error',
  };
  return env.control.scheduleFor(machineProcess(machine.name), afterMs, task, env.by);
}

function begin(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  fault: string,
  detail: FaultDetail,
): void {
  if (container.faults.has(fault)) end(env, machine, container, fault);
  const since = noted(env, 'faultSet', { ...placeOf(machine, container), fault, detail });
  const effect = EFFECTS[fault];
  const kept = effect?.begin(since, machine, container, detail) ?? detail;
  container.faults.set(fault, kept);
  if (typeof kept['timer'] === 'number') container.timers.push(kept['timer']);
  if (effect === undefined) physicalChange(since, machine, container);
}

function end(env: NodeEnv, machine: Machine, container: RuntimeContainer, fault: string): void {
  const detail = container.faults.get(fault);
  if (detail === undefined) return;
  container.faults.delete(fault);
  if (container.state === 'exited') return;
  const since = noted(env, 'faultCleared', { ...placeOf(machine, container), fault });
  if (typeof detail['timer'] === 'number') env.control.cancel(detail['timer']);
  const effect = EFFECTS[fault];
  if (effect === undefined) physicalChange(since, machine, container);
  else effect.end(since, machine, container);
}

/**
 * Sets a fault in a process, gone with it or by `clearContainerFault`: `hang` (accepts, does not answer),
 * `slow` {ms}, `refuse` (does not accept), `error` {status}, `slowStart` {ms}, `ignoreSigterm`, `unready`
 * (what its readiness probe asks fails), `crash` {afterMs, code}, `leak` {bytesPerSecond}, `fill` {bytes,
 * bytesPerSecond}. `cpu` {milli} is for `addLastingFault` only.
 * @throws Error when there is no such container
 */
export function setContainerFault(
  env: NodeEnv,
  target: ContainerTarget,
  fault: string,
  detail: FaultDetail = {},
): void {
  const { machine, container } = findContainer(env, target);
  begin(env, machine, container, fault, detail);
}

/** Nothing when the container is gone, and with it the fault. */
export function clearContainerFault(env: NodeEnv, target: ContainerTarget, fault: string): void {
  const found = containerAt(env, target);
  if (found !== undefined) end(env, found.machine, found.container, fault);
}

const keyOf = ({ podUid, container }: ContainerTarget): string => `${podUid}/${container}`;

/** A fault that later processes of these containers begin with too. */
export interface LastingOrder extends Pick<LastingFault, 'fault' | 'detail' | 'also'> {
  readonly containers: readonly ContainerTarget[];
  /** The processes that run now are spared. */
  readonly fromNextStart?: boolean | undefined;
}

/** Sets a fault that lasts until `endLastingFault`. @returns its number, from 1 */
export function addLastingFault(
  env: NodeEnv,
  { fault, detail, containers, also, fromNextStart }: LastingOrder,
): number {
  const { world } = env;
  const number = world.nextLasting;
  world.nextLasting += 1;
  const lasting: LastingFault = {
    fault,
    detail,
    containers: containers.map(keyOf),
    struck: [],
    ...(also === undefined ? {} : { also }),
  };
  world.lasting.set(number, lasting);
  if (fromNextStart === true) {
    noted(env, 'faultAwaitsStart', { fault, containers: containers.length, detail });
    return number;
  }
  for (const target of containers) {
    const found = containerAt(env, target);
    if (found === undefined || found.container.state === 'exited') continue;
    lasting.struck.push(found.container.id);
    begin(env, found.machine, found.container, fault, detail);
  }
  return number;
}

/**
 * The fault with this number is over; where an older one of its kind still lasts, that counts again. Nothing
 * when there is none.
 */
export function endLastingFault(env: NodeEnv, number: number): void {
  const { world } = env;
  const over = world.lasting.get(number);
  if (over === undefined) return;
  world.lasting.delete(number);
  for (const machine of world.machines.values()) {
    for (const id of over.struck) {
      const container = machine.containers.get(id);
      if (container === undefined) continue;
      end(env, machine, container, over.fault);
      const left = [...world.lasting.values()]
        .filter((l) => l.fault === over.fault && l.struck.includes(id))
        .at(-1);
      if (left !== undefined && container.state !== 'exited')
        begin(env, machine, container, left.fault, left.detail);
    }
  }
}

function concerns(
  lasting: LastingFault,
  container: RuntimeContainer,
  labels: Readonly<Record<string, string>>,
): boolean {
  if (lasting.containers.includes(`${container.podUid}/${container.name}`)) return true;
  const { also } = lasting;
  return (
    also !== undefined &&
    also.namespace === container.podNamespace &&
    also.names.includes(container.name) &&
    matches(parseLabelSelector(also.selector), labels)
  );
}

/** A new process begins with the faults that last. @param labels of its pod */
export function beginWithFaults(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  labels: Readonly<Record<string, string>>,
): void {
  for (const lasting of env.world.lasting.values()) {
    if (!concerns(lasting, container, labels)) continue;
    lasting.struck = lasting.struck.filter((id) => isRunning(env, id));
    lasting.struck.push(container.id);
    begin(env, machine, container, lasting.fault, lasting.detail);
  }
}

function isRunning(env: NodeEnv, id: string): boolean {
  for (const machine of env.world.machines.values())
    if (machine.containers.get(id)?.state === 'running') return true;
  return false;
}
