/** Processes that run and do not serve as they should: they hang, are slow, refuse, flap, take too much. */
import { wholeValue } from '../../sim/api/quantity.ts';
import { clearContainerFault, endLastingFault, hasContainer, setContainerFault, setLastingFault } from '../../sim/node/index.ts';
import { leakUntil } from '../../sim/node/runtime.ts';
import { kubeletProcess } from '../../sim/node/env.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { containersMet, type Met } from '../target.ts';
import type { ContainerTarget } from '../../sim/node/machine.ts';
import type { Elsewhere, Fault, FaultCall, FaultContext, FaultParameter, FaultPhrase } from '../types.ts';
import { keys, targetOf } from './containertargets.ts';

const CONTAINER: FaultParameter = { field: 'container', about: 'name of the container; without, the first that runs' };
type Detail = Readonly<Record<string, number | string | boolean>>;

interface Serving {
  readonly kind: string;
  readonly about: string;
  readonly heals: string;
  readonly parameters?: readonly FaultParameter[];
  readonly phrases: readonly FaultPhrase[];
  readonly elsewhere?: Elsewhere;
  /** Name of the simulator's fault. */
  readonly fault: string;
  /** Whether later processes of the container have it too. */
  readonly lasting: boolean;
  readonly detail?: (call: FaultCall, ctx: FaultContext) => Detail;
  /** More that is done to each container. */
  readonly more?: (call: FaultCall, ctx: FaultContext, met: Met) => void;
}

const serving = ({ kind, about, heals, parameters = [], phrases, elsewhere = {}, fault, lasting, detail, more }: Serving): Fault => defineFault({
  kind, family: 'pod', target: 'container', about, heals, parameters: [CONTAINER, ...parameters], phrases, elsewhere,
  strike(call, ctx) {
    const met = containersMet(call, ctx);
    for (const m of met) {
      (lasting ? setLastingFault : setContainerFault)(ctx, targetOf(m), fault, detail?.(call, ctx) ?? {});
      more?.(call, ctx, m);
    }
    return { targets: met.map((m) => m.name), undo: keys(met) };
  },
  heal(_call, struck, ctx) {
    for (const name of struck.targets) {
      const target = struck.undo![name] as ContainerTarget;
      if (lasting) endLastingFault(ctx, target, fault);
      else if (hasContainer(ctx, target)) clearContainerFault(ctx, target, fault);
    }
  },
});

export const hang = serving({
  kind: 'ContainerHang', fault: 'hang', lasting: false,
  about: 'The process accepts connections and does not answer. A restart ends it.',
  heals: 'It answers again.',
  phrases: [say('[containers] hangs/hang[forMs]', '[forMs][containers]が応答しなくなる')],
  elsewhere: { chaosMesh: 'HTTPChaos abort' },
});

const delay: FaultParameter = { field: 'delayMs', default: 2000, among: [2000, 500, 10_000], about: 'what is added to every answer' };
export const slowAnswers: Fault = serving({
  kind: 'ContainerSlowAnswers', fault: 'slow', lasting: false,
  about: 'Every answer of the process takes longer; probes with a shorter time-out fail. A restart ends it.',
  heals: 'It answers as fast as before.',
  parameters: [delay],
  phrases: [say('[containers] answers/answer {duration:delayMs} late[forMs]', '[forMs][containers]の応答が{durationJa:delayMs}遅れる')],
  elsewhere: { chaosMesh: 'HTTPChaos delay', litmus: 'pod-http-latency' },
  detail: (call) => ({ ms: valueOf(slowAnswers, call, 'delayMs') }),
});

export const errorAnswers: Fault = serving({
  kind: 'ContainerErrors', fault: 'error', lasting: false,
  about: 'The process answers every HTTP request with an error. A restart ends it.',
  heals: 'It answers as before.',
  parameters: [{ field: 'status', default: 500, among: [500, 503, 404], about: 'the HTTP status' }],
  phrases: [say('[containers] answers/answer with errors[forMs]', '[forMs][containers]がエラーを返す')],
  elsewhere: { chaosMesh: 'HTTPChaos replace', litmus: 'pod-http-status-code' },
  detail: (call) => ({ status: Number(valueOf(errorAnswers, call, 'status')) }),
});

export const slowStart: Fault = serving({
  kind: 'ContainerSlowStart', fault: 'slowStart', lasting: true,
  about: 'From its next start on the process takes longer until it listens; what listens now goes on. It holds for restarts, as long as the fault lasts.',
  heals: 'Later starts take the usual time.',
  parameters: [{ field: 'delayMs', default: 60_000, among: [60_000, 20_000, 300_000], about: 'time from its start until it listens' }],
  phrases: [say('[containers] takes/take {duration:delayMs} to start[forMs]', '[forMs][containers]の起動に{durationJa:delayMs}かかる')],
  detail: (call, ctx) => ({ ms: valueOf(slowStart, call, 'delayMs'), since: ctx.now }),
});

export const refuse = serving({
  kind: 'ContainerRefuse', fault: 'refuse', lasting: false,
  about: 'The process runs and refuses connections. A restart ends it.',
  heals: 'It accepts connections again.',
  phrases: [say('[containers] refuses/refuse connections[forMs]', '[forMs][containers]が接続を拒否する')],
  elsewhere: { chaosMesh: 'NetworkChaos', litmus: 'pod-network-partition' },
});

export const ignoreSigterm = serving({
  kind: 'ContainerIgnoresSigterm', fault: 'ignoreSigterm', lasting: true,
  about: 'The process does not heed SIGTERM: each end takes the whole grace period. It holds for restarts.',
  heals: 'It heeds SIGTERM again.',
  phrases: [say('[containers] ignores/ignore SIGTERM[forMs]', '[forMs][containers]がSIGTERMを無視する')],
});

export const memoryLeak: Fault = serving({
  kind: 'ContainerMemoryLeak', fault: 'leak', lasting: false,
  about: 'The process takes more and more memory: it is killed at its limit (OOMKilled), or the node comes under memory pressure. A restart ends it.',
  heals: 'It takes no more, and gives back what leaked.',
  parameters: [{ field: 'perSecond', default: '1Mi', among: ['1Mi', '20Mi'], about: 'memory a second' }],
  phrases: [say('[containers] leaks/leak memory[forMs]', '[forMs][containers]がメモリリークを起こす'), say('[containers] leaks/leak [perSecond] of memory per second[forMs]', '[forMs][containers]が毎秒[perSecond]のメモリリークを起こす')],
  elsewhere: { chaosMesh: 'StressChaos memory', litmus: 'pod-memory-hog' },
  detail: (call, ctx) => ({ bytesPerSecond: wholeValue(valueOf(memoryLeak, call, 'perSecond')), since: ctx.now }),
  more(call, ctx, m) {
    const rate = wholeValue(valueOf(memoryLeak, call, 'perSecond'));
    if (m.record.memoryLimit > 0 && rate > 0) leakUntil(ctx, m.machine, m.record, Math.ceil((m.record.memoryLimit * 1000) / rate));
    else if (ctx.control.isUp(kubeletProcess(m.machine.name))) ctx.control.scheduleFor(kubeletProcess(m.machine.name), 0, { type: 'resourcesChanged' } as never);
  },
});

/** How long an answer takes on a processor of which little is left: a usual one takes 10 ms of it. */
const hogged = (percent: number): number => Math.min(30_000, Math.round(10 / (1 - Math.min(99.9, percent) / 100)));

export const cpuHog: Fault = serving({
  kind: 'ContainerCpuHog', fault: 'slow', lasting: false,
  about: 'The process burns its CPU, and what is left for answers is little: modelled as the time its own answers take (10 ms of CPU each). Other containers are not slowed; NodeSlow does that.',
  heals: 'It has its CPU for answers again.',
  parameters: [{ field: 'percent', default: 99, among: [99, 90], about: 'share of its CPU that is burnt' }],
  phrases: [say('[containers] burns/burn its/their CPU[forMs]', '[forMs][containers]がCPUを使い果たす')],
  elsewhere: { chaosMesh: 'StressChaos cpu', litmus: 'pod-cpu-hog', krkn: 'pod cpu hog' },
  detail: (call) => ({ ms: hogged(valueOf(cpuHog, call, 'percent')) }),
});

export const probeFlapping: Fault = defineFault({
  kind: 'ProbeFlapping', family: 'pod', target: 'container',
  about: 'The process answers with errors and as usual in turn, so that readiness comes and goes (and liveness fails where its threshold is reached).',
  heals: 'It answers as before.',
  parameters: [CONTAINER, { field: 'periodMs', default: 20_000, among: [20_000, 60_000, 7000], about: 'time in each of the two states' }],
  phrases: [say('the probes of [containers] flap[forMs]', '[forMs][containers]のプローブが不安定になる')],
  strike(call, ctx) {
    const met = containersMet(call, ctx);
    for (const m of met) setContainerFault(ctx, targetOf(m), 'error', { status: 500 });
    return { targets: met.map((m) => m.name), undo: { ...keys(met), failing: true }, nextMs: valueOf(probeFlapping, call, 'periodMs') };
  },
  tick(call, struck, ctx) {
    const failing = struck.undo!['failing'] !== true;
    for (const name of struck.targets) {
      const target = struck.undo![name] as ContainerTarget;
      if (!hasContainer(ctx, target)) continue;
      if (failing) setContainerFault(ctx, target, 'error', { status: 500 });
      else clearContainerFault(ctx, target, 'error');
    }
    return { ...struck, undo: { ...struck.undo, failing }, nextMs: valueOf(probeFlapping, call, 'periodMs') };
  },
  heal(_call, struck, ctx) {
    for (const name of struck.targets) {
      const target = struck.undo![name] as ContainerTarget;
      if (hasContainer(ctx, target)) clearContainerFault(ctx, target, 'error');
    }
  },
});
